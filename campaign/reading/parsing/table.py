"""A table from the bytes of a file: headings, and rows with the line they start on."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.errors import Finding, Severity
from campaign.reading.parsing.rows import Look, Row, Rows
from campaign.reading.parsing.separated import rows_of_text
from campaign.reading.parsing.text import decode
from campaign.reading.parsing.workbook import is_workbook, rows_of_workbook

__all__ = ["Row", "Table", "parse_table", "rows_of", "table_of"]


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
        found, lacking = set[int](), set(range(len(self.headings)))
        for row in self.rows:
            here = {place for place in lacking if row.cells and row.cells[place].strip()}
            found |= here
            lacking -= here
            if not lacking:
                break
        return frozenset(found)

    @property
    def empty_headings(self) -> tuple[str, ...]:
        """The headings under which nothing stands."""
        filled = self.filled
        heads = enumerate(self.headings)
        return tuple(heading for place, heading in heads if heading and place not in filled)

    def chosen(self, places: Sequence[int]) -> "Table":
        """The table with these columns alone."""
        headings = tuple(self.headings[place] for place in places)
        return evolve(self, headings=headings, rows=tuple(row.chosen(places) for row in self.rows))

    def without(self, places: Collection[int]) -> "Table":
        """The table without these columns."""
        return self.chosen([one for one in range(len(self.headings)) if one not in places])


def parse_table(data: bytes, file: str) -> Table:
    """A table from bytes; nothing in the bytes raises, all of it becomes findings.

    Lines that are wholly empty are passed over, also before the headings.
    """
    found = rows_of(data, file)
    rows = [row for row in found.rows if not row.is_blank]
    if not rows:
        return Table(file, findings=found.findings)
    return table_of(file, rows[0], rows[1:], (*found.findings, *rows[0].faults))


def rows_of(
    data: bytes, file: str, *, sheet: str = "", encoding: str = "", wanted: Look | None = None
) -> Rows:
    """The rows of a text or of one sheet of a workbook; nothing in the bytes raises.

    Of several sheets it is the one that is named, else the only one that looks `wanted`.
    """
    if is_workbook(data):
        return rows_of_workbook(data, file, sheet, wanted)
    text, findings = decode(data, file, encoding)
    rows, faults = rows_of_text(text, file)
    missing = (_no_sheet(file, sheet),) if sheet and not findings else ()
    return Rows(rows, findings=(*findings, *faults, *missing))


def _no_sheet(file: str, sheet: str) -> Finding:
    """What to say of a sheet that is named for a plain text."""
    remedy = "leave --sheet out"
    return Finding(file, f'is plain text and has no sheet "{sheet}"', remedy=remedy)


def table_of(file: str, heads: Row, rows: Iterable[Row], findings: Iterable[Finding]) -> Table:
    """Rows under one row of headings, each with as many cells."""
    headings = tuple(cell.strip() for cell in heads.cells)
    return Table(
        file,
        headings,
        rows=tuple(_fitted(row, headings, file) for row in rows),
        findings=tuple(findings),
        heading_row=heads.number,
    )


def _fitted(row: Row, headings: Sequence[str], file: str) -> Row:
    """The row with as many cells as there are headings, and a word where that is a guess."""
    wide, have = len(headings), len(row.cells)
    if not row.cells or have == wide:
        return row
    if have < wide:
        filled = (*row.cells, *[""] * (wide - have))
        return Row(row.number, filled, faults=(*row.faults, _short(row, wide, file)))
    too_much = any(map(str.strip, row.cells[wide:]))
    faults = (*row.faults, *([_long(row, wide, file)] if too_much else []))
    return Row(row.number, row.cells[:wide], faults=faults)


def _short(row: Row, wide: int, file: str) -> Finding:
    return Finding(
        file,
        f"the row has {len(row.cells)} of {wide} cells",
        remedy="the rest are taken as empty",
        row=row.number,
        severity=Severity.NOTICE,
    )


def _long(row: Row, wide: int, file: str) -> Finding:
    return Finding(
        file,
        f"the row has {len(row.cells)} cells under {wide} headings",
        remedy="put quotes around a cell that holds the separator",
        row=row.number,
    )
