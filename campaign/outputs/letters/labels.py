"""Addresses on sheets of labels and on envelopes, each in its box, in millimetres."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import asdict, field, frozen

from campaign.outputs.letters.printing import (
    ROOM,
    Mailing,
    posts,
    refuse_nothing,
    sender_lines,
    typeset,
)
from campaign.outputs.pages import View, render_page
from campaign.outputs.whom import is_letter_paper
from campaign.touches import Plan
from campaign.words.field_values import sender_of
from campaign.words.shares import unsigned
from campaign.workdays import Span

_MM_A_POINT = 25.4 / 72
_LEADING = 1.2
_WIDTH_OF_A_LETTER = 0.55
_SMALLEST, _STEP = 4.0, 0.5


@frozen
class LabelBox:
    """A place on a page: its left upper corner, its width and its height."""

    left: float
    top: float
    width: float
    height: float


@frozen
class LabelSheet:
    """A page of `width` and `height` with a box for each address, `points` large.

    `sender` is where the sender stands, None on labels. `pad` is kept free inside a box.
    """

    name: str
    width: float = field(kw_only=True)
    height: float = field(kw_only=True)
    boxes: tuple[LabelBox, ...] = field(kw_only=True)
    points: float = field(kw_only=True)
    pad: float = field(default=0.0, kw_only=True)
    sender: LabelBox | None = field(default=None, kw_only=True)

    def points_for(self, lines: Sequence[str], box: LabelBox) -> float:
        """The largest letters, in points, in which the lines fit into a box."""
        size = self.points
        while size > _SMALLEST:
            # By the mean width of a letter (0.55 em of Helvetica and its kin): no font is measured.
            wide = (box.width - 2 * self.pad) / (size * _MM_A_POINT * _WIDTH_OF_A_LETTER)
            high = (box.height - 2 * self.pad) / (size * _MM_A_POINT * _LEADING)
            if sum(max(1, -int(-len(line) // wide)) for line in lines) <= high:
                break
            size -= _STEP
        return size


def _grid(
    columns: int, rows: int, *, first: LabelBox, across: float, down: float
) -> Iterator[LabelBox]:
    for row in range(rows):
        for column in range(columns):
            left, top = first.left + column * across, first.top + row * down
            yield LabelBox(round(left, 4), round(top, 4), first.width, first.height)


def _envelope(name: str, width: float, height: float, box: LabelBox) -> LabelSheet:
    size = {"width": width, "height": height, "points": 12}
    return LabelSheet(name, **size, boxes=(box,), sender=LabelBox(10, 9, 80, 25))


_5160 = LabelBox(4.7625, 12.7, 66.675, 25.4)
_L7160 = LabelBox(7.21, 15.15, 63.5, 38.1)

SHEETS: Mapping[str, LabelSheet] = {
    "5160": LabelSheet(
        "Avery 5160",
        width=215.9,
        height=279.4,
        boxes=tuple(_grid(3, 10, first=_5160, across=69.85, down=25.4)),
        points=10,
        pad=2,
    ),
    "L7160": LabelSheet(
        "Avery L7160",
        width=210,
        height=297,
        boxes=tuple(_grid(3, 7, first=_L7160, across=66.04, down=38.1)),
        points=11,
        pad=3,
    ),
    "10": _envelope("#10 envelope", 241.3, 104.775, LabelBox(101.6, 45, 120, 42)),
    "DL": _envelope("DL envelope", 220, 110, LabelBox(100, 50, 105, 42)),
}
"""Each sheet by the name under which it is asked for."""


def render_labels(
    plan: Plan, *, sheet: str = "", days: Span | None = None, channel: str = "", pdf: bool = False
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
    unsent = {post.touch.touch_id: tuple(post.unsent()) for post in found}
    sent = [post.lines for post in found if not unsent[post.touch.touch_id]]
    lacking = tuple(dict.fromkeys(one for some in unsent.values() for one in some))
    refuse_nothing("post", len(found), len(sent), lacking)
    sender = sender_lines(sender_of(plan.territory), country) if used.sender else ()
    wide = len(used.boxes)
    pages: list[list[View]] = [
        [
            {"box": number, "points": used.points_for(lines, used.boxes[number]), "lines": lines}
            for number, lines in enumerate(sent[start : start + wide])
        ]
        for start in range(0, len(sent), wide)
    ]
    style = "".join(f"{line}\n" for line in _style(used, pages))
    page = render_page(ROOM, "labels", style=style, pages=pages, sheet=used, sender=sender)
    files = {"labels.html": page.encode()}
    if pdf:
        placed = [
            [{**one, "box": asdict(used.boxes[one["box"]])} for one in page] for page in pages
        ]
        values = {"width": used.width, "height": used.height, "pad": used.pad, "pages": placed}
        at = asdict(used.sender) if used.sender else None
        files["labels.pdf"] = typeset("labels", {**values, "sender": sender, "sender_box": at})
    return Mailing(files, findings=(*lacking, *unsigned(plan.territory)))


def _style(sheet: LabelSheet, pages: Iterable[Iterable[View]]) -> Iterator[str]:
    yield f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: 0 }}"
    yield f".page {{ width: {sheet.width}mm; height: {sheet.height}mm }}"
    yield f".label {{ padding: {sheet.pad}mm }}"
    boxes = {f"box{number}": box for number, box in enumerate(sheet.boxes)}
    for name, box in {**boxes, **({"sender": sheet.sender} if sheet.sender else {})}.items():
        at = f"left: {box.left}mm; top: {box.top}mm; width: {box.width}mm; height: {box.height}mm"
        yield f".{name} {{ {at} }}"
    for points in sorted({label["points"] for page in pages for label in page}):
        yield f".size{round(points * 10)} {{ font-size: {points:g}pt }}"
