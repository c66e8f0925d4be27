"""A table from the bytes of a CSV file: headings, and rows with the line they start on."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from attrs import field, frozen

from campaign.errors import Finding, Severity
from campaign.reading.text import decode

_SEPARATORS = ",;\t|"
_LINES_LOOKED_AT = 20
_NAMED_SEPARATOR = re.compile(r'"?sep=([,;|:^~\t])"?[ ,;\t]*\r?\n', re.IGNORECASE)
# Writing puts one apostrophe before what a spreadsheet would run; reading takes one off.
_HARMLESS = re.compile(r"'(?='*[=+\-@\t\r])")


@frozen
class Row:
    """One row: the line on which it starts, its cells, and what is wrong with its shape."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Finding, ...] = field(default=(), kw_only=True)


@frozen
class Table:
    """The rows of one file under its headings, and the findings on the file as a whole."""

    file: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=(), kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)

    @property
    def is_empty(self) -> bool:
        """Whether there is not even a heading."""
        return not self.headings

    @property
    def is_sound(self) -> bool:
        """Whether the file as a whole could be understood."""
        return not any(finding.is_error for finding in self.findings)


def parse_table(data: bytes, file: str) -> Table:
    """A table from bytes; nothing in the bytes raises, all of it becomes findings.

    Lines that are wholly empty are passed over, also before the headings.
    """
    text, findings = decode(data, file)
    text, separator, skipped = _separated(text)
    parsed = _Parser(file, separator, skipped).parse(text)
    rows = [row for row in parsed.rows if row.faults or any(map(str.strip, row.cells))]
    if not rows:
        return Table(file, findings=(*findings, *parsed.findings))
    headings = tuple(cell.strip() for cell in rows[0].cells)
    return Table(
        file,
        headings,
        rows=tuple(_fitted(row, headings, file) for row in rows[1:]),
        findings=(*findings, *parsed.findings, *rows[0].faults),
    )


def _separated(text: str) -> tuple[str, str, int]:
    named = _NAMED_SEPARATOR.match(text)
    if named:
        return text[named.end() :], named[1], 1
    return text, separator_of(text), 0


def separator_of(text: str) -> str:
    """What separates the cells: the candidate that most lines hold equally often.

    Counted over the first lines and outside quotes; a comma where there is nothing to
    count, as in a list of one column.
    """
    lines = _first_lines(text)
    return max(_SEPARATORS, key=lambda candidate: _evenness(lines, candidate))


def _first_lines(text: str) -> list[str]:
    unquoted = re.sub(r'"[^"]*"', "", text[:100_000])
    return [line for line in unquoted.splitlines() if line.strip()][:_LINES_LOOKED_AT]


def _evenness(lines: Sequence[str], separator: str) -> tuple[int, int]:
    counts = [line.count(separator) for line in lines]
    if not counts or not counts[0]:
        return 0, 0
    return Counter(counts)[counts[0]], counts[0]


class _Parser:
    """Takes a text apart row by row, and goes on after a row that it cannot read."""

    def __init__(self, file: str, separator: str, skipped: int) -> None:
        self.file = file
        self.separator = separator
        self.skipped = skipped
        self.rows: list[Row] = []
        self.findings: list[Finding] = []

    def parse(self, text: str) -> "_Parser":
        # strict, because a quote that never ends would else swallow the rest of the list
        reader = csv.reader(StringIO(text, newline=""), delimiter=self.separator, strict=True)
        while True:
            row = reader.line_num + self.skipped + 1
            try:
                self.rows.append(Row(row, tuple(map(_harmless, next(reader)))))
            except StopIteration:
                return self
            except csv.Error as error:
                fault = _fault(self.file, row, str(error))
                if reader.line_num + self.skipped > row:
                    self.findings.append(fault)
                    return self
                self.rows.append(Row(row, (), faults=(fault,)))


def _fault(file: str, row: int, error: str) -> Finding:
    if "field limit" in error:
        return Finding(
            file,
            f"a cell is longer than {csv.field_size_limit():,} characters",
            remedy="shorten it; if it holds many rows, a quote is missing",
            row=row,
        )
    if "unexpected end" in error:
        return Finding(
            file, "a quote opens here and never closes", remedy="close it, or remove it", row=row
        )
    return Finding(
        file,
        "text follows a closing quote",
        remedy='write a quote inside a quoted cell twice, as ""',
        row=row,
    )


def _harmless(cell: str) -> str:
    return cell[1:] if _HARMLESS.match(cell) else cell


def _fitted(row: Row, headings: Sequence[str], file: str) -> Row:
    """The row with as many cells as there are headings, and a word where that is a guess."""
    wide, have = len(headings), len(row.cells)
    if row.faults or have == wide:
        return row
    if have < wide:
        return Row(
            row.number, (*row.cells, *[""] * (wide - have)), faults=(_short(row, wide, file),)
        )
    cut = Row(row.number, row.cells[:wide])
    if not any(map(str.strip, row.cells[wide:])):
        return cut
    return Row(cut.number, cut.cells, faults=(_long(row, wide, file),))


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
