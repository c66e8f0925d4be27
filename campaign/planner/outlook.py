"""The exact programme over one cadence: what each step is worth on each day.

A cadence is a tree, so the best dates of a run come from a dynamic programme. From the
leaves up, the worth of a step on a day is its own (an *offer*, less the price of its
minutes), plus the best that its following steps can make of that day, each placed in its
window or left out; then its own following steps count from the day above.

Positions lie along the last axis. Offers of one account have no other; offers of many
alike runs have one row each, and all of them are worked out at once.
"""

from collections.abc import Callable

import numpy as np

from campaign.planner.horizon import Horizon
from campaign.planner.ranges import IMPOSSIBLE, SlidingMaximum, Values
from campaign.planner.work import Job, Tree

Offer = Callable[[Job, int], Values]
"""What a touch by one of its ways is worth by itself, by position; impossible where closed."""

Gap = tuple[int, int]


class Outlook:
    """From the leaves up: the worth of each step of a run on each position.

    `credit` is what a first touch in each position's month is worth. It is given along the
    spine only, so that no month counts twice; `beside` is what it is worth along the other
    lines, if anything.
    """

    def __init__(
        self,
        tree: Tree,
        horizon: Horizon,
        offer: Offer,
        credit: Values,
        beside: Values | None = None,
    ) -> None:
        self._tree = tree
        self._horizon = horizon
        self._credit = credit
        self._beside = beside
        self._windows: dict[tuple[int, int], SlidingMaximum] = {}
        self._stacks: dict[int, SlidingMaximum] = {}
        self._following: dict[tuple[int, int, Gap], Values] = {}
        self._nothing = np.zeros(credit.shape)
        self.worth: dict[int, list[Values]] = {}
        self.best: dict[int, Values] = {}
        for job in reversed(tree.jobs):
            worth = [
                self.following(job, way.days_in_post, (0, 0)) + offer(job, rank)
                for rank, way in enumerate(job.ways)
            ]
            self.worth[job.index], self.best[job.index] = worth, self._over_ways(worth)

    def _over_ways(self, worth: list[Values]) -> Values:
        if not worth:
            return np.full(self._credit.shape, IMPOSSIBLE)
        return worth[0] if len(worth) == 1 else np.maximum.reduce(worth)

    def following(self, job: Job, post: int, gap: Gap) -> Values:
        """What the steps after a step are worth where that one is left out.

        By the position of the anchor, the placed step above (0: the eve), whose touch is
        `post` business days on its way; `gap` are those from there to the step itself.
        """
        key = (job.index, post, gap)
        if key not in self._following:
            total = self._nothing
            for child in self._tree.children[job.index]:
                summed = (gap[0] + child.least, gap[1] + child.most)
                total = total + self.reach(child, post, summed)
            self._following[key] = total
        return self._following[key]

    def reach(self, job: Job, post: int, gap: Gap) -> Values:
        """The best worth of a step and all below it, by the position of the anchor.

        Never below 0, as all may be left out.
        """
        credit = self.credit_of(job)
        if credit is not None and credit.ndim == 1:
            placed = self._placed_in_any_month(job, post, gap, credit)
        elif credit is not None:
            placed = self._placed_by_month(job, post, gap)
        else:
            placed = self._window(job, 0).over(post, *gap, self._horizon.size)
        return np.asarray(np.maximum(placed, self.following(job, post, gap)))

    def credit_of(self, job: Job) -> Values | None:
        """What a first touch in a month is worth where a step makes it, if anything."""
        return self._credit if job.is_spine else self._beside

    def _placed_by_month(self, job: Job, post: int, gap: Gap) -> Values:
        found, first = [], post
        for count, month in self._horizon.stretches:
            found.append(self._window(job, month).over(first, *gap, count))
            first += count
        return np.concatenate(found, axis=-1)

    def _placed_in_any_month(self, job: Job, post: int, gap: Gap, credit: Values) -> Values:
        """The same of one account, whose few numbers are sooner worked out for all months."""
        if job.index not in self._stacks:
            best = self.best[job.index] + self._horizon.after_month * credit
            self._stacks[job.index] = SlidingMaximum(best)
        found = self._stacks[job.index].over(post, *gap, self._horizon.size)
        return np.asarray(found[self._horizon.month, self._horizon.places])

    def _window(self, job: Job, month: int) -> SlidingMaximum:
        """The best of a step's ways, with the credit of months after a month."""
        key = (job.index, month)
        if key not in self._windows:
            best = self.best[job.index]
            credit = self.credit_of(job)
            if credit is not None:
                best = best.copy()
                later = self._horizon.month_starts[month]
                best[..., later:] += credit[..., later:]
            self._windows[key] = SlidingMaximum(best)
        return self._windows[key]
