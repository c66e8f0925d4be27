"""From positions back to touches: rows with their tours, and each day by the clock."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from attrs import evolve

from campaign.model.frames import Span
from campaign.model.post import days_in_post_of
from campaign.planner.instance.jobs import Assignment, Way
from campaign.planner.problem import Problem
from campaign.planner.solution import Solution
from campaign.timetable.day import EntryKind
from campaign.timetable.depth_first import best
from campaign.touches import Status, Touch
from campaign.workdays import plain

Time = tuple[int | None, int | None]
NO_TIME: Time = (None, None)


def rows_of(solution: Solution) -> tuple[Touch, ...]:
    """The rows of the plan in their order, tours driven and days timed, no reasons given."""
    rows = sorted(_planned(solution), key=row_order)
    driven = [row for _, day in groupby(rows, key=lambda row: row.date) for row in _driven(day)]
    return tuple(sorted([*driven, *_facts(solution)], key=row_order))


def _planned(solution: Solution) -> Iterator[Touch]:
    """The rows that are still to come."""
    times, jobs = times_of(solution), solution.problem.jobs
    for placement in solution.placements:
        for placed in placement:
            fact = jobs[placed.job].fact
            if fact is None:
                yield _touch(solution, placed, times.get(placed, NO_TIME))
            elif fact.is_driven:
                yield _on_its_day(solution, fact.row, placed, times.get(placed, NO_TIME))


def _facts(solution: Solution) -> Iterator[Touch]:
    """The rows of a campaign that has begun that nobody plans any more.

    What the rep has noted on a row that is no longer to be made is kept with it, as missed: an
    account that is in the list again, or looked after by the rep again, is owed it again.
    """
    problem = solution.problem
    if problem.resumed is None:
        return
    placed = {placed.job for placement in solution.placements for placed in placement}
    stands = {
        problem.resumed.opened[number].touch_id for number in placed & {*problem.resumed.opened}
    }
    facts = [job.fact for job in problem.jobs if job.fact]
    settled = {fact.row.touch_id for fact in facts}
    driven = {fact.row.touch_id for fact in facts if fact.is_driven}
    for row in problem.resumed.begun.rows:
        if row.touch_id in settled or row.status is not Status.PLANNED:
            kept = _as_slept(problem, _posted(problem, row))
            yield from () if row.touch_id in driven else (kept,)
        elif row.note and row.touch_id not in stands:
            yield _as_slept(problem, evolve(row, status=Status.MISSED))


def _as_slept(problem: Problem, row: Touch) -> Touch:
    """A row that nobody plans any more, without a night that does not come any more."""
    is_spent = problem.held is not None and problem.held.keeps(row)
    return evolve(row, night="") if row.night and not is_spent else row


def _posted(problem: Problem, row: Touch) -> Touch:
    """A row with its arrival, which the rep need not work out for a day of their own."""
    channel = problem.territory.channels.get(row.channel)
    if row.status is not Status.PLANNED or channel is None:
        return row
    territory = problem.territory
    in_post = days_in_post_of(territory, row.channel, row.account_id, row.contact_id)
    arrives = territory.calendar.after(plain(row.date), in_post)
    return evolve(row, arrives=arrives if channel.is_post else None)


def row_order(row: Touch) -> tuple[object, ...]:
    """By date, visits in the order of their tour, the rest after them."""
    return (row.date, row.stop == 0, row.stop, row.start or 0, row.touch_id)


def _touch(solution: Solution, placed: Assignment, time: Time) -> Touch:
    """The row of a touch that is owed; one that stays on its day is the row of before.

    That one keeps its day, with what the inputs say of it now.
    """
    problem = solution.problem
    before = _before(problem, placed.job)
    if before and problem.jobs[placed.job].is_kept(placed):
        owed = problem.owed(placed.job)
        row = evolve(
            before,
            contact_id=owed.person.contact_id,
            cadence=owed.cadence,
            step=owed.step.name,
            purpose=owed.step.purpose,
            required=owed.step.required,
        )
    else:
        row = _bare(problem, placed, before.note if before else "")
    return _on_its_day(solution, row, placed, time)


def _bare(problem: Problem, placed: Assignment, note: str) -> Touch:
    """A row as it is owed, on its day by its channel, without the tour and the times."""
    owed, way = problem.owed(placed.job), problem.jobs[placed.job].ways[placed.way]
    return Touch(
        problem.touch_id(placed.job),
        problem.horizon.date(placed.position),
        account_id=owed.account.account_id,
        contact_id=owed.person.contact_id,
        channel=problem.channels[way.channel],
        cadence=owed.cadence,
        step=owed.step.name,
        purpose=owed.step.purpose,
        required=owed.step.required,
        minutes=way.minutes,
        planned_on=problem.today,
        note=note,
    )


def _on_its_day(solution: Solution, row: Touch, placed: Assignment, time: Time) -> Touch:
    """A row with the tour and the times of its day, and its arrival."""
    job = solution.problem.jobs[placed.job]
    way = job.ways[placed.way]
    stop, drive, home, night = _place_in_tour(solution, job.account, way, placed.position)
    # What the rep has pinned to a time keeps it, whatever the timetable would like better.
    if row.pinned and row.start is not None and (way.travels or way.is_call):
        time = row.start, row.start + way.minutes
    return evolve(
        _posted(solution.problem, row),
        minutes=way.minutes,
        stop=stop,
        start=time[0],
        end=time[1],
        travel_minutes=drive,
        home_minutes=home,
        night=night,
    )


def _before(problem: Problem, number: int) -> Touch | None:
    """The row by which it stood until now, if it did."""
    return problem.resumed.opened[number].before if problem.resumed else None


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
    number = sum(stop not in roads.mine for stop in tour[:place])
    return number, drive, onward, _night(problem, end) if is_last else ""


def _night(problem: Problem, place: int) -> str:
    """The id of the account near which the rep sleeps, empty for home or another base."""
    if place in problem.roads.bases:
        return ""
    return problem.territory.active_accounts[problem.roads.slept_near(place)].account_id


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
    openings = {placed: problem.works[jobs[placed.job].account].opening for placed in there}
    # Of alike calls those come last that follow the hearing of a grievance on the same day.
    for placed in sorted(
        there, key=lambda row: row.job != openings[row] and openings[row] in stands
    ):
        job = jobs[placed.job]
        way = job.ways[placed.way]
        if way.travels:
            number = solution.resources.tours[position].index(job.account + 1)
            yield placed, times[EntryKind.VISIT, number][0]
        elif way.is_call:
            yield placed, next(calls[way.hours, way.minutes])
