"""From positions back to touches: rows with their tours, their briefs and their reasons."""

from collections.abc import Iterator
from itertools import groupby

from attrs import evolve

from campaign.demand import Owed
from campaign.explaining import Reasoning, reason
from campaign.planner.ledger import Placed
from campaign.planner.problem import Problem
from campaign.planner.reasons import Reasons
from campaign.planner.roads import HOME
from campaign.planner.timetable.times import times_of
from campaign.planner.work import Way
from campaign.planner.worth import Standing
from campaign.touches import LeftOut, ReasonCode, Touch

NO_TIME = (None, None)


def touches_of(standing: Standing) -> tuple[Touch, ...]:
    """The rows of the plan in their order, tours driven, days timed and reasons given."""
    times = times_of(standing)
    rows = [
        _touch(standing, placed, times.get(placed, NO_TIME))
        for placement in standing.placements
        for placed in placement
    ]
    rows.sort(key=row_order)
    driven = tuple(
        row for _, day in groupby(rows, key=lambda row: row.date) for row in _driven(day)
    )
    return Reasoning(standing.problem.territory, driven).explained()


def row_order(row: Touch) -> tuple[object, ...]:
    """By date, visits in the order of their tour, the rest after them."""
    return (row.date, row.stop == 0, row.stop, row.start or 0, row.touch_id)


def _touch(standing: Standing, placed: Placed, time: tuple[int | None, int | None]) -> Touch:
    problem = standing.problem
    job, owed = problem.jobs[placed.job], problem.owed(placed.job)
    way = job.ways[placed.way]
    date = problem.horizon.date(placed.position)
    stop, drive, home = _place_in_tour(standing, job.account, way, placed.position)
    calendar = problem.territory.calendar
    return Touch(
        owed.touch_id,
        date,
        account_id=owed.account.account_id,
        contact_id=owed.person.contact_id,
        channel=problem.channels[way.channel],
        cadence=owed.cadence,
        step=owed.step.name,
        purpose=owed.step.purpose,
        required=owed.step.required,
        minutes=way.minutes,
        planned_on=problem.territory.start,
        stop=stop,
        start=time[0],
        end=time[1],
        travel_minutes=drive,
        home_minutes=home,
        arrives=calendar.after(date, way.days_in_post) if way.is_post else None,
    )


def _place_in_tour(
    standing: Standing, account: int, way: Way, position: int
) -> tuple[int, int, int]:
    """The stop's number, the drive to it, the drive from it home or to an own meeting."""
    if not way.travels:
        return 0, 0, 0
    roads = standing.problem.roads
    route = (HOME, *standing.ledger.tours[position], HOME)
    place = route.index(account + 1)
    drive = int(roads.legs[route[place - 1], account + 1])
    following = route[place + 1]
    home = int(roads.legs[account + 1, following]) if following in roads.mine else 0
    return sum(stop not in roads.mine for stop in route[: place + 1]), drive, home


def _driven(day: Iterator[Touch]) -> Iterator[Touch]:
    """The rows of a day; of several rows at one stop the first carries its minutes."""
    last_stop = 0
    for row in day:
        if row.stop and row.stop == last_stop:
            yield evolve(row, minutes=0, travel_minutes=0, home_minutes=0)
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
    problem = standing.problem
    for work in problem.works:
        reasons = Reasons(standing, work)
        stands = {placed.job for placed in standing.placements[work.account]}
        for number in sorted(work.jobs):
            if number not in stands:
                code = reasons.code(number, unopened=work.account in dropped)
                yield problem.owed(number), _left_out_row(problem, number, code)


def _left_out_row(problem: Problem, number: int, code: ReasonCode) -> LeftOut:
    owed = problem.owed(number)
    return LeftOut(
        owed.touch_id,
        account_id=owed.account.account_id,
        contact_id=owed.person.contact_id,
        cadence=owed.cadence,
        step=owed.step.name,
        channel=owed.wanted_channels[0],
        required=owed.step.required,
        reason_code=code,
        reason=reason(code, owed, problem.territory),
    )
