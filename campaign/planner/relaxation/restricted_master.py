"""The restricted master problem: dated cadences chosen by column generation.

A column `k` is one run with a date and a way for each of its steps: it is worth `v_k` and takes
`a_ik` of resource `i` (minutes of a day and of a week, touches of a channel on a day and in a
week), of which the calendar has `b_i`. Row `r` stands for `n_r` runs that are alike:

    maximise    sum_k v_k x_k
    subject to  sum_k a_ik x_k <= b_i          for each resource i         price  pi_i >= 0
                sum_(k of r) x_k <= n_r        for each row r of runs      price  sigma_r >= 0
                x_k >= 0                       a set partitioning problem, relaxed

GLOP solves it over the columns known. At the prices that come out, the pricing problem dates each
run anew; a column joins where its reduced cost `v_k - sum_i pi_i a_ik - sigma_r` is above 0, until
little is to be gained (Dantzig and Wolfe 1960; Desaulniers, Desrosiers and Solomon 2005). Days
that are nearly full hold no more than the clock allows: that is asked before, as another limit.
"""

from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from attrs import evolve, field, frozen

from campaign.planner.day_schedule import DayLoad
from campaign.planner.instance.horizon import Days, Values
from campaign.planner.instance.jobs import Assignment, Way
from campaign.planner.problem.problem import NO_LIMIT, Problem
from campaign.planner.relaxation.glop import LinearProgramme
from campaign.planner.relaxation.pricing import (
    MONTHS,
    PLAN_WORTH,
    SERVED,
    TOUCHES,
    PricingProblem,
    PricingRates,
)
from campaign.planner.relaxation.relaxed_problem import RelaxedProblem, RunClass
from campaign.planner.solution.resources import Resources
from campaign.planner.solution.solution import IN_TIME, OWED, Prices

_ROUNDING = 1e-6

KEEP = 1e6
"""What it is worth that a touch which stands already is dated at all, beyond everything."""


class Column(NamedTuple):
    """A date and a way for each step of a run; position 0 where a step is left out."""

    block: tuple[int, int]
    positions: tuple[int, ...]
    ways: tuple[int, ...]


class Dated(NamedTuple):
    """What the programme has for one run, and how sure it is: 1 where it picks no other."""

    placement: tuple[Assignment, ...]
    share: float


class RestrictedMaster:
    """Columns, the limits that tie them, and the prices of the limits."""

    def __init__(self, relaxed: RelaxedProblem) -> None:
        self._relaxed = relaxed
        # A touch that stands already is never left out.
        self._alike = [
            evolve(
                alike,
                open={
                    slot: days + KEEP * (slot[0] in alike.free) for slot, days in alike.open.items()
                },
            )
            for alike in relaxed.alike
        ]
        self._limits = ResourceRows.of(relaxed.problem, relaxed.resources)
        self._programme = LinearProgramme(is_maximum=True)
        # First the rows of the calendar, then those of the runs: the order in which duals come
        # back.
        for room in self._limits.room.tolist():
            self._programme.add_row(-np.inf, room)
        self._blocks = [
            np.array([self._programme.add_row(-np.inf, len(runs)) for runs in alike.members])
            for alike in self._alike
        ]
        self._columns: dict[Column, int] = {}
        self._asked: list[Values] = [np.full(len(rows), -1.0) for rows in self._blocks]

    def grow(self, prices: Prices, spread: float = 0.0) -> int:
        """Date every run at some prices; how many new columns are worth more than they cost."""
        before = len(self._columns)
        # Each group of alike runs is one pricing problem.
        for number in range(len(self._alike)):
            self.grow_group(number, prices, spread)
        return len(self._columns) - before

    def grow_group(self, number: int, prices: Prices, spread: float = 0.0) -> None:
        """Date the runs of one group of alike ones at some prices."""
        alike, drives = self._alike[number], self._relaxed.drives
        rates = PricingRates(prices, PLAN_WORTH, drives, is_plan=True, spread=spread)
        pricing = PricingProblem(self._relaxed.problem, alike, rates)
        # Reduced cost: what the row gains at these prices, less the dual of its convexity row.
        gains = pricing.gains - KEEP * len(alike.free)
        better = gains > self._asked[number] + _ROUNDING
        worth, taken = self._worth_of(alike, pricing).tolist(), self._taken(pricing)
        choices = [pricing.choices[job.index] for job in alike.tree.jobs]
        positions = np.stack([choice.position for choice in choices], axis=1).tolist()
        ways = np.stack([choice.way for choice in choices], axis=1).tolist()
        for row in better.nonzero()[0].tolist():
            column = Column((number, row), tuple(positions[row]), tuple(ways[row]))
            # The same dates at other prices are the same column.
            if column not in self._columns:
                uses = [(int(self._blocks[number][row]), 1.0), *taken[row]]
                self._columns[column] = self._programme.add_column(worth[row], uses)

    def _taken(self, pricing: PricingProblem) -> list[list[tuple[int, float]]]:
        """By row, what it takes of which limit, each limit once."""
        rows, places, amounts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
        for job, way, chosen, choice in pricing.placed():
            limits = self._limits.taken(way, choice.position[chosen])
            for both, amount in zip(limits, pricing.taken(job, way), strict=True):
                for place in both:
                    rows.append(chosen)
                    places.append(place)
                    amounts.append(amount[chosen])
        # A run may take of one limit by several steps: these are added up in one coefficient.
        key = np.concatenate(rows) * self._limits.room.size + np.concatenate(places)
        once, inverse = np.unique(key, return_inverse=True)
        used = np.bincount(inverse, np.concatenate(amounts), len(once)).tolist()
        found: list[list[tuple[int, float]]] = [[] for _ in pricing.gains]
        for pair, amount in zip(once.tolist(), used, strict=True):
            row, place = divmod(pair, self._limits.room.size)
            found[row].append((place, amount))
        return found

    def _worth_of(self, alike: RunClass, pricing: PricingProblem) -> Values:
        """What each row's dates are worth: the columns' coefficients."""
        worth = np.zeros(len(alike.members))
        for job, way, rows, choice in pricing.placed():
            touch = PLAN_WORTH[TOUCHES] * job.required
            months = PLAN_WORTH[MONTHS] * pricing.makes_month(rows, choice)
            served = PLAN_WORTH[SERVED] * pricing.serves(job, way, rows, choice)
            worth[rows] += alike.weight[rows] * (touch + months + served)
            if job.is_duty:
                worth[rows] += OWED - IN_TIME * choice.days_late[rows]
        return worth

    def solve(self) -> Prices:
        """Pick among the columns; the prices at which they are picked."""
        self._programme.solve()
        prices = self._programme.duals
        self._asked = [prices[rows] for rows in self._blocks]
        return self._limits.prices(prices[: self._limits.room.size])

    @property
    def value(self) -> float:
        """What the columns picked last are worth."""
        return self._programme.value

    def dated(self) -> list[Dated]:
        """The columns picked last, dealt out to the runs that they stand for."""
        picked: dict[tuple[int, int], list[tuple[float, Column]]] = {}
        for column, part in zip(self._columns, self._programme.values.tolist(), strict=True):
            if part > _ROUNDING:
                picked.setdefault(column.block, []).append((part, column))
        return [
            dated
            for (number, row), parts in picked.items()
            for dated in _dealt(self._alike[number], row, parts)
        ]


def _dealt(alike: RunClass, row: int, parts: list[tuple[float, Column]]) -> list[Dated]:
    """Of the runs of a row, the n-th gets the column in which the n-th middle falls."""
    # The largest parts first, so that rounding keeps as much of the answer as can be.
    parts.sort(key=lambda part: -part[0])
    ends, found = list(accumulate(part for part, _ in parts)), []
    for place, run in enumerate(alike.members[row]):
        number = next((n for n, end in enumerate(ends) if end > place + 0.5), -1)
        if number < 0:
            continue
        (part, column), placed = parts[number], []
        steps = zip(run.jobs, alike.tree.jobs, column.positions, column.ways, strict=True)
        for job, like, position, way in steps:
            if position:
                # The ways of the tree are those of all alike runs, more than the run's own.
                channel = like.ways[way].channel
                rank = next(n for n, own in enumerate(job.ways) if own.channel == channel)
                placed.append(Assignment(job.index, rank, position))
        found.append(Dated(tuple(placed), min(1.0, part)))
    return found


@frozen
class ResourceRows:
    """The places of the limits in the row, and how much there is of each."""

    room: Values = field(eq=False, repr=False)
    size: int
    weeks: int
    channels: int
    week: Days = field(eq=False, repr=False)

    @classmethod
    def of(cls, problem: Problem, resources: Resources) -> "ResourceRows":
        """What the calendar has left."""
        day_free, day_room = _by_the_clock(problem, resources)
        parts = (day_free, resources.week_free, day_room, resources.week_room)
        room = np.concatenate([part.ravel() for part in parts]).astype(float)
        room[room >= NO_LIMIT // 2] = np.inf
        weeks, week = len(resources.week_free), problem.horizon.week
        return cls(room, problem.horizon.size, weeks, len(problem.channels), week)

    def taken(self, way: Way, position: Days) -> tuple[Days, Days]:
        """By position, the places of the minutes (two) and of the touches (two) of a way."""
        week = self.week[position]
        first = self.size + self.weeks
        by_day = first + way.channel * self.size + position
        by_week = first + self.channels * self.size + way.channel * self.weeks + week
        return np.stack([position, self.size + week]), np.stack([by_day, by_week])

    def prices(self, duals: Values) -> Prices:
        """What a minute and a touch of each position cost at the prices of the limits."""
        ends = np.cumsum([self.size, self.weeks, self.channels * self.size])
        day, week, by_day, by_week = np.split(np.maximum(duals, 0.0), ends)
        of_week = by_week.reshape(self.channels, self.weeks)[:, self.week]
        touch = by_day.reshape(self.channels, self.size) + of_week
        return Prices(day + week[self.week], touch)


def _by_the_clock(problem: Problem, resources: Resources) -> tuple[Days, Days]:
    """What days hold beside what stands, each asked for the most of one thing that goes in.

    Minutes by position, touches by channel and position, at most what is left. Of calls a day
    holds no more than there is time for while anybody may be called. Each limit by itself may be
    too generous, never too strict: the days still have to be timed.
    """
    minutes, touches = resources.day_free.copy(), resources.day_room.copy()
    # By channel, the hours of all who may be called by it, and how long a call is.
    calling: dict[int, Counter[int]] = {}
    for way in (way for job in problem.jobs for way in job.ways if way.is_call):
        calling.setdefault(way.channel, Counter())[way.hours] += 1
    lasting = [problem.territory.channels[name].minutes for name in problem.channels]

    def _most(position: int, limit: int, add: Callable[[DayLoad, int], None]) -> int:
        # By halving, as more is never easier; the most first, since mostly the day holds it.
        low, high = 0, limit
        while low < high:
            middle = high if (low, high) == (0, limit) else (low + high + 1) // 2
            load = resources.load(position)
            add(load, middle)
            is_held = problem.timing.holds(position, load)
            low, high = (middle, high) if is_held else (low, middle - 1)
        return low

    def _write(load: DayLoad, more: int) -> None:
        load.sitting += more

    for position in problem.horizon.works.nonzero()[0].tolist():
        left = int(minutes[position])
        if left <= 0:
            continue
        found = _most(position, left, _write)
        for channel, hours in calling.items():
            each = max(1, lasting[channel])
            # The hours that most have are asked for by the clock, all others by their minutes.
            alike = max((many, number) for number, many in hours.items())[1], each

            def _call(load: DayLoad, more: int, alike: tuple[int, int] = alike) -> None:
                load.calls[alike] = load.calls.get(alike, 0) + more

            count = _most(position, left // each, _call)
            touches[channel, position] = min(count, touches[channel, position])
            found = max(found, count * each)
        minutes[position] = found
    return minutes, touches
