"""A list out of a file: where its headings stand, what above and below them is no row.

Texts that were decoded twice, as `MÃ¼ller`, are made whole again by ftfy.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from attrs import evolve

from campaign.errors import Finding, Severity
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded, known_headings
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table, rows_of, table_of

_ROWS_LOOKED_AT = 25
_FEWEST_KNOWN = 2
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
    found = rows_of(
        data, file, sheet=sheet, encoding=encoding, wanted=lambda rows: _looks_wanted(rows, known)
    )
    if all(row.is_blank for row in found.rows):
        return Table(file, findings=found.findings, said=found.said)
    whole_rows, twice = whole(found.rows, file)
    place = _headings(whole_rows, known)
    heads, below = whole_rows[place], whole_rows[place + 1 :]
    rows, repeated = _without_headings(below, heads)
    kept = _records(rows) if len(heads.filled) > 1 else [row for row in rows if not row.is_blank]
    notices = (*_no_records(rows, kept, file), *(_repeated(row, file) for row in repeated))
    table = table_of(file, heads, kept, (*found.findings, *heads.faults, *notices, *twice))
    return evolve(table, said=(*found.said, *_above(found.rows[:place], heads, file)))


def _looks_wanted(rows: Sequence[Row], known: Collection[str]) -> bool:
    heads = [row for row in rows if not row.is_blank][:_ROWS_LOOKED_AT]
    return max((_known(row, known) for row in heads), default=0) >= _FEWEST_KNOWN


def _known(row: Row, known: Collection[str]) -> int:
    return len({folded(cell) for cell in row.filled} & set(known))


def _headings(rows: Sequence[Row], known: Collection[str]) -> int:
    """The place of the headings: the first row, unless one below it knows more of them."""
    places = [place for place, row in enumerate(rows) if not row.is_blank][:_ROWS_LOOKED_AT]
    best = max(places, key=lambda place: _known(rows[place], known))
    return best if _known(rows[best], known) >= _FEWEST_KNOWN else places[0]


def _above(rows: Sequence[Row], heads: Row, file: str) -> Iterator[str]:
    told = [shown(" ".join(row.filled)) for row in rows if not row.is_blank]
    if told:
        texts = ", ".join(f'"{text}"' for text in told[:3])
        more = f" and {len(told) - 3} more" if len(told) > 3 else ""  # noqa: PLR2004 (three)
        yield f"{file}: the headings stand on row {heads.number}; not read above: {texts}{more}"


def _without_headings(rows: Sequence[Row], heads: Row) -> tuple[list[Row], list[Row]]:
    """The rows, and apart from them those that say the headings again."""
    words = tuple(map(folded, heads.cells))
    if len(heads.filled) <= 1:
        return list(rows), []
    alike = [row for row in rows if row.cells and folded(row.cells[0]) == words[0]]
    repeated = [row for row in alike if _says_again(row, words)]
    return [row for row in rows if row not in repeated] if repeated else list(rows), repeated


def _says_again(row: Row, words: Sequence[str]) -> bool:
    """Whether at least two cells say their headings, and the others nothing."""
    cells = tuple(map(folded, row.cells))
    others = [cell for cell, word in zip_longest(cells, words, fillvalue="") if cell != word]
    return len(row.filled) > 1 and not any(others)


def _repeated(row: Row, file: str) -> Finding:
    return Finding(
        file,
        "the headings stand here again",
        remedy="passed over",
        row=row.number,
        severity=Severity.NOTICE,
    )


def _records(rows: Sequence[Row]) -> list[Row]:
    """The rows of a list of several columns that are neither totals nor footers."""
    above = (row for row in rows[: _foot(rows)] if not row.is_blank)
    return [row for row in above if not (_is_total(row) or _is_page(row))]


def _no_records(rows: Sequence[Row], kept: Sequence[Row], file: str) -> Iterator[Finding]:
    numbers = {row.number for row in kept}
    for row in rows:
        if not row.is_blank and row.number not in numbers:
            yield _no_record(row, file)


def _is_total(row: Row) -> bool:
    """Whether a label of a sum stands first, and beside it only numbers and such labels."""
    if row.faults or not row.filled:
        return False
    first, *others = row.filled
    label = _TOTAL.fullmatch(_RECORDS.sub("", first).strip(" :"))
    return bool(label) and all(_NUMBER.fullmatch(cell) or _TOTAL.fullmatch(cell) for cell in others)


def _is_page(row: Row) -> bool:
    return len(row.filled) == 1 and bool(_PAGE.fullmatch(row.filled[0]))


def _is_footer(row: Row) -> bool:
    return len(row.filled) == 1 and bool(_FOOTER.fullmatch(row.filled[0]))


def _foot(rows: Sequence[Row]) -> int:
    """Where the footer begins: lines of one cell at the end, below a blank one or a mark."""
    end = len(rows)
    while end and _may_be_below(rows[end - 1]):
        end -= 1
    marks = [place for place in range(end, len(rows)) if _is_mark(rows[place])]
    if not marks:
        return len(rows)
    blanks = [place for place in range(end, marks[0]) if rows[place].is_blank]
    return blanks[0] if blanks else marks[0]


def _may_be_below(row: Row) -> bool:
    return not row.faults and (len(row.filled) <= 1 or _is_total(row))


def _is_mark(row: Row) -> bool:
    return _is_footer(row) or _is_total(row)


def _no_record(row: Row, file: str) -> Finding:
    return Finding(
        file,
        f'"{shown(" ".join(row.filled))}" is a total or a footer, and no record',
        remedy="not read",
        row=row.number,
        severity=Severity.NOTICE,
    )


# What the first bytes of UTF-8 look like in Windows-1252, or in the encoding of old Macs.
_TRACES = ("Ã", "Â", "â€", "Å", "Ä", "Ð", "Ñ", "√", "Ë", "Î", "Ï")


def whole(rows: Sequence[Row], file: str) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The rows with their cells decoded once, and a notice on how many were not."""
    kept, changed = [], list[tuple[int, str, str]]()
    for row in rows:
        if "".join(row.cells).isascii():  # as nearly all are
            kept.append(row)
            continue
        cells = tuple(map(_whole, row.cells))
        changed += [
            (row.number, old, new)
            for old, new in zip(row.cells, cells, strict=True)
            if old is not new and old != new
        ]
        kept.append(evolve(row, cells=cells) if cells != row.cells else row)
    if not changed:
        return tuple(rows), ()
    number, old, new = changed[0]
    were = "1 cell was" if len(changed) == 1 else f"{len(changed)} cells were"
    notice = Finding(
        file,
        f"{were} decoded twice, as {shown(old)}",
        remedy=f"read as {shown(new)}",
        row=number,
        severity=Severity.NOTICE,
    )
    return tuple(kept), (notice,)


def _whole(cell: str) -> str:
    if cell.isascii() or not any(trace in cell for trace in _TRACES):
        return cell
    from ftfy import fix_encoding  # noqa: PLC0415 (only for a list that needs it)

    return fix_encoding(cell)
