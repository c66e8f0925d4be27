"""What was left out, and why: the first thing, in a fixed order, that stood in its way."""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import evolve, frozen

from campaign.demand import Owed, open_days
from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Assignment, Job, Way, Work
from campaign.planner.instance.time_windows import Anchor, TimeWindow
from campaign.planner.solution import AccountRules, Solution
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
        placement = solution.placements[work.account]
        self._problem = solution.problem
        self._resources = solution.resources
        self._work = work
        self._rules = AccountRules.of(solution.problem, work, placement)
        self._stands = {placed.job: placed for placed in placement}

    def code(self, number: int, *, unopened: bool) -> ReasonCode:
        """The reason of a job that does not stand."""
        job = self._problem.jobs[number]
        owed = self._problem.owed(number)
        if owed.account.do_not_contact or owed.person.do_not_contact:
            return ReasonCode.DO_NOT_CONTACT
        if unopened:
            return ReasonCode.GRIEVANCE_UNOPENED
        if not job.ways:
            return ReasonCode.NO_CONSENT
        return next(
            self._static(job, self._problem.anchor_of(job, self._stands)), ReasonCode.CAPACITY
        )

    def _static(self, job: Job, anchor: Anchor) -> Iterator[ReasonCode]:
        window = self._window(anchor)
        if not window.any() and job.index not in self._work.promises:
            yield ReasonCode.AFTER_THE_END
        if not (window & self._problem.horizon.works).any():
            yield ReasonCode.NO_WORKING_DAY
        if not any((window & way.open).any() for way in job.ways):
            yield ReasonCode.TOO_FAR if self._is_open(job, window) else ReasonCode.CLOSED
        yield from self._too_long(job, window)
        yield from self._too_early(job, window)
        courteous = self._courteous(job, window, anchor)
        if not any(days.any() for days in courteous):
            yield ReasonCode.SELLING_TOO_EARLY if job.selling else ReasonCode.COURTESY
        # From here on only the calendar of the others is in the way: limits, then clock, then days.
        if self._only_channels_are_full(job, courteous):
            yield ReasonCode.CHANNEL_LIMIT
        if self._only_the_clock_says_no(job, courteous):
            yield ReasonCode.NO_TIME_OF_DAY
        if self._only_what_follows_says_no(job, courteous):
            yield ReasonCode.BEFORE_THE_NEXT

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

    def _too_early(self, job: Job, window: Mask) -> Iterator[ReasonCode]:
        """Whether all its days lie before what is heard or answered first."""
        days = window & np.logical_or.reduce([way.open for way in job.ways])
        days[: self._rules.opened_at(job)] = False
        if not days.any():
            yield ReasonCode.BEFORE_THE_OPENING
        if not (days & ~self._rules.before_answer(job)).any():
            yield ReasonCode.BEFORE_THE_ANSWER

    def _courteous(self, job: Job, window: Mask, anchor: Anchor) -> list[Mask]:
        """The days that the account's own rules leave to each way."""
        if job.index in self._work.promises:
            days = window & ~self._rules.before_answer(job)
            days[: self._rules.opened_at(job)] = False
            return [days & way.open & ~self._rules.said(job, way) for way in job.ways]
        # What would count from it keeps no distance to it: R5 asks for none between the two.
        following = {placed.job for placed, _ in self._followers(job)}
        apart = evolve(job, beside=job.beside | following)
        return [
            window
            & way.open
            & self._holds(way)
            & self._resources.quiet(self._work.account, way)
            & ~self._rules.closed(apart, way, anchor.job)
            for way in job.ways
        ]

    def _only_channels_are_full(self, job: Job, courteous: Sequence[Mask]) -> bool:
        """Whether some day has the minutes, and on each such day the channel is at its limit."""
        week, resources = self._problem.horizon.week, self._resources
        with_minutes, with_both = False, False
        for way, days in zip(job.ways, courteous, strict=True):
            detours = resources.detours(self._work.account) if way.travels else 0
            free = days & (resources.free() >= way.minutes + detours)
            room = (resources.day_room[way.channel] > 0) & (
                resources.week_room[way.channel][week] > 0
            )
            with_minutes = with_minutes or bool(free.any())
            with_both = with_both or bool((free & room).any())
        return with_minutes and not with_both

    def _only_the_clock_says_no(self, job: Job, courteous: Sequence[Mask]) -> bool:
        """Whether some day has room for it, and no such day can be timed with it."""
        account, resources, with_room = self._work.account, self._resources, False
        for way, days in zip(job.ways, courteous, strict=True):
            detours = resources.detours(account) if way.travels else None
            for position in (days & resources.open(account, way, detours)).nonzero()[0].tolist():
                if resources.has_time(account, way, position):
                    return False
                with_room = with_room or resources.has_room(account, way, position)
        return with_room

    def _only_what_follows_says_no(self, job: Job, courteous: Sequence[Mask]) -> bool:
        """Whether some day has room and time, and on none of them what follows could stay."""
        account, resources, with_room = self._work.account, self._resources, False
        followers = [(placed.position, window) for placed, window in self._followers(job)]
        for way, days in zip(job.ways, courteous, strict=True):
            detours = resources.detours(account) if way.travels else None
            for position in (days & resources.open(account, way, detours)).nonzero()[0].tolist():
                if not followers or not resources.fits(account, way, position):
                    continue
                with_room, since = True, position + way.days_in_post
                if all(each.least <= there - since <= each.last for there, each in followers):
                    return False
        return with_room

    def _followers(self, job: Job) -> Iterator[tuple[Assignment, TimeWindow]]:
        """The steps that would count from it, and their windows from it."""
        jobs = self._problem.jobs
        for number, placed in self._stands.items():
            step = jobs[number]
            window = step.window
            # Through steps that do not stand: what counts from above would count from it.
            while step.parent >= 0 and step.parent != job.index:
                if step.parent in self._stands:
                    break
                step = jobs[step.parent]
                window = window.below(step.window)
            if step.parent == job.index:
                yield placed, window

    def _window(self, anchor: Anchor) -> Mask:
        gaps = np.arange(self._problem.horizon.size) - anchor.position
        inside = (gaps >= anchor.window.least) & (gaps <= anchor.window.last)
        inside[0] = False
        return np.asarray(inside)

    def _too_long(self, job: Job, window: Mask) -> Iterator[ReasonCode]:
        """Whether no day of the window could hold it even if it were empty."""
        if any((window & way.open & self._holds(way)).any() for way in job.ways):
            return
        if all(way.travels for way in job.ways if (window & way.open).any()):
            yield ReasonCode.TOO_FAR
        yield ReasonCode.NO_TIME_ALONE

    def _holds(self, way: Way) -> Mask:
        problem, minutes = self._problem, np.array(way.minutes)
        if way.travels:
            bases = problem.nights.homes
            minutes = minutes + problem.roads.there_and_back(self._work.account, bases)
        holds = problem.horizon.day_room >= minutes
        room = self._problem.per_day[way.channel] > 0 and self._problem.per_week[way.channel] > 0
        return np.asarray(holds & room)
