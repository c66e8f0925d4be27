"""Many findings of one kind as a few: the first ten by row, and the count of the rest."""

import re
from collections.abc import Iterable, Iterator, Sequence

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
    for finding in findings:
        kinds.setdefault(_kind(finding), []).append(finding)
    for alike in kinds.values():
        yield from _of_a_kind(alike)


def _kind(finding: Finding) -> tuple[object, ...]:
    what = _WORDS_OF_A_CELL.sub("", finding.problem) if finding.is_error else finding.remedy
    return finding.severity, finding.file, finding.column, bool(finding.row), what


def _of_a_kind(alike: Sequence[Finding]) -> Iterator[Finding]:
    if len(alike) > 1 and all(_TWO_DATES.fullmatch(one.problem) for one in alike):
        yield _two_dates(sorted(alike, key=lambda one: one.row))
        return
    first, rest = alike[:_MOST_SINGLE], alike[_MOST_SINGLE:]
    yield from first
    if rest:
        yield _counted(rest)


def _counted(rest: Sequence[Finding]) -> Finding:
    rows = [finding.row for finding in rest]
    number, low, high = len(rows), min(rows), max(rows)
    span = f"row {low}" if low == high else f"rows {low} to {high}"
    problem = f"{number} more {'row' if number == 1 else 'rows'} alike ({span})"
    if not high:  # of the list as a whole
        problem = f"{number} more alike"
    return evolve(rest[0], problem=problem, row=low if rest[0].is_error else 0)


def _two_dates(alike: Sequence[Finding]) -> Finding:
    rows = [str(finding.row) for finding in alike]
    named = ", ".join(rows[:_FIRST_ROWS])
    span = f"rows {named}" if len(rows) <= _FIRST_ROWS else f"rows {named} to {rows[-1]}"
    example = alike[0].problem.partition(" can be ")[0]
    return evolve(
        alike[0],
        problem=f"{len(rows)} dates can each be two, as {example} ({span}), "
        "and the column does not settle which",
        remedy="write them as YYYY-MM-DD",
    )
