"""From positions back to touches: rows with their tours, their briefs and their reasons."""

from collections.abc import Iterator
from itertools import groupby

from attrs import evolve

from campaign.demand import Owed, left_out
from campaign.explaining import Reasoning, reason
from campaign.model.post import days_in_post_of
from campaign.planner.problem import Problem
from campaign.planner.reasons import Reasons
from campaign.planner.timetable.times import times_of
from campaign.planner.work import Placed, Way
from campaign.planner.worth import Standing
from campaign.rules import Facts
from campaign.touches import LeftOut, Plan, ReasonCode, Status, Touch
from campaign.workdays import plain

Time = tuple[int | None, int | None]
NO_TIME: Time = (None, None)


def touches_of(standing: Standing) -> tuple[Touch, ...]:
    """The rows of the plan in their order, tours driven, days timed and reasons given."""
    problem = standing.problem
    rows = sorted(_planned(standing), key=row_order)
    driven = [row for _, day in groupby(rows, key=lambda row: row.date) for row in _driven(day)]
    if problem.resumed is None:
        return Reasoning(problem.territory, tuple(driven)).explained()
    begun = problem.resumed.begun
    whole = sorted([*driven, *_facts(standing)], key=row_order)
    told = Reasoning(
        begun.territory, whole, demand=problem.demand, day=begun.day, joined=begun.joined
    )
    return told.explained()


def _planned(standing: Standing) -> Iterator[Touch]:
    """The rows that are still to come."""
    times, jobs = times_of(standing), standing.problem.jobs
    for placement in standing.placements:
        for placed in placement:
            fact = jobs[placed.job].fact
            if fact is None:
                yield _touch(standing, placed, times.get(placed, NO_TIME))
            elif fact.is_driven:
                yield _on_its_day(standing, fact.row, placed, times.get(placed, NO_TIME))


def _facts(standing: Standing) -> Iterator[Touch]:
    """The rows of a campaign that has begun that nobody plans any more.

    What the rep has noted on a row that is no longer to be made is kept with it.
    """
    problem = standing.problem
    if problem.resumed is None:
        return
    placed = {placed.job for placement in standing.placements for placed in placement}
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
        elif (row.note or row.pinned) and row.touch_id not in stands:
            yield _as_slept(problem, evolve(row, status=Status.CANCELLED))


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


def _touch(standing: Standing, placed: Placed, time: Time) -> Touch:
    """The row of a touch that is owed; one that stays on its day is the row of before."""
    problem = standing.problem
    before = _before(problem, placed.job)
    if before and problem.jobs[placed.job].is_kept(placed):
        row = _as_owed(before, problem.owed(placed.job))
    else:
        row = _bare(problem, placed, before.note if before else "")
    return _on_its_day(standing, row, placed, time)


def _bare(problem: Problem, placed: Placed, note: str) -> Touch:
    """A row as it is owed, on its day by its channel, without the tour and the times."""
    owed, way = problem.owed(placed.job), problem.jobs[placed.job].ways[placed.way]
    return Touch(
        touch_id_of(problem, placed.job),
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


def _on_its_day(standing: Standing, row: Touch, placed: Placed, time: Time) -> Touch:
    """A row with the tour and the times of its day, and its arrival."""
    job = standing.problem.jobs[placed.job]
    way = job.ways[placed.way]
    stop, drive, home, night = _place_in_tour(standing, job.account, way, placed.position)
    if row.pinned and row.start is not None and (way.travels or way.is_call):
        time = row.start, row.start + way.minutes
    return evolve(
        _posted(standing.problem, row),
        minutes=way.minutes,
        stop=stop,
        start=time[0],
        end=time[1],
        travel_minutes=drive,
        home_minutes=home,
        night=night,
    )


def touch_id_of(problem: Problem, number: int) -> str:
    """The id of the row by which an owed touch is planned."""
    if problem.resumed is None:
        return problem.owed(number).touch_id
    return problem.resumed.opened[number].touch_id


def _before(problem: Problem, number: int) -> Touch | None:
    """The row by which it stood until now, if it did."""
    return problem.resumed.opened[number].before if problem.resumed else None


def _as_owed(row: Touch, owed: Owed) -> Touch:
    """A row that keeps its day, with what the inputs say of it now."""
    return evolve(
        row,
        contact_id=owed.person.contact_id,
        cadence=owed.cadence,
        step=owed.step.name,
        purpose=owed.step.purpose,
        required=owed.step.required,
    )


def _place_in_tour(
    standing: Standing, account: int, way: Way, position: int
) -> tuple[int, int, int, str]:
    """The stop's number, the drive to it, the drive from it onward, and the night after it.

    Only to home, to an own meeting or to where the night is spent there is a drive onward.
    """
    if not way.travels:
        return 0, 0, 0, ""
    problem, roads = standing.problem, standing.problem.roads
    start, end = problem.nights.of(position)
    tour = standing.ledger.tours[position]
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
        if row.stop and row.stop == last_stop:
            yield evolve(row, minutes=0, travel_minutes=0, home_minutes=0, night="")
        else:
            yield row
        last_stop = row.stop


def left_out_of(standing: Standing, dropped: frozenset[int]) -> tuple[LeftOut, ...]:
    """What is owed and does not stand: unopened grievances first, then by weight."""
    rows = list(_left_out(standing, dropped))
    rows.sort(
        key=lambda row: (
            row[1].reason_code is not ReasonCode.GRIEVANCE_UNOPENED,
            not row[1].required,
            -row[0].weight,
        )
    )
    return tuple(row for _, row in rows)


def _left_out(standing: Standing, dropped: frozenset[int]) -> Iterator[tuple[Owed, LeftOut]]:
    problem, facts = standing.problem, _facts_before(standing.problem)
    for work in problem.works:
        reasons = Reasons(standing, work)
        stands = {placed.job for placed in standing.placements[work.account]}
        for number in sorted(work.jobs):
            if number not in stands:
                code = reasons.code(number, unopened=work.account in dropped)
                owed = problem.owed(number)
                why = reason(code, owed, facts)
                yield owed, left_out(owed, code, why, touch_id=touch_id_of(problem, number))


def _facts_before(problem: Problem) -> Facts:
    """What stood before it was planned: nothing, or what had become of a plan by its day."""
    if problem.resumed is None:
        return Facts(Plan(problem.territory, ()))
    begun = problem.resumed.begun
    return Facts(Plan(begun.territory, begun.rows, day=begun.day, joined=begun.joined))
