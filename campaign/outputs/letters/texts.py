"""Letters and cards: the words of each touch by post, or a finding that says what is missing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import field, frozen

from campaign.consequences import consequences
from campaign.errors import Finding, InvalidInput, Severity
from campaign.outputs.letters.posts import Post, not_sent
from campaign.outputs.plan_table import in_order
from campaign.outputs.whom import whom_of
from campaign.phrases import clock, day_in_words
from campaign.touches import Plan, Status, Touch
from campaign.words.field_values import GROUPS, near_field
from campaign.words.fields import FieldIsEmpty
from campaign.words.lacking import unsigned
from campaign.words.lines import BLANK
from campaign.words.plain import in_words
from campaign.words.saying import Said, Saying, names_of
from campaign.words.story import Medium, kind_of
from campaign.workdays import Span


@frozen
class Letter:
    """A letter or a card that can be posted: what it belongs to, its date, and its text."""

    post: Post
    date: str
    text: str
    is_card: bool = False


@frozen
class LettersWritten:
    """The letters and cards that could be written, and why the others could not."""

    letters: tuple[Letter, ...]
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)


def write(plan: Plan, found: Iterable[Post]) -> LettersWritten:
    """The texts of some posts; raises `InvalidInput` where a template is at fault."""
    letters: list[Letter] = []
    findings: list[Finding] = []
    posts = list(found)
    saying = Saying(plan)
    accounts = dict.fromkeys(post.touch.account_id for post in posts)
    said = {key: one for account_id in accounts for key, one in saying.of(account_id).items()}
    rep = plan.territory.rep
    for post in posts:
        touch, words = post.touch, said[post.touch.touch_id]
        is_card = kind_of(plan.territory.channels[touch.channel]) is Medium.CARD
        lacking = list(not_sent(post))
        if post.hold is None:
            lacking += _lacking(plan, post, words, is_card=is_card)
        findings += lacking
        if not lacking:
            date = in_words(touch.date, rep.country, rep.language)
            letters.append(Letter(post, date, words.paper, is_card))
    if letters:
        findings += unsigned(plan.territory)
    return LettersWritten(tuple(letters), findings=tuple(dict.fromkeys(findings)))


def _lacking(plan: Plan, post: Post, said: Said, *, is_card: bool) -> Iterator[Finding]:
    """Why a text cannot be printed: a field is empty, or only the rep can write it."""
    if said.fault is not None:
        raise InvalidInput((said.fault,))
    if said.empty is not None:
        file = said.template.file if said.template else "the letter"
        if near := near_field(plan, said.empty.group, said.empty.name):
            raise InvalidInput((_misspelt(file, said.empty, near),))
        yield _missing(post, file, said.empty)
    elif BLANK in said.paper and said.template is None and not is_card:
        yield _no_template(post.touch)


def _no_template(touch: Touch) -> Finding:
    name = names_of(touch)[-1]
    problem = f'there is no letter for the purpose "{touch.purpose}"'
    remedy = f"write letters/{name}.txt"
    return Finding("letters", problem, remedy=remedy, severity=Severity.NOTICE)


def _misspelt(file: str, empty: FieldIsEmpty, near: str) -> Finding:
    problem = f"names a field that there is not ({empty.group}.{empty.name})"
    return Finding(file, problem, remedy=f"write {empty.group}.{near}")


def _missing(post: Post, needed_by: str, empty: FieldIsEmpty) -> Finding:
    """Which account lacks which field; of the rep and the words it is said once."""
    file = GROUPS.get(empty.group, needed_by)
    said_once = empty.group in ("rep", "words")
    who = "nothing is given, and" if said_once else f"{post.place} has none, and"
    remedy = f"left out is the {post.touch.channel} of {post.touch.date}"
    if said_once:
        or_rep = ", or under [rep] of campaign.toml" if empty.name in ("name", "email") else ""
        remedy = f'write {empty.name} = "..." under [{_table(empty.group)}]{or_rep}'
    return Finding(
        file,
        f"{who} {needed_by} needs it",
        remedy=remedy if said_once else f"fill it in; {remedy}",
        column=f"{_table(empty.group)}.{empty.name}" if said_once else empty.name,
        severity=Severity.NOTICE,
    )


def _table(group: str) -> str:
    return "sender" if group == "rep" else group


@frozen
class Spoken:
    """One line of a sheet; `kind` is `know` for what is to be known, `say` for the words."""

    kind: str
    text: str


@frozen
class CallSheet:
    """What to say in one call or visit."""

    touch: Touch
    head: str
    lines: tuple[Spoken, ...]


def call_sheets(
    plan: Plan, *, days: Span | None, channel: str
) -> Sequence[tuple[str, Sequence[CallSheet]]]:
    """The calls and visits of some days, all of them without `days`, by day and in order.

    What is not to be made as things stand is not among them.
    """
    follows = consequences(plan.territory, plan.touches)
    meant = [
        touch
        for touch in in_order(plan.touches)
        if touch.status is Status.PLANNED
        and touch.channel == (channel or touch.channel)
        and (days is None or touch.date in days)
        and _is_spoken(plan, touch)
        and follows.hold(touch) is None
    ]
    saying = Saying(plan)
    accounts = dict.fromkeys(touch.account_id for touch in meant)
    said = {key: one.text for account_id in accounts for key, one in saying.of(account_id).items()}
    made = [_call_sheet(plan, touch, said[touch.touch_id]) for touch in meant]
    return [
        (day_in_words(day), tuple(sheets))
        for day, sheets in groupby(made, key=lambda sheet: sheet.touch.date)
    ]


def _is_spoken(plan: Plan, touch: Touch) -> bool:
    channel = plan.territory.channels.get(touch.channel)
    return channel is not None and kind_of(channel) in (Medium.CALL, Medium.VISIT)


def _call_sheet(plan: Plan, touch: Touch, said: str) -> CallSheet:
    who = whom_of(plan, touch)
    person = "" if touch.contact_id == touch.account_id else who.person_name
    names = ", ".join(filter(None, (who.called, person)))
    start = "" if touch.start is None else f"{clock(touch.start)} "
    place = who.address if plan.territory.channels[touch.channel].travels else ""
    known = [Spoken("know", text) for text in (who.phone, place, touch.brief) if text]
    lines = [Spoken("say", line) for line in said.split("\n")]
    return CallSheet(
        touch,
        f"{start}{touch.channel}: {names}",
        (*known, *(line for line in lines if line.text)),
    )
