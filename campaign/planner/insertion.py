"""Insertion: one account put into the calendar, exactly over its cadences, greedily beside it.

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

From the root down each step `s` takes of its ways `c` and positions `p` the best

    max over c, p of  best(s, p, c) - cost(gap from its anchor)   where it may stand and fits,

if that is worth more than to leave it out. What the programme does not know is kept on the way
down, when the days are chosen: the rules between steps that do not follow each other (one touch a
day, the distance between touches, ceilings), true tours, the clock. An insertion heuristic as
Solomon's (1987), with a whole cadence in the place of a customer.

A warm start takes over a plan made before, as far as the rules and the calendar still allow it.
"""

from collections.abc import Callable, Mapping, Sequence
from types import EllipsisType

import numpy as np
from attrs import evolve

from campaign.planner.instance.horizon import IMPOSSIBLE, Days, Horizon, Mask, Values
from campaign.planner.instance.jobs import Assignment, Job, TimeWindow, Tree
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.solution import (
    COMFORT,
    FLOOR,
    IN_TIME,
    INTO_NEAR_DAYS,
    OWED,
    REQUIRED,
    SERVICE,
    Prices,
    Solution,
)
from campaign.touches import Plan

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
        self._tree, self._horizon = tree, horizon
        self.cost: Cost = cost
        self.credit: Values = credit
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

    @property
    def gain(self) -> Values:
        """The best worth of all steps: of each first one and all below it."""
        roots = (job for job in self._tree.jobs if job.parent < 0)
        # Roots count from the eve, the only anchor that every row has.
        reached = np.zeros(self.credit.shape[:-1])
        for root in roots:
            reached = reached + self._reach(root, 0, root.window, EVE)[..., 0]
        return reached

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
        of = self._of_one if self.credit.ndim == 1 else self._of_many
        cost = self.cost
        return np.asarray(np.maximum(of(job, cost(job, window, post), anchors), without))

    def _of_one(self, job: Job, cost: Values, anchors: slice) -> Values:
        """The best of all positions of one run's step, by the position of the anchor."""
        # One matrix of anchors by positions; its row maxima answer for every anchor at once.
        here = slice(self._first[job.index], None)
        values = cost[anchors, here] + self.best[job.index][here]
        if job.is_spine:
            if self._later is None:
                month = self._horizon.month
                self._later = (month > month[:, None]) * self.credit
            values += self._later[anchors, here]
        return np.asarray(values.max(axis=1))

    def _of_many(self, job: Job, cost: Values, anchors: slice) -> Values:
        """The same of many runs at once, the anchors of one month after those of another."""
        # A month pays once. Whether a step is the first in it depends on its anchor's month alone,
        # so anchors are taken month by month, which keeps the block of rows x anchors x positions
        # small.
        month, found = self._horizon.month, []
        since, until, _ = anchors.indices(self._horizon.size)
        for number in range(self._horizon.months + 1):
            begin, end = np.searchsorted(month, (number, number + 1)).tolist()
            first, last = max(begin, since), min(end, until)
            if first >= last:
                continue
            here = slice(max(first, self._first[job.index]), None)
            values = self.best[job.index][:, here]
            if job.is_spine:
                values = values + self.credit[:, here] * (month[here] > number)
            found.append((values[:, None, :] + cost[first:last, here]).max(axis=2))
        return np.concatenate(found, axis=1)


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
        bound = set[int]()
        for number in fixed:
            above = jobs[number].parent
            while above >= 0:
                bound.add(above)
                above = jobs[above].parent
        bound -= fixed.union(self._work.promises)
        for run in self._work.runs if runs is None else runs:
            missing = [job for job in run.jobs if job.index not in fixed and job.index not in bound]
            if missing:
                # Whole branches: nothing stands below what is missing.
                offer, branch = self._offers(), evolve(run, jobs=tuple(missing))
                dp = CadenceDP(branch, self._problem.horizon, offer, self._cost, self._credit())
                for job in missing:
                    self._choose(job, dp)
        for number in sorted(bound):
            if jobs[number].fact is None:
                self._insert_above(jobs[number])

    def _offers(self) -> Offer:
        """What touches are worth by themselves beside what stands, as the calendar is now."""
        known: dict[tuple[int, int, int], tuple[Mask, Values]] = {}
        resources, account = self._solution.resources, self._work.account

        def _offer(job: Job, rank: int) -> Values:
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
            # What it is worth by itself, for a weight of 1.
            served = self._problem.gaps.served(required=job.required, is_second=way.is_second)
            worth = OWED * job.is_duty + REQUIRED * job.required + SERVICE * served - cost
            if job.before is not None or job.free_from:
                # What staying where it stood is worth, and keeping out of the near days.
                kept = np.zeros_like(worth)
                kept[: job.free_from] = -SERVICE * INTO_NEAR_DAYS
                if job.before is not None and job.before[1] == way.channel:
                    kept[job.before[0]] = SERVICE * job.move
                worth += kept
            return np.where(opened, worth, IMPOSSIBLE)

        return _offer

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


def take_over(
    solution: Solution, wanted: Mapping[int, Assignment], accounts: Sequence[int]
) -> None:
    """Enter wanted touches beside what stands, account by account, each that may stand."""
    for account in accounts:
        Insertion(solution, account).take_over(wanted)


def as_it_stood(problem: Problem, wanted: Mapping[int, Assignment]) -> Solution | None:
    """Every touch of a campaign that has begun where it stood before.

    None where one cannot stand there any more, or where something is owed now that had neither a
    day nor a reason to have none.
    """
    resumed, solution = problem.resumed, Solution(problem)
    if resumed is None or resumed.blocked:
        return None
    known = resumed.begun.left_out
    for job, opened in resumed.opened.items():
        if job not in wanted and opened.touch_id not in known and problem.jobs[job].ways:
            return None
    facts = sum(map(len, solution.placements))
    take_over(solution, wanted, range(len(problem.works)))
    is_whole = sum(map(len, solution.placements)) == facts + len(wanted)
    return solution if is_whole else None


def wanted_by(problem: Problem, hint: Plan) -> dict[int, Assignment]:
    """The touches of a plan as placements, by job."""
    positions, found = problem.horizon.positions, dict[int, Assignment]()
    opened = range(len(problem.demand.owed)) if problem.resumed is None else problem.resumed.opened
    numbers = {problem.touch_id(number): number for number in opened}
    for touch in hint.touches:
        number, position = numbers.get(touch.touch_id, -1), positions.get(touch.date, 0)
        ways = problem.jobs[number].ways if number >= 0 and position else ()
        for rank, way in enumerate(ways):
            if problem.channels[way.channel] == touch.channel:
                found[number] = Assignment(number, rank, position)
    return found
