"""What is owed before all else: grievance openings and promises.

Every promise stands on the last day that can hold it, in the order of their due days, its
account opened before; every other grievance is opened by a call if nothing better; what was
due before stands on the first day that can hold it. Then every call that can be a visit
becomes one, in some *manner*: the heaviest account first, where it adds the least to the
drives, if nothing else is said. And every promise moves to a better day if there is one,
until nothing moves.
"""

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from campaign.planner.diary import Diary
from campaign.planner.due_days import (
    can_open,
    day_alone,
    due_of,
    is_overdue,
    promise_days,
    talks,
)
from campaign.planner.horizon import Mask
from campaign.planner.ledger import Placed
from campaign.planner.problem import Problem
from campaign.planner.work import Job, Work
from campaign.planner.worth import Standing


@frozen
class Manner:
    """Who is visited first, and where: accounts by `rank`, from the lowest; days by `leaning`.

    Days lean to the least drive (0), to those where most is left (1) or least (-1). What
    stands at the `start` moves only to a better day, or becomes a visit.
    """

    rank: Sequence[float] = field(repr=False)
    leaning: int = 0
    start: tuple[Placed, ...] = ()


@frozen
class Duties:
    """A plan of what is owed, and the accounts whose grievance it cannot open."""

    standing: Standing
    dropped: frozenset[int]

    @property
    def owed(self) -> int:
        """What is kept, as the levels count it."""
        return self.standing.score[0]

    @property
    def weeks(self) -> tuple[int, ...]:
        """The minutes that each week has left."""
        return tuple(self.standing.ledger.week_free.tolist())


def heaviest_first(problem: Problem) -> Manner:
    """The heaviest account first, where it adds the least to the drives."""
    return Manner([-work.weight for work in problem.works])


def with_duties(problem: Problem, manner: Manner | None = None) -> Duties:
    """What is owed, on its days.

    Of such an account nothing is planned, so what it held is free for the others: the
    lightest is given up, and the search starts anew without it, until all others are open.
    In the end each account that was given up is tried once more.
    """
    blocked = problem.resumed.blocked if problem.resumed else frozenset()
    dropped: list[int] = sorted(blocked)
    while True:
        settling = _Settling(problem, dropped, manner or heaviest_first(problem))
        settling.begin()
        settling.settle()
        unopened = settling.unopened()
        if not unopened:
            break
        dropped.append(min(unopened, key=lambda n: (problem.works[n].weight, -n)))
    for account in reversed(dropped.copy()):
        if account not in blocked and settling.try_again(account):
            dropped.remove(account)
    return Duties(settling.standing, frozenset(dropped))


def duties_are_forced(standing: Standing) -> bool:
    """Whether no other choice of promise days or of accounts to drop was possible.

    True where every promise stands on the day it would have if it were the only one, and
    every grievance is opened: what is proved beside such duties is proved at all.
    """
    problem = standing.problem
    if problem.resumed is not None:
        return False
    empty = Standing(problem).ledger
    for work in problem.works:
        if work.opening >= 0 and _opened(standing, work) is None:
            if can_open(problem, empty, work):
                return False
            continue
        for number in work.promises:
            if day_alone(problem, empty, number) not in (None, *standing.placements[work.account]):
                return False
    return True


class _Settling:
    """Promises and openings while they find their days.

    Whatever moves later only takes room that is free, so that each move makes one duty
    better and none worse, and the moving comes to an end.
    """

    def __init__(self, problem: Problem, dropped: Sequence[int], manner: Manner) -> None:
        self._problem = problem
        self._manner = manner
        self._works = [work for work in problem.works if work.account not in dropped]
        self.standing = Standing(problem)

    def begin(self) -> None:
        """Put what stands at the start, openings before promises."""
        works = {work.account: work for work in self._works}
        for placed in sorted(self._manner.start, key=lambda placed: not self._is_opening(placed)):
            work = works.get(self._problem.jobs[placed.job].account)
            if work is None or not self._fits(work, placed):
                continue
            if self._is_opening(placed) or placed in self._days(work, placed.job):
                self._put(work, placed)

    def _is_opening(self, placed: Placed) -> bool:
        return self._problem.works[self._problem.jobs[placed.job].account].opening == placed.job

    def settle(self) -> None:
        """Promises that have a day, openings by call if possible, then every better day or way."""
        self._keep_dated(grieved=False)
        self._open_all(work for work in self._opening() if self._is_awaited(work))
        self._keep_dated(grieved=True)
        self._open_all(work for work in self._opening() if not self._is_awaited(work))
        moved = True
        while moved:
            kept = sum(self._keep(work, job) for work, job in self._promises())
            moved = kept + sum(self._open_better(work) for work in self._opening()) > 0

    def _keep_dated(self, *, grieved: bool) -> None:
        """Put promises that have their day ahead on it, before others fill it."""
        for work, number in self._promises():
            if (work.opening >= 0) is grieved and self._has_day(number):
                self._keep(work, number)

    def _is_awaited(self, work: Work) -> bool:
        """Whether a promise of a day ahead waits for the opening."""
        return any(self._has_day(number) for number in work.promises)

    def _has_day(self, number: int) -> bool:
        return not is_overdue(self._problem, number)

    def _open_all(self, works: Iterable[Work]) -> None:
        """Open grievances, first those that only a visit opens."""
        for work in sorted(works, key=lambda work: _can_call(self._problem, work)):
            self._open(work, travelling=not _can_call(self._problem, work))

    def unopened(self) -> list[int]:
        """The accounts whose grievance is not opened."""
        return [
            work.account
            for work in self._opening()
            if _opened(self.standing, work) is None and not self._was_tried(work)
        ]

    def _was_tried(self, work: Work) -> bool:
        """Whether an earlier attempt at the opening stands, so that the account is open."""
        return self._problem.jobs[work.opening].behind is not None

    def try_again(self, account: int) -> bool:
        """Open an account that was given up, if there is room now."""
        work = self._problem.works[account]
        self._works.append(work)
        if self._open(work, travelling=True) or self._open(work, travelling=False):
            self.settle()
            return True
        self._works.remove(work)
        return False

    def _opening(self) -> list[Work]:
        jobs = self._problem.jobs
        works = [w for w in self._works if w.opening >= 0 and jobs[w.opening].fact is None]
        return sorted(works, key=lambda work: (self._manner.rank[work.account], work.account))

    def _promises(self) -> list[tuple[Work, int]]:
        promises = [(work, job) for work in self._works for job in work.promises]
        return sorted(
            promises,
            key=lambda row: (
                row[1] not in row[0].recoveries,
                not self._has_day(row[1]),
                due_of(self._problem, row[1]),
                row[1],
            ),
        )

    def _keep(self, work: Work, number: int) -> bool:
        """Put a promise on a better day than now; whether there was one."""
        now = _placed(self.standing, work, number)
        days = self._days(work, number)
        return bool(days) and self._better(work, now, days)

    def _days(self, work: Work, number: int) -> list[Placed]:
        """The days of a promise, the best first; none before its account is opened."""
        opening = _opened(self.standing, work)
        is_free = number in work.recoveries or work.opening < 0 or self._was_tried(work)
        if opening is None and not is_free:
            return []
        first = opening.position if opening and not is_free else 0
        return [row for row in promise_days(self._problem, number) if row.position >= first]

    def _open_better(self, work: Work) -> bool:
        """Put a visit in the place of a call, or anything in the place of nothing."""
        now = _opened(self.standing, work)
        if now is None:
            return self._open(work, travelling=True) or self._open(work, travelling=False)
        if self._problem.jobs[work.opening].ways[now.way].travels:
            return False
        self._take_back(work, now)
        if self._open(work, travelling=True):
            return True
        self._put(work, now)
        return False

    def _better(self, work: Work, now: Placed | None, days: Sequence[Placed]) -> bool:
        """Move to the first day that holds it, among those better than now."""
        if now is not None:
            self._take_back(work, now)
        for placed in days:
            if placed == now or self._fits(work, placed):
                self._put(work, placed)
                return placed != now
        return False

    def _open(self, work: Work, *, travelling: bool) -> bool:
        """Open by a visit or by a call: where least has to move, then as the manner leans."""
        if _opened(self.standing, work) is not None:
            return False
        job = self._problem.jobs[work.opening]
        allowed = self._until_first_promise(work)
        detours = self.standing.ledger.detours(work.account)
        free, lean = self.standing.ledger.day_free, self._manner.leaning
        days = [
            (
                self._moved(job, rank, position, drive),
                lean * (drive - int(free[position])),
                drive,
                position,
                rank,
            )
            for rank, way in enumerate(job.ways)
            if way.travels == travelling and talks(self._problem, way)
            for position in (way.open & allowed).nonzero()[0].tolist()
            for drive in (int(detours[position]) if way.travels else 0,)
        ]
        for *_, position, rank in sorted(days):
            placed = Placed(job.index, rank, position)
            if self._fits(work, placed):
                self._put(work, placed)
                return True
        return False

    def _moved(self, job: Job, rank: int, position: int, drive: int) -> int:
        """What would have to move: nothing where it stood before, else minutes of others."""
        resumed, ledger, way = self._problem.resumed, self.standing.ledger, job.ways[rank]
        if resumed is None or job.is_kept(Placed(job.index, rank, position)):
            return 0
        week = self._problem.horizon.week
        here, there = resumed.stood[position], resumed.stood[week == week[position]].sum()
        over_day = here + way.minutes + drive - ledger.day_free[position]
        over_week = there + way.minutes + drive - ledger.week_free[week[position]]
        return 1 + max(0, int(over_day), int(over_week))

    def _until_first_promise(self, work: Work) -> Mask:
        """The positions on which nothing of the account comes before."""
        is_open = self._was_tried(work)
        positions = [
            row.position
            for row in self.standing.placements[work.account]
            if row not in work.settled and row.job not in work.recoveries and not is_open
        ]
        mask = self._problem.horizon.works.copy()
        mask[min(positions, default=len(mask)) + 1 :] = False
        return mask

    def _fits(self, work: Work, placed: Placed) -> bool:
        job = self._problem.jobs[placed.job]
        way = job.ways[placed.way]
        if not self.standing.ledger.fits(work.account, way, placed.position):
            return False
        if placed.job in work.promises and not work.recoveries:
            return True
        diary = Diary.of(self._problem, work, self.standing.placements[work.account])
        if placed.job in work.promises:
            return not diary.before_answer(job)[placed.position]
        return not diary.closed(job, way, job.parent)[placed.position]

    def _put(self, work: Work, placed: Placed) -> None:
        way = self._problem.jobs[placed.job].ways[placed.way]
        self.standing.ledger.enter(work.account, way, placed.position)
        self.standing.settle(work.account, (*self.standing.placements[work.account], placed))

    def _take_back(self, work: Work, placed: Placed) -> None:
        way = self._problem.jobs[placed.job].ways[placed.way]
        self.standing.ledger.take_back(work.account, way, placed.position)
        rest = tuple(row for row in self.standing.placements[work.account] if row != placed)
        self.standing.settle(work.account, rest)


def _placed(standing: Standing, work: Work, number: int) -> Placed | None:
    found = (row for row in standing.placements[work.account] if row.job == number)
    return next(found, None)


def _opened(standing: Standing, work: Work) -> Placed | None:
    return _placed(standing, work, work.opening)


def _can_call(problem: Problem, work: Work) -> bool:
    return any(not way.travels and way.open.any() for way in problem.jobs[work.opening].ways)
