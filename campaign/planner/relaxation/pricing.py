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

import numpy as np
from attrs import field, frozen

from campaign.planner.insertion import CadenceDP
from campaign.planner.instance.horizon import IMPOSSIBLE, Horizon, Mask, Values
from campaign.planner.instance.jobs import Job, Way
from campaign.planner.instance.time_windows import Gaps, TimeWindow, spread_out
from campaign.planner.relaxation.run_classes import Choice, Descent, Rows, RunClass
from campaign.planner.solution import Prices

FLOOR, REQUIRED, SERVICE = range(3)
"""What is counted, by weight; of service what is gained: more is better."""


_GOLDEN, _SILVER = 0.6180339887, 0.4142135623


@frozen
class Usage:
    """Minutes by week, touches by channel and week, figures as counted, and the gain."""

    weeks: Values = field(eq=False)
    touches: Values = field(eq=False)
    figures: Values = field(eq=False)
    gain: float


@frozen
class PricingRates:
    """What calendar and touches are worth.

    `worth` is what one of each thing counted is worth; `duty` that a touch stands which is owed
    before all else, `day` that it is a business day less late. `drives` are the minutes of driving
    that a stop at each account is charged. Months are credited to an account's spine, those
    `beside` it to its other lines; in those that it is `kept_out` of it has no touch. A `spread`
    makes each row like some days a little better than others, so that alike rows do not crowd
    one day.
    """

    prices: Prices
    worth: Values = field(eq=False)
    drives: Values = field(eq=False)
    beside: Mask = field(eq=False)
    kept_out: Mask = field(eq=False)
    duty: float = 0.0
    day: float = 0.0
    spread: float = 0.0


class PricingProblem:
    """Runs of one shape that do as they like best at some rates."""

    def __init__(self, horizon: Horizon, gaps: Gaps, alike: RunClass, rates: PricingRates) -> None:
        self._horizon = horizon
        self._gaps = gaps
        self._alike = alike
        self._rates = rates
        self._prices = rates.prices
        self._worth = rates.worth
        self._drives = rates.drives[alike.account]
        self._closed_to_spine = np.where(rates.kept_out, IMPOSSIBLE, 0.0)
        self._costs: dict[tuple[TimeWindow, int, int], Values] = {}
        self._weight = float(alike.weight[0])
        months = rates.worth[FLOOR] * alike.weight[:, None] * alike.floor
        beside = months * rates.beside if rates.beside.any() else None
        credit = months * ~rates.beside
        self._dp = CadenceDP(alike.tree, horizon, self._offer, self._cost, credit, beside)

    @cached_property
    def choices(self) -> dict[int, Choice]:
        """By step, where it stands in each row."""
        tree = self._alike.tree
        return Descent(tree, self._horizon, self._dp, self._late).choices

    def _cost(self, job: Job, window: TimeWindow, post: int) -> Values:
        """By position of the anchor and of the step, what lateness takes away."""
        key = window, job.kind, post
        # Alike runs share their windows, and windows repeat from step to step.
        if key not in self._costs:
            days, service = self._gaps.late(window, job.kind)
            lost = self._rates.day * days + self._worth[SERVICE] * self._weight * service
            self._costs[key] = spread_out(self._gaps.open(window) - lost, post)
        return self._costs[key]

    def _late(self, job: Job, window: TimeWindow) -> tuple[Values, Values]:
        return self._gaps.late(window, job.kind)

    def _offer(self, job: Job, rank: int) -> Values:
        way = job.ways[rank]
        minutes, touches = self.taken(job, way)
        price = np.outer(minutes, self._prices.minute)
        # Limits of channels seldom bind: then half of the work is saved.
        if self._prices.touch[way.channel].any():
            price += np.outer(touches, self._prices.touch[way.channel])
        # What it gains by itself for a weight of 1, lateness and months left aside.
        served = self._gaps.served(required=job.required, is_second=way.is_second)
        required = self._worth[REQUIRED] if job.required else 0.0
        alone = float(required + self._worth[SERVICE] * served)
        gain = self._alike.weight * alone + self._rates.duty * job.is_duty
        worth = gain[:, None] - price + self._alike.open[job.index, rank]
        if self._rates.spread:
            # Numbers from 0 to 1, spread evenly over rows and columns, break ties between days.
            rows, columns = (np.arange(size) for size in worth.shape)
            scattered = (rows[:, None] * _GOLDEN + columns[None, :] * _SILVER) % 1.0
            likes = self._rates.spread * scattered
            worth += self._alike.weight[:, None] * likes
        if job.is_spine:
            worth += self._closed_to_spine
        return np.asarray(worth)

    def taken(self, job: Job, way: Way) -> tuple[Values, Values]:
        """The minutes and the touches that a job takes by a way, by row."""
        if job.index in self._alike.free:
            return np.zeros_like(self._drives), np.zeros_like(self._drives)
        if way.travels:
            return self._alike.part * (way.minutes + self._drives), self._alike.part
        one = np.ones_like(self._drives)
        return way.minutes * one, one

    @property
    def usage(self) -> Usage:
        """All that the runs take, reach and gain together."""
        weeks, touches = self._used()
        return Usage(weeks, touches, self._figures(), float(self.gains @ self._alike.count))

    @property
    def gains(self) -> Values:
        """What each row gains: the worth of its touches less their price."""
        # Roots count from the eve, the only anchor that every row has.
        reached = np.zeros(len(self._alike.members))
        for root in self._alike.tree.roots:
            reached += self._dp.of_root(root)
        return reached

    def _used(self) -> tuple[Values, Values]:
        # Subgradients: what all rows together take of each week at these prices.
        number = int(self._horizon.week.max()) + 1
        weeks, touches = np.zeros(number), np.zeros((len(self._prices.touch), number))
        for job, way, rows, choice in self.placed():
            position, count = choice.position[rows], self._alike.count[rows]
            week = self._horizon.week[position]
            minutes, touched = self.taken(job, way)
            weeks += np.bincount(week, count * minutes[rows], number)
            touches[way.channel] += np.bincount(week, count * touched[rows], number)
        return weeks, touches

    def _figures(self) -> Values:
        figures = np.zeros(3)
        weight = self._alike.count * self._alike.weight
        for job, way, rows, choice in self.placed():
            figures[REQUIRED] += weight[rows].sum() * job.required
            figures[FLOOR] += weight[rows] @ self.makes_month(rows, choice)
            figures[SERVICE] += weight[rows] @ self.serves(job, way, rows, choice)
        return figures

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
