"""What is owed before all else and has a day of its own: grievance openings, promises.

Each is put where it costs the least: business days late (a call in place of a visit that could
open counts five), then what a rep would give for a better day. Who is late first comes first;
then each is taken out and put in anew as long as that makes the whole better. Nothing that
follows moves them. Apologies and proofs follow in the cadence, as soon as their account is put in.
"""

from collections.abc import Iterable, Sequence

from attrs import frozen

from campaign.model.objective import CALL_FOR_VISIT
from campaign.planner.diary import Diary
from campaign.planner.problem import Problem
from campaign.planner.time_windows import Anchor
from campaign.planner.work import Job, Placed, Work
from campaign.planner.worth import COMFORT, IN_TIME, SERVICE, Standing
from campaign.rules.facts import CALL

ROUNDS = 10
"""How often all duties are put in anew at the most; two or three are usual."""


@frozen
class Duties:
    """A plan of what is owed, and the accounts whose grievance nobody can hear."""

    standing: Standing
    dropped: frozenset[int]


@frozen
class _Duty:
    work: Work
    job: Job

    @property
    def opens(self) -> bool:
        """Whether it is the opening of a grievance."""
        return self.job.index == self.work.opening


def with_duties(problem: Problem) -> Duties:
    """What is owed, on its days.

    Of an account whose grievance has no day at all nothing is planned.
    """
    blocked = problem.resumed.blocked if problem.resumed else frozenset()
    standing = Standing(problem)
    duties = sorted(_duties(problem, blocked), key=_order)
    for duty in duties:
        _settle(standing, duty)
    for _ in range(ROUNDS):
        before = standing.score
        for duty in duties:
            _settle(standing, duty)
        if standing.score <= before:
            break
    dropped = {
        duty.work.account
        for duty in duties
        if duty.opens and _placed(standing, duty) is None and duty.job.behind is None
    }
    for account in dropped:
        for placed in standing.placements[account]:
            if problem.jobs[placed.job].fact is None:
                standing.take(placed)
    return Duties(standing, frozenset(dropped | blocked))


def _duties(problem: Problem, blocked: frozenset[int]) -> Iterable[_Duty]:
    for work in problem.works:
        for number in (work.opening, *work.promises):
            if number >= 0 and problem.jobs[number].fact is None and work.account not in blocked:
                yield _Duty(work, problem.jobs[number])


def _order(duty: _Duty) -> tuple[object, ...]:
    """Answers to complaints first, openings before the promises that wait for them, by their days.

    Of openings those that only a visit makes come first: a call finds a place sooner.
    """
    work, job = duty.work, duty.job
    can_call = any(not way.travels and way.open.any() for way in job.ways)
    is_answer = job.index in work.answers
    return not is_answer, not duty.opens, can_call, job.window.due, -work.weight, job.index


def _placed(standing: Standing, duty: _Duty) -> Placed | None:
    rows = standing.placements[duty.work.account]
    return next((row for row in rows if row.job == duty.job.index), None)


def _settle(standing: Standing, duty: _Duty) -> None:
    """Put a duty on its best day, or leave it where it is."""
    now = _placed(standing, duty)
    if now is not None:
        standing.take(now)
    for _, placed in sorted(_days(standing, duty), key=lambda pair: (pair[0], pair[1].position)):
        if _fits(standing, duty, placed):
            standing.place(placed)
            return


def _days(standing: Standing, duty: _Duty) -> Iterable[tuple[float, Placed]]:
    """Every day and way of a duty, with what it costs."""
    problem, work, job = standing.problem, duty.work, duty.job
    ledger, comfort = standing.ledger, problem.territory.comfort
    anchor = Anchor(-1, 0, 0, job.window)
    for rank, way in enumerate(job.ways):
        if duty.opens and problem.channels[way.channel] not in ("visit", CALL):
            continue
        detours = ledger.detours(work.account) if way.travels else None
        added = ledger.discomfort(way, detours)
        for position in way.open.nonzero()[0].tolist():
            if not anchor.admits(position):
                continue
            placed = Placed(job.index, rank, position)
            late = anchor.days_late(position) + CALL_FOR_VISIT * way.is_instead
            off = comfort.off_ideal * work.weight * anchor.days_off(position)
            if not duty.opens:
                early = max(0, min(position - job.window.ideal, problem.promise_early))
                soon = max(0, job.window.ideal - position)
                off = comfort.early * early + comfort.off_ideal * work.weight * soon
            moved = 0.0 if job.is_kept(placed) else SERVICE * job.move
            yield IN_TIME * late + moved + COMFORT * (float(added[position]) + off), placed


def _fits(standing: Standing, duty: _Duty, placed: Placed) -> bool:
    problem, work, job = standing.problem, duty.work, duty.job
    way = job.ways[placed.way]
    rows = standing.placements[work.account]
    if not standing.ledger.fits(work.account, way, placed.position):
        return False
    diary = Diary.of(problem, work, rows)
    if diary.before_answer(job)[placed.position]:
        return False
    if duty.opens:
        return (
            not _comes_after(problem, work, rows, placed)
            and not diary.closed(job, way, job.parent)[placed.position]
        )
    return not _is_heard_later(problem, work, rows, placed)


def _comes_after(problem: Problem, work: Work, rows: Sequence[Placed], placed: Placed) -> bool:
    """Whether an opening would come after something of its account that has to wait for it."""
    if problem.jobs[placed.job].behind is not None:
        return False
    waiting = [row for row in rows if row not in work.settled and row.job not in work.recoveries]
    return any(row.position < placed.position for row in waiting)


def _is_heard_later(problem: Problem, work: Work, rows: Sequence[Placed], placed: Placed) -> bool:
    """Whether the grievance of the account would be heard after a promise to it, or never."""
    if work.opening < 0 or placed.job in work.recoveries:
        return False
    opening = problem.jobs[work.opening]
    if opening.behind is not None:
        return False
    opened = [row.position for row in rows if row.job == work.opening]
    return not opened or placed.position < opened[0]
