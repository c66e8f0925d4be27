"""Putting one account into the calendar by the exact programme over its cadences.

The worth of each step on each day comes from `outlook`. The rules between steps that do
not follow each other (one touch a day, the distance between touches, ceilings) are kept on
the way down, when the days are chosen.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import evolve

from campaign.planner.anchors import anchor_of
from campaign.planner.diary import Diary
from campaign.planner.horizon import Days, Mask
from campaign.planner.outlook import Offer, Outlook
from campaign.planner.problem import Problem
from campaign.planner.ranges import IMPOSSIBLE, Values
from campaign.planner.time_windows import Anchor, TimeWindow
from campaign.planner.work import Job, Placed, Tree, Way, Work
from campaign.planner.worth import (
    COMFORT,
    FLOOR,
    IN_TIME,
    INTO_NEAR_DAYS,
    SERVICE,
    Prices,
    Standing,
    gain,
)


def month_credit(problem: Problem, work: Work, diary: Diary) -> Values:
    """What a first touch of an account in each position's month is worth."""
    horizon = problem.horizon
    worth = np.full(len(horizon.month_starts), FLOOR if work.has_floor else 0.0)
    worth[[0, *diary.months]] = 0.0
    return np.asarray(worth[horizon.month])


class Offers:
    """What touches of one account are worth by themselves, against what the calendar holds."""

    def __init__(self, standing: Standing, work: Work, prices: Prices) -> None:
        self._problem = standing.problem
        self._work = work
        self._ledger = standing.ledger
        self._prices = prices
        self._detours: Days | None = None

    def beside(self, diary: Diary) -> Offer:
        """The offers beside what stands of the account, as the calendar is now."""
        known: dict[tuple[int, int, int], tuple[Mask, Values]] = {}

        def offer(job: Job, rank: int) -> Values:
            way = job.ways[rank]
            key = way.channel, way.minutes, way.line
            if key not in known:
                known[key] = self._room_and_cost(way)
            room, cost = known[key]
            opened = way.open & room & ~diary.closed(job, way, job.parent, ahead=True)
            worth = gain(self._problem, job, way) - cost
            if job.before is not None or job.free_from:
                worth += _kept(job, way, len(opened))
            return np.where(opened, worth, IMPOSSIBLE)

        return offer

    def _room_and_cost(self, way: Way) -> tuple[Mask, Values]:
        """Where any touch by a channel has room, and what it costs there, for a weight of 1."""
        detours = self._detours_of_account() if way.travels else None
        cost = self._prices.cost(way, detours) + COMFORT * self._ledger.discomfort(way, detours)
        room = self._ledger.room(self._work.account, way, detours)
        return room, np.asarray(cost / self._work.weight)

    def _detours_of_account(self) -> Days:
        """What a visit adds to each day's tour."""
        if self._detours is None:
            self._detours = self._ledger.detours(self._work.account)
        return self._detours


def _kept(job: Job, way: Way, size: int) -> Values:
    """What staying where it stood is worth, and keeping out of the near days."""
    kept = np.zeros(size)
    kept[: job.free_from] = -SERVICE * INTO_NEAR_DAYS
    if job.before is not None and job.before[1] == way.channel:
        kept[job.before[0]] = SERVICE * job.move
    return kept


class Insertion:
    """From the root down: days are chosen, checked against the calendar and entered."""

    def __init__(self, standing: Standing, account: int, prices: Prices) -> None:
        self._problem = standing.problem
        self._solution = standing
        self._work = work = standing.problem.works[account]
        self._offers = Offers(standing, work, prices)
        self._diary = Diary.of(self._problem, work, standing.placements[account])
        self._standing: dict[int, Placed] = {}

    def insert(self, runs: Sequence[Tree] | None = None) -> None:
        """Put what is missing of every run of the account in, or of some, beside what stands."""
        fixed = {placed.job: placed for placed in self._diary.placed}
        bound = self._above(fixed).difference(self._work.promises)
        promised = self._work.promises
        self._standing.update((job, fixed[job]) for job in promised if job in fixed)
        for run in self._work.runs if runs is None else runs:
            self._standing.update(
                (job.index, fixed[job.index]) for job in run.jobs if job.index in fixed
            )
            missing = [
                job
                for job in run.jobs
                if job.index not in self._standing and job.index not in bound
            ]
            if missing:
                self._insert(evolve(run, jobs=tuple(missing)))
        for number in sorted(bound):
            if self._problem.jobs[number].fact is None and number not in self._standing:
                self._insert_above(self._problem.jobs[number])

    def _insert_above(self, job: Job) -> None:
        """Put in a step above others that stand and stay, where these may still follow it."""
        anchor = anchor_of(self._problem, job, self._standing)
        values = [self._offers.beside(self._diary)(job, rank) for rank in range(len(job.ways))]
        since = self._spread(job, anchor.window, anchor.post)[anchor.day]
        days = sorted(
            (-float(worth[position] + since[position]), position, rank)
            for rank, worth in enumerate(values)
            for position in (worth + since > IMPOSSIBLE).nonzero()[0].tolist()
        )
        for _, position, rank in days:
            placed = Placed(job.index, rank, position)
            if self._keeps_followers(job, placed) and self._may_stand(job, placed, anchor):
                self._standing[job.index] = placed
                self._diary.enter(placed)
                self._solution.place(placed)
                return

    def _may_stand(self, job: Job, placed: Placed, anchor: Anchor) -> bool:
        way = job.ways[placed.way]
        if self._diary.closed(job, way, anchor.job)[placed.position]:
            return False
        return self._solution.ledger.fits(self._work.account, way, placed.position)

    def _keeps_followers(self, job: Job, placed: Placed) -> bool:
        """Whether what stands below may stay: what is planned within its window; facts always."""
        then = {**self._standing, job.index: placed}
        for row in self._diary.placed:
            other = self._problem.jobs[row.job]
            if other.fact is None and not anchor_of(self._problem, other, then).admits(
                row.position
            ):
                return False
        return True

    def _insert(self, run: Tree) -> None:
        """Put in what is missing of a run: whole branches, as nothing stands below them."""
        credit = month_credit(self._problem, self._work, self._diary)
        offer = self._offers.beside(self._diary)
        outlook = Outlook(run, self._problem.horizon, offer, self._spread, credit)
        for job in run.jobs:
            self._place(job, outlook)

    def _spread(self, job: Job, window: TimeWindow, post: int) -> Values:
        return self._problem.gaps.spread(window, job.kind, post, self._cost)

    def _cost(self, window: TimeWindow, kind: int) -> Values:
        """By gap from the anchor, what lateness and days off the ideal take away."""
        gaps = self._problem.gaps
        days, service = gaps.late(window, kind)
        off = COMFORT * self._problem.territory.comfort.off_ideal * gaps.off_ideal(window)
        return np.asarray(gaps.open(window) - IN_TIME * days - SERVICE * service - off)

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
        if placed is not None:
            self._standing[job.index] = placed
            self._diary.enter(placed)
            self._solution.place(placed)

    def _chosen(self, job: Job, anchor: Anchor, outlook: Outlook) -> Placed | None:
        """The best day and way that the calendar holds, None where leaving out is better."""
        without = outlook.following(job, anchor.post, anchor.window)[anchor.day]
        values = self._values(job, anchor, outlook)
        while values.size:
            rank, position = divmod(int(np.argmax(values)), values.shape[1])
            if values[rank, position] <= without:
                return None
            if self._solution.ledger.fits(self._work.account, job.ways[rank], position):
                return Placed(job.index, rank, position)
            values[rank, position] = IMPOSSIBLE
        return None

    def _values(self, job: Job, anchor: Anchor, outlook: Outlook) -> Values:
        """The worth of each way (rows) and position (columns), beside what stands by now."""
        rows = [
            np.where(self._diary.closed(job, way, anchor.job), IMPOSSIBLE, worth)
            for way, worth in zip(job.ways, outlook.worth[job.index], strict=True)
        ]
        if not rows:
            return np.empty((0, 0))
        since = self._spread(job, anchor.window, anchor.post)[anchor.day]
        credit = month_credit(self._problem, self._work, self._diary)
        return np.asarray(np.array(rows) + since + credit)
