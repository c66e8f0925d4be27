"""Busy time as it falls on the days of the rep's clock, and what it leaves of them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from small import small

from campaign.model.busy import Busy, merged
from campaign.model.hours import Hours, parse_day
from campaign.model.rep import Capacity, Rep
from campaign.planner.problem.problem import problem_of
from campaign.rules.capacity import capacity_of_day

TUESDAY = dt.date(2027, 1, 12)


def spans(*texts: str) -> tuple[Hours, ...]:
    return tuple(Hours.parse(text) for text in texts)


def on(day: str, start: str, end: str, zone: str) -> tuple[Hours, ...]:
    """The busy time of a day, from an event between two times of UTC."""
    busy = Busy(f"{start}+00:00", f"{end}+00:00")
    return Rep("Ann", timezone=zone, busy=[busy]).busy_on(dt.date.fromisoformat(day))


def test_times_without_a_zone_are_those_of_the_reps_clock() -> None:
    rep = Rep("Ann", timezone="Asia/Kathmandu", busy=[Busy("2027-01-12T09:00", "2027-01-12T10:30")])
    assert rep.busy_on(TUESDAY) == spans("09:00-10:30")
    assert rep.busy_on(dt.date(2027, 1, 13)) == ()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/Phoenix", "11:00-12:00"),
        ("America/Los_Angeles", "10:00-11:00"),
        ("Asia/Kathmandu", "23:45-24:00"),
        ("Australia/Lord_Howe", ""),
    ],
)
def test_times_with_a_zone_stand_where_the_reps_clock_has_them(zone: str, expected: str) -> None:
    found = on("2027-01-12", "2027-01-12T18:00", "2027-01-12T19:00", zone)
    assert found == parse_day(expected)


def test_the_part_after_midnight_is_on_the_day_after() -> None:
    found = on("2027-01-13", "2027-01-12T18:00", "2027-01-12T19:00", "Asia/Kathmandu")
    assert found == spans("00:00-00:45")


@pytest.mark.parametrize(
    ("day", "start", "end", "zone", "expected"),
    [
        # forward: 02:00 is 03:00 in Los Angeles, 02:00 is 02:30 on Lord Howe
        ("2027-03-14", "2027-03-14T09:30", "2027-03-14T10:30", "America/Los_Angeles",
         "01:30-02:00 03:00-03:30"),
        ("2027-10-03", "2027-10-02T15:00", "2027-10-02T16:00", "Australia/Lord_Howe",
         "01:30-02:00 02:30-03:00"),
        # back: 02:00 is 01:00 in Los Angeles, 02:00 is 01:30 on Lord Howe
        ("2027-11-07", "2027-11-07T08:30", "2027-11-07T09:15", "America/Los_Angeles",
         "01:00-01:15 01:30-02:00"),
        ("2027-11-07", "2027-11-07T09:30", "2027-11-07T10:15", "America/Los_Angeles",
         "01:30-02:15"),
        ("2027-04-04", "2027-04-03T14:45", "2027-04-03T15:15", "Australia/Lord_Howe",
         "01:30-02:00"),
        ("2027-11-07", "2027-11-07T17:00", "2027-11-07T18:00", "America/Los_Angeles",
         "09:00-10:00"),
        ("2027-03-14", "2027-03-14T16:00", "2027-03-14T17:00", "America/Los_Angeles",
         "09:00-10:00"),
    ],
)  # fmt: skip
def test_a_day_on_which_the_clock_is_changed_is_busy_as_its_clock_shows(
    day: str, start: str, end: str, zone: str, expected: str
) -> None:
    assert on(day, start, end, zone) == parse_day(expected)


def test_a_whole_day_is_busy_from_midnight_to_midnight() -> None:
    rep = Rep("Ann", timezone="America/Los_Angeles", busy=[Busy("2027-03-13", "2027-03-15")])
    days = [dt.date(2027, 3, day) for day in (12, 13, 14, 15)]
    assert [rep.busy_on(day) for day in days] == [
        (),
        spans("00:00-24:00"),
        spans("00:00-24:00"),
        (),
    ]


def test_an_event_of_several_days_fills_those_between() -> None:
    rep = Rep("Ann", busy=[Busy("2027-01-11T15:00", "2027-01-13T10:00")])
    found = [rep.busy_on(dt.date(2027, 1, day)) for day in (11, 12, 13)]
    assert found == [spans("15:00-24:00"), spans("00:00-24:00"), spans("00:00-10:00")]


def test_a_minute_that_is_partly_busy_is_busy() -> None:
    rep = Rep("Ann", busy=[Busy("2027-01-12T09:00:30", "2027-01-12T09:10:01")])
    assert rep.busy_on(TUESDAY) == spans("09:00-09:11")
    late = Rep("Ann", busy=[Busy("2027-01-12T23:50", "2027-01-12T23:59:30")])
    assert late.busy_on(TUESDAY) == spans("23:50-24:00")


def test_overlaps_and_neighbours_are_joined() -> None:
    assert merged(spans("09:00-10:00", "08:00-08:30", "09:30-11:00", "11:00-12:00")) == spans(
        "08:00-08:30", "09:00-12:00"
    )


@pytest.mark.parametrize(
    ("busy", "free"),
    [
        ((), 510),
        (("09:00-10:00",), 450),
        (("09:00-10:00", "09:30-10:30"), 420),
        (("05:00-09:00", "16:30-20:00"), 420),
        (("05:00-07:00",), 510),
        (("08:00-16:45",), 0),
        (("00:00-24:00",), 0),
    ],
)
def test_capacity_is_what_lunch_and_busy_time_leave_and_both_reckonings_agree(
    busy: tuple[str, ...], free: int
) -> None:
    midnight = dt.datetime(2027, 1, 12, tzinfo=ZoneInfo("UTC"))
    taken = [
        Busy(midnight + dt.timedelta(minutes=span.start), midnight + dt.timedelta(minutes=span.end))
        for span in spans(*busy)
    ]
    everything = Capacity(minutes_per_day=1440, ramp=())
    territory = small(rep=Rep("Ann", busy=taken), capacity=everything)
    horizon = problem_of(territory).horizon
    assert territory.rep.free_minutes(TUESDAY) == free
    assert capacity_of_day(territory, TUESDAY) == free
    assert horizon.day_capacity[horizon.dates.index(TUESDAY) + 1] == free


def test_the_ramp_lowers_what_is_given_not_what_the_hours_hold() -> None:
    busy = [Busy("2027-01-05T08:00", "2027-01-05T12:00")]
    territory = small(rep=Rep("Ann", busy=busy), capacity=Capacity(ramp=(0.5,)))
    assert capacity_of_day(territory, dt.date(2027, 1, 4)) == 180
    assert capacity_of_day(territory, dt.date(2027, 1, 5)) == 180
    assert capacity_of_day(territory, dt.date(2027, 1, 12)) == 360


def test_a_day_that_is_busy_throughout_stays_a_working_day() -> None:
    territory = small(rep=Rep("Ann", busy=[Busy("2027-01-12", "2027-01-13")]))
    assert territory.calendar.is_working_day(TUESDAY)
    assert capacity_of_day(territory, TUESDAY) == 0


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2027-01-12T09:00", "2027-01-12T09:00", "does not end after"),
        ("2027-01-12T09:00", "2027-01-12T08:00", "does not end after"),
        ("2027-01-12T09:00", "2027-01-12T10:00Z", "a time zone, or none"),
        ("tomorrow", "2027-01-12", "write 2027-01-12T09:00"),
        ("0001-01-01", "2027-01-12", "write a year from 1900 to 2200"),
    ],
)
def test_what_is_no_time_is_refused(start: str, end: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Busy(start, end)


def test_the_order_in_which_busy_times_are_given_does_not_matter() -> None:
    one, other = Busy(TUESDAY, "2027-01-13", what="fair"), Busy("2027-01-12T09:00", "2027-01-14")
    assert Rep("Ann", busy=[one, other]) == Rep("Ann", busy=[other, one])
