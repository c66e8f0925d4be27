"""Alike runs that plan for themselves, at prices: what they take, reach and gain."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from attrs import field, frozen

from campaign.planner.alike import Alike, Choice, Descent, Rows
from campaign.planner.horizon import Horizon, Mask
from campaign.planner.outlook import Outlook
from campaign.planner.ranges import IMPOSSIBLE, Values
from campaign.planner.reserve import Reserve
from campaign.planner.work import Job, Way
from campaign.planner.worth import Prices

FLOOR, REQUIRED, OPTIONAL = range(3)
"""What is counted, by weight."""


_GOLDEN, _SILVER = 0.6180339887, 0.4142135623


@frozen
class Usage:
    """Minutes by week, touches by channel and week, figures as counted, and the gain."""

    weeks: Values = field(eq=False)
    touches: Values = field(eq=False)
    figures: Values = field(eq=False)
    gain: float


@frozen
class Rates:
    """What calendar and touches are worth.

    `worth` is what one of each thing counted is worth; `drives` are the minutes of driving
    that a stop at each account is charged, where the `reserve` has not paid them. Months
    are credited to an account's spine, those `beside` it to its other lines; in those that
    it is `kept_out` of it has no touch. A `spread` makes each row like some days a little
    better than others, so that alike rows do not crowd one day.
    """

    prices: Prices
    worth: Values = field(eq=False)
    drives: Values = field(eq=False)
    reserve: Reserve = field(eq=False)
    beside: Mask = field(eq=False)
    kept_out: Mask = field(eq=False)
    spread: float = 0.0


class Alone:
    """Runs of one shape that do as they like best at some rates."""

    def __init__(self, horizon: Horizon, alike: Alike, rates: Rates) -> None:
        self._horizon = horizon
        self._alike = alike
        self._prices = rates.prices
        self._worth = rates.worth
        self._spread = rates.spread
        self._drives = rates.drives[alike.account]
        self._reserve = rates.reserve
        self._closed_to_spine = np.where(rates.kept_out, IMPOSSIBLE, 0.0)
        months = rates.worth[FLOOR] * alike.weight[:, None] * alike.floor
        beside = months * rates.beside if rates.beside.any() else None
        credit = months * ~rates.beside
        self._outlook = Outlook(alike.tree, horizon, self._offer, credit, beside)

    @cached_property
    def choices(self) -> dict[int, Choice]:
        """By step, where it stands in each row."""
        rows = len(self._alike.members)
        return Descent(self._alike.tree, self._horizon, self._outlook, rows).choices

    def _offer(self, job: Job, rank: int) -> Values:
        way = job.ways[rank]
        minutes, touches = self.taken(job, way)
        price = np.outer(minutes, self._prices.minute)
        driven = self._reserve.driven
        if way.travels and driven.any():
            price[:, driven] = np.outer(self._beside(job, way), self._prices.minute[driven])
        if self._prices.touch[way.channel].any():
            price += np.outer(touches, self._prices.touch[way.channel])
        gain = self._alike.weight * self._worth[REQUIRED if job.required else OPTIONAL]
        worth = gain[:, None] - price + self._alike.open[job.index, rank]
        if self._spread:
            likes = self._spread * _scattered(*worth.shape)
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

    def _beside(self, job: Job, way: Way) -> Values:
        """The minutes that a visit takes by row where drives are paid."""
        if job.index in self._alike.free:
            return np.zeros_like(self._drives)
        return self._alike.part * way.minutes * ~self._reserve.met[self._alike.account]

    @property
    def usage(self) -> Usage:
        """All that the runs take, reach and gain together."""
        weeks, touches = self._used()
        return Usage(weeks, touches, self._figures(), float(self.gains @ self._alike.count))

    @property
    def gains(self) -> Values:
        """What each row gains: the worth of its touches less their price."""
        reached = np.zeros(len(self._alike.members))
        for root in self._alike.tree.roots:
            reached += self._outlook.reach(root, 0, (root.least, root.most))[:, 0]
        return reached

    def _used(self) -> tuple[Values, Values]:
        number = int(self._horizon.week.max()) + 1
        weeks, touches = np.zeros(number), np.zeros((len(self._prices.touch), number))
        for job, way, rows, choice in self.placed():
            position, count = choice.position[rows], self._alike.count[rows]
            week = self._horizon.week[position]
            minutes, touched = self.taken(job, way)
            taken = minutes[rows]
            if way.travels:
                beside = self._beside(job, way)[rows]
                taken = np.where(self._reserve.driven[position], beside, taken)
            weeks += np.bincount(week, count * taken, number)
            touches[way.channel] += np.bincount(week, count * touched[rows], number)
        return weeks, touches

    def _figures(self) -> Values:
        figures = np.zeros(3)
        weight = self._alike.count * self._alike.weight
        for job, _, rows, choice in self.placed():
            figures[REQUIRED if job.required else OPTIONAL] += weight[rows].sum()
            figures[FLOOR] += weight[rows] @ self.makes_month(rows, choice)
        return figures

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


def _scattered(rows: int, columns: int) -> Values:
    """Numbers from 0 to 1, spread evenly over rows and columns."""
    places = np.arange(rows)[:, None] * _GOLDEN + np.arange(columns)[None, :] * _SILVER
    return np.asarray(places % 1.0)
