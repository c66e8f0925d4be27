"""The dynamic programme over one cadence: what each step is worth on each day.

A cadence is a tree, so the best dates of a run come from a dynamic programme. With `w(s, p)` the
worth of step `s` on position `p` by itself (an *offer*, less the price of its minutes), `post`
the days it is then on its way, and `c(s, g)` what the gap `g` from its anchor costs:

    best(s, p)  = w(s, p) + sum over followers t of reach(t, p + post)
    reach(t, a) = max( max over p of best(t, p) - c(t, p - a),
                       sum over followers u of t of reach(u, a) )

The second term leaves `t` out; what follows it then counts from the anchor above, its windows
added. Positions lie along the last axis. Offers of one account have no other; offers of many
alike runs have one row each, and all of them are worked out at once.
"""

from collections.abc import Callable

import numpy as np

from campaign.planner.instance.horizon import IMPOSSIBLE, Horizon, Values
from campaign.planner.instance.jobs import Job, Tree
from campaign.planner.instance.time_windows import TimeWindow

Offer = Callable[[Job, int], Values]
"""What a touch by one of its ways is worth by itself, by position; impossible where closed."""

Cost = Callable[[Job, TimeWindow, int], Values]
"""By position of an anchor, its touch some days in the post, and of the step: what the gap between
is worth, never above 0 and impossible outside the window."""


class CadenceDP:
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
        cost: Cost,
        credit: Values,
        beside: Values | None = None,
    ) -> None:
        self._tree = tree
        self._horizon = horizon
        self.cost = cost
        self._credit = credit
        self._beside = beside
        self._following: dict[tuple[int, int, TimeWindow | None], Values] = {}
        self._nothing = np.zeros(credit.shape)
        self.worth: dict[int, list[Values]] = {}
        self.best: dict[int, Values] = {}
        # Children before their parents: what follows a step is known before the step is looked at.
        for job in reversed(tree.jobs):
            worth = [
                self.following(job, way.days_in_post) + offer(job, rank)
                for rank, way in enumerate(job.ways)
            ]
            none = np.full(credit.shape, IMPOSSIBLE)
            self.worth[job.index] = worth
            self.best[job.index] = np.maximum.reduce(worth) if worth else none

    def following(self, job: Job, post: int, window: TimeWindow | None = None) -> Values:
        """What the steps after a step are worth, by the position of the anchor (0: the eve).

        The anchor's touch is `post` business days on its way. It is that step itself; where a
        `window` is given the step is left out, and the window counts from the anchor to it.
        """
        key = (job.index, post, window)
        # Most anchors are asked for again and again: by ways with the same post, and on the way
        # down.
        if key not in self._following:
            total = self._nothing
            for child in self._tree.children[job.index]:
                below = child.window if window is None else child.window.below(window)
                total = total + self.reach(child, post, below)
            self._following[key] = total
        return self._following[key]

    def reach(self, job: Job, post: int, window: TimeWindow) -> Values:
        """The best worth of a step and all below it, by the position of the anchor.

        Never below 0, as all may be left out.
        """
        cost = self.cost(job, window, post)
        placed = self._placed(job, cost) if self._credit.ndim == 1 else self._of_many(job, cost)
        return np.asarray(np.maximum(placed, self.following(job, post, window)))

    def credit_of(self, job: Job) -> Values | None:
        """What a first touch in a month is worth where a step makes it, if anything."""
        return self._credit if job.is_spine else self._beside

    def _placed(self, job: Job, cost: Values) -> Values:
        """The best of all positions of one run's step, by the position of the anchor."""
        # One matrix of anchors by positions; its row maxima answer for every anchor at once.
        values, credit = cost + self.best[job.index], self.credit_of(job)
        if credit is not None:
            values += self._horizon.is_later_month * credit
        return np.asarray(values.max(axis=1))

    def _of_many(self, job: Job, cost: Values) -> Values:
        """The same of many runs at once, the anchors of one month after those of another."""
        best, credit = self.best[job.index], self.credit_of(job)
        # A month pays once. Whether a step is the first in it depends on its anchor's month alone,
        # so anchors are taken month by month, which keeps the block of rows x anchors x positions
        # small.
        month, found, first = self._horizon.month, [], 0
        for count, number in self._horizon.stretches:
            values = best[:, first:]
            if credit is not None:
                values = values + credit[:, first:] * (month[first:] > number)
            block = values[:, None, :] + cost[first : first + count, first:]
            found.append(block.max(axis=2))
            first += count
        return np.concatenate(found, axis=1)
