"""Insertion: one account put into the calendar, exactly over its cadences, greedily beside it.

The worth of each step on each day, with all that follows it, comes from the cadence's dynamic
programme. From the root down each step `s` takes of its ways `c` and positions `p` the best

    max over c, p of  best(s, p, c) - cost(gap from its anchor)   where it may stand and fits,

if that is worth more than to leave it out. What the programme does not know is kept on the way
down, when the days are chosen: the rules between steps that do not follow each other (one touch a
day, the distance between touches, ceilings), true tours, the clock. An insertion heuristic as
Solomon's (1987), with a whole cadence in the place of a customer.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import evolve

from campaign.planner.insertion.cadence_dp import CadenceDP, Offer
from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Mask, Values
from campaign.planner.instance.jobs import Assignment, Job, Tree, Way, Work
from campaign.planner.instance.time_windows import Anchor, TimeWindow
from campaign.planner.problem import Problem
from campaign.planner.solution import (
    COMFORT,
    FLOOR,
    IN_TIME,
    INTO_NEAR_DAYS,
    SERVICE,
    AccountRules,
    Prices,
    Solution,
    gain,
)


def month_credit(problem: Problem, work: Work, rules: AccountRules) -> Values:
    """What a first touch of an account in each position's month is worth."""
    horizon = problem.horizon
    worth = np.full(horizon.months + 1, FLOOR if work.has_floor else 0.0)
    worth[[0, *rules.months]] = 0.0
    return np.asarray(worth[horizon.month])


class TouchOffers:
    """What touches of one account are worth by themselves, against what the calendar holds."""

    def __init__(self, solution: Solution, work: Work, prices: Prices) -> None:
        self._problem = solution.problem
        self._work = work
        self._resources = solution.resources
        self._prices = prices
        self._detours: Days | None = None

    def beside(self, rules: AccountRules) -> Offer:
        """The offers beside what stands of the account, as the calendar is now."""
        known: dict[tuple[int, int, int], tuple[Mask, Values]] = {}

        def offer(job: Job, rank: int) -> Values:
            way = job.ways[rank]
            key = way.channel, way.minutes, way.line
            if key not in known:
                # Where any touch by the channel has room, and its cost there for a weight of 1.
                if way.travels and self._detours is None:
                    self._detours = self._resources.detours(self._work.account)
                detours = self._detours if way.travels else None
                off = COMFORT * self._resources.discomfort(way, detours)
                cost = np.asarray((self._prices.cost(way, detours) + off) / self._work.weight)
                known[key] = self._resources.room(self._work.account, way, detours), cost
            room, cost = known[key]
            opened = way.open & room & ~rules.closed(job, way, job.parent, ahead=True)
            worth = gain(self._problem, job, way) - cost
            if job.before is not None or job.free_from:
                worth += _kept(job, way, len(opened))
            return np.where(opened, worth, IMPOSSIBLE)

        return offer


def _kept(job: Job, way: Way, size: int) -> Values:
    """What staying where it stood is worth, and keeping out of the near days."""
    kept = np.zeros(size)
    kept[: job.free_from] = -SERVICE * INTO_NEAR_DAYS
    if job.before is not None and job.before[1] == way.channel:
        kept[job.before[0]] = SERVICE * job.move
    return kept


class Insertion:
    """From the root down: days are chosen, checked against the calendar and entered."""

    def __init__(self, solution: Solution, account: int, prices: Prices) -> None:
        self._problem = solution.problem
        self._solution = solution
        self._work = work = solution.problem.works[account]
        self._offers = TouchOffers(solution, work, prices)
        self._rules = AccountRules.of(self._problem, work, solution.placements[account])
        self._stands: dict[int, Assignment] = {}

    def insert(self, runs: Sequence[Tree] | None = None) -> None:
        """Put what is missing of every run of the account in, or of some, beside what stands."""
        fixed = {placed.job: placed for placed in self._rules.placed}
        # A step above one that stands would move the window of that one, so it comes last.
        bound = self._above(fixed).difference(self._work.promises)
        promised = self._work.promises
        self._stands.update((job, fixed[job]) for job in promised if job in fixed)
        for run in self._work.runs if runs is None else runs:
            self._stands.update(
                (job.index, fixed[job.index]) for job in run.jobs if job.index in fixed
            )
            missing = [
                job for job in run.jobs if job.index not in self._stands and job.index not in bound
            ]
            if missing:
                # Whole branches: nothing stands below what is missing.
                credit = month_credit(self._problem, self._work, self._rules)
                offer, branch = self._offers.beside(self._rules), evolve(run, jobs=tuple(missing))
                dp = CadenceDP(branch, self._problem.horizon, offer, self._spread, credit)
                for job in missing:
                    self._place(job, dp)
        for number in sorted(bound):
            if self._problem.jobs[number].fact is None and number not in self._stands:
                self._insert_above(self._problem.jobs[number])

    def _insert_above(self, job: Job) -> None:
        """Put in a step above others that stand and stay, where these may still follow it."""
        anchor = self._problem.anchor_of(job, self._stands)
        values = [self._offers.beside(self._rules)(job, rank) for rank in range(len(job.ways))]
        since = self._spread(job, anchor.window, anchor.post)[anchor.day]
        days = sorted(
            (-float(worth[position] + since[position]), position, rank)
            for rank, worth in enumerate(values)
            for position in (worth + since > IMPOSSIBLE).nonzero()[0].tolist()
        )
        # The day of most worth first, until one leaves what stands below it within its window.
        for _, position, rank in days:
            placed = Assignment(job.index, rank, position)
            then = {**self._stands, job.index: placed}
            others = ((self._problem.jobs[row.job], row.position) for row in self._rules.placed)
            # What is planned below stays only within its window from there; facts always stay.
            keeps_followers = all(
                self._problem.anchor_of(other, then).admits(there)
                for other, there in others
                if other.fact is None
            )
            if keeps_followers and self._may_stand(job, placed, anchor):
                self._stands[job.index] = placed
                self._rules.enter(placed)
                self._solution.place(placed)
                return

    def _may_stand(self, job: Job, placed: Assignment, anchor: Anchor) -> bool:
        way = job.ways[placed.way]
        if self._rules.closed(job, way, anchor.job)[placed.position]:
            return False
        return self._solution.resources.fits(self._work.account, way, placed.position)

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

    def _place(self, job: Job, dp: CadenceDP) -> None:
        placed = self._chosen(job, self._problem.anchor_of(job, self._stands), dp)
        if placed is not None:
            self._stands[job.index] = placed
            self._rules.enter(placed)
            self._solution.place(placed)

    def _chosen(self, job: Job, anchor: Anchor, dp: CadenceDP) -> Assignment | None:
        """The best day and way that the calendar holds, None where leaving out is better."""
        without = dp.left_out(job, anchor.window, (anchor.job, anchor.post), anchor.day)
        values = self._values(job, anchor, dp)
        # The programme knows the cheapest detours and no clock: of its best days the first that
        # truly fits is taken, unless to leave the step out is worth as much.
        while values.size:
            rank, position = divmod(int(np.argmax(values)), values.shape[1])
            if values[rank, position] <= without:
                return None
            if self._solution.resources.fits(self._work.account, job.ways[rank], position):
                return Assignment(job.index, rank, position)
            values[rank, position] = IMPOSSIBLE
        return None

    def _values(self, job: Job, anchor: Anchor, dp: CadenceDP) -> Values:
        """The worth of each way (rows) and position (columns), beside what stands by now."""
        rows = [
            np.where(self._rules.closed(job, way, anchor.job), IMPOSSIBLE, worth)
            for way, worth in zip(job.ways, dp.worth[job.index], strict=True)
        ]
        if not rows:
            return np.empty((0, 0))
        since = self._spread(job, anchor.window, anchor.post)[anchor.day]
        credit = month_credit(self._problem, self._work, self._rules)
        return np.asarray(np.array(rows) + since + credit)


def put_in(solution: Solution, account: int, prices: Prices) -> None:
    """Put an account's open touches in, beside what stands for it."""
    Insertion(solution, account, prices).insert()


def fill(solution: Solution, accounts: Sequence[int], prices: Prices) -> None:
    """Put accounts in, one after the other; those of which nothing is missing stay."""
    # Insertion is greedy: whoever comes first has the choice of days, so the order is the search's.
    for account in accounts:
        if not is_whole(solution, account):
            put_in(solution, account, prices)


def is_whole(solution: Solution, account: int) -> bool:
    """Whether nothing is missing that an account is owed and that some channel could reach."""
    work = solution.problem.works[account]
    return len(solution.placements[account]) >= len(work.settled) + work.reachable


def heaviest_first(problem: Problem, accounts: Sequence[int]) -> list[int]:
    """Accounts with a grievance first, whose repair is owed; then by weight, then in order."""
    works = problem.works
    return sorted(accounts, key=lambda n: (works[n].opening < 0, -works[n].weight, n))
