"""The rows of a text whose cells are separated by commas or their like."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from campaign.errors import Finding
from campaign.reading.parsing.rows import Row, Table, harmless
from campaign.reading.parsing.workbook_process import MOST_CELLS, MOST_ROWS, TOO_MANY

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
            rows.append(Row(number, tuple(map(harmless, next(reader)))))
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

    def evenness(separator: str) -> tuple[int, bool, int]:
        counts = Counter(filter(None, (line.count(separator) for line in lines)))
        alike, times = max(((alike, times) for times, alike in counts.items()), default=(0, 0))
        return alike, bool(counts) and separator in lines[0], times

    return max(_SEPARATORS, key=evenness)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time, each with its end; an endless one is an error."""
    for found in _LINE.finditer(text):
        if found.end() - found.start() > _LONGEST_LINE:
            raise csv.Error(_FAULTS[0][0])
        yield found[0]
