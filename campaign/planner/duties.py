"""What is owed before all else: promises on their day, then grievance openings.

Promises come first, in the order of their due days, each on the last day that can hold it.
Openings follow: each account gets a call if nothing better, then every call that can be a
visit becomes one, heaviest account first, where it adds the least to the drives.
"""

import datetime as dt
from collections.abc import Iterator

from campaign.planner.ledger import Placed
from campaign.planner.problem import Job, Mask, Problem, Work
from campaign.planner.worth import Standing


def with_duties(problem: Problem) -> tuple[Standing, frozenset[int]]:
    """A plan that holds what is owed, and the accounts whose grievance cannot be opened.

    Of such an account nothing is planned, so what it held is free for the others: the
    search starts anew without it until nothing changes. Accounts with promises of their
    own go first, since what they free may be what another lacked.
    """
    dropped: frozenset[int] = frozenset()
    while True:
        standing = Standing(problem)
        _keep_promises(standing, dropped)
        unopened = _open_grievances(standing, dropped)
        if not unopened:
            return standing, dropped
        promised = {account for account in unopened if problem.works[account].promises}
        dropped |= promised or unopened


def duties_are_forced(standing: Standing) -> bool:
    """Whether no other choice of promise days or of accounts to drop was possible.

    True where every promise stands on the day it would have if it were the only one, and
    every grievance is opened: what is proved beside such duties is proved at all.
    """
    problem = standing.problem
    empty = Standing(problem).ledger
    for work in problem.works:
        if work.opening >= 0 and _opened(standing, work) is None:
            return False
        for number in work.promises:
            job = problem.jobs[number]
            alone = (
                placed
                for placed in _promise_days(problem, job)
                if empty.fits(work.account, job.ways[placed.way], placed.position)
            )
            if next(alone, None) not in (None, *standing.placements[work.account]):
                return False
    return True


def _keep_promises(standing: Standing, dropped: frozenset[int]) -> None:
    problem = standing.problem
    promises = [
        (_due(problem, number), number, work)
        for work in problem.works
        if work.account not in dropped
        for number in work.promises
    ]
    for _, number, work in sorted(promises, key=lambda row: row[:2]):
        for placed in _promise_days(problem, problem.jobs[number]):
            if _put(standing, work, placed):
                break


def _due(problem: Problem, number: int) -> dt.date:
    promise = problem.owed(number).promise
    return promise.due if promise else problem.territory.start


def _promise_days(problem: Problem, job: Job) -> Iterator[Placed]:
    """The days of a promise, the best first."""
    due = _due(problem, job.index)
    dates = list(enumerate(problem.horizon.dates, start=1))
    if due >= problem.territory.start:
        dates = [row for row in reversed(dates) if row[1] <= due]
    for position, _ in dates:
        for rank in range(len(job.ways)):
            yield Placed(job.index, rank, position)


def _put(standing: Standing, work: Work, placed: Placed) -> bool:
    way = standing.problem.jobs[placed.job].ways[placed.way]
    if not standing.ledger.fits(work.account, way, placed.position):
        return False
    standing.ledger.enter(work.account, way, placed.position)
    standing.settle(work.account, (*standing.placements[work.account], placed))
    return True


def _open_grievances(standing: Standing, dropped: frozenset[int]) -> frozenset[int]:
    works = [
        work for work in standing.problem.works if work.opening >= 0 and work.account not in dropped
    ]
    works.sort(key=lambda work: (_can_call(standing.problem, work), -work.weight, work.account))
    for work in works:
        _open(standing, work, travelling=not _can_call(standing.problem, work))
    while sum(_turn_into_visit(standing, work) for work in works):
        pass
    return frozenset(work.account for work in works if _opened(standing, work) is None)


def _can_call(problem: Problem, work: Work) -> bool:
    return any(not way.travels and way.open.any() for way in problem.jobs[work.opening].ways)


def _opened(standing: Standing, work: Work) -> Placed | None:
    placed = [row for row in standing.placements[work.account] if row.job == work.opening]
    return placed[0] if placed else None


def _turn_into_visit(standing: Standing, work: Work) -> bool:
    """Put a visit in the place of a call, or of nothing; whether that was possible."""
    job = standing.problem.jobs[work.opening]
    before = _opened(standing, work)
    if before is not None and job.ways[before.way].travels:
        return False
    if before is not None:
        standing.ledger.take_back(work.account, job.ways[before.way], before.position)
        rest = tuple(row for row in standing.placements[work.account] if row != before)
        standing.settle(work.account, rest)
    if _open(standing, work, travelling=True):
        return True
    if before is not None:
        _put(standing, work, before)
    return False


def _open(standing: Standing, work: Work, *, travelling: bool) -> bool:
    """Open by a visit or by a call, on the day that is cheapest, then earliest."""
    job = standing.problem.jobs[work.opening]
    before_promises = _until_first_promise(standing, work)
    detours = standing.ledger.detours(work.account)
    days = [
        (int(detours[position]) if way.travels else 0, position, rank)
        for rank, way in enumerate(job.ways)
        if way.travels == travelling and _talks(standing.problem, way.channel)
        for position in (way.open & before_promises).nonzero()[0].tolist()
    ]
    return any(
        _put(standing, work, Placed(job.index, rank, position))
        for _, position, rank in sorted(days)
    )


def _talks(problem: Problem, channel: int) -> bool:
    """Whether a channel may open a grievance: a visit or a call."""
    return problem.channels[channel] in ("visit", "call")


def _until_first_promise(standing: Standing, work: Work) -> Mask:
    """The positions on which nothing of the account comes before."""
    positions = [row.position for row in standing.placements[work.account]]
    mask = standing.problem.horizon.works.copy()
    mask[min(positions, default=len(mask)) + 1 :] = False
    return mask
