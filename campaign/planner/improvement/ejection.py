"""Ejection: room for one touch, made by others that leave its day and find another.

When a campaign is planned on, nearly all stands where it stood. What is out of place is a touch
that has no day, or one that came to another day although it could have stayed. Each is tried by
itself where it would stand best, its old place first:

    x' = x with the touch placed, the fewest and cheapest others ejected from that day or week,
         and each of these put in again, on its next best day
    gone on from where score(x') > score(x), level by level, moves counted

Cheapest is what counts least when it moves: light accounts, touches that nothing follows, touches
that have moved already. An ejected touch always finds another day, or the trial is dropped. Single
ejections with reinsertion, as in the ejection pool of Nagata and Braysy (2009), without its
chains: what was ejected may be out of place itself, and then has its turn.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from campaign.planner.improvement.ruin_recreate import RuinAndRecreate
from campaign.planner.insertion import fill
from campaign.planner.instance.jobs import Assignment, Job
from campaign.planner.problem import Problem
from campaign.planner.solution import AccountRules, Prices, Solution

_ROUNDS = 3
# On how many days a touch is tried, and by the ejection of how many others, one at a time.
_DAYS, _OTHERS = 8, 4
# What others count in addition when they move: a touch as such, and one that others follow.
_A_TOUCH, _FOLLOWED = 1, 2


def eject(improver: RuinAndRecreate, accounts: Sequence[int]) -> None:
    """Give touches that are out of place a place, as long as that makes the plan better."""
    for _ in range(_ROUNDS):
        before = improver.score
        for account in accounts:
            for job in list(_out_of_place(improver.best, account)):
                # Each from the best plan so far: what was out of place may stand by now.
                if not _is_in_place(improver.best, job):
                    _settle(improver, job, accounts)
        if improver.score == before:
            return


def _out_of_place(solution: Solution, account: int) -> Iterator[Job]:
    """The touches of an account that have no day though owed, or not the one they could keep."""
    work = solution.problem.works[account]
    jobs = (job for run in work.runs for job in run.jobs if job.index != work.opening)
    return (job for job in jobs if job.ways and not _is_in_place(solution, job))


def _is_in_place(solution: Solution, job: Job) -> bool:
    placed = solution.standing(job)
    if placed is None:
        return not job.required
    return not job.move or job.is_kept(placed)


def _settle(improver: RuinAndRecreate, job: Job, accounts: Sequence[int]) -> None:
    start = improver.best
    for trial in _Trials(start, job, accounts).all():
        is_possible = trial.resources.excess <= start.resources.excess
        if trial.score > improver.score and is_possible:
            improver.take(trial)


@frozen(eq=False)
class _Trials:
    """The plans that come of one touch put where it is wanted."""

    solution: Solution
    job: Job
    accounts: Sequence[int]

    @property
    def _problem(self) -> Problem:
        return self.solution.problem

    def all(self) -> Iterator[Solution]:
        """The plans, as they are tried."""
        bare, job = self.solution.copy(), self.job
        if (now := self.solution.standing(job)) is not None:
            bare.take(now)
        for placed in self._places(bare):
            fits = bare.resources.fits(job.account, job.ways[placed.way], placed.position)
            for others in [()] if fits else self._others(bare, placed):
                trial = self._placed(bare, placed, others)
                if trial is not None:
                    yield trial

    def _placed(
        self, bare: Solution, placed: Assignment, others: Sequence[Assignment]
    ) -> Solution | None:
        """With the touch in its place, and others, who made way, in new ones; None without."""
        trial, job = bare.copy(), self.job
        for other in others:
            trial.take(other)
        if not trial.resources.fits(job.account, job.ways[placed.way], placed.position):
            return None
        trial.place(placed)
        moved = dict.fromkeys(self._problem.jobs[other.job].account for other in others)
        fill(trial, [*moved, job.account], Prices.flat(self._problem))
        stands = {row.job for account in moved for row in trial.placements[account]}
        return trial if stands.issuperset(other.job for other in others) else None

    def _places(self, bare: Solution) -> list[Assignment]:
        """Where the touch may stand by the rules of its account: its old place, then the best.

        What has a day is only ever tried in its old place.
        """
        problem, job = self._problem, self.job
        stood = bare.placements[job.account]
        is_placed = len(self.solution.placements[job.account]) > len(stood)
        rules = AccountRules.of(problem, problem.works[job.account], stood)
        stands = {row.job: row for row in stood}
        anchor, found = problem.anchor_of(job, stands), []
        for rank, way in enumerate(job.ways):
            closed = rules.closed(job, way, anchor.job)
            for position in (way.open & ~closed).nonzero()[0].tolist():
                placed = Assignment(job.index, rank, position)
                if (is_placed and not job.is_kept(placed)) or not anchor.admits(position):
                    continue
                if self._keeps_followers({**stands, job.index: placed}):
                    is_near = position < job.free_from
                    days = anchor.days_late(position)
                    order = (not job.is_kept(placed), is_near, way.is_second, days, position)
                    found.append((order, rank, placed))
        return [placed for _, _, placed in sorted(found, key=lambda one: one[:2])[:_DAYS]]

    def _keeps_followers(self, stands: dict[int, Assignment]) -> bool:
        """Whether all else of the account may stay with the touch in its place."""
        for row in stands.values():
            job = self._problem.jobs[row.job]
            if job.fact is None and row.job not in self._problem.works[job.account].promises:
                anchor = self._problem.anchor_of(job, stands)
                if anchor.job == self.job.index and not anchor.admits(row.position):
                    return False
        return True

    def _others(self, bare: Solution, placed: Assignment) -> Iterator[list[Assignment]]:
        """Who may make way: a few by themselves, the cheapest first, then several together."""
        needed, positions, channel = self._lacking(bare, placed)
        single, small = [], []
        for price, minutes, row in self._rows(bare, positions, channel):
            if minutes >= needed:
                single.append((price, row.job, row))
            else:
                small.append((price / max(1, minutes), row.job, minutes, row))
        for _, _, row in sorted(single, key=lambda one: one[:2])[:_OTHERS]:
            yield [row]
        together, free = [], 0
        for _, _, minutes, row in sorted(small, key=lambda one: one[:2]):
            if free < needed:
                together.append(row)
                free += minutes
        if together and free >= needed:
            yield together

    def _lacking(self, bare: Solution, placed: Assignment) -> tuple[int, range, int | None]:
        """The minutes that are missing, on which days they may come free, by which channel."""
        problem, resources = self._problem, bare.resources
        way, position = self.job.ways[placed.way], placed.position
        week = int(problem.horizon.week[position])
        minutes = way.minutes
        if way.travels:
            minutes += int(resources.detours(self.job.account)[position])
        of_day = minutes - int(resources.day_free[position])
        of_week = minutes - int(resources.week_free[week])
        at_limit = bool(resources.day_room[way.channel, position] < 1)
        days = range(position, position + 1)
        if of_week > 0 and of_day <= 0 and not at_limit:
            there = (problem.horizon.week == week).nonzero()[0]
            days = range(int(there[0]), int(there[-1]) + 1)
        return max(of_day, of_week), days, way.channel if at_limit else None

    def _rows(
        self, bare: Solution, positions: range, channel: int | None
    ) -> Iterator[tuple[int, int, Assignment]]:
        """The touches of other accounts there: what each counts if it moves, and its minutes."""
        jobs = self._problem.jobs
        for account in self.accounts:
            work, rows = self._problem.works[account], bare.placements[account]
            for row in rows if account != self.job.account else ():
                job = jobs[row.job]
                way = job.ways[row.way]
                is_there = row.position in positions and channel in (None, way.channel)
                if is_there and not bare.stays(work, row):
                    moves = job.move * job.is_kept(row) + _A_TOUCH
                    moves += _FOLLOWED * any(jobs[one.job].parent == row.job for one in rows)
                    yield work.weight * moves, way.minutes, row
