"""What a list is made of: rows, and the table of them under its headings."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.errors import Finding

# Writing puts one apostrophe before what a spreadsheet would run; reading takes one off.
_MADE_HARMLESS = re.compile(r"'(?='*[ \n]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])")
_GUARDED = re.compile(r'="((?:[^"]|"")*)"')


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that writing has put before a formula.

    Of `="00123"`, by which an export keeps its zeros from a spreadsheet, it is the text.
    """
    if not cell.startswith(("=", "'")):
        return cell
    if guarded := _GUARDED.fullmatch(cell):
        return guarded[1].replace('""', '"')
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell


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

    def texts(self, places: Iterable[int]) -> list[str]:
        """What stands in some cells, the empty ones left out."""
        return list(filter(None, map(self.at, places)))


@frozen
class Table:
    """The rows of one file under its headings, and the findings on the file as a whole.

    The headings stand on the line `heading_row`; `said` holds what was assumed in finding
    them. Dates of which no cell shows the order are read in `order`, `mdy` or `dmy`. `used`
    are headings that are read though they are no column of ours, as the parts of a name.
    """

    file: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=(), kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    heading_row: int = field(default=1, kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)
    order: str = field(default="", kw_only=True)
    used: frozenset[str] = field(default=frozenset(), kw_only=True)

    @property
    def is_empty(self) -> bool:
        """Whether there is not even a heading."""
        return not self.headings

    @property
    def is_sound(self) -> bool:
        """Whether the file as a whole could be understood."""
        return not any(finding.is_error for finding in self.findings)

    @cached_property
    def filled(self) -> frozenset[int]:
        """The places of the columns in which something stands."""
        places = range(len(self.headings))
        return frozenset(place for place in places if any(row.at(place) for row in self.rows))

    @property
    def empty_headings(self) -> tuple[str, ...]:
        """The headings under which nothing stands."""
        heads = enumerate(self.headings)
        return tuple(heading for place, heading in heads if heading and place not in self.filled)

    def chosen(self, places: Sequence[int]) -> "Table":
        """The table with these columns alone."""
        rows = tuple(
            evolve(row, cells=tuple(row.cells[place] for place in places)) if row.cells else row
            for row in self.rows
        )
        return evolve(self, headings=tuple(self.headings[place] for place in places), rows=rows)

    def without(self, places: Collection[int]) -> "Table":
        """The table without these columns."""
        return self.chosen([one for one in range(len(self.headings)) if one not in places])

    def with_column(self, heading: str, texts: Iterable[str], place: int | None = None) -> "Table":
        """The table with one column more, or with one in the place of another."""
        at = len(self.headings) if place is None else place
        rows = (
            evolve(row, cells=(*row.cells[:at], text, *row.cells[at + 1 :])) if row.cells else row
            for row, text in zip(self.rows, texts, strict=True)
        )
        headings = (*self.headings[:at], heading, *self.headings[at + 1 :])
        return evolve(self, headings=headings, rows=tuple(rows))

    def saying(self, sentence: str) -> "Table":
        """The table with one thing more that is said of its file."""
        return evolve(self, said=(*self.said, f"{self.file}: {sentence}"))
