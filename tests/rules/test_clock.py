"""R10: rows with a start and an end, by the clock."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import FAR_NORTH, ROBIN, a_plan, a_territory, an_account, by, several
from rows import a_touch

from campaign.model.accounts import Contact
from campaign.model.busy import Busy
from campaign.model.cadences import Step
from campaign.model.hours import Hours, OpeningHours, parse_day
from campaign.model.priorities import Tier
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.rules import doubts, violations
from campaign.rules.violations import Fault
from campaign.touches import Plan, Touch

ANY_TIME = Courtesy(call_hours="")
STEP = Step("step", ["call", "visit", "email"], "listen")


def timed(
    account: str, hours: str, channel: str = "call", *, of: Territory, **others: Any
) -> Touch:
    span = Hours.parse(hours)
    return a_touch(
        f"{account}/{account}/step",
        "01-20",
        channel,
        of=of,
        start=span.start,
        end=span.end,
        **others,
    )


def calls(*hours: str) -> Plan:
    territory = a_territory(*several(len(hours)), steps=[STEP])
    rows = [timed(f"A-{n}", span, of=territory) for n, span in enumerate(hours, start=1)]
    return a_plan(*rows, of=territory)


def test_touches_one_after_the_other_are_right() -> None:
    assert not violations(calls("09:00-09:16", "09:16-09:32"))


def test_untimed_touches_are_not_judged_by_the_clock() -> None:
    territory = a_territory(*several(2), steps=[STEP])
    rows = [a_touch(f"A-{n}/A-{n}/step", "01-20", of=territory) for n in (1, 2)]
    assert not violations(a_plan(*rows, of=territory))


def test_touches_do_not_overlap() -> None:
    plan = calls("09:00-09:20", "09:16-09:32")
    assert violations(plan) == (
        by(
            plan.touches[1],
            "R10",
            Fault.OVERLAP,
            start="09:16",
            other="A-1/A-1/step",
            end="09:20",
        ),
    )


def test_a_long_touch_overlaps_all_that_start_within_it() -> None:
    plan = calls("09:00-10:30", "09:16-09:32", "10:00-10:16")
    assert [(each.touch_id, each.fault) for each in violations(plan)] == [
        ("A-2/A-2/step", Fault.OVERLAP),
        ("A-3/A-3/step", Fault.OVERLAP),
    ]


def test_of_what_is_done_the_day_is_known_and_no_time() -> None:
    plan = calls("09:00-09:20", "09:16-09:32")
    first, second = plan.touches
    for day in ("2027-01-20", "2027-01-19"):
        done = evolve(second, status="done", done_on=dt.date.fromisoformat(day))
        assert violations(evolve(plan, touches=[first, done])) == ()


def test_no_drive_is_asked_for_from_a_visit_that_is_done() -> None:
    plan = tour("09:00-09:55", "10:14-11:09")
    first, second = plan.touches
    assert violations(evolve(plan, touches=[evolve(first, status="done"), second])) == ()


def in_a_row(*gaps: int) -> Plan:
    """Calls with so many minutes before each but the first, from nine."""
    start, spans = 9 * 60, []
    for gap in (0, *gaps):
        start += gap
        spans.append(str(Hours(start, start + 16)))
        start += 16
    plan = calls(*spans)
    return evolve(plan, territory=evolve(plan.territory, courtesy=ANY_TIME))


def test_after_six_calls_comes_a_break() -> None:
    assert not violations(in_a_row(*[0] * 5))
    assert not violations(in_a_row(*[0] * 5, 15, *[0] * 5))
    assert not violations(in_a_row(*[0] * 2, 15, *[14] * 5))
    plan = in_a_row(*[0] * 5, 14, 14)
    assert violations(plan) == tuple(
        by(plan.touches[row], "R10", Fault.NO_BREAK, count=count, start=start, most=6, rest=15)
        for row, count, start in ((6, 7, "10:50"), (7, 8, "11:20"))
    )


def test_a_visit_is_a_break_and_a_pin_wins() -> None:
    plan = in_a_row(*[0] * 6)
    *others, last = plan.touches
    assert [each.fault for each in violations(plan)] == [Fault.NO_BREAK]
    assert not violations(evolve(plan, touches=[*others, evolve(last, pinned=True)]))
    (doubt,) = doubts(evolve(plan, touches=[*others, evolve(last, pinned=True)]))
    assert doubt.fault is Fault.NO_BREAK
    visited = timed("A-1", "10:36-11:31", "visit", of=plan.territory)
    later = evolve(last, start=11 * 60 + 31, end=11 * 60 + 47)
    found = violations(evolve(plan, touches=[*others, visited, later]))
    assert Fault.NO_BREAK not in {each.fault for each in found}


def test_of_an_overlap_with_a_pin_the_other_touch_is_blamed() -> None:
    plan = calls("09:00-09:20", "09:16-09:32")
    first, second = plan.touches
    pinned = evolve(plan, touches=[first, evolve(second, pinned=True)])
    assert [each.touch_id for each in violations(pinned)] == ["A-1/A-1/step"]


def test_a_touch_needs_its_minutes_between_start_and_end() -> None:
    plan = calls("09:00-09:15")
    assert violations(plan) == (
        by(plan.touches[0], "R10", Fault.NO_SPAN, minutes=16, start="09:00", end="09:15"),
    )


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (540, None, ("09:00", "no time")),
        (None, 540, ("no time", "09:00")),
        (600, 540, ("10:00", "09:00")),
        (-30, 60, ("-00:30", "01:00")),
    ],
)
def test_half_a_time_and_a_reversed_one_are_told(
    start: int | None, end: int | None, said: tuple[str, str]
) -> None:
    plan = calls("09:00-09:16")
    wrong = evolve(plan.touches[0], start=start, end=end)
    found = violations(evolve(plan, touches=[wrong]))
    assert by(wrong, "R10", Fault.NO_SPAN, minutes=16, start=said[0], end=said[1]) in found


def tour(first: str, second: str, *others: tuple[str, str]) -> Plan:
    """Visits to A-1 and A-2, twenty minutes of road between them, and calls."""
    territory = a_territory(
        an_account(), an_account("A-2", **FAR_NORTH), *several(4)[2:], steps=[STEP]
    )
    rows = [
        timed("A-1", first, "visit", of=territory, home_minutes=0),
        timed("A-2", second, "visit", of=territory, stop=2, home_minutes=29),
        *[timed(account, hours, of=territory) for account, hours in others],
    ]
    return a_plan(*rows, of=territory)


def test_a_tour_with_time_for_its_drives_is_right() -> None:
    assert not violations(tour("08:20-09:15", "09:35-10:30"))


def test_the_drive_has_to_fit_between_two_visits() -> None:
    plan = tour("09:00-09:55", "10:14-11:09")
    assert violations(plan) == (
        by(plan.touches[1], "R10", Fault.DRIVE_TOO_SHORT, free=19, drive=20, start="10:14"),
    )


def test_a_call_between_two_visits_takes_time_from_the_drive() -> None:
    assert not violations(tour("09:00-09:55", "10:31-11:26", ("A-3", "09:55-10:11")))
    plan = tour("09:00-09:55", "10:30-11:25", ("A-3", "09:55-10:11"))
    assert violations(plan) == (
        by(plan.touches[1], "R10", Fault.DRIVE_TOO_SHORT, free=19, drive=20, start="10:30"),
    )


def test_the_first_drive_starts_within_the_reps_hours() -> None:
    plan = tour("08:19-09:14", "09:34-10:29")
    assert violations(plan) == (
        by(plan.touches[0], "R10", Fault.DRIVE_TOO_SHORT, free=19, drive=20, start="08:19"),
    )


def test_the_way_home_ends_within_the_reps_hours() -> None:
    assert not violations(tour("09:00-09:55", "15:36-16:31"))
    plan = tour("09:00-09:55", "15:37-16:32")
    assert violations(plan) == (
        by(plan.touches[1], "R10", Fault.HOME_TOO_LATE, drive=29, start="16:32"),
    )


def test_touches_stay_within_the_reps_hours() -> None:
    plan = calls("16:44-17:00", "07:50-08:06")
    plan = evolve(plan, territory=evolve(plan.territory, courtesy=ANY_TIME))
    assert violations(plan) == (
        by(plan.touches[1], "R10", Fault.OUTSIDE_HOURS, start="07:50", end="08:06"),
    )


def test_touches_do_not_run_over_a_break_in_the_reps_hours() -> None:
    broken = evolve(ROBIN, hours={2: parse_day("08:00-12:00 13:00-17:00")})
    territory = a_territory(steps=[STEP], rep=broken, courtesy=ANY_TIME)
    over = timed("A-1", "11:50-13:10", of=territory)
    assert violations(a_plan(over, of=territory)) == (
        by(over, "R10", Fault.OUTSIDE_HOURS, start="11:50", end="13:10"),
    )


def visited(hours: str, zone: str = "") -> Plan:
    opening = OpeningHours.parse("Mon-Fri 10:00-12:00")
    territory = a_territory(an_account(visit_hours=opening, timezone=zone), steps=[STEP])
    return a_plan(timed("A-1", hours, "visit", of=territory), of=territory)


def test_a_visit_stays_within_visit_hours() -> None:
    assert not violations(visited("10:00-10:55"))
    plan = visited("09:30-10:25")
    assert violations(plan) == (
        by(
            plan.touches[0],
            "R10",
            Fault.OUTSIDE_VISIT_HOURS,
            start="09:30",
            end="10:25",
            account="A-1",
            hours="Mon,Tue,Wed,Thu,Fri 10:00-12:00",
        ),
    )


def test_visit_hours_are_those_of_the_accounts_own_zone() -> None:
    assert not violations(visited("09:00-09:55", "America/Denver"))
    assert [each.fault for each in violations(visited("10:30-11:25", "America/Denver"))] == [
        Fault.OUTSIDE_VISIT_HOURS
    ]


def called(hours: str, *, zone: str = "", of_account: str = "") -> Plan:
    person = Contact(
        "A-1",
        "A-1",
        name="Ada",
        timezone=zone,
        call_hours=OpeningHours.parse("Mon-Fri 09:00-12:00"),
    )
    territory = a_territory(an_account(timezone=of_account), steps=[STEP], contacts=(person,))
    return a_plan(timed("A-1", hours, of=territory), of=territory)


@pytest.mark.parametrize(
    ("hours", "zone", "of_account", "is_right"),
    [
        ("11:44-12:00", "", "", True),
        ("11:45-12:01", "", "", False),
        ("08:30-08:46", "America/New_York", "", True),
        ("09:00-09:16", "America/New_York", "", False),
        ("09:00-09:16", "", "America/New_York", False),
        ("09:00-09:16", "America/Los_Angeles", "America/New_York", True),
        ("16:30-16:46", "Asia/Tokyo", "", True),
    ],
)
def test_calls_stay_within_call_hours_of_the_persons_zone(
    hours: str,
    zone: str,
    of_account: str,
    is_right: bool,  # noqa: FBT001 (a column of the table above)
) -> None:
    found = [each.fault for each in violations(called(hours, zone=zone, of_account=of_account))]
    expected = [] if is_right else [Fault.OUTSIDE_CALL_HOURS]
    assert found == expected


def test_two_persons_met_by_one_visit_do_not_overlap() -> None:
    territory = a_territory(
        steps=[STEP],
        tiers=(Tier("A", cadence="own", others="own"),),
        contacts=tuple(Contact(f"C-{n}", "A-1", name=f"Person {n}") for n in (1, 2)),
    )
    times = {"start": 600, "end": 655}
    none = {"minutes": 0, "travel_minutes": 0, "home_minutes": 0}
    first = a_touch("A-1/C-1/step", "01-20", "visit", of=territory, **times)
    second = a_touch("A-1/C-2/step", "01-20", "visit", of=territory, **times, **none)
    assert not violations(a_plan(first, second, of=territory))


def with_meetings(plan: Plan, *meetings: str) -> Plan:
    """The plan of a rep whose own calendar is busy at these hours of 20 January."""
    ends = [hours.split("-") for hours in meetings]
    busy = [Busy(f"2027-01-20T{start}", f"2027-01-20T{end}") for start, end in ends]
    territory = evolve(plan.territory, rep=evolve(plan.territory.rep, busy=busy))
    return evolve(plan, territory=territory)


def test_nothing_stands_in_the_reps_busy_time() -> None:
    plan = calls("09:44-10:00", "10:20-10:36", "11:00-11:16")
    assert violations(with_meetings(plan, "10:00-11:00", "10:30-10:40")) == (
        by(plan.touches[1], "R10", Fault.BUSY, start="10:20", end="10:36", busy="10:00-11:00"),
    )


def test_a_meeting_between_two_visits_takes_time_from_the_drive() -> None:
    plan = tour("09:00-09:55", "10:30-11:25")
    assert not violations(with_meetings(plan, "10:00-10:15"))
    assert violations(with_meetings(plan, "10:00-10:16")) == (
        by(plan.touches[1], "R10", Fault.DRIVE_TOO_SHORT, free=19, drive=20, start="10:30"),
    )


def test_a_meeting_in_the_morning_takes_time_from_the_first_drive() -> None:
    plan = tour("09:00-09:55", "10:30-11:25")
    assert not violations(with_meetings(plan, "07:00-08:40"))
    assert [each.fault for each in violations(with_meetings(plan, "07:00-08:41"))] == [
        Fault.DRIVE_TOO_SHORT
    ]


def test_a_meeting_in_the_evening_takes_time_from_the_way_home() -> None:
    plan = tour("09:00-09:55", "15:00-15:55")
    assert not violations(with_meetings(plan, "16:24-17:00", "17:00-19:00"))
    assert [each.fault for each in violations(with_meetings(plan, "16:23-17:00"))] == [
        Fault.HOME_TOO_LATE
    ]


def test_a_visit_stays_within_the_visit_hours_of_the_person_met() -> None:
    person = Contact(
        "C-1", "A-1", name="Ada", visit_hours=OpeningHours.parse("Mon-Fri 11:00-15:00")
    )
    opening = OpeningHours.parse("Mon-Fri 10:00-12:00")
    territory = a_territory(an_account(visit_hours=opening), steps=[STEP], contacts=(person,))

    def at(start: int) -> Plan:
        times = {"start": start, "end": start + 55}
        touch = a_touch("A-1/C-1/step", "01-20", "visit", of=territory, **times)
        return a_plan(touch, of=territory)

    assert not violations(at(11 * 60))
    (early,) = violations(at(10 * 60))
    assert early.fault is Fault.OUTSIDE_VISIT_HOURS
    assert early.figures["account"] == "C-1"
    assert [each.fault for each in violations(at(12 * 60))] == [Fault.OUTSIDE_VISIT_HOURS]
