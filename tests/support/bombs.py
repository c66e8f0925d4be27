"""Hostile workbooks: small files that unpack to more than anybody has memory for."""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from campaign.reading.parsing.table import parse_list

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "xl/worksheets/sheet1.xml"
_LIST = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>account_id</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>A-1</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>Acme</t></is></c></row>'
)
_MILLION = 1_000_000


def _zipped(members: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(name, content, kind)
    return data.getvalue()


def _book(
    rows: str = "", *, sheet: str = _SHEET, sheets: int = 1, before: str = "", strings: str = ""
) -> bytes:
    """A workbook whose sheets have these rows below a small list."""
    named = (f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f"{''.join(named)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="/{sheet}"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        "</Relationships>",
        sheet: f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{_LIST}{rows}</sheetData>'
        "</worksheet>",
    }
    return _zipped({**members, "xl/sharedStrings.xml": strings} if strings else members)


def _open_document(rows: str) -> bytes:
    """A spreadsheet of OpenDocument with these rows."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<m:manifest xmlns:m="{office}:manifest:1.0"/>'
    members = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return _zipped(members)


def _lying() -> bytes:
    """Its directory says that the sheet is small, which holds forty megabytes."""
    data = bytearray(_book("<!--" + "x" * 40 * _MILLION + "-->"))
    for at in range(len(data)):
        if data[at : at + 4] == b"PK\x01\x02" and _SHEET.encode() in data[at : at + 80]:
            data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def _strings(*texts: str) -> str:
    listed = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{_MAIN}">{listed}</sst>'


def _text(letters: int) -> str:
    return f'<row r="3"><c r="A3" t="inlineStr"><is><t>{"x" * letters}</t></is></c></row>'


def _repeated(cell: str) -> str:
    return f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'


_ODS_CELL = (
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    "<text:p>x</text:p></table:table-cell>"
)
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
BOMBS: Mapping[str, Callable[[], bytes]] = {
    "far cell": lambda: _book('<row r="9"><c s="0" r="XFD9000"><v>1</v></c></row>'),
    "farthest cell": lambda: _book('<row><c r="XFD1048576"><v>1</v></c></row>'),
    "other quotes": lambda: _book("<row r='9'><c s='0' r='XFD900000'><v>1</v></c></row>"),
    "spaces": lambda: _book('<row r = "9"><c  r = "XFD900000" ><v>1</v></c></row>'),
    "row past the limit": lambda: _book('<row r="99999999"><c r="A99999999"><v>1</v></c></row>'),
    "row past all": lambda: _book('<row><c r="A99999999999999999999"><v>1</v></c></row>'),
    "column past all": lambda: _book('<row r="3"><c r="ZZZZZZZZZ3"><v>1</v></c></row>'),
    "sheet elsewhere": lambda: _book(
        '<row><c r="XFD900000"><v>1</v></c></row>', sheet="xl/else/where.xml"
    ),
    "one cell": lambda: _book(_text(100 * _MILLION)),
    "one cell of 20 MB": lambda: _book(_text(20 * _MILLION)),
    "one shared text": lambda: _book(
        '<row r="3"><c r="A3" t="s"><v>0</v></c></row>', strings=_strings("x" * 40 * _MILLION)
    ),
    "shared text everywhere": lambda: _book(
        "".join(f'<row><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 9000)),
        strings=_strings("x" * 100_000),
    ),
    "a million shared texts": lambda: _book("", strings=_strings(*["ab"] * _MILLION)),
    "cells past the limit": lambda: _book(f"<row>{'<c><v>1</v></c>' * 10}</row>" * 110_000),
    "rows past the limit": lambda: _book("<row><c><v>1</v></c></row>" * 250_000),
    "nested deeply": lambda: _book("<a>" * _MILLION),
    "a billion laughs": lambda: _book(
        '<row r="3"><c r="A3" t="str"><v>&a9;</v></c></row>',
        before=f"<!DOCTYPE worksheet [{_LAUGHS}]>",
    ),
    "many sheets": lambda: _book('<row><c r="Z3000"/></row>', sheets=500),
    "a directory that lies": _lying,
    "repeated cells": lambda: _open_document(_repeated(_ODS_CELL)),
    "repeated empty rows": lambda: _open_document(
        _repeated("<table:table-cell/>") * 40
        + "<table:table-row>"
        + _ODS_CELL
        + "</table:table-row>"
    ),
    "an old workbook cut off": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096,
}


def read_all(folder: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Each of the workbooks by its name: how many rows it has, and what is wrong with it."""
    for path in sorted(folder.iterdir()):
        found = parse_list(path.read_bytes(), path.name)
        yield path.stem, len(found.rows), [str(one) for one in found.findings]


if __name__ == "__main__":
    read = list(read_all(Path(sys.argv[1])))
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    own = next(line for line in status if line.startswith("VmHWM"))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(json.dumps({"read": read, "kilobytes": [int(own.split()[1]), most]}))
