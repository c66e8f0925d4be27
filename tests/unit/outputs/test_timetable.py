"""A day as it is lived: drives between rows, room for lunch and for writing."""

import datetime as dt

from attrs import evolve
from handmade import START, campaign, territory, touch

from campaign.model.busy import Busy
from campaign.outputs.timetable import Part, day_of
from campaign.touches import Plan, Touch


def visit(number: int, start: int | None, drive: int, home: int = 0) -> Touch:
    end = None if start is None else start + 55
    return touch(
        f"@3/@3/v{number}",
        channel="visit",
        minutes=55,
        stop=number,
        start=start,
        end=end,
        travel_minutes=drive,
        home_minutes=home,
    )


def call(number: int, start: int | None) -> Touch:
    end = None if start is None else start + 16
    return touch(f"A-1/P-1/c{number}", channel="call", minutes=16, start=start, end=end)


def parts(*touches: Touch, plan: Plan | None = None) -> list[tuple[Part, int | None, int]]:
    plan = evolve(plan or campaign(), touches=touches)
    return [(entry.part, entry.start, entry.minutes) for entry in day_of(plan, START)]


def test_drives_end_when_the_visit_starts_and_home_follows_the_last() -> None:
    assert parts(visit(1, 540, 35), visit(2, 700, 20, 6)) == [
        (Part.DRIVE, 505, 35),
        (Part.VISIT, 540, 55),
        (Part.DRIVE, 680, 20),
        (Part.VISIT, 700, 55),
        (Part.HOME, 755, 6),
        (Part.LUNCH, 761, 30),
    ]


def test_a_call_at_the_door_puts_the_drive_before_it() -> None:
    found = parts(visit(1, 540, 35), call(1, 670), visit(2, 690, 20, 6))
    assert found[2:5] == [(Part.DRIVE, 650, 20), (Part.CALLS, 670, 16), (Part.VISIT, 690, 55)]


def test_calls_that_follow_at_once_are_one_block() -> None:
    found = parts(call(1, 540), call(2, 556), call(3, 600))
    assert found[:2] == [(Part.CALLS, 540, 32), (Part.CALLS, 600, 16)]


def test_writing_and_lunch_keep_out_of_busy_time() -> None:
    noon = dt.datetime.combine(START, dt.time(11))
    rep = evolve(territory().rep, busy=[Busy(noon, noon + dt.timedelta(hours=5, minutes=20))])
    plan = evolve(campaign(), territory=evolve(territory(), rep=rep))
    found = parts(call(1, 480), touch("A-1/P-1/hello"), plan=plan)
    assert found == [
        (Part.CALLS, 480, 16),
        (Part.WRITING, 496, 15),
        (Part.LUNCH, 630, 30),
        (Part.BUSY, 660, 320),
    ]


def test_what_has_no_time_comes_in_order_without_lunch() -> None:
    found = parts(visit(1, None, 35, 30), call(1, None), touch("A-1/P-1/hello"))
    assert found == [
        (Part.DRIVE, None, 35),
        (Part.VISIT, None, 55),
        (Part.HOME, None, 30),
        (Part.CALLS, None, 16),
        (Part.WRITING, None, 15),
    ]


def test_a_day_too_full_for_writing_lists_it_without_a_time() -> None:
    long = evolve(touch("A-1/P-1/hello"), minutes=500)
    found = parts(call(1, 600), long)
    assert found == [(Part.CALLS, 600, 16), (Part.WRITING, None, 500)]


def test_two_persons_met_are_one_visit() -> None:
    other = evolve(visit(1, 540, 0), touch_id="@3/@3/w", minutes=0)
    (met,) = [
        e
        for e in day_of(evolve(campaign(), touches=(visit(1, 540, 35, 6), other)), START)
        if e.part is Part.VISIT
    ]
    assert (met.minutes, len(met.touches)) == (55, 2)
