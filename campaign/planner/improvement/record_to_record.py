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

import numpy as np
from attrs import field, frozen

from campaign.planner.improvement.ruin_recreate import RuinAndRecreate, Tick
from campaign.planner.insertion import put_in
from campaign.planner.instance.horizon import Days, Mask, Values
from campaign.planner.instance.jobs import Assignment
from campaign.planner.solution import Prices, Resources, Solution

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


@frozen
class _Move:
    """A visit that is to leave its day: the first row to be put in anew, and who goes along."""

    account: int
    visit: Assignment
    top: Assignment
    along: tuple[tuple[int, Assignment], ...] = field(converter=tuple[tuple[int, Assignment], ...])

    @property
    def rows(self) -> tuple[tuple[int, Assignment], ...]:
        """The rows to take out with all that follows them, each with its account."""
        return ((self.account, self.top), *self.along)


class RecordToRecord:
    """Searches for shorter drives from a finished plan."""

    def __init__(self, solution: Solution, accounts: Sequence[int], *, seed: int = 0) -> None:
        self.best: Solution = solution
        self._first = self._now = solution
        self._untimed = frozenset(solution.resources.untimed())
        self._problem = solution.problem
        self._accounts = accounts
        self._dice = random.Random(seed)  # noqa: S311 (the same search every time, no secret)
        self._free = Prices.flat(self._problem)
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
        move = self._move(account, self._dice.choice(visits))
        trial = self._now.copy()
        for each, row in move.rows:
            self._take_out(trial, each, row)
        added = trial.resources.detours(account)
        day = self._aim(trial, move, self._saved(trial.resources, added))
        if day is None:
            return 0
        others = self._make_room(trial, move, day, int(added[day]))
        taken = list(dict.fromkeys([account, *(each for each, _ in move.along), *others]))
        return self._put_back(trial, taken, day, worse)

    def _take_out(self, trial: Solution, account: int, row: Assignment) -> None:
        trial.remove(account, self._problem.works[account].branch(row.job))

    def _move(self, account: int, visit: Assignment) -> _Move:
        top = self._above(account, visit) if self._dice.random() < _FROM_ABOVE else None
        along = self._near(account, visit) if self._dice.random() < _ALONG else ()
        return _Move(account, visit, top or visit, along)

    def _above(self, account: int, visit: Assignment) -> Assignment | None:
        """The step before a visit if it may move; a first step stays."""
        jobs = self._problem.jobs
        parent = jobs[visit.job].parent
        if parent < 0 or jobs[parent].parent < 0:
            return None
        return next((row for row in self._movable(account) if row.job == parent), None)

    def _near(self, account: int, visit: Assignment) -> Iterator[tuple[int, Assignment]]:
        """The other visits of its day that lie near a visit."""
        legs, there = (
            self._problem.roads.legs[account + 1],
            self._now.resources.stops[visit.position],
        )
        most = legs[0] + _NEAR_MINUTES
        for other in self.visited:
            if other in there and other != account and _TIMES_NEARER * legs[other + 1] < most:
                rows = (row for row in self._visits(other) if row.position == visit.position)
                yield from ((other, row) for row in rows)

    def _aim(self, trial: Solution, move: _Move, saved: Values) -> int | None:
        """Any day to which the visit may move, the more it saves there the likelier."""
        open_days = self._window(move) & (saved > 0)
        days = [
            day
            for day in open_days.nonzero()[0].tolist()
            if day != move.visit.position and move.account not in trial.resources.stops[day]
        ]
        return self._dice.choices(days, saved[days].tolist())[0] if days else None

    def _saved(self, without: Resources, added: Days) -> Values:
        """What a visit saves of drives and days out by position, if it goes there."""
        now, rate = self._now.resources, self._problem.territory.comfort.visit
        out = int(without.without_visit().sum() - now.without_visit().sum())
        saved = now.travel - without.travel - added + rate * (out - without.without_visit())
        return np.asarray(saved)

    def _window(self, move: _Move) -> Mask:
        """The positions that a visit may come to if only what is taken out moves."""
        jobs = self._problem.jobs
        job, top = jobs[move.visit.job], jobs[move.top.job]
        solution = {row.job: row for row in self._now.placements[move.account]}
        anchor = self._problem.anchor_of(top, solution)
        first, last = (anchor.position + days for days in (anchor.window.least, anchor.window.last))
        if top is not job:
            post = top.ways[move.top.way].days_in_post
            first, last = first + post + job.window.least, last + post + job.window.last
        places = self._problem.horizon.places
        open_days = job.ways[move.visit.way].open
        return np.asarray(open_days & (places >= first) & (places <= last))

    def _make_room(self, trial: Solution, move: _Move, day: int, added: int) -> Iterator[int]:
        """Take touches out of a day as long as it has no room, and some more; whose they are."""
        jobs, resources, more = self._problem.jobs, trial.resources, self._dice.randint(0, _MORE)
        way, stops = jobs[move.visit.job].ways[move.visit.way], len(move.rows)
        week, needed = self._problem.horizon.week[day], stops * way.minutes + added
        for account, row in self._on(day, {each for each, _ in move.rows}):
            is_full = resources.day_room[way.channel, day] < stops
            is_visit = jobs[row.job].ways[row.way].travels
            free = min(resources.day_free[day], resources.week_free[week])
            # Enough room: some more go out all the same, for the rest to find a better order.
            if free >= needed and not (is_full and is_visit):
                if not more:
                    continue
                more -= 1
            self._take_out(trial, account, row)
            yield account

    def _on(self, day: int, without: set[int]) -> list[tuple[int, Assignment]]:
        """The touches of other accounts on a day that may move, shuffled; no first steps."""
        jobs, works, placements = self._problem.jobs, self._problem.works, self._now.placements
        rows = [
            (account, row)
            for account in self._accounts
            for row in placements[account]
            if row.position == day and jobs[row.job].parent >= 0 and account not in without
        ]
        rows = [(a, row) for a, row in rows if not self._now.stays(works[a], row)]
        self._dice.shuffle(rows)
        return rows

    def _put_back(self, trial: Solution, accounts: Sequence[int], day: int, worse: float) -> int:
        """Put accounts in, the first where it is to go, and go on from that; how many were."""
        prices = Prices.towards(self._problem, [day], _ELSEWHERE)
        for count, account in enumerate(accounts, start=1):
            put_in(trial, account, prices if count == 1 else self._free)
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
        more = trial.score > self.best.score
        # From the record, not from the plan of now: else it would drift away step by step.
        least = min(self._now.score[-1], self.best.score[-1] - int(worse))
        # No day may hold more, or lack a timetable, that did not in the beginning: fewer stops may
        # make a way longer, where a place is not known, or leave a day shorter spans for the rest.
        resources = trial.resources
        is_possible = resources.excess <= self._first.resources.excess
        if (
            (more or trial.score[-1] >= least)
            and is_possible
            and self._untimed.issuperset(resources.untimed())
        ):
            self._now = trial
            self.best = trial if more else self.best
