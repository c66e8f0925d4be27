"""Letters and cards: the words of each touch by post, or a finding that says what is missing."""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from campaign.errors import Finding, InvalidInput, Severity
from campaign.outputs.letters.posts import Post, not_sent
from campaign.touches import Plan, Touch
from campaign.words.fields import FieldIsEmpty
from campaign.words.lacking import unsigned
from campaign.words.lines import BLANK
from campaign.words.plain import in_words
from campaign.words.saying import Said, Saying, names_of
from campaign.words.story import Kind, kind_of
from campaign.words.values import GROUPS, near_field


@frozen
class Letter:
    """A letter or a card that can be posted: what it belongs to, its date, and its text."""

    post: Post
    date: str
    text: str
    is_card: bool = False


@frozen
class Written:
    """The letters and cards that could be written, and why the others could not."""

    letters: tuple[Letter, ...]
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)


def write(plan: Plan, found: Iterable[Post]) -> Written:
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
        is_card = kind_of(plan.territory.channels[touch.channel]) is Kind.CARD
        lacking = list(not_sent(post))
        if post.hold is None:
            lacking += _lacking(plan, post, words, is_card=is_card)
        findings += lacking
        if not lacking:
            date = in_words(touch.date, rep.country, rep.language)
            letters.append(Letter(post, date, words.paper, is_card))
    if letters:
        findings += unsigned(plan.territory)
    return Written(tuple(letters), findings=tuple(dict.fromkeys(findings)))


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
