"""Tables and curves of figures, as one page or as a workbook: of teams, scenarios, rehearsals."""

import datetime as dt
import re
from collections.abc import Iterable

from attrs import field, frozen

from campaign.outputs.pages import View, render_page
from campaign.outputs.workbook.book import HEAD, Book

FigureCell = str | int | float
"""What a cell holds: words, or a figure, which stands on the right."""


@frozen
class FigureTable:
    """A table with its heads; rows of as many cells. `lead` says how to read it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[FigureCell, ...], ...]
    lead: str = field(default="", kw_only=True)


@frozen
class FigureLine:
    """One line of a drawing: its name, and shares of 1 at places along the way."""

    name: str
    points: tuple[tuple[float, float], ...]


@frozen
class Curves:
    """Lines over one measure, as coverage over hours a week."""

    title: str
    along: str
    lines: tuple[FigureLine, ...]
    lead: str = field(default="", kw_only=True)


_WIDTH, _HEIGHT, _LEFT, _BELOW, _ABOVE, _RIGHT = 760, 320, 60, 46, 14, 14
_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def render_figures(title: str, parts: Iterable[FigureTable | Curves], *, over: str = "") -> str:
    """A page of tables and curves; the same figures give the same bytes.

    Names may hold anything: all of it is shown as text.
    """
    shown = [(part, _drawing(part) if isinstance(part, Curves) else None) for part in parts]
    return render_page(
        "campaign.outputs.figures", "figures", title=title, over=over, parts=shown, shown=_shown
    )


def _shown(cell: FigureCell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,.1f}" if cell % 1 else f"{cell:,.0f}"


def _drawing(curves: Curves) -> View:
    """Shares from the lowest quarter that holds a point to all of it, over the measure."""
    points = [point for line in curves.lines for point in line.points]
    places = sorted({place for place, _ in points})
    lowest = max((step for step in _STEPS[:-1] if all(y >= step for _, y in points)), default=0.0)

    def _right(place: float) -> float:
        span = places[-1] - places[0]
        share = (place - places[0]) / span if span else 0.5
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def _down(share: float) -> float:
        return round(_ABOVE + (1 - share) / (1 - lowest) * (_HEIGHT - _ABOVE - _BELOW), 1)

    lines = []
    for line in curves.lines:
        drawn = [(_right(x), _down(y), f"{x:g}: {100 * y:.1f} %") for x, y in line.points]
        path = " ".join(f"{across},{below}" for across, below, _ in drawn)
        lines.append({"name": line.name, "path": path, "points": drawn})
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "lines": lines,
        "below": [(_right(place), f"{place:g}") for place in places],
        "beside": [(_down(y), f"{100 * y:.0f} %") for y in _STEPS if y >= lowest],
    }


_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME, _WIDEST = 31, 60


def render_figures_workbook(
    title: str, tables: Iterable[FigureTable], *, created: dt.date, letter_paper: bool = False
) -> bytes:
    """The tables as a workbook; the same tables and day give the same bytes."""
    book = Book(title, created, letter_paper=letter_paper)
    for table in tables:
        sheet = book.sheet(_NO_NAME.sub(" ", table.title)[:_LONGEST_NAME])
        sheet.put_row(0, table.heads, **HEAD)
        sheet.repeat_head(0, 1)
        columns = list(zip(table.heads, *table.rows, strict=True))
        sheet.widths([min(_WIDEST, max(len(str(cell)) for cell in each) + 2) for each in columns])
        for place, row in enumerate(table.rows, start=1):
            sheet.put_row(place, row)
    return book.content()
