"""The pricing problem: alike runs that plan for themselves at prices, what they take and gain.

At the prices `pi` of minutes and touches each row `r` takes the dated cadence of the greatest
reduced cost, by the cadence's dynamic programme over all rows at once:

    maximise  sum over steps s on positions p_s by ways c_s of
              w_r gain(s, c_s) - pi(p_s) minutes(s, c_s) - pi(c_s, p_s) - w_r late(s, gap_s)
              + w_r FLOOR for each month that it is the first to touch

The windows between the steps hold; what ties runs of one account to each other does not.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from attrs import field, frozen

from campaign.planner.insertion import CadenceDP
from campaign.planner.instance.horizon import Days, Mask, Values
from campaign.planner.instance.jobs import Job, TimeWindow, Way
from campaign.planner.problem.problem import Problem
from campaign.planner.relaxation.relaxed_problem import Rows, RunClass
from campaign.planner.solution.solution import FLOOR, IN_TIME, OWED, REQUIRED, SERVICE, Prices

MONTHS, TOUCHES, SERVED = range(3)
"""What is counted, by weight: months of the floor, required touches, what is gained of service."""
PLAN_WORTH = np.array([FLOOR, REQUIRED, SERVICE])
"""What these are worth while a plan is made, all levels in one."""

_GOLDEN, _SILVER = 0.6180339887, 0.4142135623


class Usage(NamedTuple):
    """Minutes by week, touches by channel and week, figures as counted, and the gain."""

    weeks: Values
    touches: Values
    figures: Values
    gain: float


@frozen
class PricingRates:
    """What calendar and touches are worth.

    `worth` is what one of each thing counted is worth; for a plan, and for no proof, what is owed
    before all else counts as well. `drives` are the minutes of driving that a stop at each account
    is charged. A `spread` makes each row like some days a little better than others, so that alike
    rows do not crowd one day.
    """

    prices: Prices
    worth: Values = field(eq=False)
    drives: Values = field(eq=False)
    is_plan: bool = False
    spread: float = 0.0


class Choice(NamedTuple):
    """Where one step of each row stands: position (0: nowhere), way, first in its month.

    `late` is what its lateness counts as service, for a weight of 1, and `days_late` the days
    that count in time.
    """

    position: Days
    way: Rows
    is_fresh: Mask
    late: Values
    days_late: Values


class PricingProblem:
    """Runs of one shape that do as they like best at some rates."""

    def __init__(self, problem: Problem, alike: RunClass, rates: PricingRates) -> None:
        self._horizon, self._gaps = problem.horizon, problem.gaps
        self._alike, self._rates = alike, rates
        self._drives = rates.drives[alike.account]
        served = float(rates.worth[SERVED] * alike.weight[0])
        self._lateness = IN_TIME * rates.is_plan, served, 0.0
        self._costs: dict[tuple[TimeWindow, int, int], Values] = {}
        months = rates.worth[MONTHS] * alike.weight[:, None] * alike.floor
        self._dp = CadenceDP(alike.tree, problem.horizon, self._offer, self._cost, months)

    def _cost(self, job: Job, window: TimeWindow, post: int) -> Values:
        """By position of the anchor and of the step, what lateness takes away."""
        key = window, job.kind, post
        # Alike runs share their windows, and windows repeat from step to step.
        if key not in self._costs:
            self._costs[key] = self._gaps.cost(window, job.kind, self._lateness, post)
        return self._costs[key]

    def _offer(self, job: Job, rank: int) -> Values:
        way, prices, worth = job.ways[rank], self._rates.prices, self._rates.worth
        minutes, touches = self.taken(job, way)
        price = np.outer(minutes, prices.minute)
        # Limits of channels seldom bind: then half of the work is saved.
        if prices.touch[way.channel].any():
            price += np.outer(touches, prices.touch[way.channel])
        # What it gains by itself for a weight of 1, lateness and months left aside.
        served = self._gaps.served(required=job.required, is_second=way.is_second)
        alone = float((worth[TOUCHES] if job.required else 0.0) + worth[SERVED] * served)
        gain = self._alike.weight * alone + OWED * (job.is_duty and self._rates.is_plan)
        found = gain[:, None] - price + self._alike.open[job.index, rank]
        if self._rates.spread:
            # Numbers from 0 to 1, spread evenly over rows and columns, break ties between days.
            rows, columns = (np.arange(size) for size in found.shape)
            scattered = (rows[:, None] * _GOLDEN + columns[None, :] * _SILVER) % 1.0
            likes = self._rates.spread * scattered
            found += self._alike.weight[:, None] * likes
        return np.asarray(found)

    def taken(self, job: Job, way: Way) -> tuple[Values, Values]:
        """The minutes and the touches that a job takes by a way, by row."""
        if job.index in self._alike.free:
            return np.zeros_like(self._drives), np.zeros_like(self._drives)
        if way.travels:
            return self._alike.part * (way.minutes + self._drives), self._alike.part
        one = np.ones_like(self._drives)
        return way.minutes * one, one

    @property
    def gains(self) -> Values:
        """What each row gains: the worth of its touches less their price."""
        return self._dp.gain

    @property
    def usage(self) -> Usage:
        """All that the runs take, reach and gain together."""
        # Subgradients: what all rows together take of each week at these prices.
        number = int(self._horizon.week.max()) + 1
        weeks, touches = np.zeros(number), np.zeros((len(self._rates.prices.touch), number))
        figures, heavy = np.zeros(3), self._alike.count * self._alike.weight
        for job, way, rows, choice in self.placed():
            week, count = self._horizon.week[choice.position[rows]], self._alike.count[rows]
            minutes, touched = self.taken(job, way)
            weeks += np.bincount(week, count * minutes[rows], number)
            touches[way.channel] += np.bincount(week, count * touched[rows], number)
            figures[TOUCHES] += heavy[rows].sum() * job.required
            figures[MONTHS] += heavy[rows] @ self.makes_month(rows, choice)
            figures[SERVED] += heavy[rows] @ self.serves(job, way, rows, choice)
        return Usage(weeks, touches, figures, float(self.gains @ self._alike.count))

    def serves(self, job: Job, way: Way, rows: Rows, choice: Choice) -> Values:
        """What a touch gains of service in some rows, for a weight of 1."""
        return self._gaps.served(required=job.required, is_second=way.is_second) - choice.late[rows]

    def makes_month(self, rows: Rows, choice: Choice) -> Values:
        """1 for each of some rows whose touch is the first in a month that counts, else 0."""
        return choice.is_fresh[rows] * self._alike.floor[rows, choice.position[rows]]

    def placed(self) -> Iterator[tuple[Job, Way, Rows, Choice]]:
        """Each job and way with the rows that choose them."""
        for job in self._alike.tree.jobs:
            choice = self.choices[job.index]
            for rank, way in enumerate(job.ways):
                rows = ((choice.position > 0) & (choice.way == rank)).nonzero()[0]
                if rows.size:
                    yield job, way, rows, choice

    @cached_property
    def choices(self) -> dict[int, Choice]:
        """By step, where it stands in each row: the best dates, from the root down."""
        count, found = len(self._alike.members), dict[int, Choice]()
        for job in self._alike.tree.jobs:
            choice = found[job.index] = Choice(
                np.zeros(count, dtype=np.int64),
                np.zeros(count, dtype=np.int64),
                np.zeros(count, dtype=bool),
                np.zeros(count),
                np.zeros(count),
            )
            for rows, day, anchor, window in self._anchors(job, found) if job.ways else ():
                self._choose(job, choice, rows, day, anchor, window)
        return found

    def _anchors(
        self, job: Job, choices: dict[int, Choice]
    ) -> Iterator[tuple[Rows, Days, tuple[int, int], TimeWindow]]:
        """The rows by what their window counts from: its day, the step and its post, the window."""
        jobs = {other.index: other for other in self._alike.tree.jobs}
        waiting: Rows = np.arange(len(self._alike.members))
        window, above = job.window, jobs.get(job.parent)
        # Up the tree: each row stops at the nearest step above that stands, windows added on the
        # way.
        while above is not None and waiting.size:
            choice = choices[above.index]
            stands = choice.position[waiting] > 0
            posts = np.array([way.days_in_post for way in above.ways] or [0])
            posted = posts[choice.way[waiting]]
            for post in sorted({way.days_in_post for way in above.ways}):
                chosen = waiting[stands & (posted == post)]
                if chosen.size:
                    yield chosen, choice.position[chosen], (above.index, post), window
            waiting = waiting[~stands]
            window = window.below(above.window)
            above = jobs.get(above.parent)
        if waiting.size:
            yield waiting, np.zeros(waiting.size, dtype=np.int64), (-1, 0), window

    def _choose(
        self,
        job: Job,
        choice: Choice,
        rows: Rows,
        day: Days,
        anchor: tuple[int, int],
        window: TimeWindow,
    ) -> None:
        """Note where a step stands in rows whose window counts from a day."""
        month, dp, post = self._horizon.month, self._dp, anchor[1]
        values, fresh = dp.best[job.index][rows], (month > month[day][:, None]) & job.is_spine
        if job.is_spine:
            values = values + np.where(fresh, dp.credit[rows], 0.0)
        values = values + self._cost(job, window, post)[day]
        best, every = values.argmax(axis=1), np.arange(rows.size)
        # A step stands only where that is worth more than leaving it out, with all that follows.
        placed = values[every, best] > dp.left_out(job, window, anchor, day, rows)
        rows, best, gaps = rows[placed], best[placed], (best - day - post)[placed]
        days, late = self._gaps.late(window, job.kind)
        choice.position[rows] = best
        choice.is_fresh[rows] = fresh[placed, best]
        choice.late[rows] = late[gaps]
        choice.days_late[rows] = days[gaps]
        choice.way[rows] = np.argmax([way[rows, best] for way in dp.worth[job.index]], axis=0)
