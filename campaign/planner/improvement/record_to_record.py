"""More comfort, no level before it worse: visits move to days on which the rep is near anyway.

The search before this one puts whole accounts in, and a visit by itself seldom finds a better
day: the day on which the rep drives that way is full of calls and letters that could as well
stand elsewhere. So a move takes one visit, with what follows it, out of the plan, aims at a day
to which it would add less than it takes from its own, takes some other touches out of that day,
and puts all of them in again. First steps stay where they are: their days are the scarce ones.

A plan may become a little less comfortable on the way to a better one (record-to-record travel,
Dueck 1993). No level before gets worse than it was; what is gained of them is held.
"""

import random
from collections.abc import Callable, Iterator, Sequence

from campaign.planner.improvement.ruin_recreate import RuinAndRecreate, Tick
from campaign.planner.insertion import Insertion
from campaign.planner.instance.horizon import Days
from campaign.planner.instance.jobs import Assignment
from campaign.planner.solution.solution import Prices, Solution

# How many thousandths of a minute worse than the best a plan may be in the beginning.
_WORSE = 30_000.0
# How often the step before the visit moves too, and how often those near it go along.
_FROM_ABOVE, _ALONG = 0.4, 0.4
# Near: so many times as near as home, give or take some minutes.
_TIMES_NEARER, _NEAR_MINUTES = 3, 5
# The most touches that are taken out of a day although it has room.
_MORE = 8
# What a visit on another day than the one aimed at costs, in touches of weight 1: less than a
# day late.
_ELSEWHERE = 5e-4
# How many figures of a score come before comfort.
_BEFORE = 5

Row = tuple[int, Assignment]
"""A touch that is taken out with all that follows it, with its account."""


def shorten(improver: RuinAndRecreate, accounts: Sequence[int], effort: int, tick: Tick) -> None:
    """Drive less in the best plan of a search, with what is left of its effort.

    `accounts` may move; `tick` is told how much is spent, and the plan so far.
    """
    drives, before = RecordToRecord(improver.best, accounts), improver.spent
    try:
        drives.run(effort - before, lambda spent: tick(before + spent, drives.best))
    finally:
        improver.take(drives.best)
    tick(effort, improver.best)


class RecordToRecord:
    """Searches for shorter drives from a finished plan."""

    def __init__(self, solution: Solution, accounts: Sequence[int], *, seed: int = 0) -> None:
        self.best: Solution = solution
        self._first = self._now = solution
        self._untimed = frozenset(solution.resources.untimed())
        self._problem = solution.problem
        self._accounts = accounts
        self._dice = random.Random(seed)  # noqa: S311 (the same search every time, no secret)
        self.visited: list[int] = [account for account in accounts if self._visits(account)]

    def run(self, effort: int, tick: Callable[[int], None] = lambda _: None) -> None:
        """Try moves until so many accounts have been put in; a move is one more."""
        spent = 0
        while spent < effort and self.visited:
            # The deviation allowed shrinks to nothing, so that the end is a descent.
            worse = _WORSE * (1 - spent / effort)
            spent += 1 + self._try(self._dice.choice(self.visited), worse)
            tick(spent)

    def _movable(self, account: int) -> Iterator[Assignment]:
        """The touches of an account that may move."""
        work = self._problem.works[account]
        return (p for p in self._now.placements[account] if not self._now.stays(work, p))

    def _visits(self, account: int) -> list[Assignment]:
        jobs = self._problem.jobs
        return [p for p in self._movable(account) if jobs[p.job].ways[p.way].travels]

    def _try(self, account: int, worse: float) -> int:
        """One move of any visit of an account; how many accounts were put in."""
        visits = self._visits(account)
        if not visits:
            return 0
        visit, top = self._dice.choice(visits), None
        if self._dice.random() < _FROM_ABOVE:
            top = self._above(account, visit)
        along = self._near(account, visit) if self._dice.random() < _ALONG else []
        rows, trial = [(account, top or visit), *along], self._now.copy()
        for row in rows:
            self._take_out(trial, row)
        added = trial.resources.detours(account)
        days, saved = self._aims(trial, visit, top or visit, added)
        if not days:
            return 0
        # Any day to which the visit may move, the more it saves there the likelier.
        day = self._dice.choices(days, saved)[0]
        others = self._make_room(trial, rows, visit, day, int(added[day]))
        return self._put_back(
            trial, list(dict.fromkeys([*(each for each, _ in rows), *others])), day, worse
        )

    def _take_out(self, trial: Solution, row: Row) -> None:
        account, placed = row
        trial.remove(account, self._problem.works[account].branch(placed.job))

    def _above(self, account: int, visit: Assignment) -> Assignment | None:
        """The step before a visit if it may move; a first step stays."""
        jobs = self._problem.jobs
        parent = jobs[visit.job].parent
        if parent < 0 or jobs[parent].parent < 0:
            return None
        return next((row for row in self._movable(account) if row.job == parent), None)

    def _near(self, account: int, visit: Assignment) -> list[Row]:
        """The other visits of its day that lie near a visit."""
        legs = self._problem.roads.legs[account + 1]
        there, most = self._now.resources.stops[visit.position], legs[0] + _NEAR_MINUTES
        return [
            (other, row)
            for other in self.visited
            if other in there and other != account and _TIMES_NEARER * legs[other + 1] < most
            for row in self._visits(other)
            if row.position == visit.position
        ]

    def _aims(
        self, trial: Solution, visit: Assignment, top: Assignment, added: Days
    ) -> tuple[list[int], list[float]]:
        """The days to which a visit may move if only what is taken out moves, and what it saves.

        Saved are drives and days out.
        """
        problem, now, bare = self._problem, self._now.resources, trial.resources
        is_free, rate = bare.without_visit(), problem.territory.comfort.visit
        out = int(is_free.sum() - now.without_visit().sum())
        saved = now.travel - bare.travel - added + rate * (out - is_free)
        job, first = problem.jobs[visit.job], problem.jobs[top.job]
        stood = {row.job: row for row in self._now.placements[job.account]}
        anchor = problem.anchor_of(first, stood)
        least, last = anchor.window.least + anchor.position, anchor.window.last + anchor.position
        if first is not job:
            post = first.ways[top.way].days_in_post
            least, last = least + post + job.window.least, last + post + job.window.last
        places = problem.horizon.places
        is_aim = job.ways[visit.way].open & (places >= least) & (places <= last) & (saved > 0)
        days = [
            day
            for day in is_aim.nonzero()[0].tolist()
            if day != visit.position and job.account not in bare.stops[day]
        ]
        return days, saved[days].tolist()

    def _make_room(
        self, trial: Solution, rows: Sequence[Row], visit: Assignment, day: int, added: int
    ) -> Iterator[int]:
        """Take touches out of a day as long as it has no room, and some more; whose they are."""
        problem, resources, more = self._problem, trial.resources, self._dice.randint(0, _MORE)
        jobs, week = problem.jobs, problem.horizon.week[day]
        way, going = jobs[visit.job].ways[visit.way], {each for each, _ in rows}
        # Of other accounts what may move there, shuffled; no first steps.
        there = [
            (account, row)
            for account in self._accounts
            for row in self._now.placements[account]
            if row.position == day
            and jobs[row.job].parent >= 0
            and account not in going
            and not self._now.stays(problem.works[account], row)
        ]
        self._dice.shuffle(there)
        needed = len(rows) * way.minutes + added
        for account, row in there:
            is_full = resources.day_room[way.channel, day] < len(rows)
            is_visit = jobs[row.job].ways[row.way].travels
            free = min(resources.day_free[day], resources.week_free[week])
            # Enough room: some more go out all the same, for the rest to find a better order.
            if free >= needed and not (is_full and is_visit):
                if not more:
                    continue
                more -= 1
            self._take_out(trial, (account, row))
            yield account

    def _put_back(self, trial: Solution, accounts: Sequence[int], day: int, worse: float) -> int:
        """Put accounts in, the first where it is to go, and go on from that; how many were."""
        prices = Prices.towards(self._problem, [day], _ELSEWHERE)
        for count, account in enumerate(accounts, start=1):
            Insertion(trial, account, prices if count == 1 else None).insert()
            lacks = len(trial.placements[account]) < len(self._now.placements[account])
            # A move that loses a touch, or misses the day aimed at, is given up at once.
            if lacks or accounts[0] not in trial.resources.stops[day]:
                return count
        self._take(trial, worse)
        return len(accounts)

    def _take(self, trial: Solution, worse: float) -> None:
        """Go on from a plan that is nowhere worse before comfort, and not much worse there."""
        if trial.score[:_BEFORE] < self.best.score[:_BEFORE]:
            return
        more, resources = trial.score > self.best.score, trial.resources
        # From the record, not from the plan of now: else it would drift away step by step.
        least = min(self._now.score[-1], self.best.score[-1] - int(worse))
        # No day may hold more, or lack a timetable, that did not in the beginning: fewer stops may
        # make a way longer, where a place is not known, or leave a day shorter spans for the rest.
        if (
            (more or trial.score[-1] >= least)
            and resources.excess <= self._first.resources.excess
            and self._untimed.issuperset(resources.untimed())
        ):
            self._now = trial
            self.best = trial if more else self.best
