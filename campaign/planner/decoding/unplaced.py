"""What was left out, and why: the first thing, in a fixed order, that stood in its way."""

from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen

from campaign.demand import Owed, open_days
from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Assignment, Job, Way, Work
from campaign.planner.instance.time_windows import Anchor
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.solution import Solution
from campaign.touches import ReasonCode


@frozen
class Unplaced:
    """An owed touch that has no day: the id of its row, and what stood in its way."""

    owed: Owed
    code: ReasonCode
    touch_id: str


def unplaced_of(solution: Solution, dropped: frozenset[int]) -> tuple[Unplaced, ...]:
    """What is owed and does not stand: unopened grievances first, then by weight."""
    problem, found = solution.problem, list[tuple[tuple[bool, bool, int], Unplaced]]()
    for work in problem.works:
        reasons = _Reasons(solution, work)
        stands = {placed.job for placed in solution.placements[work.account]}
        # In the order of the jobs, so that equals come out in the same order every time.
        for number in sorted({*work.jobs} - stands):
            code = reasons.code(number, unopened=work.account in dropped)
            one = Unplaced(problem.owed(number), code, problem.touch_id(number))
            is_opened = code is not ReasonCode.GRIEVANCE_UNOPENED
            found.append(((is_opened, not one.owed.step.required, -work.weight), one))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


class _Reasons:
    """Finds the reason of each job that one account's placement leaves out."""

    def __init__(self, solution: Solution, work: Work) -> None:
        self._problem, self._resources = solution.problem, solution.resources
        self._work = work
        self._rules = AccountRules(solution.problem, work, solution.placements[work.account])

    def code(self, number: int, *, unopened: bool) -> ReasonCode:
        """The reason of a job that does not stand."""
        job, owed = self._problem.jobs[number], self._problem.owed(number)
        if owed.is_refused:
            return ReasonCode.DO_NOT_CONTACT
        if unopened:
            return ReasonCode.GRIEVANCE_UNOPENED
        if not job.ways:
            return ReasonCode.NO_CONSENT
        return next(self._static(job, self._rules.anchor_of(job)), ReasonCode.CAPACITY)

    def _static(self, job: Job, anchor: Anchor) -> Iterator[ReasonCode]:
        """Each thing in its way, days left of its window fewer and fewer."""
        horizon, window = self._problem.horizon, anchor.window
        gaps = horizon.places - anchor.position
        days = (gaps >= window.least) & (gaps <= window.last) & (horizon.places > 0)
        if not days.any() and job.index not in self._work.promises:
            yield ReasonCode.AFTER_THE_END
        if not (days & horizon.works).any():
            yield ReasonCode.NO_WORKING_DAY
        is_open = days & np.logical_or.reduce([way.open for way in job.ways])
        if not is_open.any():
            yield ReasonCode.TOO_FAR if self._is_open(job, days) else ReasonCode.CLOSED
        if not any((days & way.open & self._holds(way)).any() for way in job.ways):
            # No day of the window could hold it even if it were empty.
            if all(way.travels for way in job.ways if (days & way.open).any()):
                yield ReasonCode.TOO_FAR
            yield ReasonCode.NO_TIME_ALONE
        # All its days lie before what is heard or answered first.
        is_open[: self._rules.opened_at(job)] = False
        if not is_open.any():
            yield ReasonCode.BEFORE_THE_OPENING
        if not (is_open & ~self._rules.before_answer(job)).any():
            yield ReasonCode.BEFORE_THE_ANSWER
        courteous = self._courteous(job, days, anchor)
        if not any(left.any() for _, left in courteous):
            yield ReasonCode.SELLING_TOO_EARLY if job.selling else ReasonCode.COURTESY
        # From here on only the calendar of the others is in the way: limits, then clock, then days.
        yield from self._busy(job, courteous)

    def _is_open(self, job: Job, window: Mask) -> bool:
        """Whether they are open on some day of the window, so that only the drive is too long."""
        owed, clock = self._problem.owed(job.index), self._problem.timing.clock
        positions = self._problem.horizon.positions
        return any(
            window[positions[day]] and clock.holds(positions[day], way.hours, way.minutes)
            for way in job.ways
            if way.travels
            for day in open_days(self._problem.territory, owed, self._problem.channels[way.channel])
        )

    def _courteous(self, job: Job, window: Mask, anchor: Anchor) -> list[tuple[Way, Mask]]:
        """Each way with the days that the account's own rules leave to it."""
        rules, account = self._rules, self._work.account
        if job.index in self._work.promises:
            days = window & ~rules.before_answer(job)
            days[: rules.opened_at(job)] = False
            return [(way, days & way.open & ~rules.said(job, way)) for way in job.ways]
        # What would count from it keeps no distance to it: R5 asks for none between the two.
        followers = rules.followers(Assignment(job.index, 0, 0))
        apart = evolve(job, beside=job.beside | followers.keys())
        return [
            (
                way,
                window
                & way.open
                & self._holds(way)
                & self._resources.quiet(account, way)
                & ~rules.closed(apart, way, anchor.job),
            )
            for way in job.ways
        ]

    def _busy(self, job: Job, courteous: list[tuple[Way, Mask]]) -> Iterator[ReasonCode]:
        """What of the calendar says no, where one thing alone does so on all the days left."""
        resources, account = self._resources, self._work.account
        with_minutes = with_touch = with_room = with_time = follows = stays = False
        has_followers = bool(self._rules.followers(Assignment(job.index, 0, 0)))
        for rank, (way, days) in enumerate(courteous):
            detours = resources.detours(account) if way.travels else None
            free = days & (resources.free() >= way.minutes + (0 if detours is None else detours))
            with_minutes |= bool(free.any())
            with_touch |= bool((free & resources.has_touch(way)).any())
            there = days & way.open & resources.room(account, way, detours)
            for position in there.nonzero()[0].tolist():
                has_room = resources.has_room(account, way, position)
                has_time = resources.has_time(account, way, position)
                with_room |= has_room
                with_time |= has_time
                if has_followers and has_room and has_time:
                    follows = True
                    placed = Assignment(job.index, rank, position)
                    stays |= self._rules.keeps_followers(placed)
        if with_minutes and not with_touch:
            yield ReasonCode.CHANNEL_LIMIT
        if with_room and not with_time:
            yield ReasonCode.NO_TIME_OF_DAY
        if follows and not stays:
            yield ReasonCode.BEFORE_THE_NEXT

    def _holds(self, way: Way) -> Mask:
        """The positions that could hold a touch by a way if they were empty."""
        problem, minutes = self._problem, np.array(way.minutes)
        if way.travels:
            bases = problem.nights.homes
            minutes = minutes + problem.roads.there_and_back(self._work.account, bases)
        room = problem.per_day[way.channel] > 0 and problem.per_week[way.channel] > 0
        return np.asarray((problem.horizon.day_room >= minutes) & room)
