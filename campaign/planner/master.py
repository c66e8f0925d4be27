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
from attrs import frozen
from ortools.linear_solver.python import model_builder

from campaign.planner.alike import Alike
from campaign.planner.alone import FLOOR, OPTIONAL, REQUIRED, Alone
from campaign.planner.horizon import Days
from campaign.planner.ledger import Placed
from campaign.planner.limits import Limits
from campaign.planner.ranges import Values
from campaign.planner.relaxation import PLAN_WORTH
from campaign.planner.scope import Scope
from campaign.planner.work import Tree
from campaign.planner.worth import SECOND_CHOICE, Prices

_ROUNDING = 1e-6


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
        self._limits = Limits.of(scope.problem, scope.ledger)
        self._model = model_builder.Model()  # type: ignore[no-untyped-call]  # in OR-Tools 9.15
        self._solver = model_builder.Solver("glop")
        none = self._model.new_num_var(0.0, 0.0, "")
        self._rows = [self._model.add(1.0 * none <= room) for room in self._limits.room.tolist()]
        self._blocks = [
            [self._model.add(1.0 * none <= len(runs)) for runs in alike.members]
            for alike in scope.alike
        ]
        self._columns: dict[Column, model_builder.Variable] = {}
        self._worth: list[float] = []
        self._asked: list[Values] = [np.full(len(rows), -1.0) for rows in self._blocks]

    def grow(self, prices: Prices, spread: float = 0.0) -> int:
        """Date every run at some prices; how many new columns are worth more than they cost."""
        horizon = self._scope.problem.horizon
        rates = self._scope.rates(prices, PLAN_WORTH, spread)
        before = len(self._columns)
        for number, alike in enumerate(self._scope.alike):
            alone = Alone(horizon, alike, rates)
            better = alone.gains > self._asked[number] + _ROUNDING
            self._join(number, alone, better.nonzero()[0].tolist())
        return len(self._columns) - before

    def _join(self, number: int, alone: Alone, rows: Sequence[int]) -> None:
        new = self._new(number, alone, rows)
        alike = self._scope.alike[number]
        row, place, amount = self._taken(alone)
        worth = self._worth_of(alike, alone)
        for index, variable in new.items():
            self._blocks[number][index].add_term(variable, 1.0)
            self._worth.append(float(worth[index]))
        chosen = np.isin(row, list(new))
        for index, limit, used in zip(
            row[chosen].tolist(), place[chosen].tolist(), amount[chosen].tolist(), strict=True
        ):
            self._rows[limit].add_term(new[index], used)

    def _new(
        self, number: int, alone: Alone, rows: Sequence[int]
    ) -> dict[int, model_builder.Variable]:
        choices = [alone.choices[job.index] for job in self._scope.alike[number].tree.jobs]
        positions = np.stack([choice.position for choice in choices], axis=1).tolist()
        ways = np.stack([choice.way for choice in choices], axis=1).tolist()
        found: dict[int, model_builder.Variable] = {}
        for row in rows:
            column = Column((number, row), tuple(positions[row]), tuple(ways[row]))
            if column not in self._columns:
                found[row] = self._model.new_num_var(0.0, np.inf, "")
                self._columns[column] = found[row]
        return found

    def _taken(self, alone: Alone) -> tuple[Days, Days, Values]:
        """What each row takes of which limit, each pair once."""
        rows, places, amounts = [], [], []
        for job, way, chosen, choice in alone.placed():
            minutes, touches = alone.taken(job, way)
            for limits, amount in zip(
                self._limits.taken(way, choice.position[chosen]), (minutes, touches), strict=True
            ):
                for place in limits:
                    rows.append(chosen)
                    places.append(place)
                    amounts.append(amount[chosen])
        if not rows:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        key = np.concatenate(rows) * self._limits.room.size + np.concatenate(places)
        once, inverse = np.unique(key, return_inverse=True)
        row, place = np.divmod(once, self._limits.room.size)
        used = np.bincount(inverse, np.concatenate(amounts), len(once))
        return row, place, used.astype(float)

    def _worth_of(self, alike: Alike, alone: Alone) -> Values:
        worth = np.zeros(len(alike.members))
        for job, way, rows, choice in alone.placed():
            touch = PLAN_WORTH[REQUIRED if job.required else OPTIONAL] - SECOND_CHOICE * way.rank
            months = PLAN_WORTH[FLOOR] * alike.floor[rows] * choice.is_fresh[rows]
            worth[rows] += alike.weight[rows] * (touch + months)
        return worth

    def solve(self) -> Prices:
        """Pick among the columns; the prices at which they are picked."""
        variables = list(self._columns.values())
        self._model.maximize(model_builder.LinearExpr.weighted_sum(variables, self._worth))
        self._solver.solve(self._model)
        dual = self._solver.dual_value
        self._asked = [np.array([dual(block) for block in rows]) for rows in self._blocks]
        return self._limits.prices(np.array([dual(row) for row in self._rows]))

    @property
    def value(self) -> float:
        """What the columns picked last are worth."""
        return float(self._solver.objective_value)

    def dated(self) -> list[Dated]:
        """The columns picked last, dealt out to the runs that they stand for."""
        picked: dict[tuple[int, int], list[tuple[float, Column]]] = {}
        for column, variable in self._columns.items():
            part = self._solver.value(variable)
            if part > _ROUNDING:
                picked.setdefault(column.block, []).append((part, column))
        return [
            dated
            for (number, row), parts in picked.items()
            for dated in self._dealt(self._scope.alike[number], row, parts)
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
