"""Letters, cards and call sheets as files: pages, a table to merge, PDF on demand."""

import csv
import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from campaign.errors import UnreadableFile
from campaign.model.stationery import Sender
from campaign.outputs.letters.posts import (
    Mailing,
    parts_of,
    posts,
    refuse_nothing,
    sender_lines,
)
from campaign.outputs.letters.texts import Letter, call_sheets, write
from campaign.outputs.pages import render_page, text_of
from campaign.outputs.plan_table import Lines, encode, harmless
from campaign.outputs.whom import is_letter_paper
from campaign.touches import Plan
from campaign.words.field_values import sender_of
from campaign.words.plain import plain
from campaign.workdays import Span

ROOM = "campaign.outputs.letters"
_ADDRESS = ("street", "city", "region", "postal_code", "country")
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
# A file of the same letters is the same file, whenever it is made.
_ALWAYS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

MERGE_COLUMNS = (
    *("touch_id", "date", "channel", "purpose", "account_id", "account", "contact"),
    *(*_ADDRESS, "address", "text"),
)
"""The columns of `letters.csv`, in their order."""


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
    sheets = call_sheets(plan, days=days, channel=channel)
    written = write(plan, found)
    refuse_nothing("letter", len(found), len(written.letters) + len(sheets), written.findings)
    files = _posted(plan, written.letters, pdf=pdf)
    if sheets:
        files["calls.html"] = _page("calls", days=sheets)
    return Mailing(files, findings=written.findings)


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
        files["letters.html"] = _page(
            "letters", paper, letters=letters, head=head, language=language
        )
    if cards:
        files["cards.html"] = _page("cards", cards=cards, language=language)
    if written:
        files["letters.csv"] = encode(_table(written))
    if letters and pdf:
        printed = [
            {"head": head, "address": one.post.lines, "date": one.date, "text": one.text}
            for one in letters
        ]
        values = {"paper": "us-letter" if is_letter else "a4", "letters": printed}
        files["letters.pdf"] = typeset("letters", values)
    return files


def _page(name: str, style: str = "", **parts: Any) -> bytes:  # noqa: ANN401 (of a template)
    style += text_of(ROOM, f"{name}.css")
    return render_page(ROOM, f"{name}.html", style=style, **parts).encode()


def _head(sender: Sender, country: str) -> tuple[str, ...]:
    """The lines of the letter's head: who writes, where from, and how to answer."""
    name = ", ".join(filter(None, (plain(sender.name), plain(sender.title))))
    firm, *town = sender_lines(sender, country) or ("",)
    ways = " · ".join(filter(None, (plain(sender.phone), plain(sender.email))))
    return tuple(dict.fromkeys(filter(None, (firm, name if sender.firm else "", *town, ways))))


def _table(letters: Sequence[Letter]) -> str:
    lines = Lines()
    writer = csv.writer(lines)
    writer.writerow(MERGE_COLUMNS)
    for letter in letters:
        touch, who = letter.post.touch, letter.post.who
        person = "" if touch.contact_id == touch.account_id else who.person_name
        record = {
            "touch_id": touch.touch_id,
            "date": touch.date.isoformat(),
            "channel": touch.channel,
            "purpose": touch.purpose,
            "account_id": touch.account_id,
            "account": plain(who.account_name),
            "contact": plain(person),
            **parts_of(who),
            "address": "\n".join(letter.post.lines),
            "text": letter.text,
        }
        writer.writerow([harmless(record[name]) for name in MERGE_COLUMNS])
    return "".join(lines)


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
