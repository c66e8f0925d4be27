"""What spreadsheets make of cells: errors, numbers too wide to show, numbers that lost digits."""

import re
from collections.abc import Iterator, Mapping, Sequence

from campaign.errors import Finding, Severity
from campaign.reading.cells import shown
from campaign.reading.parsing.rows import Table

# `#VALUE!`, `#NOM?`, `#¡REF!`, `#N/A`, `#NV`, `########`, and LibreOffice's `Err:502`.
_SPOILT = re.compile(
    r"#[^\s#]{2,20}[!?]|#[^\W\d_]{1,2}/[^\W\d_]{1,2}(?: N/A)?|#NV|#{3,}|Err:\d{3}"
    r"|#GETTING_DATA|#LOADING\.*"
)
_DEGREES = ("latitude", "longitude")
_NO_NUMBERS = ("nan", "null", "none", "inf", "-inf")
_SPREADSHEET = (
    "an error of the spreadsheet",
    "taken as empty; mend the formula or widen the column, and export again",
)
# What programs write where they know no number, which no person leaves in a list.
_NO_PLACE = ("no number", "taken as empty; the place is looked for by the address")
_FIRST = ("#", "E")
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}|\d[.,]\d+E\d{1,2}", re.IGNORECASE | re.ASCII)
# Java writes every digit of a number that it writes so: 5.035550101E9.
_OF_JAVA = re.compile(r"(\d)[.,](\d{1,15})E(\d{1,2})", re.ASCII)
_MOST_ZEROS = 3
_POINT_ZERO = re.compile(r"(\+?\d{3,15})[.,]0+", re.ASCII)


def is_spoilt(text: str) -> bool:
    """Whether a cell holds an error of a spreadsheet in place of what it was to hold."""
    return text.startswith(_FIRST) and _SPOILT.fullmatch(text) is not None


def whole_digits(text: str) -> str:
    """Digits without the `.0` that a spreadsheet has put behind them; else the text."""
    found = _OF_JAVA.fullmatch(text)
    if found and 0 <= int(found[3]) - len(found[2]) < _MOST_ZEROS:
        return found[1] + found[2].ljust(int(found[3]), "0")
    found = _POINT_ZERO.fullmatch(text)
    return found[1] if found else text


def told(table: Table, places: Mapping[str, int]) -> Iterator[Finding]:
    """A notice on each column in which cells hold errors of a spreadsheet."""
    rows = [row for row in table.rows if row.cells]
    for column, place in places.items():
        cells = [(row.number, row.cells[place].strip()) for row in rows]
        found = [pair for pair in cells if pair[1].startswith(_FIRST) and is_spoilt(pair[1])]
        if found:
            yield _in_cells(table.file, column, found, _SPREADSHEET)
        if column in _DEGREES:
            found = [pair for pair in cells if pair[1].casefold() in _NO_NUMBERS]
            if found:
                yield _in_cells(table.file, column, found, _NO_PLACE)


def _in_cells(
    file: str, column: str, found: Sequence[tuple[int, str]], told_of: tuple[str, str]
) -> Finding:
    """A notice at the first of the cells that hold what nobody meant to write."""
    (row, first), (what, remedy) = found[0], told_of
    hold = "1 cell holds" if len(found) == 1 else f"{len(found)} cells hold"
    return Finding(
        file,
        f"{hold} {what}, as {shown(first)}",
        remedy=remedy,
        row=row,
        column=column,
        severity=Severity.NOTICE,
    )
