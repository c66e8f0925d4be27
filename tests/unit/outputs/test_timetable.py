"""A day as it is lived: drives between rows, room for lunch and for writing."""

import datetime as dt

from attrs import evolve
from handmade import START, campaign, territory
from rows import a_touch

from campaign.model.busy import Busy
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.outputs.timetable import DayPart, day_of
from campaign.touches import Plan, Touch


def visit(number: int, start: int | None, drive: int, home: int = 0) -> Touch:
    end = None if start is None else start + 55
    return a_touch(
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
    return a_touch(f"A-1/P-1/c{number}", channel="call", minutes=16, start=start, end=end)


def parts(*touches: Touch, plan: Plan | None = None) -> list[tuple[DayPart, int | None, int]]:
    plan = evolve(plan or campaign(), touches=touches)
    return [(entry.part, entry.start, entry.minutes) for entry in day_of(plan, START)]


def test_drives_end_when_the_visit_starts_and_home_follows_the_last() -> None:
    assert parts(visit(1, 540, 35), visit(2, 700, 20, 6)) == [
        (DayPart.DRIVE, 505, 35),
        (DayPart.VISIT, 540, 55),
        (DayPart.DRIVE, 680, 20),
        (DayPart.VISIT, 700, 55),
        (DayPart.HOME, 755, 6),
        (DayPart.LUNCH, 761, 30),
    ]


def test_a_call_at_the_door_puts_the_drive_before_it() -> None:
    found = parts(visit(1, 540, 35), call(1, 670), visit(2, 690, 20, 6))
    assert found[2:5] == [
        (DayPart.DRIVE, 650, 20),
        (DayPart.CALLS, 670, 16),
        (DayPart.VISIT, 690, 55),
    ]


def test_calls_that_follow_at_once_are_one_block() -> None:
    found = parts(call(1, 540), call(2, 556), call(3, 600))
    assert found[0] == (DayPart.CALLS, 540, 32)
    assert found[2] == (DayPart.CALLS, 600, 16)


def test_a_gap_between_calls_is_a_break_unless_it_is_much_longer() -> None:
    found = parts(call(1, 540), call(2, 571), call(3, 617))
    assert found[:4] == [
        (DayPart.CALLS, 540, 16),
        (DayPart.BREAK, 556, 15),
        (DayPart.CALLS, 571, 16),
        (DayPart.CALLS, 617, 16),
    ]


def test_a_call_before_a_visit_at_whose_door_it_is_made_leaves_the_drive_before_it() -> None:
    found = parts(call(1, 684), visit(1, 700, 35, 30))
    assert found[:3] == [
        (DayPart.DRIVE, 649, 35),
        (DayPart.CALLS, 684, 16),
        (DayPart.VISIT, 700, 55),
    ]


def test_a_drive_without_room_stands_right_before_its_visit() -> None:
    found = parts(visit(1, 540, 35), visit(2, 600, 20, 6), a_touch("A-1/P-1/hello"))
    assert found == [
        (DayPart.DRIVE, 505, 35),
        (DayPart.VISIT, 540, 55),
        (DayPart.DRIVE, 580, 20),
        (DayPart.VISIT, 600, 55),
        (DayPart.HOME, 655, 6),
        (DayPart.WRITING, None, 15),
    ]


def test_writing_and_lunch_keep_out_of_busy_time() -> None:
    noon = dt.datetime.combine(START, dt.time(11))
    rep = evolve(territory().rep, busy=[Busy(noon, noon + dt.timedelta(hours=5, minutes=20))])
    plan = evolve(campaign(), territory=evolve(territory(), rep=rep))
    found = parts(call(1, 480), a_touch("A-1/P-1/hello"), plan=plan)
    assert found == [
        (DayPart.CALLS, 480, 16),
        (DayPart.WRITING, 496, 15),
        (DayPart.LUNCH, 630, 30),
        (DayPart.BUSY, 660, 320),
    ]


def test_what_has_no_time_comes_in_order_without_lunch() -> None:
    found = parts(visit(1, None, 35, 30), call(1, None), a_touch("A-1/P-1/hello"))
    assert found == [
        (DayPart.DRIVE, None, 35),
        (DayPart.VISIT, None, 55),
        (DayPart.HOME, None, 30),
        (DayPart.CALLS, None, 16),
        (DayPart.WRITING, None, 15),
    ]


def test_a_day_too_full_for_writing_lists_it_without_a_time() -> None:
    long = evolve(a_touch("A-1/P-1/hello"), minutes=500)
    found = parts(call(1, 600), long)
    assert found == [
        (DayPart.CALLS, 600, 16),
        (DayPart.LUNCH, 720, 30),
        (DayPart.WRITING, None, 500),
    ]


def test_two_persons_met_are_one_visit() -> None:
    other = evolve(visit(1, 540, 0), touch_id="@3/@3/w", minutes=0)
    (met,) = [
        e
        for e in day_of(evolve(campaign(), touches=(visit(1, 540, 35, 6), other)), START)
        if e.part is DayPart.VISIT
    ]
    assert (met.minutes, len(met.touches)) == (55, 2)


def by(rep: Rep) -> Territory:
    return evolve(territory(), rep=rep)


def test_a_day_of_writing_alone_has_a_clock() -> None:
    assert parts(a_touch("A-1/A-1/hello")) == [(DayPart.WRITING, 480, 15), (DayPart.LUNCH, 720, 30)]
    late = evolve(campaign(), territory=by(evolve(territory().rep, writing="16:00")))
    assert parts(a_touch("A-1/A-1/hello"), plan=late) == [
        (DayPart.LUNCH, 720, 30),
        (DayPart.WRITING, 960, 15),
    ]


def fair(*, at_known_place: bool) -> Plan:
    """A plan for a rep with a trade fair from ten to noon on the first day."""
    start = dt.datetime.combine(START, dt.time(10))
    place = (44.95, -123.03) if at_known_place else None
    busy = Busy(start, start + dt.timedelta(hours=2), what="Fair", place=place)
    return evolve(campaign(), territory=by(evolve(territory().rep, busy=[busy])))


def test_own_appointments_stand_on_a_day_without_touches() -> None:
    assert parts(plan=fair(at_known_place=False)) == [(DayPart.BUSY, 600, 120)]
    assert [part for part, _, _ in parts(plan=fair(at_known_place=True))] == [
        DayPart.DRIVE,
        DayPart.MEETING,
        DayPart.HOME,
    ]


def test_a_day_off_shows_no_appointments() -> None:
    away = fair(at_known_place=False)
    rep = evolve(away.territory.rep, leave=[START.isoformat()])
    assert parts(plan=evolve(away, territory=by(rep))) == []


def test_lunch_comes_before_a_long_way_home_where_that_is_nearer_to_noon() -> None:
    assert parts(visit(1, 671, 191, 128)) == [
        (DayPart.DRIVE, 480, 191),
        (DayPart.VISIT, 671, 55),
        (DayPart.LUNCH, 726, 30),
        (DayPart.HOME, 756, 128),
    ]
    assert parts(visit(1, 671, 191, 40))[2:] == [(DayPart.HOME, 726, 40), (DayPart.LUNCH, 766, 30)]
