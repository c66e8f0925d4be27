"""The days on which a promise or an opening may stand, whatever else is planned."""

import datetime as dt

from campaign.planner.ledger import Ledger, Placed
from campaign.planner.problem import Problem
from campaign.planner.work import Way, Work
from campaign.rules.facts import CALL


def talks(problem: Problem, way: Way) -> bool:
    """Whether a way may open a grievance: a visit or a call."""
    return problem.channels[way.channel] in ("visit", CALL)


def can_open(problem: Problem, empty: Ledger, work: Work) -> bool:
    """Whether a grievance could be opened if nothing else were owed (`empty`)."""
    return any(
        talks(problem, way) and empty.fits(work.account, way, position)
        for way in problem.jobs[work.opening].ways
        for position in way.open.nonzero()[0].tolist()
    )


def promise_days(problem: Problem, number: int) -> list[Placed]:
    """The days of a promise, the best first; none before its account may be opened."""
    first = _first_opening(problem, number)
    positions = range(first, last_position(problem, number) + 1)
    ordered = (
        positions if due_of(problem, number) < problem.first_working_day else reversed(positions)
    )
    ranks = range(len(problem.jobs[number].ways))
    return [Placed(number, rank, position) for position in ordered for rank in ranks]


def last_position(problem: Problem, number: int) -> int:
    """The last position on which a promise may stand: up to its day; overdue, the last of all."""
    due, dates = due_of(problem, number), problem.horizon.dates
    return len(dates) if is_overdue(problem, number) else sum(date <= due for date in dates)


def _first_opening(problem: Problem, number: int) -> int:
    """The first position on which the opening may stand that a promise has to wait for."""
    work = problem.works[problem.jobs[number].account]
    if not _waits_for_opening(problem, work, number):
        return 1
    opening = problem.jobs[work.opening]
    positions = [way.open.nonzero()[0] for way in opening.ways if talks(problem, way)]
    return min((int(days[0]) for days in positions if days.size), default=1)


def _waits_for_opening(problem: Problem, work: Work, number: int) -> bool:
    """Whether a promise may only stand once its account is opened."""
    if work.opening < 0 or number in work.recoveries:
        return False
    opening = problem.jobs[work.opening]
    return opening.behind is None and opening.fact is None


def day_alone(problem: Problem, empty: Ledger, number: int) -> Placed | None:
    """Where a promise would stand if it were the only one, None where no day holds it."""
    job = problem.jobs[number]
    work = problem.works[job.account]
    if _waits_for_opening(problem, work, number) and not can_open(problem, empty, work):
        return None
    fitting = (
        placed
        for placed in promise_days(problem, number)
        if empty.fits(job.account, job.ways[placed.way], placed.position)
    )
    return next(fitting, None)


def is_overdue(problem: Problem, number: int) -> bool:
    """Whether a promise was due before the rep works again: it stands as soon as it can."""
    return due_of(problem, number) < problem.first_working_day


def due_of(problem: Problem, number: int) -> dt.date:
    """The day on which a promise is due, the first day for what is owed without one."""
    promise = problem.owed(number).promise
    return promise.due if promise else problem.territory.start
