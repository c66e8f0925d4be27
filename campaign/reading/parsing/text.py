"""Text from bytes: byte order mark, else strict UTF-8, else what its letters show, told.

That is Windows-1252, unless another encoding of one byte a letter makes clearly more words
of it (`encodings`).
"""

import codecs
from collections.abc import Iterator

from campaign.errors import Finding, Severity
from campaign.reading.cells.quoting import shown
from campaign.reading.parsing.encodings import encoding_of

_USUAL = "cp1252"
# Where so many of every other byte are zero, the text has two bytes a letter.
_LOOKED_AT, _MOSTLY = 4000, 0.4
# What somebody types in an editor; lists come from spreadsheets and systems of any age.
_WRITTEN = (".toml", ".txt", ".ics")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXTS = (
    (b"PK\x03\x04", "an XLSX or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an XLS file"),
    (b"%PDF", "a PDF file"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)


def _as_utf8(file: str) -> str:
    """How to save a file anew: lists are saved by spreadsheets, all else by editors."""
    return "save it as UTF-8" if file.endswith(_WRITTEN) else "save it as CSV UTF-8"


def decode(data: bytes, file: str, encoding: str = "") -> tuple[str, tuple[Finding, ...]]:
    """The text of a file and what is wrong with it; empty where it is no text at all.

    NUL bytes are taken out after they have been named. An `encoding` that is named goes
    before what the bytes show.
    """
    findings = list(_no_text(data, file))
    if findings:
        return "", tuple(findings)
    text, found = _named(data, file, encoding) if encoding else _decoded(data, file)
    findings += [*found, *_nul_bytes(text, file)]
    return text.replace("\0", ""), tuple(findings)


def _no_text(data: bytes, file: str) -> Iterator[Finding]:
    head = data[:64].lstrip().lower()
    for mark, kind in _NO_TEXTS:
        if head.startswith(mark.lower()):
            yield Finding(file, f"is {kind}, not plain text", remedy=_as_utf8(file))
            return


def _named(data: bytes, file: str, encoding: str) -> tuple[str, Iterator[Finding]]:
    try:
        return data.decode(encoding), iter(())
    except LookupError:
        problem, remedy = f'"{shown(encoding)}" is no encoding', "write one as cp1250 or mac_roman"
        return "", iter((Finding("--encoding", problem, remedy=remedy),))
    except (UnicodeError, ValueError) as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        row = data.count(b"\n", 0, at) + 1
        problem = f"holds bytes that are none of {shown(encoding)}"
        finding = Finding(file, problem, remedy="name another encoding, or none", row=row)
        return "", iter((finding,))


def _decoded(data: bytes, file: str) -> tuple[str, Iterator[Finding]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, file)
    head = data[:_LOOKED_AT]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 1 and head[first::2].count(0) > _MOSTLY * len(head[first::2]):
            return _strictly(data, encoding, file)
    try:
        return data.decode("utf-8"), iter(())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    fits = encoding_of(data)
    if fits.name == _USUAL or file.endswith(_WRITTEN):
        return _windows(data, line, file)
    return data.decode(fits.name), iter((_not_utf8(file, fits.called, line),))


def _strictly(data: bytes, encoding: str, file: str) -> tuple[str, Iterator[Finding]]:
    try:
        return data.decode(encoding), iter(())
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        problem = f"begins as {encoding.removesuffix('-sig').upper()} and holds bytes that are none"
        finding = Finding(file, problem, remedy=_as_utf8(file), row=before.count("\n") + 1)
    return data.decode(encoding, errors="replace"), iter((finding,))


def _windows(data: bytes, line: int, file: str) -> tuple[str, Iterator[Finding]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        bad = Finding(file, "is neither UTF-8 nor Windows-1252", remedy=_as_utf8(file), row=row)
        return data.decode("cp1252", errors="replace"), iter((bad,))
    return text, iter((_not_utf8(file, "Windows-1252", line),))


def _not_utf8(file: str, encoding: str, line: int) -> Finding:
    return Finding(
        file,
        f"is not UTF-8; read as {encoding}",
        remedy=f"if letters look wrong, {_as_utf8(file)}, or import with --encoding",
        row=line,
        severity=Severity.NOTICE,
    )


def _nul_bytes(text: str, file: str) -> Iterator[Finding]:
    at = text.find("\0")
    if at >= 0:
        yield Finding(
            file,
            "holds a NUL byte, so it is damaged or no plain text",
            remedy=f"export the list again and {_as_utf8(file)}",
            row=text.count("\n", 0, at) + 1,
        )
