"""Decoding: from positions back to touches, rows with their tours, and each day by the clock.

And what was left out, and why: the first thing, in a fixed order, that stood in its way.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import evolve, frozen

from campaign.demand import Owed, open_days
from campaign.model.frames import Span
from campaign.model.post import days_in_post_of
from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Anchor, Assignment, Job, Way, Work
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.solution import Solution
from campaign.timetable.day import EntryKind
from campaign.timetable.labelling import best
from campaign.touches import ReasonCode, Status, Touch
from campaign.workdays import plain


def rows_of(solution: Solution) -> tuple[Touch, ...]:
    """The rows of the plan in their order, tours driven and days timed, no reasons given."""
    rows = sorted(_planned(solution), key=row_order)
    # A visit that meets several people is several rows: only the first carries its minutes.
    stops = [(row.date, row.stop) if row.stop else None for row in rows]
    driven = [
        evolve(row, minutes=0, travel_minutes=0, home_minutes=0, night="")
        if row.stop and stop == before
        else row
        for before, stop, row in zip([None, *stops], stops, rows, strict=False)
    ]
    return tuple(sorted([*driven, *_facts(solution)], key=row_order))


def row_order(row: Touch) -> tuple[object, ...]:
    """By date, visits in the order of their tour, the rest after them."""
    return (row.date, row.stop == 0, row.stop, row.start or 0, row.touch_id)


def _planned(solution: Solution) -> Iterator[Touch]:
    """The rows that are still to come, on their days, with the tours and times of these."""
    problem, times = solution.problem, times_of(solution)
    for placed in (placed for placement in solution.placements for placed in placement):
        job = problem.jobs[placed.job]
        if job.fact is not None and not job.fact.is_driven:
            continue
        row = job.fact.row if job.fact else _owed_row(problem, placed)
        way = job.ways[placed.way]
        time: tuple[int | None, int | None] = times.get(placed, (None, None))
        # What the rep has pinned to a time keeps it, whatever the timetable would like better.
        if row.pinned and row.start is not None and (way.travels or way.is_call):
            time = row.start, row.start + way.minutes
        stop, drive, home, night = _place_in_tour(solution, job.account, way, placed.position)
        yield evolve(
            _posted(problem, row),
            minutes=way.minutes,
            stop=stop,
            start=time[0],
            end=time[1],
            travel_minutes=drive,
            home_minutes=home,
            night=night,
        )


def _owed_row(problem: Problem, placed: Assignment) -> Touch:
    """The row of a touch that is owed, without the tour and the times.

    One that stays on its day is the row of before, with what the inputs say of it now.
    """
    owed, job = problem.demand.owed[placed.job], problem.jobs[placed.job]
    before = problem.resumed.opened[placed.job].before if problem.resumed else None
    if before and job.is_kept(placed):
        return evolve(
            before,
            contact_id=owed.person.contact_id,
            cadence=owed.cadence,
            step=owed.step.name,
            purpose=owed.step.purpose,
            required=owed.step.required,
        )
    way = job.ways[placed.way]
    return Touch(
        problem.touch_id(placed.job),
        problem.horizon.dates[placed.position - 1],
        account_id=owed.account.account_id,
        contact_id=owed.person.contact_id,
        channel=problem.channels[way.channel],
        cadence=owed.cadence,
        step=owed.step.name,
        purpose=owed.step.purpose,
        required=owed.step.required,
        minutes=way.minutes,
        planned_on=problem.today,
        note=before.note if before else "",
    )


def _facts(solution: Solution) -> Iterator[Touch]:
    """The rows of a campaign that has begun that nobody plans any more.

    What the rep has noted on a row that is no longer to be made is kept with it, as missed: an
    account that is in the list again, or looked after by the rep again, is owed it again.
    """
    problem, resumed = solution.problem, solution.problem.resumed
    if resumed is None:
        return
    placed = {placed.job for placement in solution.placements for placed in placement}
    stands = {resumed.opened[number].touch_id for number in placed & {*resumed.opened}}
    facts = [job.fact for job in problem.jobs if job.fact]
    settled = {fact.row.touch_id for fact in facts}
    driven = {fact.row.touch_id for fact in facts if fact.is_driven}
    for row in resumed.begun.rows:
        is_settled = row.touch_id in settled or row.status is not Status.PLANNED
        if row.touch_id in driven:
            continue
        if is_settled:
            kept = _posted(problem, row)
        elif row.note and row.touch_id not in stands:
            kept = evolve(row, status=Status.MISSED)
        else:
            continue
        # A night that does not come any more goes.
        is_spent = problem.held is not None and problem.held.keeps(row)
        yield evolve(kept, night="") if row.night and not is_spent else kept


def _posted(problem: Problem, row: Touch) -> Touch:
    """A row with its arrival, which the rep need not work out for a day of their own."""
    territory = problem.territory
    channel = territory.channels.get(row.channel)
    if row.status is not Status.PLANNED or channel is None:
        return row
    in_post = days_in_post_of(territory, row.channel, row.account_id, row.contact_id)
    arrives = territory.calendar.after(plain(row.date), in_post)
    return evolve(row, arrives=arrives if channel.is_post else None)


def _place_in_tour(
    solution: Solution, account: int, way: Way, position: int
) -> tuple[int, int, int, str]:
    """The stop's number, the drive to it, the drive from it onward, and the night after it.

    Only to home, to an own meeting or to where the night is spent there is a drive onward.
    """
    if not way.travels:
        return 0, 0, 0, ""
    problem, roads = solution.problem, solution.problem.roads
    # A tour begins where the night before was spent, and ends where this one is.
    start, end = problem.nights.of(position)
    tour = solution.resources.tours[position]
    route = (start, *tour, end)
    place = route.index(account + 1, 1)
    drive = int(roads.legs[route[place - 1], account + 1])
    following, is_last = route[place + 1], place == len(tour)
    onward = int(roads.legs[account + 1, following]) if is_last or following in roads.mine else 0
    number, night = sum(stop not in roads.mine for stop in tour[:place]), ""
    if is_last and end not in roads.bases:
        slept_near = roads.nights[end - roads.first_night]
        night = problem.territory.active_accounts[slept_near].account_id
    return number, drive, onward, night


def times_of(solution: Solution) -> Mapping[Assignment, Span]:
    """When each visit and each call starts and ends, in minutes after midnight.

    What is written has no time, and a day that cannot be timed has none.
    """
    by_position: dict[int, list[Assignment]] = {}
    for placement in solution.placements:
        for placed in placement:
            by_position.setdefault(placed.position, []).append(placed)
    found: dict[Assignment, Span] = {}
    for position, there in sorted(by_position.items()):
        found.update(_times(solution, position, sorted(there, key=lambda row: row.job)))
    return found


def _times(
    solution: Solution, position: int, there: list[Assignment]
) -> Iterator[tuple[Assignment, Span]]:
    """The times of what stands on a day: visits by their stop, alike calls one after the other."""
    problem, load = solution.problem, solution.resources.load(position)
    day = problem.timing.day(position, load) if load.stops or load.calls else None
    times: dict[tuple[EntryKind, int], list[Span]] = {}
    for entry in (best(day) if day else None) or ():
        times.setdefault((entry.kind, entry.number), []).append((entry.start, entry.end))
    if not times:
        return
    calls = {
        alike: iter(times.get((EntryKind.CALL, number), ()))
        for number, alike in enumerate(sorted(load.calls))
    }
    jobs, stands = problem.jobs, {placed.job for placed in there}

    def _follows_the_opening(placed: Assignment) -> bool:
        opening = problem.works[jobs[placed.job].account].opening
        return placed.job != opening and opening in stands

    # Of alike calls those come last that follow the hearing of a grievance on the same day.
    for placed in sorted(there, key=_follows_the_opening):
        job = jobs[placed.job]
        way = job.ways[placed.way]
        if way.travels:
            number = solution.resources.tours[position].index(job.account + 1)
            yield placed, times[EntryKind.VISIT, number][0]
        elif way.is_call:
            yield placed, next(calls[way.hours, way.minutes])


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
            one = Unplaced(problem.demand.owed[number], code, problem.touch_id(number))
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
        job, owed = self._problem.jobs[number], self._problem.demand.owed[number]
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
        owed, clock = self._problem.demand.owed[job.index], self._problem.timing.clock
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
