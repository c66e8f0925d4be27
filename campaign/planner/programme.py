"""The exact programme over one cadence, and putting one account into the calendar.

A cadence is a tree, so the best dates of a run against what is left of the calendar come
from a dynamic programme: from the leaves up, the worth of a step on each day is its own
worth less the price of its minutes, plus the best that its following steps can make of
that day, each placed in its window or left out (then its own following steps count from
the day above). The rules between steps that do not follow each other (one touch a day,
the distance between touches, ceilings) are kept on the way down, when the days are chosen.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from campaign.planner.anchors import Anchor, anchor_of
from campaign.planner.diary import Diary
from campaign.planner.ledger import Ledger, Placed
from campaign.planner.problem import Days, Job, Problem, Work
from campaign.planner.ranges import IMPOSSIBLE, SlidingMaximum, Values
from campaign.planner.worth import FLOOR, IDEAL, PROMPT, SECOND_CHOICE, Prices, gain


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
    """From the leaves up: the worth of each step of a run on each position."""

    def __init__(self, problem: Problem, work: Work, ledger: Ledger, prices: Prices) -> None:
        self._problem = problem
        self._work = work
        self._ledger = ledger
        self._prices = prices
        self._detours: Days | None = None
        self._credit = np.zeros(problem.horizon.size)
        self.worth: dict[int, list[Values]] = {}
        self._best: dict[int, Values] = {}
        self._windows: dict[tuple[int, int], SlidingMaximum] = {}

    def look(self, run: Sequence[int], diary: Diary, fixed: dict[int, Placed]) -> None:
        """Work out every step of the run."""
        self._credit = self.month_credit(diary)
        for number in reversed(run):
            job = self._problem.jobs[number]
            self.worth[number] = [
                self._by_way(job, rank, diary, fixed.get(number)) for rank in range(len(job.ways))
            ]
            self._best[number] = self._over_ways(self.worth[number])

    def month_credit(self, diary: Diary) -> Values:
        """What a first touch in each position's month is worth."""
        horizon = self._problem.horizon
        worth = np.full(len(horizon.month_starts), float(self._work.weight * FLOOR))
        worth[[0, *diary.months]] = 0.0
        return np.asarray(worth[horizon.month]) if self._work.has_floor else self._credit

    def _over_ways(self, worths: list[Values]) -> Values:
        if not worths:
            return np.full(self._problem.horizon.size, IMPOSSIBLE)
        return worths[0] if len(worths) == 1 else np.maximum.reduce(worths)

    def _by_way(self, job: Job, rank: int, diary: Diary, fixed: Placed | None) -> Values:
        way = job.ways[rank]
        below = self._below(job, way.days_in_post)
        if fixed is not None:
            alone = np.full(len(below), IMPOSSIBLE)
            if fixed.way == rank:
                alone[fixed.position] = below[fixed.position]
            return alone
        detours = self.detours() if way.travels else None
        worth = gain(job, self._work.weight) - SECOND_CHOICE * self._work.weight * way.rank
        closed = diary.closed(job, way, job.parent, ahead=True)
        opened = self._ledger.open(self._work.account, way, detours) & ~closed
        value = below + worth - self._prices.cost(way.minutes, detours)
        return np.where(opened, value, IMPOSSIBLE)

    def detours(self) -> Days:
        """What a visit adds to each day's tour."""
        if self._detours is None:
            self._detours = self._ledger.detours(self._work.account)
        return self._detours

    def _below(self, job: Job, days_in_post: int) -> Values:
        """What the following steps make of each position of this one."""
        anchors = Anchors(days_in_post, self._problem.horizon.stretches)
        return self.following(job, anchors, (0, 0))

    def reach(self, job: Job, anchors: Anchors, gap: tuple[int, int]) -> Values:
        """The best worth of a step and all below it, from each anchor; never below 0.

        `gap` are the business days from the anchors to the step.
        """
        if job.is_spine:
            placed = self._placed_by_month(job, anchors, gap)
        else:
            placed = self._window(job, 0).over(anchors.first, *gap, anchors.count)
        return np.maximum(placed, self.following(job, anchors, gap))

    def _placed_by_month(self, job: Job, anchors: Anchors, gap: tuple[int, int]) -> Values:
        found, first = [], anchors.first
        for count, month in anchors.stretches:
            found.append(self._window(job, month).over(first, *gap, count))
            first += count
        return np.concatenate(found)

    def _window(self, job: Job, month: int) -> SlidingMaximum:
        """The best of a step's ways; on the spine, with the credit of months after a month."""
        key = (job.index, month)
        if key not in self._windows:
            best = self._best[job.index]
            if job.is_spine:
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


class Insertion:
    """From the root down: days are chosen, checked against the calendar and entered."""

    def __init__(self, problem: Problem, work: Work, ledger: Ledger, prices: Prices) -> None:
        self._problem = problem
        self._work = work
        self._ledger = ledger
        self._prices = prices
        self._diary = Diary(problem, work)
        self._standing: dict[int, Placed] = {}

    def insert(self, kept: Iterable[Placed]) -> tuple[Placed, ...]:
        """Put every run of the account in beside what is kept (and entered already)."""
        self._diary = Diary.of(self._problem, self._work, kept)
        fixed = {placed.job: placed for placed in self._diary.placed}
        for run in self._work.runs:
            outlook = Outlook(self._problem, self._work, self._ledger, self._prices)
            outlook.look(run, self._diary, fixed)
            for number in run:
                self._place(self._problem.jobs[number], outlook, fixed.get(number))
        return tuple(self._diary.placed)

    def _place(self, job: Job, outlook: Outlook, fixed: Placed | None) -> None:
        anchor = anchor_of(self._problem, job, self._standing)
        placed = fixed or self._chosen(job, anchor, outlook)
        if placed is None:
            return
        self._standing[job.index] = placed
        if fixed is None:
            self._diary.enter(placed)
            self._ledger.enter(self._work.account, job.ways[placed.way], placed.position)

    def _chosen(self, job: Job, anchor: Anchor, outlook: Outlook) -> Placed | None:
        """The best day and way that the calendar holds, None where leaving out is better."""
        without = self._worth_without(job, anchor, outlook)
        values = self._values(job, anchor, outlook)
        while values.size:
            best = int(np.argmax(values))
            rank, place = divmod(best, values.shape[1])
            if values[rank, place] <= without:
                return None
            position = place + max(1, anchor.position + anchor.gap[0])
            if self._ledger.fits(self._work.account, job.ways[rank], position):
                return Placed(job.index, rank, position)
            values[rank, place] = IMPOSSIBLE
        return None

    def _worth_without(self, job: Job, anchor: Anchor, outlook: Outlook) -> float:
        alone = Anchors(anchor.position, ((1, anchor.month),))
        return float(outlook.following(job, alone, anchor.gap)[0])

    def _values(self, job: Job, anchor: Anchor, outlook: Outlook) -> Values:
        """The worth of each way (rows) and position of the window (columns)."""
        first = max(1, anchor.position + anchor.gap[0])
        last = min(self._problem.horizon.size - 1, anchor.position + anchor.gap[1])
        window = slice(first, last + 1)
        rows = [
            np.where(self._diary.closed(job, way, anchor.job), IMPOSSIBLE, worth)[window]
            for way, worth in zip(job.ways, outlook.worth[job.index], strict=True)
        ]
        if not rows or last < first:
            return np.empty((0, 0))
        return np.array(rows) + self._leanings(anchor, outlook)[window]

    def _leanings(self, anchor: Anchor, outlook: Outlook) -> Values:
        """What speaks for each position beside the worth: months, promptness, the ideal gap."""
        places = np.arange(self._problem.horizon.size)
        leaning = outlook.month_credit(self._diary)
        leaning = leaning - IDEAL * np.abs(places - anchor.position - anchor.ideal)
        if anchor.job < 0:
            ranks = np.minimum(self._problem.horizon.working_rank, self._diary.first_rank)
            leaning = leaning - PROMPT * self._work.weight * ranks
        return np.asarray(leaning)
