"""The rows of one sheet of a workbook: XLSX, and what else the same library reads.

Cells come typed: dates and whole numbers are written here as our own lists write them.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from attrs import evolve

from campaign.errors import Finding, Severity
from campaign.reading.cells import shown
from campaign.reading.rows import Look, Row, Rows, harmless
from campaign.reading.sheet_marks import UNMARKED, Marks, column_number, marks_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_MOST_CELLS = 5_000_000
_MOST_UNPACKED = 512 * 1024 * 1024
_SAVE = "save the list anew, as XLSX or as CSV UTF-8"
# Spreadsheets keep fifteen digits of a number: of a longer id the last ones are lost.
_MOST_WHOLE = 10**15
_MOST_NAMED = 3


def is_workbook(data: bytes) -> bool:
    """Whether these bytes begin as a workbook does."""
    return data.startswith(_MARKS)


def rows_of_workbook(data: bytes, file: str, sheet: str, wanted: Look | None) -> Rows:
    """The rows of the sheet that is named, else of the only one that can be meant."""
    sheets, problem = _sheets(data)
    if problem:
        return Rows(findings=(Finding(file, problem, remedy=_SAVE),))
    found = {name: _rows(one, file) for name, one in sheets.items()}
    if sheet:
        named = next((name for name in found if name.casefold() == sheet.casefold()), "")
        return _read(data, sheets[named], file) if named else _no_such(found, sheet, file)
    filled = {name: rows for name, rows in found.items() if rows}
    if len(filled) > 1 and wanted is not None:
        meant = {name: rows for name, rows in filled.items() if wanted(rows)}
        filled = meant if len(meant) == 1 else filled
    if len(filled) > 1:
        return Rows(findings=(_which(filled, file),))
    said = [f'{file}: read sheet "{shown(name)}"' for name in filled if len(found) > 1]
    read = _read(data, sheets[next(iter(filled))], file) if filled else Rows()
    return evolve(read, said=tuple(said))


def _read(data: bytes, sheet: "CalamineSheet", file: str) -> Rows:
    """The rows of one sheet, with the errors that stand in its cells, and its hidden rows told."""
    marks = marks_of(data, sheet.name)
    rows = _rows(sheet, file, marks)
    hidden = [row.number for row in rows if row.number in marks.hidden and not row.is_blank]
    return Rows(rows, findings=(_hidden(file, hidden),) if hidden else ())


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
    sheets, problem = _sheets(data)
    if problem:
        return {}, (Finding(file, problem, remedy=_SAVE),)
    return {name: _rows(one, file) for name, one in sheets.items()}, ()


def _no_such(found: Mapping[str, tuple[Row, ...]], sheet: str, file: str) -> Rows:
    names = ", ".join(f'"{shown(name)}"' for name in found)
    problem = f'has no sheet "{shown(sheet)}"'
    return Rows(findings=(Finding(file, problem, remedy=f"its sheets are {names}"),))


def _which(found: Mapping[str, tuple[Row, ...]], file: str) -> Finding:
    names = ", ".join(f'"{shown(name)}"' for name in found)
    return Finding(
        file,
        f"has several sheets: {names}",
        remedy="name the one with the list: campaign import FILE --sheet NAME",
    )


def _sheets(data: bytes) -> tuple["dict[str, CalamineSheet]", str]:
    """The visible sheets that hold cells, and what is wrong with the workbook."""
    problem = _too_large(data)
    if problem:
        return {}, problem
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 (only for workbooks)

    try:
        return _opened(data), ""
    except PasswordError:
        return {}, "is locked by a password"
    except (CalamineError, OSError, ValueError) as error:
        return {}, f"is no workbook that can be read ({shown(str(error))})"
    except BaseException as error:
        # what the library did not foresee in damaged bytes is no Exception of Python
        if type(error).__name__ != "PanicException":
            raise
        return {}, "is a damaged workbook"


def _opened(data: bytes) -> "dict[str, CalamineSheet]":
    from python_calamine import load_workbook  # noqa: PLC0415

    book: CalamineWorkbook = load_workbook(BytesIO(data))
    visible = [one.name for one in book.sheets_metadata if _is_list(one)]
    return {name: book.get_sheet_by_name(name) for name in visible}


def _is_list(meta: object) -> bool:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    kind = getattr(meta, "typ", None), getattr(meta, "visible", None)
    return kind == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)


def _too_large(data: bytes) -> str:
    """What is wrong with a packed workbook that would not fit into the memory."""
    if not data.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            members = packed.infolist()
            if sum(member.file_size for member in members) > _MOST_UNPACKED:
                return "unpacks to more than 512 MB"
            sheets = [one for one in members if one.filename.startswith("xl/worksheets/")]
            spans = [_span(packed.read(one)) for one in sheets if one.filename.endswith(".xml")]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError):
        return "is a damaged workbook"
    except zipfile.zlib.error:  # type: ignore[attr-defined]  # zipfile imports it for itself
        return "is a damaged workbook"
    return "spans more cells than a list has" if max(spans, default=0) > _MOST_CELLS else ""


def _span(sheet: bytes) -> int:
    """How many cells lie between the ends of a sheet, the empty ones included."""
    cells = {(found[1], int(found[2])) for found in _CELL.finditer(sheet)}
    columns = [column_number(letters) for letters in {letters for letters, _ in cells}]
    rows = [row for _, row in cells]
    if not rows:
        return 0
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def _rows(sheet: "CalamineSheet", file: str, marks: Marks = UNMARKED) -> tuple[Row, ...]:
    start = sheet.start
    if start is None:
        return ()
    cells: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=True)]
    for (row, column), error in marks.errors.items():
        at, place = row - start[0] - 1, column - start[1] - 1
        if 0 <= at < len(cells) and 0 <= place < len(cells[at]):
            cells[at][place] = error
    return tuple(_row(start[0] + place, row, file) for place, row in enumerate(cells, start=1))


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
