"""Meetings of the rep's own at known places: stops of their days (R9, R10)."""

import pytest
from attrs import evolve
from byhand import FAR_NORTH, HOME, ROBIN, a_plan, a_territory, an_account, by
from rows import a_touch

from campaign.model.busy import Busy
from campaign.model.cadences import Step
from campaign.model.hours import Hours, parse_day
from campaign.model.territory import Territory
from campaign.rules import violations
from campaign.rules.violations import Fault
from campaign.touches import Plan

STEP = Step("step", ["call", "visit"], "listen")
# With the minutes per stop, the north is a drive of 20 minutes, the far north one of 34.
PLACES = {"home": HOME, "north": (45.1, -123.0), "south": (44.9, -123.0)}


def with_meetings(*meetings: tuple[str, str]) -> Territory:
    """A rep who is somewhere else at these hours of 20 January."""
    ends = [(hours.split("-"), PLACES.get(place)) for hours, place in meetings]
    busy = [
        Busy(f"2027-01-20T{start}", f"2027-01-20T{end}", what="it", place=place)
        for (start, end), place in ends
    ]
    accounts = (an_account("A-1", **FAR_NORTH), an_account("A-2"), an_account("A-3"))
    return a_territory(*accounts, steps=[STEP], rep=evolve(ROBIN, busy=busy))


def visited(territory: Territory, hours: str, drive: int, onward: int) -> Plan:
    """A visit to the far north at these hours."""
    span = Hours.parse(hours)
    times = {"start": span.start, "end": span.end}
    drives = {"travel_minutes": drive, "home_minutes": onward}
    there = a_touch("A-1/A-1/step", "01-20", "visit", of=territory, **times, **drives)
    return a_plan(there, of=territory)


def called(territory: Territory, *hours: str) -> Plan:
    """Calls at these hours."""
    spans = list(map(Hours.parse, hours))
    return a_plan(
        *(
            a_touch(f"A-{n}/A-{n}/step", "01-20", of=territory, start=s.start, end=s.end)
            for n, s in enumerate(spans, start=1)
        ),
        of=territory,
    )


def test_the_drive_to_a_visit_comes_from_the_meeting_before() -> None:
    territory = with_meetings(("09:00-10:00", "north"))
    assert not violations(visited(territory, "10:20-11:15", 20, 29))
    plan = visited(territory, "10:34-11:29", 34, 29)
    assert violations(plan) == (by(plan.touches[0], "R9", Fault.WRONG_DRIVE, found=34, right=20),)


def test_the_drive_from_a_visit_goes_to_the_meeting_after() -> None:
    territory = with_meetings(("13:00-14:00", "north"))
    assert not violations(visited(territory, "10:00-10:55", 34, 20))
    plan = visited(territory, "10:00-10:55", 34, 29)
    assert violations(plan) == (
        by(plan.touches[0], "R9", Fault.WRONG_WAY_HOME, found=29, right=20),
    )


@pytest.mark.parametrize("place", ["home", "nowhere"])
def test_a_meeting_at_home_or_at_no_known_place_is_no_stop(place: str) -> None:
    assert not violations(visited(with_meetings(("09:00-09:26", place)), "10:00-10:55", 34, 29))


def test_a_meeting_outside_the_hours_is_no_stop() -> None:
    territory = with_meetings(("06:00-08:00", "north"), ("17:00-18:00", "south"))
    assert not violations(visited(territory, "10:00-10:55", 34, 29))


def test_a_meeting_that_begins_before_the_hours_is_where_the_day_starts() -> None:
    territory = with_meetings(("07:00-08:30", "north"))
    assert not violations(visited(territory, "08:50-09:45", 20, 29))


def test_of_two_meetings_at_once_the_first_is_the_stop() -> None:
    territory = with_meetings(("09:00-10:00", "north"), ("09:30-10:00", "south"))
    assert not violations(visited(territory, "10:20-11:15", 20, 29))


def test_there_is_time_for_the_drive_from_a_meeting() -> None:
    territory = with_meetings(("09:00-10:00", "north"))
    plan = visited(territory, "10:19-11:14", 20, 29)
    assert violations(plan) == (
        by(plan.touches[0], "R10", Fault.DRIVE_TOO_SHORT, free=19, drive=20, start="10:19"),
    )


def test_there_is_time_for_the_drive_to_a_meeting() -> None:
    territory = with_meetings(("11:00-12:00", "north"))
    assert not violations(visited(territory, "09:45-10:40", 34, 20))
    plan = visited(territory, "09:46-10:41", 34, 20)
    assert violations(plan) == (
        by(plan.touches[0], "R10", Fault.DRIVE_TOO_SHORT, free=19, drive=20, start="11:00"),
    )


def test_the_way_home_from_a_meeting_may_end_after_the_hours() -> None:
    territory = with_meetings(("16:00-17:00", "north"))
    assert not violations(visited(territory, "14:45-15:40", 34, 20))


@pytest.mark.parametrize(("start", "free"), [("09:57", None), ("09:56", 19)])
def test_calls_leave_time_for_the_drive_from_home_to_a_meeting(
    start: str, free: int | None
) -> None:
    short = evolve(ROBIN, hours={2: parse_day("09:05-16:00")})
    territory = with_meetings((f"{start}-11:00", "north"))
    territory = evolve(territory, rep=evolve(short, busy=territory.rep.busy))
    plan = called(territory, "09:05-09:21", "09:21-09:37")
    assert violations(plan) == (() if free is None else _short(plan, free, 20, start))


def _short(plan: Plan, free: int, drive: int, start: str) -> tuple[object, ...]:
    fault = Fault.DRIVE_TOO_SHORT
    return (by(plan.touches[1], "R10", fault, free=free, drive=drive, start=start),)


def test_a_call_leaves_time_for_the_way_home_from_the_last_meeting() -> None:
    territory = with_meetings(("15:00-16:00", "north"))
    assert not violations(called(territory, "16:00-16:16", "16:16-16:32"))
    plan = called(territory, "16:00-16:16", "16:30-16:46")
    assert not violations(plan)
    plan = called(with_meetings(("15:00-16:20", "north")), "09:00-09:16", "16:20-16:46")
    assert violations(plan) == _short(plan, 14, 15, "17:00")


def test_between_two_meetings_without_time_for_the_drive_there_is_no_call() -> None:
    territory = with_meetings(("09:00-10:00", "north"), ("10:30-11:00", "south"))
    assert not violations(called(territory, "11:00-11:16"))
    plan = called(territory, "11:00-11:16", "10:07-10:23")
    assert [each.fault for each in violations(plan)] == [Fault.DRIVE_TOO_SHORT]
