"""Letters, cards and call sheets: what is to be posted and said, its addresses, its files."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import Any

from attrs import field, frozen

from campaign.consequences import Hold, consequences
from campaign.errors import Finding, InvalidInput, UnreadableFile
from campaign.model.stationery import Sender
from campaign.outputs.pages import View, render_page, text_of
from campaign.outputs.plan_table import encode, in_order, render_table
from campaign.outputs.whom import Whom, country_name, is_letter_paper, whom_of
from campaign.phrases import clock, day_in_words
from campaign.touches import Plan, Status, Touch
from campaign.words.field_values import GROUPS, near_field, sender_of
from campaign.words.lines import BLANK
from campaign.words.plain import dated, plain
from campaign.words.saying import Said, Saying, names_of
from campaign.words.shares import unsigned
from campaign.words.story import Medium, kind_of
from campaign.workdays import Span

ROOM = "campaign.outputs.letters"
ADDRESS = ("street", "city", "region", "postal_code", "country")
"""The parts of an address, by the names of their columns."""
_NEEDED = ("street", "city")
_TOWN_FIRST = frozenset({"AU", "CA", "MX", "NZ", "PH", "US", ""})
_CODE_BELOW = frozenset({"GB", "IE"})
_COMMA = frozenset({"US", ""})
_LONGEST_NAME = 60
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
# A file of the same letters is the same file, whenever it is made.
_ALWAYS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

MERGE_COLUMNS = (
    *("touch_id", "date", "channel", "purpose", "account_id", "account", "contact"),
    *(*ADDRESS, "address", "text"),
)
"""The columns of `letters.csv`, in their order."""


def parts_of(who: Whom) -> Mapping[str, str]:
    """The parts of the person's own address where it is whole, else of the account's."""
    account = who.account
    own = who.person if who.has_own_address else account
    parts = {name: plain(getattr(own, name, "")) for name in ADDRESS}
    if not parts["country"] and account:
        parts["country"] = plain(account.country)
    return parts


def address_lines(who: Whom, home: str) -> tuple[str, ...]:
    """Person, account, street, town and, where it is not that of `home`, the country."""
    names = dict.fromkeys((plain(who.person_name), plain(who.account_name)))
    return tuple(filter(None, (*names, *_below(parts_of(who), home))))


def sender_lines(sender: Sender, home: str) -> tuple[str, ...]:
    """The firm or the name, the street and the town of the sender."""
    parts = {name: plain(getattr(sender, name)) for name in ADDRESS}
    return tuple(filter(None, (plain(sender.firm or sender.name), *_below(parts, home))))


def _below(parts: Mapping[str, str], home: str) -> tuple[str, ...]:
    """The street, the town as its country writes it, and that country if it is another."""
    country = parts["country"] or home
    city, region, code = parts["city"], parts["region"], parts["postal_code"]
    comma = "," if country in _COMMA and region else ""
    town: tuple[str, ...] = (city, code)
    if country in _TOWN_FIRST:
        town = (" ".join(filter(None, (f"{city}{comma}", region, code))),)
    elif country not in _CODE_BELOW:
        town = (" ".join(filter(None, (code, city))),)
    return (parts["street"], *town, country_name(country).upper() if country != home else "")


@frozen
class Mailing:
    """Files by their names, and what is wrong with what is not in them."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)


@frozen
class Post:
    """A touch by post: who it goes to, the lines of the address, and why it has to wait."""

    touch: Touch
    who: Whom
    lines: tuple[str, ...]
    hold: Hold | None = None

    @property
    def place(self) -> str:
        """The account as a finding names it."""
        name = shorten(self.who.account_name, _LONGEST_NAME) or "not in the list"
        return f"{self.touch.account_id} ({name})"

    def unsent(self) -> Iterator[Finding]:
        """Why it cannot be sent: it has to wait, or parts of the address are missing."""
        what = f"the {self.touch.channel} of {self.touch.date}"
        if self.hold is not None:
            yield Finding.notice(
                "campaign.csv",
                f"{what} to {self.place} is not to be sent now: {self.hold.words}",
                remedy="left out; plan on with campaign replan",
            )
            return
        parts = parts_of(self.who)
        for name in (name for name in _NEEDED if not parts[name]):
            yield Finding.notice(
                "contacts.csv" if self.who.has_own_address else "accounts.csv",
                f"{self.place} has no {name}, so that nothing can be sent there",
                remedy=f"fill it in; left out is {what}",
                column=name,
            )


def meant(plan: Plan, *, days: Span | None, channel: str) -> Iterator[Touch]:
    """What is planned in some days, all of them without `days`, by any channel or by one."""
    for touch in in_order(plan.touches):
        is_meant = touch.channel == (channel or touch.channel) and (not days or touch.date in days)
        if is_meant and touch.status is Status.PLANNED and touch.channel in plan.territory.channels:
            yield touch


def posts(plan: Plan, *, days: Span | None, channel: str) -> list[Post]:
    """What of that goes by post, in order."""
    territory, follows = plan.territory, consequences(plan.territory, plan.touches)
    found = []
    for touch in meant(plan, days=days, channel=channel):
        if territory.channels[touch.channel].is_post:
            who = whom_of(plan, touch)
            lines = address_lines(who, territory.rep.country)
            found.append(Post(touch, who, lines, follows.hold(touch)))
    return found


def refuse_nothing(what: str, wanted: int, made: int, findings: Iterable[Finding]) -> None:
    """Raise `InvalidInput` where there is nothing to write."""
    if made:
        return
    problem = f"no {what} is planned in these days"
    remedy = "choose others with --from and --until"
    if wanted:
        problem, remedy = f"none of {wanted} can be written", "the notices say why"
    raise InvalidInput((*findings, Finding("campaign.csv", problem, remedy=remedy)))


def render_letters(
    plan: Plan, *, days: Span | None = None, channel: str = "", pdf: bool = False
) -> Mailing:
    """What is written and said in some days, all of them without `days`, ready to print.

    `letters.html` has the letters, `cards.html` the cards, `letters.csv` both for a mail
    merge, `calls.html` the sheets for calls and visits; a file that would be empty is not
    made. With `pdf` also `letters.pdf`, which needs the extra `pdf`. A letter that lacks a
    field or an address is left out, and a finding says which. Raises `InvalidInput` where a
    template is at fault or nothing can be written, `UnreadableFile` without the extra.
    """
    found = posts(plan, days=days, channel=channel)
    channels, follows = plan.territory.channels, consequences(plan.territory, plan.touches)
    spoken = [
        touch
        for touch in meant(plan, days=days, channel=channel)
        if kind_of(channels[touch.channel]) in (Medium.CALL, Medium.VISIT)
        and follows.hold(touch) is None
    ]
    saying = Saying(plan)
    accounts = dict.fromkeys(touch.account_id for touch in (*(p.touch for p in found), *spoken))
    said = {key: one for account_id in accounts for key, one in saying.of(account_id).items()}
    letters, findings = _written(plan, found, said)
    sheets = [_call_sheet(plan, touch, said[touch.touch_id]) for touch in spoken]
    refuse_nothing("letter", len(found), len(letters) + len(sheets), findings)
    files = _posted(plan, letters, pdf=pdf)
    if sheets:
        by_day = groupby(sheets, key=lambda sheet: sheet["touch"].date)
        days_of_calls = [(day_in_words(day), list(same)) for day, same in by_day]
        files["calls.html"] = _page("calls", days=days_of_calls)
    return Mailing(files, findings=findings)


@frozen
class Letter:
    """A letter or a card that can be posted: what it belongs to, its date, and its text."""

    post: Post
    date: str
    text: str
    is_card: bool


def _written(
    plan: Plan, found: Iterable[Post], said: Mapping[str, Said]
) -> tuple[list[Letter], tuple[Finding, ...]]:
    """The letters and cards that can be posted, and why the others can not."""
    letters: list[Letter] = []
    findings: list[Finding] = []
    rep = plan.territory.rep
    for post in found:
        touch, words = post.touch, said[post.touch.touch_id]
        is_card = kind_of(plan.territory.channels[touch.channel]) is Medium.CARD
        lacking = list(post.unsent())
        if post.hold is None:
            lacking += _lacking(plan, post, words, is_card=is_card)
        findings += lacking
        if not lacking:
            date = dated(touch.date, rep.country, rep.language)
            letters.append(Letter(post, date, words.paper, is_card))
    if letters:
        findings += unsigned(plan.territory)
    return letters, tuple(dict.fromkeys(findings))


def _lacking(plan: Plan, post: Post, said: Said, *, is_card: bool) -> Iterator[Finding]:
    """Why a text cannot be printed: a field is empty, or only the rep can write it.

    Raises `InvalidInput` where a template is at fault.
    """
    if said.fault is not None:
        raise InvalidInput((said.fault,))
    if empty := said.empty:
        file = said.template.file if said.template else "the letter"
        if near := near_field(plan, empty.group, empty.name):
            problem = f"names a field that there is not ({empty.group}.{empty.name})"
            raise InvalidInput((Finding(file, problem, remedy=f"write {empty.group}.{near}"),))
        what = f"left out is the {post.touch.channel} of {post.touch.date}"
        who, remedy, column = f"{post.place} has none, and", f"fill it in; {what}", empty.name
        if empty.group in ("rep", "words"):
            # It is the same for all accounts, and so is said once.
            table = "sender" if empty.group == "rep" else empty.group
            or_rep = ", or under [rep] of campaign.toml" if column in ("name", "email") else ""
            who, remedy = "nothing is given, and", f'write {column} = "..." under [{table}]{or_rep}'
            column = f"{table}.{column}"
        yield Finding.notice(
            GROUPS.get(empty.group, file), f"{who} {file} needs it", remedy=remedy, column=column
        )
    elif BLANK in said.paper and said.template is None and not is_card:
        problem = f'there is no letter for the purpose "{post.touch.purpose}"'
        remedy = f"write letters/{names_of(post.touch)[-1]}.txt"
        yield Finding.notice("letters", problem, remedy=remedy)


def _call_sheet(plan: Plan, touch: Touch, said: Said) -> View:
    """What to know and what to say in one call or visit."""
    who = whom_of(plan, touch)
    names = ", ".join(filter(None, (who.called, who.person_name if who.meets else "")))
    start = "" if touch.start is None else f"{clock(touch.start)} "
    place = who.address if plan.territory.channels[touch.channel].travels else ""
    known = [("know", text) for text in (who.phone, place, touch.brief) if text]
    lines = [*known, *(("say", line) for line in said.text.split("\n") if line)]
    return {"touch": touch, "head": f"{start}{touch.channel}: {names}", "lines": lines}


def _posted(plan: Plan, written: Sequence[Letter], *, pdf: bool) -> dict[str, bytes]:
    """The pages of letters and of cards, and the table of both."""
    country, language = plan.territory.rep.country, plan.territory.rep.language
    is_letter = is_letter_paper(country)
    head = _head(sender_of(plan.territory), country)
    letters = [one for one in written if not one.is_card]
    cards = [one for one in written if one.is_card]
    files: dict[str, bytes] = {}
    if letters:
        paper = f"@page {{ size: {'letter' if is_letter else 'A4'} }}\n"
        parts: View = {"letters": letters, "head": head, "language": language}
        files["letters.html"] = _page("letters", paper, **parts)
    if cards:
        files["cards.html"] = _page("cards", cards=cards, language=language)
    if written:
        rows = ([cells[name] for name in MERGE_COLUMNS] for cells in map(_cells, written))
        files["letters.csv"] = encode(render_table(MERGE_COLUMNS, rows))
    if letters and pdf:
        printed = [
            {"head": head, "address": one.post.lines, "date": one.date, "text": one.text}
            for one in letters
        ]
        values = {"paper": "us-letter" if is_letter else "a4", "letters": printed}
        files["letters.pdf"] = typeset("letters", values)
    return files


def _page(name: str, style: str = "", **parts: Any) -> bytes:  # noqa: ANN401 (of a template)
    return render_page(ROOM, name, style=style, **parts).encode()


def _head(sender: Sender, country: str) -> tuple[str, ...]:
    """The lines of the letter's head: who writes, where from, and how to answer."""
    name = ", ".join(filter(None, (plain(sender.name), plain(sender.title))))
    firm, *town = sender_lines(sender, country) or ("",)
    ways = " · ".join(filter(None, (plain(sender.phone), plain(sender.email))))
    return tuple(dict.fromkeys(filter(None, (firm, name if sender.firm else "", *town, ways))))


def _cells(letter: Letter) -> dict[str, str]:
    """A letter by the columns of the table to merge."""
    touch, who = letter.post.touch, letter.post.who
    return {
        **{name: getattr(touch, name) for name in ("touch_id", "channel", "purpose", "account_id")},
        "date": touch.date.isoformat(),
        "account": plain(who.account_name),
        "contact": plain(who.person_name if who.meets else ""),
        **parts_of(who),
        "address": "\n".join(letter.post.lines),
        "text": letter.text,
    }


def typeset(name: str, values: Mapping[str, Any]) -> bytes:
    """A PDF by Typst, which comes with the extra `pdf`; raises `UnreadableFile` without it."""
    if find_spec("typst") is None:
        raise UnreadableFile(
            Path(f"{name}.pdf"),
            "needs Typst, which is not installed",
            "install it with: pip install 'territory-campaign[pdf]', or print the HTML page",
        )
    import typst  # noqa: PLC0415 (an extra)

    main = text_of(ROOM, f"{name}.typ").encode()
    inputs = {"values": json.dumps(_breakable(values), ensure_ascii=False)}
    return typst.compile(main, sys_inputs=inputs, timestamp=_ALWAYS)


def _breakable(value: Any) -> Any:  # noqa: ANN401 (texts in lists and tables)
    """The same with a place to break in words that no line may hold, which would be cut."""
    match value:
        case str():
            return _LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", value)
        case Mapping():
            return {key: _breakable(one) for key, one in value.items()}
        case list() | tuple():
            return [_breakable(one) for one in value]
    return value
