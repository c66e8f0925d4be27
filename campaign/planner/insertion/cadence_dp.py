"""The dynamic programme over one cadence: what each step is worth on each day.

A cadence is a tree, so the best dates of a run come from a dynamic programme. With `w(s, p)` the
worth of step `s` on position `p` by itself (an *offer*, less the price of its minutes), `post`
the days it is then on its way, and `c(s, g)` what the gap `g` from its anchor costs:

    best(s, p)  = w(s, p) + sum over followers t of reach(t, p + post)
    reach(t, a) = max( max over p of best(t, p) - c(t, p - a),
                       sum over followers u of t of reach(u, a) )

The second term leaves `t` out; what follows it then counts from the anchor above, its windows
added. No step stands before the sum of the least gaps down to it, so neither positions nor
anchors before that are looked at; what counts from the start has one anchor. Positions lie along
the last axis. Offers of one account have no other; offers of many alike runs have one row each,
and all of them are worked out at once.
"""

from collections.abc import Callable
from types import EllipsisType

import numpy as np

from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Horizon, Values
from campaign.planner.instance.jobs import Job, Tree
from campaign.planner.instance.time_windows import TimeWindow

Offer = Callable[[Job, int], Values]
"""What a touch by one of its ways is worth by itself, by position; impossible where closed."""

Cost = Callable[[Job, TimeWindow, int], Values]
"""By position of an anchor, its touch some days in the post, and of the step: what the gap between
is worth, never above 0 and impossible outside the window."""

EVE = slice(0, 1)
"""The anchors of what counts from the start."""


class CadenceDP:
    """From the leaves up: the worth of each step of a run on each position.

    `credit` is what a first touch in each position's month is worth. It is given along the
    spine only, so that no month counts twice.
    """

    def __init__(
        self, tree: Tree, horizon: Horizon, offer: Offer, cost: Cost, credit: Values
    ) -> None:
        self._tree, self._horizon, self.cost, self.credit = tree, horizon, cost, credit
        self._following: dict[object, Values] = {}
        self._later: Values | None = None
        self._first: dict[int, int] = {}
        for job in tree.jobs:
            self._first[job.index] = self._first.get(job.parent, 0) + job.window.least
        self.worth: dict[int, list[Values]] = {}
        self.best: dict[int, Values] = {}
        # Children before their parents: what follows a step is known before the step is looked at.
        for job in reversed(tree.jobs):
            worth = [offer(job, rank) for rank in range(len(job.ways))]
            own = self._anchors(job.index)
            for way, values in zip(job.ways, worth, strict=True):
                values[..., own] += self._below(job, way.days_in_post, None, own)
            # Most steps have one way: there is nothing to take the best of, and nothing to copy.
            best = worth[0] if worth else np.full(credit.shape, IMPOSSIBLE)
            self.worth[job.index] = worth
            self.best[job.index] = np.maximum.reduce(worth) if len(worth) > 1 else best

    def _anchors(self, number: int) -> slice:
        """The positions on which a step of the run may stand; the eve for what is none of it."""
        return slice(self._first[number], None) if number in self._first else EVE

    def left_out(
        self,
        job: Job,
        window: TimeWindow,
        anchor: tuple[int, int],
        day: int | Days,
        rows: Days | EllipsisType = ...,
    ) -> Values:
        """What the steps after a step are worth if it is left out.

        The `window` counts from the `day` of the anchor, by row: that is a step, -1 for the
        start, and the days that its touch is in the post.
        """
        number, post = anchor
        anchors = self._anchors(number)
        if number not in self._first and isinstance(day, int):
            anchors = slice(day, day + 1)
        return np.asarray(self._below(job, post, window, anchors)[rows, day - anchors.start])

    def of_root(self, root: Job) -> Values:
        """The best worth of a first step and all below it."""
        return np.asarray(self._reach(root, 0, root.window, EVE)[..., 0])

    def _below(self, job: Job, post: int, window: TimeWindow | None, anchors: slice) -> Values:
        """What the steps after a step are worth, by the position of the anchor (0: the eve).

        The anchor's touch is `post` business days on its way. It is that step itself; where a
        `window` is given the step is left out, and the window counts from the anchor to it.
        """
        # Most anchors are asked for again and again: by ways with the same post, and on the way
        # down.
        key = (job.index, post, window, anchors.start, anchors.stop)
        if key not in self._following:
            total = np.zeros(self.credit.shape)[..., anchors]
            for child in self._tree.children[job.index]:
                below = child.window if window is None else child.window.below(window)
                total += self._reach(child, post, below, anchors)
            self._following[key] = total
        return self._following[key]

    def _reach(self, job: Job, post: int, window: TimeWindow, anchors: slice) -> Values:
        """The best worth of a step and all below it, by the position of the anchor.

        Never below 0, as all may be left out.
        """
        without = self._below(job, post, window, anchors)
        if self._first[job.index] >= self._horizon.size:
            return without
        of, cost = self._of_one if self.credit.ndim == 1 else self._of_many, self.cost
        return np.asarray(np.maximum(of(job, cost(job, window, post), anchors), without))

    def _of_one(self, job: Job, cost: Values, anchors: slice) -> Values:
        """The best of all positions of one run's step, by the position of the anchor."""
        # One matrix of anchors by positions; its row maxima answer for every anchor at once.
        here = slice(self._first[job.index], None)
        values = cost[anchors, here] + self.best[job.index][here]
        if job.is_spine:
            if self._later is None:
                self._later = self._horizon.is_later_month * self.credit
            values += self._later[anchors, here]
        return np.asarray(values.max(axis=1))

    def _of_many(self, job: Job, cost: Values, anchors: slice) -> Values:
        """The same of many runs at once, the anchors of one month after those of another."""
        # A month pays once. Whether a step is the first in it depends on its anchor's month alone,
        # so anchors are taken month by month, which keeps the block of rows x anchors x positions
        # small.
        month, found, begin = self._horizon.month, [], 0
        since, until, _ = anchors.indices(self._horizon.size)
        for count, number in self._horizon.stretches:
            first, last = max(begin, since), min(begin + count, until)
            begin += count
            if first >= last:
                continue
            here = slice(max(first, self._first[job.index]), None)
            values = self.best[job.index][:, here]
            if job.is_spine:
                values = values + self.credit[:, here] * (month[here] > number)
            found.append((values[:, None, :] + cost[first:last, here]).max(axis=2))
        return np.concatenate(found, axis=1)
