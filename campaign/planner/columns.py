"""The integer programme over dated cadences: CP-SAT picks one column an account.

A column is a whole placement of one account that the search has met. Its minutes, channels
and figures are data, so only the calendar ties columns together. Drives are reckoned from
the plan at hand: a day's tour costs what it costs now as long as anybody is visited that day,
and each further stop at most its detour; by the triangle inequality that is never too
little, so what CP-SAT picks can be driven.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence

from attrs import frozen
from ortools.sat.python import cp_model

from campaign.planner.cpsat import Term, hinted, maximised, weighted
from campaign.planner.problem import Problem
from campaign.planner.timetable.mending import mended
from campaign.planner.work import Placement, Way
from campaign.planner.worth import Figures, Standing, figures

MOST_COLUMNS, FEWEST_COLUMNS, COLUMNS_IN_ALL = 30, 6, 6_000


class Pool:
    """The placements met so far, the latest of each account."""

    def __init__(self, problem: Problem) -> None:
        self._columns: list[OrderedDict[Placement, None]] = [OrderedDict() for _ in problem.works]
        share = COLUMNS_IN_ALL // max(1, len(problem.works))
        self._most = max(FEWEST_COLUMNS, min(MOST_COLUMNS, share))

    def note(self, account: int, placement: Placement) -> None:
        """Remember a placement; the one not met for the longest time makes room."""
        columns = self._columns[account]
        columns[placement] = None
        columns.move_to_end(placement)
        if len(columns) > self._most:
            columns.popitem(last=False)

    def of(self, account: int) -> list[Placement]:
        """The placements of an account, the oldest first."""
        return list(self._columns[account])


@frozen
class Column:
    """One placement as the programme sees it."""

    account: int
    placement: Placement
    figures: Figures
    chosen: cp_model.IntVar


class Programme:
    """Columns, the calendar that ties them, and the levels."""

    def __init__(self, standing: Standing, pool: Pool) -> None:
        self._standing = standing
        self._problem = standing.problem
        self._empty = Standing(standing.problem).ledger
        self._cp = cp_model.CpModel()
        self._columns = list(self._all_columns(pool))
        self._one_each()
        self._calendar()

    def _all_columns(self, pool: Pool) -> Iterator[Column]:
        for work in self._problem.works:
            now = self._standing.placements[work.account]
            for placement in OrderedDict.fromkeys([now, *pool.of(work.account)]):
                variable = self._cp.new_bool_var("")
                self._cp.add_hint(variable, placement == now)
                yield Column(
                    work.account, placement, figures(self._problem, work, placement), variable
                )

    def _one_each(self) -> None:
        by_account: dict[int, list[cp_model.IntVar]] = {}
        for column in self._columns:
            by_account.setdefault(column.account, []).append(column.chosen)
        for variables in by_account.values():
            self._cp.add_exactly_one(variables)

    def _calendar(self) -> None:
        uses = list(self._uses())
        day, week = self._minutes(uses)
        self._counts(uses)
        for position, terms in day.items():
            self._cp.add(weighted(terms) <= int(self._empty.day_free[position]))
        for number, terms in week.items():
            self._cp.add(weighted(terms) <= int(self._empty.week_free[number]))

    def _uses(self) -> Iterator[tuple[Column, Way, int]]:
        """What each column takes: its touches, a stop that several share counted once."""
        for column in self._columns:
            stops: set[int] = set()
            for placed in column.placement:
                if self._problem.jobs[placed.job].fact is not None:
                    continue
                way = self._problem.jobs[placed.job].ways[placed.way]
                if way.travels and placed.position in stops:
                    continue
                if way.travels:
                    stops.add(placed.position)
                yield column, way, placed.position

    def _minutes(
        self, uses: Sequence[tuple[Column, Way, int]]
    ) -> tuple[dict[int, list[Term]], dict[int, list[Term]]]:
        day: dict[int, list[Term]] = {}
        for column, way, position in uses:
            minutes = way.minutes + (self._detour(column.account, position) if way.travels else 0)
            day.setdefault(position, []).append((column.chosen, minutes))
        for position, driven in self._driven(uses).items():
            further = self._standing.ledger.drive[position] - self._empty.drive[position]
            day[position].append((driven, int(further)))
        week: dict[int, list[Term]] = {}
        for position, terms in day.items():
            week.setdefault(int(self._problem.horizon.week[position]), []).extend(terms)
        return day, week

    def _detour(self, account: int, position: int) -> int:
        """What a stop adds at most; nothing where the tour of now holds it."""
        if account in self._standing.ledger.stops[position]:
            return 0
        tour = self._standing.ledger.tours[position]
        start, end = self._problem.nights.of(position)
        return max(0, int(self._problem.roads.detours(account, [tour], start, end)[0]))

    def _driven(self, uses: Sequence[tuple[Column, Way, int]]) -> dict[int, cp_model.IntVar]:
        """By position with a tour now, whether anybody at all is visited."""
        there: dict[int, list[cp_model.IntVar]] = {}
        for column, way, position in uses:
            if way.travels and self._standing.ledger.tours[position]:
                there.setdefault(position, []).append(column.chosen)
        found: dict[int, cp_model.IntVar] = {}
        for position, variables in there.items():
            found[position] = self._cp.new_bool_var("")
            self._cp.add_hint(found[position], 1)
            for variable in variables:
                self._cp.add_implication(variable, found[position])
        return found

    def _counts(self, uses: Sequence[tuple[Column, Way, int]]) -> None:
        problem = self._problem
        day: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        week: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for column, way, position in uses:
            day.setdefault((way.channel, position), []).append(column.chosen)
            number = int(problem.horizon.week[position])
            week.setdefault((way.channel, number), []).append(column.chosen)
        for key, variables in day.items():
            self._cp.add(sum(variables) <= int(self._empty.day_room[key]))
        for key, variables in week.items():
            self._cp.add(sum(variables) <= int(self._empty.week_room[key]))

    def solve(self, work: float) -> dict[int, Placement] | None:
        """The best pick; None where CP-SAT finds none as good as now.

        `work` is deterministic time, for what counts most and then for the rest together.
        """
        found: dict[int, Placement] | None = None
        for worth in WORTHS:
            terms = [(column.chosen, _sum(worth, column.figures)) for column in self._columns]
            if found is None:
                now = sum(_sum(worth, figures) for figures in self._standing.figures)
                self._cp.add(weighted(terms) >= now)
            answer = maximised(self._cp, terms, work)
            if answer is None:
                break
            work -= answer.work
            found = {c.account: c.placement for c in self._columns if answer.holds(c.chosen)}
            self._cp.add(weighted(terms) >= answer.figure)
            hinted(self._cp, ((c.chosen, answer.holds(c.chosen)) for c in self._columns))
        return found


WORTHS = (
    Figures(owed=1_000_000_000, late=-10_000_000, floor=100_000, required=1_000),
    Figures(service=-100_000, comfort=-1),
)
"""What one of each figure counts: what is left out first, then where the rest stands.

The factors keep the levels apart well enough, as a pick is taken only if it is better level
by level. One level after the other, CP-SAT would spend its time on the first and lose much
of the next ones for it.
"""


def _sum(worth: Figures, row: Figures) -> int:
    return sum(each * figure for each, figure in zip(worth, row, strict=True))


def picked(standing: Standing, pool: Pool, work: float) -> Standing:
    """The plan that CP-SAT picks from the pool, or the same plan where none is better."""
    pick = Programme(standing, pool).solve(work)
    if pick is None:
        return standing
    other = standing.copy()
    for account, placement in pick.items():
        other.replace(account, placement)
    other = mended(other)
    return other if other.score > standing.score and other.fits else standing
