"""The cells of a workbook as lines of JSON: a program of its own, with little memory and time.

A workbook of a few kilobytes may unpack to gigabytes, and the library that reads it ends its
whole process where the memory does. So it runs apart, in less than a list ever needs: the
bytes come in on stdin, and each line that goes out on stdout is a sheet (an object), one of
its rows (a list), or what is wrong with the workbook (an object). It imports nothing of the
package, so that it starts quickly.
"""

import datetime as dt
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_MEMORY = 256 * 1024 * 1024
MOST_SECONDS = 20
MOST_ROWS = 200_000
MOST_CELLS = 1_000_000
"""What one file may hold: a list of 20,000 accounts in fifty columns, room for blank rows."""
MOST_LETTERS = 16 * 1024 * 1024
TOO_MANY = f"spans more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells"
TOO_LONG = f"holds more than {MOST_LETTERS:,} letters"


_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?P<of>(?=[^>]*\bt="e")[^>]*)>.{0,4000}?<(?:\w+:)?v>(?P<text>[^<]{1,40})<',
    re.DOTALL,
)
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_PLACE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
_FOLDER = "xl/"
_DAMAGED = (KeyError, ValueError, OSError, zipfile.BadZipFile, zipfile.zlib.error)  # type: ignore[attr-defined]
Place = tuple[int, int]
"""A row and a column, from 1."""


class TooMuchError(Exception):
    """What is too much of a workbook, in words."""


def lines(data: bytes) -> Iterator[object]:
    """The visible sheets, each with its rows behind it, or what is wrong with the workbook.

    A sheet is `{"sheet": name, "above": rows, "hidden": rows}`: how many rows stand above its
    first cell, and the numbers of those that are hidden.
    """
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 (only where it runs)

    try:
        yield from _sheets(data)
    except PasswordError:
        yield {"problem": "is locked by a password"}
    except TooMuchError as error:
        yield {"problem": str(error)}
    except (CalamineError, OSError, ValueError) as error:
        yield {"problem": "is damaged, or no workbook", "because": str(error)}
    except BaseException as error:
        # what the library did not foresee in damaged bytes is no Exception of Python
        if type(error).__name__ != "PanicException":
            raise
        yield {"problem": "is damaged, or no workbook"}


def _sheets(data: bytes) -> Iterator[object]:
    from python_calamine import load_workbook  # noqa: PLC0415

    book, rows, cells, letters = load_workbook(BytesIO(data)), 0, 0, 0
    for name in [one.name for one in book.sheets_metadata if _is_list(one)]:
        errors, hidden = _marks_of(data, name)
        sheet = book.get_sheet_by_name(name)
        rows, cells = (
            rows + (sheet.end[0] + 1 if sheet.end else 0),
            cells + sheet.height * sheet.width,
        )
        if rows > MOST_ROWS or cells > MOST_CELLS:
            raise TooMuchError(TOO_MANY)
        yield {"sheet": name, "above": sheet.start[0] if sheet.start else 0, "hidden": hidden}
        for row in _rows(sheet, errors):
            letters += sum(len(cell) for cell in row if isinstance(cell, str))
            if letters > MOST_LETTERS:
                raise TooMuchError(TOO_LONG)
            yield row


def _is_list(meta: object) -> bool:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    kind = getattr(meta, "typ", None), getattr(meta, "visible", None)
    return kind == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)


def _rows(sheet: "CalamineSheet", errors: Mapping[Place, str]) -> Iterator[Sequence[object]]:
    """The rows from the first that is filled on, with the errors in their cells."""
    if sheet.start is None:
        return
    above, before = sheet.start
    by_row: dict[int, dict[int, str]] = {}
    for (number, column), error in errors.items():
        by_row.setdefault(number, {})[column - before - 1] = error
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > above:
            wrong = by_row.get(number, {})
            yield [wrong.get(place, cell) for place, cell in enumerate(row)] if wrong else row


def _marks_of(data: bytes, sheet: str) -> tuple[Mapping[Place, str], list[int]]:
    """The errors in the cells of a sheet, by place, and its hidden rows, as an XLSX tells them.

    The library gives an error as an empty cell, and a hidden row like any other. Of other
    workbooks (XLS, XLSB, ODS) this is not known.
    """
    if not data.startswith(b"PK"):
        return {}, []
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            content = packed.read(_path_of(packed, sheet))
    except _DAMAGED:
        return {}, []
    return dict(_errors(content)), sorted({row for row, _ in _places(_HIDDEN, content)})


def _path_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """Where the sheet of that name lies; raises `KeyError` where it is not told."""
    relation = {
        _attribute(tag, b"name"): _attribute(tag, rb"\w+:id")
        for tag in _SHEET.findall(packed.read("xl/workbook.xml"))
    }[sheet]
    targets = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels"))
    }
    target = targets[relation].lstrip("/")
    return target if target.startswith(_FOLDER) else _FOLDER + target


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _errors(content: bytes) -> Iterator[tuple[Place, str]]:
    for found in _ERROR.finditer(content):
        place = _PLACE.search(found["of"])
        if place:
            yield (int(place[2]), _column(place[1])), unescape(found["text"].decode())


def _places(tags: re.Pattern[bytes], content: bytes) -> Iterator[Place]:
    for tag in tags.findall(content):
        place = _PLACE.search(tag)
        if place:
            yield int(place[2]), 0


def _column(letters: bytes) -> int:
    """The number of a column from its letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def written(lines: Iterable[object]) -> Iterator[str]:
    """Each as a line of JSON; days and times are objects of one key."""
    return (f"{json.dumps(line, default=_as_object)}\n" for line in lines)


def _as_object(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return {type(value).__name__: value.isoformat()}
    return str(value)


def _confine() -> None:
    """Take away all memory and time but a little, where the system has a way to."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (there is none on some systems)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> None:
    """Read a workbook from stdin."""
    _confine()
    sys.stdout.writelines(written(lines(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
