"""Decoding: from positions back to touches, rows with their tours, and each day by the clock."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from attrs import evolve

from campaign.model.frames import Span
from campaign.model.post import days_in_post_of
from campaign.planner.instance.jobs import Assignment, Way
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.solution import Solution
from campaign.timetable.day import EntryKind
from campaign.timetable.labelling import best
from campaign.touches import Status, Touch
from campaign.workdays import plain


def rows_of(solution: Solution) -> tuple[Touch, ...]:
    """The rows of the plan in their order, tours driven and days timed, no reasons given."""
    rows = sorted(_planned(solution), key=row_order)
    driven = [row for _, day in groupby(rows, key=lambda row: row.date) for row in _driven(day)]
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
        row, way = job.fact.row if job.fact else _owed_row(problem, placed), job.ways[placed.way]
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
    owed, job = problem.owed(placed.job), problem.jobs[placed.job]
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


def _driven(day: Iterator[Touch]) -> Iterator[Touch]:
    """The rows of a day; of several rows at one stop the first carries its minutes."""
    last_stop = 0
    for row in day:
        # A visit that meets several people is several rows: only the first may carry the minutes.
        if row.stop and row.stop == last_stop:
            yield evolve(row, minutes=0, travel_minutes=0, home_minutes=0, night="")
        else:
            yield row
        last_stop = row.stop


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

    def follows_the_opening(placed: Assignment) -> bool:
        opening = problem.works[jobs[placed.job].account].opening
        return placed.job != opening and opening in stands

    # Of alike calls those come last that follow the hearing of a grievance on the same day.
    for placed in sorted(there, key=follows_the_opening):
        job = jobs[placed.job]
        way = job.ways[placed.way]
        if way.travels:
            number = solution.resources.tours[position].index(job.account + 1)
            yield placed, times[EntryKind.VISIT, number][0]
        elif way.is_call:
            yield placed, next(calls[way.hours, way.minutes])
