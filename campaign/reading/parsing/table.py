"""A table from the bytes of a file: where its headings stand, what around its rows is no row.

Texts that were decoded twice, as `MÃ¼ller`, are made whole again by ftfy.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile, zip_longest

from attrs import evolve

from campaign.errors import Finding
from campaign.phrases import counted, first_of
from campaign.reading.cells.texts import shown
from campaign.reading.columns.headings import folded, known_headings
from campaign.reading.parsing.rows import Row, Table
from campaign.reading.parsing.text import decode, rows_of_text
from campaign.reading.parsing.workbook import Look, is_workbook, rows_of_workbook

__all__ = ["Row", "Table", "parse_list", "parse_table", "table_of"]

_ROWS_LOOKED_AT = 25
_FEWEST_KNOWN = 2
_MOST_TOLD = 3
_TOTAL = re.compile(
    r"((grand|sub|report)[ -]?)?totals?|(gesamt|zwischen)?summe|gesamt|(grand )?count",
    re.IGNORECASE,
)
_RECORDS = re.compile(r"[ :]*\(?\d[\d.,]* ?(records?|rows?|datensätze)?\)?$", re.IGNORECASE)
_FOOTER = re.compile(
    r"copyright (\(c\)|©).*|confidential information.*|(report )?generated (by|on|at)\b.*|"
    r"totals? [^\W\d][\w ]*:? ?\d[\d.,]*|filtered by\b.*|exported (by|on|from)\b.*|"
    r"\d+ (records?|rows) (exported|selected|returned)",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(
    r"[-\u2013 ]*(page|seite|p\u00e1gina|pagina|side|sida) \d+([ /]\D*\d+)?[-\u2013 ]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"([A-Z]{3} )?[-+$€£(]*[\d.,' ]+[)€%]?( ?[A-Z]{3})?")
# What the first bytes of UTF-8 look like in Windows-1252, or in the encoding of old Macs.
_TRACES = ("Ã", "Â", "â€", "Å", "Ä", "Ð", "Ñ", "√", "Ë", "Î", "Ï")


def parse_table(data: bytes, file: str) -> Table:
    """A table from bytes; nothing in the bytes raises, all of it becomes findings.

    Lines that are wholly empty are passed over, also before the headings.
    """
    found = _rows_of(data, file)
    rows = [row for row in found.rows if not row.is_blank]
    if not rows:
        return Table(file, findings=found.findings)
    return table_of(file, rows[0], rows[1:], (*found.findings, *rows[0].faults))


def parse_list(
    data: bytes,
    file: str,
    *,
    sheet: str = "",
    more: Collection[str] = (),
    kind: str = "accounts",
    encoding: str = "",
) -> Table:
    """The table of a list as people and programs export it; nothing in the bytes raises.

    The headings may stand below a title, and totals and footers below the rows; both are
    told and not read. `more` names headings that are known beside the usual ones of that
    kind; `sheet` names the sheet of a workbook, `encoding` that of a text.
    """
    known = known_headings(kind) | set(map(folded, more))

    def _knows(row: Row) -> int:
        return len(known.intersection(map(folded, row.filled)))

    def _looks_wanted(rows: Sequence[Row]) -> bool:
        heads = [row for row in rows if not row.is_blank][:_ROWS_LOOKED_AT]
        return max(map(_knows, heads), default=0) >= _FEWEST_KNOWN

    found = _rows_of(data, file, sheet=sheet, encoding=encoding, wanted=_looks_wanted)
    rows, twice = _whole(found.rows, file)
    places = [place for place, row in enumerate(rows) if not row.is_blank][:_ROWS_LOOKED_AT]
    if not places:
        return Table(file, findings=found.findings, said=found.said)
    # The headings are the first row, unless one below it knows more of them.
    place = max(places, key=lambda place: _knows(rows[place]))
    place = place if _knows(rows[place]) >= _FEWEST_KNOWN else places[0]
    heads, said = rows[place], found.said
    if above := [shown(" ".join(row.filled)) for row in rows[:place] if not row.is_blank]:
        texts = first_of([f'"{text}"' for text in above], _MOST_TOLD)
        on = f"the headings stand on row {heads.number}"
        said = (*said, f"{file}: {on}; not read above: {texts}")
    kept, notices = _records(rows[place + 1 :], heads, file)
    table = table_of(file, heads, kept, (*found.findings, *heads.faults, *notices, *twice))
    return evolve(table, said=said)


def _rows_of(
    data: bytes, file: str, *, sheet: str = "", encoding: str = "", wanted: Look | None = None
) -> Table:
    """The rows of a text or of one sheet of a workbook, headings among them, blank ones too.

    Of several sheets it is the one that is named, else the only one that looks `wanted`.
    """
    if is_workbook(data):
        return rows_of_workbook(data, file, sheet, wanted)
    text, findings = decode(data, file, encoding)
    found = rows_of_text(text, file)
    if sheet and not findings:
        problem = f'is plain text and has no sheet "{sheet}"'
        missing = Finding(file, problem, remedy="leave --sheet out")
        return evolve(found, findings=(*found.findings, missing))
    return evolve(found, findings=(*findings, *found.findings))


def table_of(file: str, heads: Row, rows: Iterable[Row], findings: Iterable[Finding]) -> Table:
    """Rows under one row of headings, each with as many cells, and a word where it had not."""
    headings = tuple(cell.strip() for cell in heads.cells)
    wide, fitted = len(headings), list[Row]()
    for row in rows:
        have, faults = len(row.cells), row.faults
        if row.cells and have < wide:
            short = f"the row has {have} of {wide} cells"
            remedy = "the rest are taken as empty"
            faults = (*faults, Finding.notice(file, short, remedy, row=row.number))
        elif any(map(str.strip, row.cells[wide:])):
            long = f"the row has {have} cells under {wide} headings"
            remedy = "put quotes around a cell that holds the separator"
            faults = (*faults, Finding(file, long, remedy=remedy, row=row.number))
        if row.cells and have != wide:
            cells = (*row.cells[:wide], *[""] * (wide - have))
            fitted.append(Row(row.number, cells, faults=faults))
        else:
            fitted.append(row)
    return Table(
        file, headings, rows=tuple(fitted), findings=tuple(findings), heading_row=heads.number
    )


def _records(rows: Sequence[Row], heads: Row, file: str) -> tuple[list[Row], list[Finding]]:
    """The rows that are records, and a notice on each other one that is not blank.

    In a list of several columns a row may say the headings again, and totals and footers are
    no records.
    """
    if len(heads.filled) <= 1:
        return [row for row in rows if not row.is_blank], []
    words = tuple(map(folded, heads.cells))
    again = {row.number for row in rows if _says_again(row, words)}
    foot = {row.number for row in _foot([row for row in rows if row.number not in again])}
    kept, no_records, repeated = list[Row](), list[Finding](), list[Finding]()
    for row in (row for row in rows if not row.is_blank):
        is_page = len(row.filled) == 1 and _PAGE.fullmatch(row.filled[0])
        if row.number in again:
            problem = "the headings stand here again"
            repeated.append(Finding.notice(file, problem, "passed over", row=row.number))
        elif row.number in foot or is_page or _is_total(row):
            problem = f'"{shown(" ".join(row.filled))}" is a total or a footer, and no record'
            no_records.append(Finding.notice(file, problem, "not read", row=row.number))
        else:
            kept.append(row)
    return kept, no_records + repeated


def _says_again(row: Row, words: Sequence[str]) -> bool:
    """Whether at least two cells say their headings, the first among them, the others nothing."""
    if len(row.filled) <= 1 or folded(row.cells[0]) != words[0]:
        return False
    pairs = zip_longest(map(folded, row.cells), words, fillvalue="")
    return not any(cell for cell, word in pairs if cell != word)


def _foot(rows: Sequence[Row]) -> Sequence[Row]:
    """The footer: lines of one cell and totals at the end, below a blank one or a mark."""
    ends = takewhile(
        lambda row: not row.faults and (len(row.filled) <= 1 or _is_total(row)), reversed(rows)
    )
    tail = [*ends][::-1]
    for mark, row in enumerate(tail):
        if _is_total(row) or (row.filled and _FOOTER.fullmatch(row.filled[0])):
            return tail[next((place for place in range(mark) if tail[place].is_blank), mark) :]
    return ()


def _is_total(row: Row) -> bool:
    """Whether a label of a sum stands first, and beside it only numbers and such labels."""
    if row.faults or not row.filled:
        return False
    first, *others = row.filled
    label = _TOTAL.fullmatch(_RECORDS.sub("", first).strip(" :"))
    return bool(label) and all(_NUMBER.fullmatch(cell) or _TOTAL.fullmatch(cell) for cell in others)


def _whole(rows: Sequence[Row], file: str) -> tuple[list[Row], list[Finding]]:
    """The rows with their cells decoded once, and a notice on how many were not."""

    def _mended(cell: str) -> str:
        if cell.isascii() or not any(trace in cell for trace in _TRACES):
            return cell
        from ftfy import fix_encoding  # noqa: PLC0415 (only for a list that needs it)

        return fix_encoding(cell)

    kept, changed = list[Row](), list[tuple[int, str, str]]()
    for row in rows:
        cells = row.cells
        if not "".join(cells).isascii():  # as nearly all are
            cells = tuple(map(_mended, cells))
            pairs = zip(row.cells, cells, strict=True)
            changed += [(row.number, old, new) for old, new in pairs if old != new]
        kept.append(evolve(row, cells=cells) if cells != row.cells else row)
    if not changed:
        return kept, []
    number, old, new = changed[0]
    were = counted(len(changed), "cell was", "cells were")
    problem = f"{were} decoded twice, as {shown(old)}"
    return kept, [Finding.notice(file, problem, f"read as {shown(new)}", row=number)]
