"""Many findings of one kind as a few: the first ten by row, and the count of the rest."""

import re
from collections.abc import Iterable, Iterator

from attrs import evolve

from campaign.errors import Finding

_MOST_SINGLE = 10
_FIRST_ROWS = 3
_WORDS_OF_A_CELL = re.compile(r'"[^"]*"|[-+]?\d[\d.,]*')
_TWO_DATES = re.compile(r'("[^"]*") can be two dates')


def folded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those of one kind in one column counted from the eleventh row on.

    Dates of one column that can all be two become one finding, since one answer settles
    them. Nothing is hidden: the count and the rows are said.
    """
    kinds: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        what = _WORDS_OF_A_CELL.sub("", one.problem) if one.is_error else one.remedy
        kind = one.severity, one.file, one.column, bool(one.row), what
        kinds.setdefault(kind, []).append(one)
    for alike in kinds.values():
        if len(alike) > 1 and all(_TWO_DATES.fullmatch(one.problem) for one in alike):
            yield _two_dates(sorted(alike, key=lambda one: one.row))
            continue
        yield from alike[:_MOST_SINGLE]
        if rest := alike[_MOST_SINGLE:]:
            yield _counted(rest)


def _counted(rest: list[Finding]) -> Finding:
    rows = [finding.row for finding in rest]
    number, low, high = len(rows), min(rows), max(rows)
    span = f"row {low}" if low == high else f"rows {low} to {high}"
    problem = f"{number} more {'row' if number == 1 else 'rows'} alike ({span})"
    if not high:  # of the list as a whole
        problem = f"{number} more alike"
    return evolve(rest[0], problem=problem, row=low if rest[0].is_error else 0)


def _two_dates(alike: list[Finding]) -> Finding:
    rows = [str(finding.row) for finding in alike]
    last = f" to {rows[-1]}" if len(rows) > _FIRST_ROWS else ""
    example = alike[0].problem.partition(" can be ")[0]
    dates = f"{len(rows)} dates can each be two, as {example}"
    return evolve(
        alike[0],
        problem=f"{dates} (rows {', '.join(rows[:_FIRST_ROWS])}{last}), "
        "and the column does not settle which",
        remedy="write them as YYYY-MM-DD",
    )
