"""What spreadsheets make of cells: errors, numbers too wide to show, numbers that lost digits."""

import re
from collections.abc import Iterator, Mapping

from campaign.errors import Finding
from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.parsing.rows import Table

# `#VALUE!`, `#NOM?`, `#¡REF!`, `#N/A`, `#NV`, `########`, and LibreOffice's `Err:502`.
_SPOILT = re.compile(
    r"#[^\s#]{2,20}[!?]|#[^\W\d_]{1,2}/[^\W\d_]{1,2}(?: N/A)?|#NV|#{3,}|Err:\d{3}"
    r"|#GETTING_DATA|#LOADING\.*"
)
_DEGREES = ("latitude", "longitude")
# What cells hold that nobody meant to write, and what becomes of it; the second is what
# programs write where they know no number, which no person leaves in a list of places.
_UNMEANT = (
    (
        _SPOILT,
        "an error of the spreadsheet",
        "taken as empty; mend the formula or widen the column, and export again",
    ),
    (
        re.compile(r"nan|null|none|-?inf", re.IGNORECASE),
        "no number",
        "taken as empty; the place is looked for by the address",
    ),
)
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2}|\d[.,]\d+E\d{1,2}", re.IGNORECASE | re.ASCII)
# Java writes every digit of a number that it writes so: 5.035550101E9.
_OF_JAVA = re.compile(r"(\d)[.,](\d{1,15})E(\d{1,2})", re.ASCII)
_MOST_ZEROS = 3
_POINT_ZERO = re.compile(r"(\+?\d{3,15})[.,]0+", re.ASCII)


def is_spoilt(text: str) -> bool:
    """Whether a cell holds an error of a spreadsheet in place of what it was to hold."""
    return text.startswith(("#", "E")) and _SPOILT.fullmatch(text) is not None


def whole_digits(text: str) -> str:
    """Digits without the `.0` that a spreadsheet has put behind them; else the text."""
    found = _OF_JAVA.fullmatch(text)
    if found and 0 <= int(found[3]) - len(found[2]) < _MOST_ZEROS:
        return found[1] + found[2].ljust(int(found[3]), "0")
    found = _POINT_ZERO.fullmatch(text)
    return found[1] if found else text


def spoilt_cells(table: Table, places: Mapping[str, int]) -> Iterator[Finding]:
    """A notice on each column in which cells hold errors of a spreadsheet, at the first one."""
    for column, place in places.items():
        cells = [(row.number, row.at(place)) for row in table.rows]
        for form, what, remedy in _UNMEANT[: 1 + (column in _DEGREES)]:
            found = [(row, text) for row, text in cells if form.fullmatch(text)]
            if found:
                row, first = found[0]
                hold = counted(len(found), "cell holds", "cells hold")
                problem = f"{hold} {what}, as {shown(first)}"
                yield Finding.notice(table.file, problem, remedy, row=row, column=column)
