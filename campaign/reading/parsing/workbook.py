"""The rows of one sheet of a workbook: XLSX, and what else the same library reads.

Cells come typed: dates and whole numbers are written here as our own lists write them.
"""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from attrs import evolve, field, frozen

from campaign.errors import Finding, Severity
from campaign.reading.cells import shown
from campaign.reading.parsing import workbook_process as confined
from campaign.reading.parsing.rows import Look, Row, Rows, harmless

_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_TOO_MUCH = "takes more memory or time than a list does"
_MOST_SHEETS = 12
_SAVE = "save the list anew, as XLSX or as CSV UTF-8"
# Spreadsheets keep fifteen digits of a number: of a longer id the last ones are lost.
_MOST_WHOLE = 10**15
_MOST_NAMED = 3


def is_workbook(data: bytes) -> bool:
    """Whether these bytes begin as a workbook does."""
    return data.startswith(_MARKS)


@frozen
class Sheet:
    """The rows of a sheet, and the numbers of those that are hidden in it."""

    rows: list[Row] = field(factory=list)
    hidden: frozenset[int] = frozenset()


def rows_of_workbook(data: bytes, file: str, sheet: str, wanted: Look | None) -> Rows:
    """The rows of the sheet that is named, else of the only one that can be meant."""
    found, problem = _sheets(data, file)
    if problem:
        return Rows(findings=(Finding(file, problem, remedy=_SAVE),))
    if sheet:
        named = next((name for name in found if name.casefold() == sheet.casefold()), "")
        return _read(found[named], file) if named else _no_such(found, sheet, file)
    filled = {name: one for name, one in found.items() if one.rows}
    if len(filled) > 1 and wanted is not None:
        meant = {name: one for name, one in filled.items() if wanted(one.rows)}
        filled = meant if len(meant) == 1 else filled
    if len(filled) > 1:
        return Rows(findings=(_which(filled, file),))
    said = [f'{file}: read sheet "{shown(name)}"' for name in filled if len(found) > 1]
    read = _read(next(iter(filled.values())), file) if filled else Rows()
    return evolve(read, said=tuple(said))


def _read(sheet: Sheet, file: str) -> Rows:
    """The rows of one sheet, its hidden rows told."""
    rows = sheet.rows
    hidden = [row.number for row in rows if row.number in sheet.hidden and not row.is_blank]
    return Rows(tuple(rows), findings=(_hidden(file, hidden),) if hidden else ())


def _hidden(file: str, hidden: Sequence[int]) -> Finding:
    rows = ", ".join(map(str, hidden[:_MOST_NAMED]))
    more = " and so on" if len(hidden) > _MOST_NAMED else ""
    are = "1 row is" if len(hidden) == 1 else f"{len(hidden)} rows are"
    return Finding(
        file,
        f"{are} hidden in the sheet, as a filter hides them (row {rows}{more})",
        remedy="read all the same; to leave them out, copy the visible rows into a new sheet, "
        "or import with --only",
        row=hidden[0],
        severity=Severity.NOTICE,
    )


def sheets_of_workbook(
    data: bytes, file: str
) -> tuple[dict[str, tuple[Row, ...]], tuple[Finding, ...]]:
    """The rows of every visible sheet by its name, or what is wrong with the workbook."""
    sheets, problem = _sheets(data, file)
    if problem:
        return {}, (Finding(file, problem, remedy=_SAVE),)
    return {name: tuple(one.rows) for name, one in sheets.items()}, ()


def _sheets(data: bytes, file: str) -> tuple[dict[str, Sheet], str]:
    """The visible sheets by name, and what is wrong with the workbook."""
    sheets: dict[str, Sheet] = {}
    above, problem, sheet = 0, "", Sheet()
    for line in _lines(data):
        match line:
            case {"sheet": name, "above": above, "hidden": hidden}:
                sheet = sheets[name] = Sheet(hidden=frozenset(hidden))
            case {"problem": problem, **more}:
                problem += f" ({shown(str(more['because']))})" if more else ""
            case cells:
                sheet.rows.append(_row(above + len(sheet.rows) + 1, cells, file))
    return sheets, problem


def _no_such(found: Mapping[str, Sheet], sheet: str, file: str) -> Rows:
    names = _in_words(found)
    problem = f'has no sheet "{shown(sheet)}"'
    return Rows(findings=(Finding(file, problem, remedy=f"its sheets are {names}"),))


def _which(found: Mapping[str, Sheet], file: str) -> Finding:
    return Finding(
        file,
        f"has several sheets: {_in_words(found)}",
        remedy="name the one with the list: campaign import FILE --sheet NAME",
    )


def _in_words(found: Mapping[str, Sheet]) -> str:
    """The names of the sheets, the first of them where they are many."""
    names = ", ".join(f'"{shown(name)}"' for name in list(found)[:_MOST_SHEETS])
    return names if len(found) <= _MOST_SHEETS else f"{names} and {len(found) - _MOST_SHEETS} more"


def _lines(data: bytes) -> Iterator[Any]:
    """What a reader of its own finds in a workbook, and what has become of it."""
    command = [sys.executable, "-S", "-P", confined.__file__]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        reader = subprocess.Popen(  # noqa: S603 (our own file)
            command, env=environment, stdin=pipe, stdout=pipe, stderr=nowhere
        )
    except OSError as error:
        yield {"problem": "needs a program of its own to read it", "because": str(error)}
        return
    with reader:
        try:
            yield from _told(reader, data)
        except BaseException:
            reader.kill()
            raise
    if reader.returncode:
        yield {"problem": _TOO_MUCH}


def _told(reader: "subprocess.Popen[bytes]", data: bytes) -> Iterator[Any]:
    stdin, stdout = reader.stdin, reader.stdout
    if stdin is None or stdout is None:
        return
    with suppress(BrokenPipeError), stdin:
        stdin.write(data)
    for line in stdout:
        with suppress(json.JSONDecodeError):  # the last one of a reader that was ended
            yield json.loads(line, object_hook=_from_object)


def _from_object(found: dict[str, Any]) -> object:
    """Days and times come as objects of one key."""
    for kind in (dt.datetime, dt.date, dt.time):
        if found.keys() == {kind.__name__}:
            return kind.fromisoformat(found[kind.__name__])
    return found


def _row(number: int, cells: Sequence[object], file: str) -> Row:
    cut = [cell for cell in cells if isinstance(cell, float) and abs(cell) >= _MOST_WHOLE]
    faults = tuple(_lost_digits(cell, number, file) for cell in cut)
    return Row(number, tuple(harmless(_text(cell)) for cell in cells), faults=faults)


def _lost_digits(cell: float, number: int, file: str) -> Finding:
    return Finding(
        file,
        f"{cell:.0f} has lost its last digits, as spreadsheets keep fifteen",
        remedy="format the column as text and export it again",
        row=number,
        severity=Severity.NOTICE,
    )


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.0f}" if cell.is_integer() else repr(cell)
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case dt.time():
            return f"{cell:%H:%M}"
    return str(cell)
