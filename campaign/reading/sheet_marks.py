"""What a sheet of an XLSX says beside its values: cells that hold errors, rows that are hidden.

The library that reads the values gives an error as an empty cell, and a hidden row like any
other. Of other workbooks (XLS, XLSB, ODS) this is not known.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO

from attrs import field, frozen

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?P<of>(?=[^>]*\bt="e")[^>]*)>.{0,4000}?<(?:\w+:)?v>(?P<text>[^<]{1,40})<',
    re.DOTALL,
)
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_PLACE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
_SPREADSHEET = "xl/"


@frozen
class Marks:
    """The errors by row and column (both from 1) of their cells, and the rows that are hidden."""

    errors: Mapping[tuple[int, int], str] = field(factory=dict)
    hidden: frozenset[int] = frozenset()


UNMARKED = Marks()


def marks_of(data: bytes, sheet: str) -> Marks:
    """The marks of the sheet of that name; none where the workbook does not say."""
    if not data.startswith(b"PK"):
        return UNMARKED
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            content = packed.read(_path_of(packed, sheet))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        return UNMARKED
    hidden = frozenset(row for row, _ in _places(_HIDDEN, content))
    return Marks(dict(_errors(content)), hidden)


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
    return target if target.startswith(_SPREADSHEET) else _SPREADSHEET + target


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _errors(content: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _ERROR.finditer(content):
        place = _PLACE.search(found["of"])
        if place:
            yield (int(place[2]), column_number(place[1])), unescape(found["text"].decode())


def _places(tags: re.Pattern[bytes], content: bytes) -> Iterator[tuple[int, int]]:
    for tag in tags.findall(content):
        place = _PLACE.search(tag)
        if place:
            yield int(place[2]), 0


def column_number(letters: bytes) -> int:
    """The number of a column from its letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
