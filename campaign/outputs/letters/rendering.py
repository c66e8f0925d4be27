"""Letters, cards, call sheets and labels as files: pages, a table to merge, PDF on demand."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from campaign.model.stationery import Sender
from campaign.outputs.letters.address import parts_of, sender_lines
from campaign.outputs.letters.pdf import labels_pdf, letters_pdf
from campaign.outputs.letters.posts import Mailing, Post, not_sent, posts, refuse_nothing
from campaign.outputs.letters.sheets import SHEETS, Box, Sheet
from campaign.outputs.letters.speaking import call_sheets
from campaign.outputs.letters.writing import Letter, write
from campaign.outputs.pages import render_page, text_of
from campaign.outputs.printable import is_letter_paper
from campaign.outputs.table import Lines, encode, harmless
from campaign.touches import Plan
from campaign.words.lacking import unsigned
from campaign.words.plain import plain
from campaign.words.values import sender_of
from campaign.workdays import Span

_ROOM = "campaign.outputs.letters"
_ADDRESS = ("street", "city", "region", "postal_code", "country")

MERGE_COLUMNS = (
    *("touch_id", "date", "channel", "purpose", "account_id", "account", "contact"),
    *(*_ADDRESS, "address", "text"),
)
"""The columns of `letters.csv`, in their order."""


@frozen
class Label:
    """An address at its place: the number of its box, the size of its letters, its lines."""

    box: int
    points: float
    lines: tuple[str, ...]


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
    files = {**_posted(plan, written.letters, pdf=pdf)}
    if sheets:
        style = text_of(_ROOM, "calls.css")
        files["calls.html"] = render_page(_ROOM, "calls.html", style=style, days=sheets).encode()
    return Mailing(files, findings=written.findings)


def _posted(plan: Plan, written: Sequence[Letter], *, pdf: bool) -> dict[str, bytes]:
    """The pages of letters and of cards, and the table of both."""
    country, language = plan.territory.rep.country, plan.territory.rep.language
    head = _head(sender_of(plan.territory), country)
    letters = [one for one in written if not one.is_card]
    cards = [one for one in written if one.is_card]
    files: dict[str, bytes] = {}
    if letters:
        files["letters.html"] = _letters_page(letters, head, country, language).encode()
    if cards:
        parts: dict[str, Any] = {"cards": cards, "language": language}
        style = text_of(_ROOM, "cards.css")
        files["cards.html"] = render_page(_ROOM, "cards.html", style=style, **parts).encode()
    if written:
        files["letters.csv"] = encode(_table(written))
    if letters and pdf:
        printed = _printed(letters, head)
        files["letters.pdf"] = letters_pdf(printed, letter_paper=is_letter_paper(country))
    return files


def render_labels(
    plan: Plan,
    *,
    sheet: str = "",
    days: Span | None = None,
    channel: str = "",
    pdf: bool = False,
) -> Mailing:
    """The addresses of all post of some days on labels or envelopes: `labels.html`.

    `sheet` is one of `SHEETS`; without it, the labels of the rep's country. With `pdf` also
    `labels.pdf`, which needs the extra `pdf`. What has no address is left out, and a
    finding says so. Raises `InvalidInput` where nothing can be written, `UnreadableFile`
    without the extra.
    """
    country = plan.territory.rep.country
    used = SHEETS[sheet or ("5160" if is_letter_paper(country) else "L7160")]
    found = posts(plan, days=days, channel=channel)
    findings = {post.touch.touch_id: tuple(not_sent(post)) for post in found}
    sent = [post for post in found if not findings[post.touch.touch_id]]
    lacking = tuple(dict.fromkeys(one for some in findings.values() for one in some))
    refuse_nothing("post", len(found), len(sent), lacking)
    sender = sender_lines(sender_of(plan.territory), country) if used.sender else ()
    pages = _pages(used, sent)
    files = {"labels.html": _labels_page(used, pages, sender).encode()}
    if pdf:
        files["labels.pdf"] = labels_pdf(used, _placed(used, pages), sender)
    return Mailing(files, findings=(*lacking, *unsigned(plan.territory)))


def _head(sender: Sender, country: str) -> tuple[str, ...]:
    """The lines of the letter's head: who writes, where from, and how to answer."""
    name = ", ".join(filter(None, (plain(sender.name), plain(sender.title))))
    firm, *town = sender_lines(sender, country) or ("",)
    ways = " · ".join(filter(None, (plain(sender.phone), plain(sender.email))))
    return tuple(dict.fromkeys(filter(None, (firm, name if sender.firm else "", *town, ways))))


def _letters_page(
    letters: Iterable[Letter], head: tuple[str, ...], country: str, language: str
) -> str:
    paper = "letter" if is_letter_paper(country) else "A4"
    style = f"@page {{ size: {paper} }}\n{text_of(_ROOM, 'letters.css')}"
    parts: dict[str, Any] = {"letters": letters, "head": head, "language": language}
    return render_page(_ROOM, "letters.html", style=style, **parts)


def _printed(letters: Iterable[Letter], head: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"head": head, "address": one.post.lines, "date": one.date, "text": one.text}
        for one in letters
    ]


def _table(letters: Iterable[Letter]) -> str:
    lines = Lines()
    writer = csv.writer(lines)
    writer.writerow(MERGE_COLUMNS)
    for letter in letters:
        record = _record(letter)
        writer.writerow([harmless(record[name]) for name in MERGE_COLUMNS])
    return "".join(lines)


def _record(letter: Letter) -> dict[str, str]:
    touch, who = letter.post.touch, letter.post.who
    person = "" if touch.contact_id == touch.account_id else who.person_name
    return {
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


def _pages(sheet: Sheet, found: list[Post]) -> list[list[Label]]:
    """The labels page by page, each in the next box."""
    wide = len(sheet.boxes)
    groups = [found[start : start + wide] for start in range(0, len(found), wide)]
    return [[_label(sheet, box, post) for box, post in enumerate(group)] for group in groups]


def _label(sheet: Sheet, box: int, post: Post) -> Label:
    return Label(box, sheet.points_for(post.lines, sheet.boxes[box]), post.lines)


def _labels_page(sheet: Sheet, pages: list[list[Label]], sender: tuple[str, ...]) -> str:
    sizes = {label.points for page in pages for label in page}
    style = "\n".join((*_style(sheet, sizes), text_of(_ROOM, "labels.css")))
    parts: dict[str, Any] = {"pages": pages, "sheet": sheet, "sender": sender}
    return render_page(_ROOM, "labels.html", style=style, **parts)


def _style(sheet: Sheet, sizes: Iterable[float]) -> Iterable[str]:
    size = f"{sheet.width}mm {sheet.height}mm"
    yield f"@page {{ size: {size}; margin: 0 }}"
    yield f".page {{ width: {sheet.width}mm; height: {sheet.height}mm }}"
    yield f".label {{ padding: {sheet.pad}mm }}"
    for number, box in enumerate(sheet.boxes):
        yield f".box{number} {{ {_at(box)} }}"
    if sheet.sender:
        yield f".sender {{ {_at(sheet.sender)} }}"
    for points in sorted(sizes):
        yield f".size{round(points * 10)} {{ font-size: {points:g}pt }}"


def _at(box: Box) -> str:
    return f"left: {box.left}mm; top: {box.top}mm; width: {box.width}mm; height: {box.height}mm"


def _placed(sheet: Sheet, pages: list[list[Label]]) -> list[list[dict[str, Any]]]:
    return [
        [
            {"lines": label.lines, "points": label.points, "box": _box(sheet.boxes[label.box])}
            for label in page
        ]
        for page in pages
    ]


def _box(box: Box) -> dict[str, float]:
    return {"left": box.left, "top": box.top, "width": box.width, "height": box.height}
