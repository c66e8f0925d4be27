"""The rows of a file before anybody knows which of them holds the headings."""

import re
from collections.abc import Callable, Sequence

from attrs import evolve, field, frozen

from campaign.errors import Finding

# Writing puts one apostrophe before what a spreadsheet would run; reading takes one off.
_HARMLESS = re.compile(r"'(?='*[ \n]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])")

_GUARDS = ("=", "'")
_GUARDED = re.compile(r'="((?:[^"]|"")*)"')


def harmless(cell: str) -> str:
    """A cell without the apostrophe that writing has put before a formula.

    Of `="00123"`, by which an export keeps its zeros from a spreadsheet, it is the text.
    """
    if not cell.startswith(_GUARDS):
        return cell
    if cell[0] == "=":
        guarded = _GUARDED.fullmatch(cell)
        return guarded[1].replace('""', '"') if guarded else cell
    return cell[1:] if _HARMLESS.match(cell) else cell


@frozen
class Row:
    """One row: the line on which it starts, its cells, and what is wrong with its shape."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Finding, ...] = field(default=(), kw_only=True)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.faults and not any(map(str.strip, self.cells))

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells in which something stands."""
        return tuple(filter(None, map(str.strip, self.cells)))

    def at(self, place: int | None) -> str:
        """The text of a cell without the space around it; empty where there is no cell."""
        return self.cells[place].strip() if place is not None and self.cells else ""

    def chosen(self, places: Sequence[int]) -> "Row":
        """The row with the cells of these places alone; one without cells as it is."""
        if not self.cells:
            return self
        return evolve(self, cells=tuple(self.cells[place] for place in places))


@frozen
class Rows:
    """All rows of a file, the empty ones too; `said` holds what was assumed of it."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)


Look = Callable[[Sequence[Row]], bool]
