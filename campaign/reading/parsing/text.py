"""Text from bytes, and the rows of a text whose cells are separated by commas or their like.

A byte order mark tells the encoding, else it is strict UTF-8, else what its letters show, told:
that is Windows-1252, unless another encoding of one byte a letter makes clearly more words of
it (`encoding_of`).
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import frozen

from campaign.errors import Finding
from campaign.reading.cells.texts import shown
from campaign.reading.parsing.rows import Row, Table, unguarded
from campaign.reading.parsing.workbook_process import MOST_CELLS, MOST_ROWS, TOO_MANY
from campaign.shipped import shipped_toml

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
    (b"pk\x03\x04", "an XLSX or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an XLS file"),
    (b"%pdf", "a PDF file"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)


def decode(data: bytes, file: str, encoding: str = "") -> tuple[str, tuple[Finding, ...]]:
    """The text of a file and what is wrong with it; empty where it is no text at all.

    NUL bytes are taken out after they have been named. An `encoding` that is named goes
    before what the bytes show.
    """
    # Lists are saved by spreadsheets, all else by editors.
    save = "save it as UTF-8" if file.endswith(_WRITTEN) else "save it as CSV UTF-8"
    head = data[:64].lstrip().lower()
    for mark, kind in _NO_TEXTS:
        if head.startswith(mark):
            return "", (Finding(file, f"is {kind}, not plain text", remedy=save),)
    text, findings = _named(data, file, encoding) if encoding else _decoded(data, file, save)
    at = text.find("\0")
    if at >= 0:
        nul = "holds a NUL byte, so it is damaged or no plain text"
        row = text.count("\n", 0, at) + 1
        findings.append(Finding(file, nul, remedy=f"export the list again and {save}", row=row))
    return text.replace("\0", ""), tuple(findings)


def _named(data: bytes, file: str, encoding: str) -> tuple[str, list[Finding]]:
    try:
        return data.decode(encoding), []
    except LookupError:
        problem, remedy = f'"{shown(encoding)}" is no encoding', "write one as cp1250 or mac_roman"
        return "", [Finding("--encoding", problem, remedy=remedy)]
    except (UnicodeError, ValueError) as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        problem = f"holds bytes that are none of {shown(encoding)}"
        row = data.count(b"\n", 0, at) + 1
        return "", [Finding(file, problem, remedy="name another encoding, or none", row=row)]


def _decoded(data: bytes, file: str, save: str) -> tuple[str, list[Finding]]:
    head = data[:_LOOKED_AT]
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for first, wide in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 1 and head[first::2].count(0) > _MOSTLY * len(head[first::2]):
            encoding = encoding or wide
    text, row = _tried(data, encoding or "utf-8")
    if not row:
        return text, []
    if encoding:
        begins = f"begins as {encoding.removesuffix('-sig').upper()} and holds bytes that are none"
        return text, [Finding(file, begins, remedy=save, row=row)]
    fits = _encodings()[0] if file.endswith(_WRITTEN) else encoding_of(data)
    text, bad = _tried(data, fits.name)
    if bad:
        neither = f"is neither UTF-8 nor {fits.called}"
        return text, [Finding(file, neither, remedy=save, row=bad)]
    remedy = f"if letters look wrong, {save}, or import with --encoding"
    return text, [Finding.notice(file, f"is not UTF-8; read as {fits.called}", remedy, row=row)]


def _tried(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, its odd letters replaced, and the line of the first of these; 0 for none."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        return data.decode(encoding, errors="replace"), before.count("\n") + 1


_SIGNS = frozenset("§°€£«»…·®©™½²³\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u00a0")
_MOST_BYTES = 400_000
_CLEARLY, _LEAST, _SURELY = 0.02, 0.6, 0.95
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_EASTERN = (
    ("cp949", "that of Korea", True, re.compile("[\uac00-\ud7a3]+")),
    ("gb18030", "GB 18030, Chinese", True, _CHINESE),
    ("cp932", "Shift JIS, Japanese", False, re.compile("[\u3040-\u30ff\u4e00-\u9fff]+")),
    ("cp950", "Big5, Chinese", False, _CHINESE),
)
# What several languages of an encoding explain together is weaker evidence than what one does.
_SEVERAL = 0.8
_FIRST_OF_GREEK = 0x370
_WORD = re.compile(r"[^\W\d_]+")


@frozen
class Encoding:
    """An encoding: its name in Python, what it is called, and the letters of its languages."""

    name: str
    called: str
    languages: tuple[frozenset[str], ...] = ()


@cache
def _encodings() -> Sequence[Encoding]:
    return tuple(
        Encoding(one["name"], one["called"], tuple(map(frozenset, one["languages"])))
        for one in shipped_toml("reading/parsing/alphabets.toml")["encoding"]
    )


def encoding_of(data: bytes) -> Encoding:
    """The encoding whose letters one language explains best; the first of equals.

    Where no language explains most of them it is the first of all, Windows-1252. One of East
    Asia is it, if all that is no ASCII makes whole words of its letters.
    """
    head = data if len(data) <= _MOST_BYTES else data[:_MOST_BYTES].rpartition(b"\n")[0]
    best, most = _encodings()[0], _LEAST
    for encoding in _encodings():
        share = _share(head, encoding)
        if share > most + _CLEARLY:
            best, most = encoding, share
    if most >= _SURELY:
        return best
    # In those of China and Korea every letter has two high bytes, so all runs of them are even.
    is_even = all(len(run) % 2 == 0 for run in re.findall(rb"[\x80-\xff]+", head))
    for name, called, is_double, letters in _EASTERN:
        text, odd = _tried(head, name) if is_double <= is_even else ("", 0)
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        if words and not odd and all(letters.fullmatch(word) for word in words):
            return Encoding(name, called)
    return best


def _share(data: bytes, encoding: Encoding) -> float:
    """How much of what is no ASCII one language explains, 0 to 1; below 0 where it is none."""
    text, odd = _tried(data, encoding.name)
    if odd:
        return -1.0
    found = Counter(sign.casefold() for sign in text if not sign.isascii())
    others = sum(number for sign, number in found.items() if sign not in _SIGNS)
    for word in _WORD.findall(text):
        # Letters go together: capitals first or everywhere, and no two alphabets.
        is_written = word in (word.lower(), word.upper(), word.capitalize())
        alphabets = {sign.isascii() or ord(sign) < _FIRST_OF_GREEK for sign in word}
        if not (word.isascii() or (is_written and len(alphabets) == 1)):
            found.subtract(sign.casefold() for sign in word if not sign.isascii())

    def _explained(letters: frozenset[str]) -> int:
        return sum(number for sign, number in found.items() if set(sign) <= letters | {"s"})

    together = frozenset[str]().union(*encoding.languages)
    most = max(*map(_explained, encoding.languages), _SEVERAL * _explained(together))
    return most / others if others else 1.0


_SEPARATORS = ",;\t|"
_LINES_LOOKED_AT = 20
_LONGEST_LINE = 4_000_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NAMED_SEPARATOR = re.compile(r'"?sep=([,;|:^~\t])"?[ ,;\t]*\r?\n', re.IGNORECASE)
# What `csv` says, what we say, and what would be right.
_FAULTS = (
    (
        "line too long",
        f"a line is longer than {_LONGEST_LINE:,} characters",
        "export the list again, a record a line",
    ),
    (
        "field limit",
        f"a cell is longer than {csv.field_size_limit():,} characters",
        "shorten it; if it holds many rows, a quote is missing",
    ),
    ("unexpected end", "a quote opens here and never closes", "close it, or remove it"),
    ("", "text follows a closing quote", 'write a quote inside a quoted cell twice, as ""'),
)


def rows_of_text(text: str, file: str) -> Table:
    """Every row, also the empty ones, and what is wrong with the text as a whole.

    It goes on after a row that cannot be read, unless that has no end.
    """
    named = _NAMED_SEPARATOR.match(text)
    separator, skipped = (named[1], 1) if named else (separator_of(text), 0)
    # strict, because a quote that never ends would else swallow the rest of the list
    lines = _lines(text[named.end() :] if named else text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[Row] = []
    findings: list[Finding] = []
    cells = 0
    while not findings:
        number = reader.line_num + skipped + 1
        if cells > MOST_CELLS or len(rows) > MOST_ROWS:
            remedy = "split the list, or leave columns out"
            findings.append(Finding(file, TOO_MANY, remedy=remedy, row=number))
            break
        try:
            rows.append(Row(number, tuple(map(unguarded, next(reader)))))
            cells += len(rows[-1].cells)
        except StopIteration:
            break
        except csv.Error as error:
            _, problem, remedy = next(each for each in _FAULTS if each[0] in str(error))
            fault = Finding(file, problem, remedy=remedy, row=number)
            if reader.line_num + skipped > number:
                findings.append(fault)
            else:
                rows.append(Row(number, (), faults=(fault,)))
    return Table(file, rows=tuple(rows), findings=tuple(findings))


def separator_of(text: str) -> str:
    """What separates the cells: the candidate that most lines hold equally often.

    Counted over the first lines and outside quotes, a title above the headings among them;
    a comma where there is nothing to count, as in a list of one column.
    """
    unquoted = re.sub(r'"[^"]*"', "", text[:100_000])
    lines = [line for line in unquoted.splitlines() if line.strip()][:_LINES_LOOKED_AT]

    def _evenness(separator: str) -> tuple[int, bool, int]:
        counts = Counter(filter(None, (line.count(separator) for line in lines)))
        alike, times = max(((alike, times) for times, alike in counts.items()), default=(0, 0))
        return alike, bool(counts) and separator in lines[0], times

    return max(_SEPARATORS, key=_evenness)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time, each with its end; an endless one is an error."""
    for found in _LINE.finditer(text):
        if found.end() - found.start() > _LONGEST_LINE:
            raise csv.Error(_FAULTS[0][0])
        yield found[0]
