"""Insertion: one account put into the calendar, exactly over its cadences, greedily beside it.

The worth of each step on each day, with all that follows it, comes from the cadence's dynamic
programme. From the root down each step `s` takes of its ways `c` and positions `p` the best

    max over c, p of  best(s, p, c) - cost(gap from its anchor)   where it may stand and fits,

if that is worth more than to leave it out. What the programme does not know is kept on the way
down, when the days are chosen: the rules between steps that do not follow each other (one touch a
day, the distance between touches, ceilings), true tours, the clock. An insertion heuristic as
Solomon's (1987), with a whole cadence in the place of a customer.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import evolve

from campaign.planner.insertion.cadence_dp import CadenceDP, Offer
from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Mask, Values
from campaign.planner.instance.jobs import Assignment, Job, Tree
from campaign.planner.instance.time_windows import TimeWindow
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.score import (
    COMFORT,
    FLOOR,
    IN_TIME,
    INTO_NEAR_DAYS,
    SERVICE,
    Prices,
    gain,
)
from campaign.planner.solution.solution import Solution


class Insertion:
    """From the root down: days are chosen, checked against the calendar and entered."""

    def __init__(self, solution: Solution, account: int, prices: Prices | None = None) -> None:
        self._problem = problem = solution.problem
        self._solution, self._work = solution, problem.works[account]
        self._prices = prices or Prices.flat(problem)
        self._rules = AccountRules(problem, self._work, solution.placements[account])
        self._rates = IN_TIME, SERVICE, COMFORT * problem.territory.comfort.off_ideal
        self._detours: Days | None = None

    def take_over(self, wanted: Mapping[int, Assignment]) -> None:
        """Enter wanted touches beside what stands, each that may stand.

        Run by run and parents first, so that each is looked at beside the anchor it really gets.
        """
        for number in self._work.jobs:
            placed = wanted.get(number)
            # What is not allowed any more, or has no room any more, is left to insertion.
            if placed is not None and number not in self._rules.stands:
                anchor = self._rules.anchor_of(self._problem.jobs[number])
                if anchor.admits(placed.position):
                    self._place_if_it_may(placed)

    def insert(self, runs: Sequence[Tree] | None = None) -> None:
        """Put what is missing of every run of the account in, or of some, beside what stands."""
        fixed, jobs = set(self._rules.stands), self._problem.jobs
        # A step above one that stands would move the window of that one, so it comes last.
        bound = self._above(fixed).difference(self._work.promises)
        for run in self._work.runs if runs is None else runs:
            missing = [job for job in run.jobs if job.index not in fixed and job.index not in bound]
            if missing:
                # Whole branches: nothing stands below what is missing.
                offer, branch = self._offers(), evolve(run, jobs=tuple(missing))
                dp = CadenceDP(branch, self._problem.horizon, offer, self._cost, self._credit())
                for job in missing:
                    self._choose(job, dp)
        for number in sorted(bound - fixed):
            if jobs[number].fact is None:
                self._insert_above(jobs[number])

    def _above(self, jobs: Iterable[int]) -> set[int]:
        """The steps above those that stand: put in now, they would shift the windows below."""
        found: set[int] = set()
        for number in jobs:
            above = self._problem.jobs[number].parent
            while above >= 0:
                found.add(above)
                above = self._problem.jobs[above].parent
        return found

    def _offers(self) -> Offer:
        """What touches are worth by themselves beside what stands, as the calendar is now."""
        known: dict[tuple[int, int, int], tuple[Mask, Values]] = {}
        resources, account = self._solution.resources, self._work.account

        def offer(job: Job, rank: int) -> Values:
            way = job.ways[rank]
            key = way.channel, way.minutes, way.line
            if key not in known:
                # Where any touch by the channel has room, and its cost there for a weight of 1.
                if way.travels and self._detours is None:
                    self._detours = resources.detours(account)
                detours = self._detours if way.travels else None
                off = COMFORT * resources.discomfort(way, detours)
                cost = np.asarray((self._prices.cost(way, detours) + off) / self._work.weight)
                known[key] = resources.room(account, way, detours), cost
            room, cost = known[key]
            opened = way.open & room & ~self._rules.closed(job, way, job.parent, ahead=True)
            worth = gain(self._problem, job, way) - cost
            if job.before is not None or job.free_from:
                # What staying where it stood is worth, and keeping out of the near days.
                kept = np.zeros_like(worth)
                kept[: job.free_from] = -SERVICE * INTO_NEAR_DAYS
                if job.before is not None and job.before[1] == way.channel:
                    kept[job.before[0]] = SERVICE * job.move
                worth += kept
            return np.where(opened, worth, IMPOSSIBLE)

        return offer

    def _cost(self, job: Job, window: TimeWindow, post: int) -> Values:
        return self._problem.gaps.kept_cost(window, job.kind, self._rates, post)

    def _credit(self) -> Values:
        """What a first touch of the account in each position's month is worth."""
        worth = np.full(self._problem.horizon.months + 1, FLOOR if self._work.has_floor else 0.0)
        worth[[0, *self._rules.months]] = 0.0
        return np.asarray(worth[self._problem.horizon.month])

    def _choose(self, job: Job, dp: CadenceDP) -> None:
        """Enter a job on the best day and way that the calendar holds, if that is worth it."""
        anchor = self._rules.anchor_of(job)
        without = dp.left_out(job, anchor.window, (anchor.job, anchor.post), anchor.day)
        # By way (rows) and position (columns), beside what stands by now.
        rows = [
            np.where(self._rules.closed(job, way, anchor.job), IMPOSSIBLE, worth)
            for way, worth in zip(job.ways, dp.worth[job.index], strict=True)
        ]
        since = self._cost(job, anchor.window, anchor.post)[anchor.day]
        values = np.array(rows) + since + self._credit() if rows else np.empty((0, 0))
        # The programme knows the cheapest detours and no clock: of its best days the first that
        # truly fits is taken, unless to leave the step out is worth as much.
        while values.size:
            rank, position = divmod(int(np.argmax(values)), values.shape[1])
            if values[rank, position] <= without:
                return
            if self._solution.resources.fits(self._work.account, job.ways[rank], position):
                self._place(Assignment(job.index, rank, position))
                return
            values[rank, position] = IMPOSSIBLE

    def _insert_above(self, job: Job) -> None:
        """Put in a step above others that stand and stay, where these may still follow it."""
        anchor, offer = self._rules.anchor_of(job), self._offers()
        since = self._cost(job, anchor.window, anchor.post)[anchor.day]
        days = []
        for rank in range(len(job.ways)):
            worth = offer(job, rank) + since
            here = (worth > IMPOSSIBLE).nonzero()[0].tolist()
            days += [(-float(worth[position]), position, rank) for position in here]
        # The day of most worth first, until one leaves what stands below it within its window.
        for _, position, rank in sorted(days):
            placed = Assignment(job.index, rank, position)
            if self._rules.keeps_followers(placed) and self._place_if_it_may(placed):
                return

    def _place_if_it_may(self, placed: Assignment) -> bool:
        """Enter a touch where the account's rules and the calendar allow it; whether they do."""
        job, position = self._problem.jobs[placed.job], placed.position
        way, anchor = job.ways[placed.way], self._rules.anchor_of(job)
        if self._rules.closed(job, way, anchor.job)[position]:
            return False
        if not self._solution.resources.fits(self._work.account, way, position):
            return False
        self._place(placed)
        return True

    def _place(self, placed: Assignment) -> None:
        self._rules.enter(placed)
        self._solution.place(placed)


def fill(solution: Solution, accounts: Sequence[int], prices: Prices | None = None) -> None:
    """Put accounts in, one after the other; those of which nothing is missing stay."""
    # Insertion is greedy: whoever comes first has the choice of days, so the order is the search's.
    for account in accounts:
        if not is_whole(solution, account):
            Insertion(solution, account, prices).insert()


def is_whole(solution: Solution, account: int) -> bool:
    """Whether nothing is missing that an account is owed and that some channel could reach."""
    work = solution.problem.works[account]
    return len(solution.placements[account]) >= len(work.settled) + work.reachable


def heaviest_first(problem: Problem, accounts: Sequence[int]) -> list[int]:
    """Accounts with a grievance first, whose repair is owed; then by weight, then in order."""
    works = problem.works
    return sorted(accounts, key=lambda n: (works[n].opening < 0, -works[n].weight, n))
