"""The exact programme over one cadence: what each step is worth on each day.

A cadence is a tree, so the best dates of a run come from a dynamic programme. From the
leaves up, the worth of a step on a day is its own (an *offer*, less the price of its
minutes), plus the best that its following steps can make of that day, each placed in its
window or left out; then its own following steps count from the day above.
"""

from collections.abc import Callable, Sequence

import numpy as np
from attrs import frozen

from campaign.planner.problem import Job, Problem
from campaign.planner.ranges import IMPOSSIBLE, SlidingMaximum, Values

Offer = Callable[[Job, int], Values]
"""What a touch by one of its ways is worth by itself, by position; impossible where closed."""


@frozen
class Anchors:
    """Neighbouring effective positions from `first`, in stretches of one month each.

    A stretch is how many positions it has, and the month of the days they stand for (0 is
    the eve of the start).
    """

    first: int
    stretches: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many positions there are."""
        return sum(count for count, _ in self.stretches)


class Outlook:
    """From the leaves up: the worth of each step of a run on each position.

    `credit` is what a first touch in each position's month is worth. It is given along the
    spine only, so that no month counts twice; with `everywhere` along each line, so that
    what comes out is never too little.
    """

    def __init__(
        self, problem: Problem, offer: Offer, credit: Values, *, everywhere: bool = False
    ) -> None:
        self._problem = problem
        self._offer = offer
        self._credit = credit
        self._everywhere = everywhere
        self.worth: dict[int, list[Values]] = {}
        self._best: dict[int, Values] = {}
        self._windows: dict[tuple[int, int], SlidingMaximum] = {}

    def look(self, run: Sequence[int]) -> "Outlook":
        """Work out every step of the run."""
        for number in reversed(run):
            job = self._problem.jobs[number]
            self.worth[number] = [
                self._below(job, way.days_in_post) + self._offer(job, rank)
                for rank, way in enumerate(job.ways)
            ]
            self._best[number] = self._over_ways(self.worth[number])
        return self

    def _over_ways(self, worths: list[Values]) -> Values:
        if not worths:
            return np.full(self._problem.horizon.size, IMPOSSIBLE)
        return worths[0] if len(worths) == 1 else np.maximum.reduce(worths)

    def _below(self, job: Job, days_in_post: int) -> Values:
        """What the following steps make of each position of this one."""
        anchors = Anchors(days_in_post, self._problem.horizon.stretches)
        return self.following(job, anchors, (0, 0))

    def reach(self, job: Job, anchors: Anchors, gap: tuple[int, int]) -> Values:
        """The best worth of a step and all below it, from each anchor; never below 0.

        `gap` are the business days from the anchors to the step.
        """
        if self._is_credited(job):
            placed = self._placed_by_month(job, anchors, gap)
        else:
            placed = self._window(job, 0).over(anchors.first, *gap, anchors.count)
        return np.maximum(placed, self.following(job, anchors, gap))

    def _is_credited(self, job: Job) -> bool:
        return job.is_spine or self._everywhere

    def _placed_by_month(self, job: Job, anchors: Anchors, gap: tuple[int, int]) -> Values:
        found, first = [], anchors.first
        for count, month in anchors.stretches:
            found.append(self._window(job, month).over(first, *gap, count))
            first += count
        return np.concatenate(found)

    def _window(self, job: Job, month: int) -> SlidingMaximum:
        """The best of a step's ways, with the credit of months after a month."""
        key = (job.index, month)
        if key not in self._windows:
            best = self._best[job.index]
            if self._is_credited(job):
                best = best.copy()
                later = self._problem.horizon.month_starts[month]
                best[later:] += self._credit[later:]
            self._windows[key] = SlidingMaximum(best)
        return self._windows[key]

    def following(self, job: Job, anchors: Anchors, gap: tuple[int, int]) -> Values:
        """What the steps after a step are worth where that one is left out."""
        total = np.zeros(anchors.count)
        for child in self._problem.children[job.index]:
            following = self._problem.jobs[child]
            summed = (gap[0] + following.least, gap[1] + following.most)
            total += self.reach(following, anchors, summed)
        return total
