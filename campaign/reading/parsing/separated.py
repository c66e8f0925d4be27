"""The rows of a text whose cells are separated by commas or their like."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from campaign.errors import Finding
from campaign.reading.parsing.rows import Row, harmless
from campaign.reading.parsing.workbook_process import MOST_CELLS, MOST_ROWS, TOO_MANY

_SEPARATORS = ",;\t|"
_LINES_LOOKED_AT = 20
_LONGEST_LINE = 4_000_000
_TOO_LONG = "line too long"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NAMED_SEPARATOR = re.compile(r'"?sep=([,;|:^~\t])"?[ ,;\t]*\r?\n', re.IGNORECASE)


def rows_of_text(text: str, file: str) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Every row, also the empty ones, and what is wrong with the text as a whole."""
    text, separator, skipped = _separated(text)
    parsed = _Parser(file, separator, skipped).parse(text)
    return tuple(parsed.rows), tuple(parsed.findings)


def _separated(text: str) -> tuple[str, str, int]:
    named = _NAMED_SEPARATOR.match(text)
    if named:
        return text[named.end() :], named[1], 1
    return text, separator_of(text), 0


def separator_of(text: str) -> str:
    """What separates the cells: the candidate that most lines hold equally often.

    Counted over the first lines and outside quotes, a title above the headings among them;
    a comma where there is nothing to count, as in a list of one column.
    """
    lines = _first_lines(text)
    return max(_SEPARATORS, key=lambda candidate: _evenness(lines, candidate))


def _first_lines(text: str) -> list[str]:
    unquoted = re.sub(r'"[^"]*"', "", text[:100_000])
    return [line for line in unquoted.splitlines() if line.strip()][:_LINES_LOOKED_AT]


def _evenness(lines: Sequence[str], separator: str) -> tuple[int, bool, int]:
    counts = Counter(filter(None, (line.count(separator) for line in lines)))
    if not counts:
        return 0, False, 0
    times, alike = max((alike, times) for times, alike in counts.items())[::-1]
    return alike, separator in lines[0], times


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
        reader = csv.reader(_lines(text), delimiter=self.separator, strict=True)
        cells = 0
        while True:
            row = reader.line_num + self.skipped + 1
            if cells > MOST_CELLS or len(self.rows) > MOST_ROWS:
                self.findings.append(_too_many(self.file, row))
                return self
            try:
                self.rows.append(Row(row, tuple(map(harmless, next(reader)))))
                cells += len(self.rows[-1].cells)
            except StopIteration:
                return self
            except csv.Error as error:
                fault = _fault(self.file, row, str(error))
                if reader.line_num + self.skipped > row:
                    self.findings.append(fault)
                    return self
                self.rows.append(Row(row, (), faults=(fault,)))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time, each with its end; an endless one is an error."""
    for found in _LINE.finditer(text):
        if found.end() - found.start() > _LONGEST_LINE:
            raise csv.Error(_TOO_LONG)
        yield found[0]


def _too_many(file: str, row: int) -> Finding:
    return Finding(file, TOO_MANY, remedy="split the list, or leave columns out", row=row)


def _fault(file: str, row: int, error: str) -> Finding:
    if error == _TOO_LONG:
        return Finding(
            file,
            f"a line is longer than {_LONGEST_LINE:,} characters",
            remedy="export the list again, a record a line",
            row=row,
        )
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
