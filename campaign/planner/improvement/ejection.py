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

from campaign.planner.improvement.ruin_recreate import RuinAndRecreate
from campaign.planner.insertion import fill
from campaign.planner.instance.jobs import Assignment, Job
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.solution import Solution

_ROUNDS = 3
# On how many days a touch is tried, and by the ejection of how many others, one at a time.
_DAYS, _OTHERS = 8, 4
# What others count in addition when they move: a touch as such, and one that others follow.
_A_TOUCH, _FOLLOWED = 1, 2


def eject(improver: RuinAndRecreate, accounts: Sequence[int]) -> None:
    """Give touches that are out of place a place, as long as that makes the plan better."""
    works = improver.best.problem.works
    for _ in range(_ROUNDS):
        before = improver.score
        for work in (works[account] for account in accounts):
            jobs = [job for run in work.runs for job in run.jobs if job.index != work.opening]
            waiting = [job for job in jobs if job.ways and not _is_in_place(improver.best, job)]
            # Each from the best plan so far: what was out of place may stand by now.
            for job in waiting:
                start = improver.best
                for trial in () if _is_in_place(start, job) else _trials(start, job, accounts):
                    is_possible = trial.resources.excess <= start.resources.excess
                    if trial.score > improver.score and is_possible:
                        improver.take(trial)
        if improver.score == before:
            return


def _is_in_place(solution: Solution, job: Job) -> bool:
    """Whether a touch has the day that it could keep, or none although it is not owed."""
    placed = solution.standing(job)
    if placed is None:
        return not job.required
    return not job.move or job.is_kept(placed)


def _trials(solution: Solution, job: Job, accounts: Sequence[int]) -> Iterator[Solution]:
    """The plans that come of one touch put where it is wanted, as they are tried."""
    bare, jobs = solution.copy(), solution.problem.jobs
    now = solution.standing(job)
    if now is not None:
        bare.take(now)
    for placed in _places(bare, job, is_placed=now is not None):
        way = job.ways[placed.way]
        fits = bare.resources.fits(job.account, way, placed.position)
        for others in [()] if fits else _making_way(bare, job, placed, accounts):
            trial = bare.copy()
            for other in others:
                trial.take(other)
            if not trial.resources.fits(job.account, way, placed.position):
                continue
            trial.place(placed)
            # Who made way has to find a new place.
            moved = dict.fromkeys(jobs[other.job].account for other in others)
            fill(trial, [*moved, job.account])
            stands = {row.job for account in moved for row in trial.placements[account]}
            if stands.issuperset(other.job for other in others):
                yield trial


def _places(bare: Solution, job: Job, *, is_placed: bool) -> list[Assignment]:
    """Where the touch may stand by the rules of its account: its old place, then the best.

    What has a day is only ever tried in its old place.
    """
    rules = AccountRules(
        bare.problem, bare.problem.works[job.account], bare.placements[job.account]
    )
    anchor, found = rules.anchor_of(job), []
    for rank, way in enumerate(job.ways):
        days = way.open & ~rules.closed(job, way, anchor.job)
        for position in filter(anchor.admits, days.nonzero()[0].tolist()):
            placed = Assignment(job.index, rank, position)
            is_kept, late = job.is_kept(placed), anchor.days_late(position)
            if (is_kept or not is_placed) and rules.keeps_followers(placed):
                order = (not is_kept, position < job.free_from, way.is_second, late, position)
                found.append((order, rank, placed))
    return [placed for _, _, placed in sorted(found, key=lambda one: one[:2])[:_DAYS]]


def _making_way(
    bare: Solution, job: Job, placed: Assignment, accounts: Sequence[int]
) -> Iterator[list[Assignment]]:
    """Who may make way: a few by themselves, the cheapest first, then several together."""
    resources, week = bare.resources, bare.problem.horizon.week
    way, position = job.ways[placed.way], placed.position
    cost = way.minutes + (int(resources.detours(job.account)[position]) if way.travels else 0)
    of_day = cost - int(resources.day_free[position])
    of_week = cost - int(resources.week_free[week[position]])
    at_limit = bool(resources.day_room[way.channel, position] < 1)
    needed, days = max(of_day, of_week), [position]
    if of_week > 0 and of_day <= 0 and not at_limit:
        days = (week == week[position]).nonzero()[0].tolist()
    single, small = [], []
    for price, minutes, row in _others(bare, accounts, job.account, days):
        of = bare.problem.jobs[row.job].ways[row.way]
        if at_limit and of.channel != way.channel:
            continue
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


def _others(
    bare: Solution, accounts: Sequence[int], but: int, days: Sequence[int]
) -> Iterator[tuple[int, int, Assignment]]:
    """The touches of other accounts there: what each counts if it moves, and its minutes."""
    jobs = bare.problem.jobs
    for account in accounts:
        work, rows = bare.problem.works[account], bare.placements[account]
        for row in rows if account != but else ():
            if row.position in days and not bare.stays(work, row):
                job = jobs[row.job]
                moves = job.move * job.is_kept(row) + _A_TOUCH
                moves += _FOLLOWED * any(jobs[one.job].parent == row.job for one in rows)
                yield work.weight * moves, job.ways[row.way].minutes, row
