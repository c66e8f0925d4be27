"""The linear programme over dated cadences, solved by column generation.

A column is one run with a date for each of its steps. The programme picks columns, in parts
where it must, so that all together stay within the minutes and touches of each day and
week, and floor, required and optional touches are worth most. GLOP solves it over the
columns known; at the prices that come out, the exact programme over a cadence dates each
run anew, all alike runs at once; what is worth more than it costs joins, until little is to
be gained (Dantzig and Wolfe 1960).
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from attrs import evolve, frozen

from campaign.planner.alike import Alike
from campaign.planner.alone import FLOOR, REQUIRED, SERVICE, Alone
from campaign.planner.glop import GrowingProgramme
from campaign.planner.limits import Limits
from campaign.planner.ranges import Values
from campaign.planner.relaxation import PLAN_WORTH, plan_rates
from campaign.planner.scope import Scope
from campaign.planner.work import Placed, Tree
from campaign.planner.worth import IN_TIME, OWED, Prices

_ROUNDING = 1e-6

KEEP = 1e6
"""What it is worth that a touch which stands already is dated at all, beyond everything."""


@frozen
class Column:
    """A date and a way for each step of a run; position 0 where a step is left out."""

    block: tuple[int, int]
    positions: tuple[int, ...]
    ways: tuple[int, ...]


@frozen
class Dated:
    """What the programme has for one run, and how sure it is: 1 where it picks no other."""

    placement: tuple[Placed, ...]
    share: float


class Master:
    """Columns, the limits that tie them, and the prices of the limits."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._alike = [_kept(alike) for alike in scope.alike]
        self._present = [KEEP * len(alike.free) for alike in scope.alike]
        self._limits = Limits.of(scope.problem, scope.ledger)
        self._programme = GrowingProgramme()
        for room in self._limits.room.tolist():
            self._programme.add_row(room)
        self._blocks = [
            np.array([self._programme.add_row(len(runs)) for runs in alike.members])
            for alike in self._alike
        ]
        self._columns: dict[Column, int] = {}
        self._asked: list[Values] = [np.full(len(rows), -1.0) for rows in self._blocks]

    def grow(self, prices: Prices, spread: float = 0.0) -> int:
        """Date every run at some prices; how many new columns are worth more than they cost."""
        before = len(self._columns)
        for number in range(len(self._alike)):
            self.grow_group(number, prices, spread)
        return len(self._columns) - before

    def grow_group(self, number: int, prices: Prices, spread: float = 0.0) -> None:
        """Date the runs of one group of alike ones at some prices."""
        problem, rates = self._scope.problem, plan_rates(self._scope, prices, spread)
        alone = Alone(problem.horizon, problem.gaps, self._alike[number], rates)
        better = alone.gains - self._present[number] > self._asked[number] + _ROUNDING
        self._join(number, alone, better.nonzero()[0].tolist())

    def _join(self, number: int, alone: Alone, rows: Sequence[int]) -> None:
        alike = self._alike[number]
        worth, taken = self._worth_of(alike, alone).tolist(), self._taken(alone)
        choices = [alone.choices[job.index] for job in alike.tree.jobs]
        positions = np.stack([choice.position for choice in choices], axis=1).tolist()
        ways = np.stack([choice.way for choice in choices], axis=1).tolist()
        for row in rows:
            column = Column((number, row), tuple(positions[row]), tuple(ways[row]))
            if column not in self._columns:
                uses = [(int(self._blocks[number][row]), 1.0), *taken[row]]
                self._columns[column] = self._programme.add_column(worth[row], uses)

    def _taken(self, alone: Alone) -> list[list[tuple[int, float]]]:
        """By row, what it takes of which limit, each limit once."""
        rows, places, amounts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
        for job, way, chosen, choice in alone.placed():
            minutes, touches = alone.taken(job, way)
            for limits, amount in zip(
                self._limits.taken(way, choice.position[chosen]), (minutes, touches), strict=True
            ):
                for place in limits:
                    rows.append(chosen)
                    places.append(place)
                    amounts.append(amount[chosen])
        key = np.concatenate(rows) * self._limits.room.size + np.concatenate(places)
        once, inverse = np.unique(key, return_inverse=True)
        used = np.bincount(inverse, np.concatenate(amounts), len(once)).tolist()
        found: list[list[tuple[int, float]]] = [[] for _ in alone.gains]
        for pair, amount in zip(once.tolist(), used, strict=True):
            row, place = divmod(pair, self._limits.room.size)
            found[row].append((place, amount))
        return found

    def _worth_of(self, alike: Alike, alone: Alone) -> Values:
        """What each row's dates are worth: the columns' coefficients."""
        worth = np.zeros(len(alike.members))
        for job, way, rows, choice in alone.placed():
            touch = PLAN_WORTH[REQUIRED] * job.required
            months = PLAN_WORTH[FLOOR] * alone.makes_month(rows, choice)
            served = PLAN_WORTH[SERVICE] * alone.serves(job, way, rows, choice)
            worth[rows] += alike.weight[rows] * (touch + months + served)
            if job.is_duty:
                worth[rows] += OWED - IN_TIME * choice.days_late[rows]
        return worth

    def solve(self) -> Prices:
        """Pick among the columns; the prices at which they are picked."""
        self._programme.solve()
        prices = self._programme.prices()
        self._asked = [prices[rows] for rows in self._blocks]
        return self._limits.prices(prices[: self._limits.room.size])

    @property
    def required(self) -> float:
        """What all required touches are worth together."""
        return float(PLAN_WORTH[REQUIRED]) * self._scope.required

    @property
    def value(self) -> float:
        """What the columns picked last are worth."""
        return self._programme.value

    def dated(self) -> list[Dated]:
        """The columns picked last, dealt out to the runs that they stand for."""
        picked: dict[tuple[int, int], list[tuple[float, Column]]] = {}
        for column, number in self._columns.items():
            part = self._programme.part(number)
            if part > _ROUNDING:
                picked.setdefault(column.block, []).append((part, column))
        return [
            dated
            for (number, row), parts in picked.items()
            for dated in self._dealt(self._alike[number], row, parts)
        ]

    def _dealt(self, alike: Alike, row: int, parts: list[tuple[float, Column]]) -> list[Dated]:
        """Of the runs of a row, the n-th gets the column in which the n-th middle falls."""
        parts.sort(key=lambda part: -part[0])
        ends = list(accumulate(part for part, _ in parts))
        found = []
        for place, run in enumerate(alike.members[row]):
            number = next((n for n, end in enumerate(ends) if end > place + 0.5), -1)
            if number >= 0:
                share = min(1.0, parts[number][0])
                found.append(Dated(_placement(alike.tree, run, parts[number][1]), share))
        return found


def _kept(alike: Alike) -> Alike:
    """The same runs, where a touch that stands already is never left out."""
    opened = {
        slot: days + KEEP if slot[0] in alike.free else days for slot, days in alike.open.items()
    }
    return evolve(alike, open=opened)


def _placement(tree: Tree, run: Tree, column: Column) -> tuple[Placed, ...]:
    """A column as touches of one run: the ways of the tree are more than those of the run."""
    placed = []
    for job, like, position, way in zip(
        run.jobs, tree.jobs, column.positions, column.ways, strict=True
    ):
        if position:
            channel = like.ways[way].channel
            rank = next(n for n, own in enumerate(job.ways) if own.channel == channel)
            placed.append(Placed(job.index, rank, position))
    return tuple(placed)
