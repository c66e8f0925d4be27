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
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from io import BytesIO
from xml.etree import ElementTree as ET

MOST_MEMORY = 256 * 1024 * 1024
MOST_SECONDS = 20
MOST_ROWS = 200_000
MOST_CELLS = 1_000_000
"""What one file may hold: a list of 20,000 accounts in fifty columns, room for blank rows."""
MOST_LETTERS = 16 * 1024 * 1024
TOO_MANY = f"spans more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells"
TOO_LONG = f"holds more than {MOST_LETTERS:,} letters"

_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?P<of>(?=[^>]*\bt="e")[^>]*)>.{0,4000}?<(?:\w+:)?v>(?P<text>[^<]{1,40})<',
    re.DOTALL,
)
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_PLACE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
_FOLDER = "xl/"
_DAMAGED = (KeyError, ValueError, OSError, zipfile.BadZipFile, zlib.error, ET.ParseError)


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
    except (CalamineError, OSError, ValueError) as error:
        yield {"problem": "is damaged, or no workbook", "because": str(error)}
    except BaseException as error:
        # what the library did not foresee in damaged bytes is no Exception of Python
        if type(error).__name__ != "PanicException":
            raise
        yield {"problem": "is damaged, or no workbook"}


def _sheets(data: bytes) -> Iterator[object]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook  # noqa: PLC0415

    book = load_workbook(BytesIO(data))
    rows = cells = letters = 0
    list_like = SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible
    for name in [one.name for one in book.sheets_metadata if (one.typ, one.visible) == list_like]:
        errors, hidden = _marks_of(data, name)
        sheet = book.get_sheet_by_name(name)
        above, before = sheet.start or (0, 0)
        rows += sheet.end[0] + 1 if sheet.end else 0
        cells += sheet.height * sheet.width
        if rows > MOST_ROWS or cells > MOST_CELLS:
            yield {"problem": TOO_MANY}
            return
        yield {"sheet": name, "above": above, "hidden": hidden}
        for number, row in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
            if number <= above:
                continue
            letters += sum(len(cell) for cell in row if isinstance(cell, str))
            if letters > MOST_LETTERS:
                yield {"problem": TOO_LONG}
                return
            wrong = errors.get(number, {})
            yield [wrong.get(place, cell) for place, cell in enumerate(row, start=before + 1)]


def _marks_of(data: bytes, sheet: str) -> tuple[Mapping[int, Mapping[int, str]], list[int]]:
    """The errors in the cells of a sheet, by row and column, and its hidden rows, in an XLSX.

    The library gives an error as an empty cell, and a hidden row like any other. Of other
    workbooks (XLS, XLSB, ODS) this is not known.
    """
    errors: dict[int, dict[int, str]] = {}
    with suppress(*_DAMAGED), zipfile.ZipFile(BytesIO(data)) as packed:
        content = packed.read(_path_of(packed, sheet))
        for found in _ERROR.finditer(content):
            if place := _PLACE.search(found["of"]):
                # Columns are numbered from A, which is 1, as digits to the base of 26.
                digits = enumerate(letter - ord("A") + 1 for letter in reversed(place[1]))
                column = sum(digit * 26**power for power, digit in digits)
                errors.setdefault(int(place[2]), {})[column] = unescape(found["text"].decode())
        hidden = (_PLACE.search(tag) for tag in _HIDDEN.findall(content))
        return errors, sorted({int(place[2]) for place in hidden if place})
    return {}, []


def _path_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """Where the sheet of that name lies; raises `KeyError` where it is not told."""
    book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 (in little memory)
    links = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    relation = {
        one.get("name"): value
        for one in book.findall(".//{*}sheet")
        for key, value in one.items()
        if key.endswith("}id")
    }[sheet]
    target = {one.get("Id"): one.get("Target", "") for one in links}[relation].lstrip("/")
    return target if target.startswith(_FOLDER) else _FOLDER + target


def _text(value: object) -> str:
    """A day or a time as our lists write it, a midnight as its day."""
    match value:
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case dt.time():
            return f"{value:%H:%M}"
    return str(value)


def main() -> None:
    """Read a workbook from stdin, with little memory and time where the system has a way to."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (there is none on some systems)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    found = lines(sys.stdin.buffer.read())
    sys.stdout.writelines(f"{json.dumps(line, default=_text)}\n" for line in found)


if __name__ == "__main__":
    main()
