"""The rows of one sheet of a workbook: XLSX, and what else the same library reads.

Cells come typed: whole numbers are written here as our own lists write them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

from attrs import evolve

from campaign.errors import Finding
from campaign.phrases import counted, first_of
from campaign.reading.cells.texts import shown
from campaign.reading.parsing import workbook_process as confined
from campaign.reading.parsing.rows import Row, Table, unguarded

Look = Callable[[Sequence[Row]], bool]
"""Whether rows look like those of the list that is wanted."""

_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MOST_SHEETS = 12
_SAVE = "save the list anew, as XLSX or as CSV UTF-8"
# Spreadsheets keep fifteen digits of a number: of a longer id the last ones are lost.
_MOST_WHOLE = 10**15
_MOST_NAMED = 3
_HIDDEN_REMEDY = (
    "read all the same; to leave them out, copy the visible rows into a new sheet, "
    "or import with --only"
)


def is_workbook(data: bytes) -> bool:
    """Whether these bytes begin as a workbook does."""
    return data.startswith(_MARKS)


def rows_of_workbook(data: bytes, file: str, sheet: str, wanted: Look | None) -> Table:
    """The rows of the sheet that is named, else of the only one that can be meant."""
    found, findings = _sheets(data, file)
    if findings:
        return Table(file, findings=findings)

    def _in_words(names: Iterable[str]) -> str:
        return first_of([f'"{shown(name)}"' for name in names], _MOST_SHEETS)

    if sheet:
        named = [table for name, table in found.items() if name.casefold() == sheet.casefold()]
        problem, remedy = f'has no sheet "{shown(sheet)}"', f"its sheets are {_in_words(found)}"
        no_such = Table(file, findings=(Finding(file, problem, remedy=remedy),))
        return next(iter(named), no_such)
    filled = {name: table for name, table in found.items() if table.rows}
    if len(filled) > 1 and wanted is not None:
        meant = {name: table for name, table in filled.items() if wanted(table.rows)}
        filled = meant if len(meant) == 1 else filled
    if len(filled) > 1:
        problem = f"has several sheets: {_in_words(filled)}"
        remedy = "name the one with the list: campaign import FILE --sheet NAME"
        return Table(file, findings=(Finding(file, problem, remedy=remedy),))
    for name, table in filled.items():
        said = (f'{file}: read sheet "{shown(name)}"',) if len(found) > 1 else ()
        return evolve(table, said=said)
    return Table(file)


def sheets_of_workbook(
    data: bytes, file: str
) -> tuple[dict[str, tuple[Row, ...]], tuple[Finding, ...]]:
    """The rows of every visible sheet by its name, or what is wrong with the workbook."""
    sheets, findings = _sheets(data, file)
    return {name: table.rows for name, table in sheets.items()}, findings


def _sheets(data: bytes, file: str) -> tuple[dict[str, Table], tuple[Finding, ...]]:
    """The visible sheets by name, hidden rows noticed, and what is wrong with the workbook."""
    sheets: dict[str, list[Row]] = {}
    hidden: dict[str, set[int]] = {}
    name, above, problem = "", 0, ""
    for line in _lines(data):
        match line:
            case {"sheet": name, "above": above, "hidden": numbers}:
                sheets[name], hidden[name] = [], {*numbers}
            case {"problem": problem, **more}:
                problem += f" ({shown(str(more['because']))})" if more else ""
            case cells:
                sheets[name].append(_row(above + len(sheets[name]) + 1, cells, file))
    if problem:
        return {}, (Finding(file, problem, remedy=_SAVE),)
    tables = {name: Table(file, rows=tuple(rows)) for name, rows in sheets.items()}
    for name, table in tables.items():
        told = [row.number for row in table.rows if row.number in hidden[name] and not row.is_blank]
        if told:
            are = counted(len(told), "row is", "rows are")
            some = ", ".join(map(str, told[:_MOST_NAMED]))
            some += " and so on" * (len(told) > _MOST_NAMED)
            problem = f"{are} hidden in the sheet, as a filter hides them (row {some})"
            notice = Finding.notice(file, problem, _HIDDEN_REMEDY, row=told[0])
            tables[name] = evolve(table, findings=(notice,))
    return tables, ()


def _lines(data: bytes) -> Iterator[Any]:
    """What a reader of its own finds in a workbook, and what has become of it."""
    command = [sys.executable, "-S", "-P", confined.__file__]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        reader = subprocess.run(  # noqa: S603 (our own file)
            command, env=environment, input=data, stdout=pipe, stderr=nowhere, check=False
        )
    except OSError as error:
        yield {"problem": "needs a program of its own to read it", "because": str(error)}
        return
    for line in BytesIO(reader.stdout):
        with suppress(json.JSONDecodeError):  # the last one of a reader that was ended
            yield json.loads(line)
    if reader.returncode:
        yield {"problem": "takes more memory or time than a list does"}


def _row(number: int, cells: Sequence[object], file: str) -> Row:
    faults = tuple(
        Finding.notice(
            file,
            f"{cell:.0f} has lost its last digits, as spreadsheets keep fifteen",
            "format the column as text and export it again",
            row=number,
        )
        for cell in cells
        if isinstance(cell, float) and abs(cell) >= _MOST_WHOLE
    )
    return Row(number, tuple(unguarded(_text(cell)) for cell in cells), faults=faults)


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return str(cell)
