"""Putting one account into the calendar by the exact programme over its cadences.

The worth of each step on each day comes from `outlook`. The rules between steps that do
not follow each other (one touch a day, the distance between touches, ceilings) are kept on
the way down, when the days are chosen.
"""

from collections.abc import Iterable

import numpy as np
from attrs import evolve

from campaign.planner.anchors import Anchor, anchor_of
from campaign.planner.diary import Diary
from campaign.planner.horizon import Days
from campaign.planner.ledger import Ledger, Placed
from campaign.planner.outlook import Offer, Outlook
from campaign.planner.problem import Problem
from campaign.planner.ranges import IMPOSSIBLE, Values
from campaign.planner.work import Job, Tree, Way, Work
from campaign.planner.worth import FLOOR, IDEAL, KEPT, PROMPT, Prices, gain


def month_credit(problem: Problem, work: Work, diary: Diary) -> Values:
    """What a first touch of an account in each position's month is worth."""
    horizon = problem.horizon
    worth = np.full(len(horizon.month_starts), FLOOR if work.has_floor else 0.0)
    worth[[0, *diary.months]] = 0.0
    return np.asarray(worth[horizon.month])


class Offers:
    """What touches of one account are worth by themselves, against what the calendar holds."""

    def __init__(self, problem: Problem, work: Work, ledger: Ledger, prices: Prices) -> None:
        self._problem = problem
        self._work = work
        self._ledger = ledger
        self._prices = prices
        self._detours: Days | None = None

    def beside(self, diary: Diary) -> Offer:
        """The offers beside what stands of the account."""

        def offer(job: Job, rank: int) -> Values:
            return self._open(job, rank, diary)

        return offer

    def _open(self, job: Job, rank: int, diary: Diary) -> Values:
        way = job.ways[rank]
        detours = self._detours_of_account() if way.travels else None
        closed = diary.closed(job, way, job.parent, ahead=True)
        opened = self._ledger.open(self._work.account, way, detours) & ~closed
        worth = gain(job, way) - self._prices.cost(way, detours, self._work.weight)
        return np.where(opened, worth + _kept(job, way, len(opened)), IMPOSSIBLE)

    def _detours_of_account(self) -> Days:
        """What a visit adds to each day's tour."""
        if self._detours is None:
            self._detours = self._ledger.detours(self._work.account)
        return self._detours


def _kept(job: Job, way: Way, size: int) -> Values:
    """What staying where it stood is worth, and keeping out of the near days."""
    kept = np.zeros(size)
    kept[: job.free_from] = -KEPT
    if job.before is not None and job.before[1] == way.channel:
        kept[job.before[0]] = KEPT
    return kept


class Insertion:
    """From the root down: days are chosen, checked against the calendar and entered."""

    def __init__(self, problem: Problem, work: Work, ledger: Ledger, prices: Prices) -> None:
        self._problem = problem
        self._work = work
        self._ledger = ledger
        self._prices = prices
        self._diary = Diary(problem, work)
        self._standing: dict[int, Placed] = {}
        self._bound: set[int] = set()

    def insert(self, kept: Iterable[Placed]) -> tuple[Placed, ...]:
        """Put every run of the account in beside what is kept (and entered already)."""
        self._diary = Diary.of(self._problem, self._work, kept)
        fixed = {placed.job: placed for placed in self._diary.placed}
        self._bound = self._above(fixed)
        for run in self._work.runs:
            self._standing.update(
                (job.index, fixed[job.index]) for job in run.jobs if job.index in fixed
            )
            if missing := tuple(job for job in run.jobs if self._is_open(job)):
                self._insert(evolve(run, jobs=missing))
        return tuple(self._diary.placed)

    def _is_open(self, job: Job) -> bool:
        return job.index not in self._standing and job.index not in self._bound

    def _insert(self, run: Tree) -> None:
        """Put in what is missing of a run: whole branches, as nothing stands below them."""
        offers = Offers(self._problem, self._work, self._ledger, self._prices)
        credit = month_credit(self._problem, self._work, self._diary)
        outlook = Outlook(run, self._problem.horizon, offers.beside(self._diary), credit)
        for job in run.jobs:
            self._place(job, outlook)

    def _above(self, jobs: Iterable[int]) -> set[int]:
        """The steps above those that stand: put in now, they would shift the windows below."""
        found: set[int] = set()
        for number in jobs:
            above = self._problem.jobs[number].parent
            while above >= 0:
                found.add(above)
                above = self._problem.jobs[above].parent
        return found

    def _place(self, job: Job, outlook: Outlook) -> None:
        placed = self._chosen(job, anchor_of(self._problem, job, self._standing), outlook)
        if placed is None:
            return
        self._standing[job.index] = placed
        self._diary.enter(placed)
        self._ledger.enter(self._work.account, job.ways[placed.way], placed.position)

    def _chosen(self, job: Job, anchor: Anchor, outlook: Outlook) -> Placed | None:
        """The best day and way that the calendar holds, None where leaving out is better."""
        without = outlook.following(job, anchor.post, anchor.gap)[anchor.day]
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
        return np.array(rows) + self._leanings(anchor)[window]

    def _leanings(self, anchor: Anchor) -> Values:
        """What speaks for each position beside the worth: months, promptness, the ideal gap."""
        places = np.arange(self._problem.horizon.size)
        leaning = month_credit(self._problem, self._work, self._diary)
        leaning = leaning - IDEAL * np.abs(places - anchor.position - anchor.ideal)
        if anchor.job < 0:
            ranks = np.minimum(self._problem.horizon.working_rank, self._diary.first_rank)
            leaning = leaning - PROMPT * ranks
        return np.asarray(leaning)
