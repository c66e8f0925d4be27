"""R2 and R3: minutes of days and weeks, and limits of channels."""

from typing import Any

import pytest
from attrs import evolve
from byhand import ROBIN, a_plan, a_territory, changed, several
from rows import a_touch, day

from campaign.model.cadences import Step
from campaign.model.channels import Channel
from campaign.model.hours import parse_day
from campaign.model.policy import Policy
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planner.instance.horizon import horizon_of
from campaign.rules import capacity_of_day, capacity_of_week, doubts, violations
from campaign.rules.violations import Fault, Violation
from campaign.touches import Plan, Status

TALK = Step("call", ["call", "visit", "letter"], "listen")


def calls(territory: Territory, *dates: str) -> Plan:
    touches = [
        a_touch(f"A-{number}/A-{number}/call", date, of=territory)
        for number, date in enumerate(dates, start=1)
    ]
    return a_plan(*touches, of=territory)


def given(**capacity: int) -> Territory:
    return a_territory(*several(12), steps=[TALK], capacity=evolve(Capacity(ramp=()), **capacity))  # type: ignore[arg-type]


def broken(rule: str, fault: Fault, date: str, **figures: str | int) -> Violation:
    return Violation(rule, fault, date=day(date), figures=figures)


def test_a_day_may_be_filled_to_the_minute() -> None:
    assert not violations(calls(given(minutes_per_day=32), "01-05", "01-05"))


def test_a_day_takes_no_more_than_its_minutes() -> None:
    assert violations(calls(given(minutes_per_day=31), "01-05", "01-05", "01-06")) == (
        broken("R2", Fault.DAY_TOO_FULL, "01-05", planned=32, there=31),
    )


def test_drives_and_the_way_home_count_to_the_day() -> None:
    territory = given(minutes_per_day=89)
    visit = a_touch("A-1/A-1/call", "01-05", "visit", of=territory)
    assert violations(a_plan(visit, of=territory)) == (
        broken("R2", Fault.DAY_TOO_FULL, "01-05", planned=90, there=89),
    )


def test_a_day_has_no_more_minutes_than_the_rep_works() -> None:
    short = evolve(ROBIN, hours={1: parse_day("09:00-10:00")})
    territory = a_territory(*several(2), rep=short, capacity=Capacity(ramp=()))
    assert violations(calls(territory, "01-05", "01-05")) == (
        broken("R2", Fault.DAY_TOO_FULL, "01-05", planned=32, there=30),
    )


def test_a_week_takes_no_more_than_its_minutes() -> None:
    territory = given(minutes_per_week=47)
    assert not violations(calls(territory, "01-05", "01-06", "01-11"))
    assert violations(calls(territory, "01-13", "01-14", "01-15")) == (
        broken("R2", Fault.WEEK_TOO_FULL, "01-11", planned=48, there=47),
    )


def test_the_ramp_shrinks_the_first_weeks() -> None:
    territory = a_territory(capacity=Capacity(minutes_per_day=100, minutes_per_week=301))
    assert [capacity_of_day(territory, day(date)) for date in ("01-04", "01-11", "01-18")] == [
        50,
        75,
        100,
    ]
    assert [capacity_of_week(territory, week) for week in range(3)] == [150, 225, 301]


def test_a_share_that_binary_fractions_miss_is_not_rounded_down() -> None:
    territory = a_territory(capacity=Capacity(minutes_per_day=100, ramp=(0.29,)))
    assert capacity_of_day(territory, day("01-04")) == 29


def test_what_is_done_uses_the_day_but_is_no_violation() -> None:
    plan = calls(given(minutes_per_day=15), "01-05")
    assert not violations(changed(plan, "A-1/A-1/call", status=Status.DONE, done_on=day("01-05")))


def test_a_day_that_is_over_is_not_judged_whatever_is_not_ticked_off_there() -> None:
    territory = given(minutes_per_day=31)
    letters = evolve(territory.channels["call"], per_day=1)
    limited = evolve(territory, channels={**territory.channels, "call": letters})
    plan = calls(limited, "01-05", "01-05", "01-06")
    assert {one.rule for one in violations(plan)} == {"R2", "R3"}
    done = {"status": "done", "done_on": day("01-05")}
    assert {one.rule for one in violations(changed(plan, "A-1/A-1/call", **done))} == {"R2", "R3"}
    later = {"status": "done", "done_on": day("01-06")}
    assert violations(changed(plan, "A-3/A-3/call", **later)) == ()


def test_what_is_planned_beside_what_is_done_has_to_fit() -> None:
    plan = calls(given(minutes_per_day=31), "01-05", "01-06")
    done = changed(plan, "A-2/A-2/call", status=Status.DONE, done_on=day("01-05"))
    assert violations(done) == (broken("R2", Fault.DAY_TOO_FULL, "01-05", planned=32, there=31),)


@pytest.mark.parametrize("status", [Status.MISSED, Status.SKIPPED, Status.CANCELLED])
def test_what_does_not_take_place_uses_nothing(status: Status) -> None:
    plan = calls(given(minutes_per_day=31), "01-05", "01-05")
    assert not violations(changed(plan, "A-2/A-2/call", status=status))


def test_a_day_that_pins_alone_overfill_is_a_doubt() -> None:
    plan = changed(calls(given(minutes_per_day=15), "01-05"), "A-1/A-1/call", pinned=True)
    assert not violations(plan)
    assert doubts(plan) == (
        Violation(
            "R2",
            Fault.DAY_TOO_FULL,
            date=day("01-05"),
            figures={"planned": 16, "there": 15},
            is_notice=True,
        ),
    )


def test_the_sentence_names_rule_day_and_figures() -> None:
    (found,) = violations(calls(given(minutes_per_day=31), "01-12", "01-12"))
    assert str(found) == "R2 2027-01-12: 32 minutes are planned, 31 are there"


def limited(**limits: int) -> Territory:
    call = Channel("call", minutes=1, **limits)  # type: ignore[arg-type]
    visit = Channel("visit", minutes=1, travels=True, **limits)  # type: ignore[arg-type]
    return a_territory(
        *several(4),
        steps=[TALK],
        capacity=Capacity(ramp=()),
        channels={**Policy().channels, "call": call, "visit": visit},
    )


def test_a_channel_keeps_its_limit_a_day() -> None:
    assert not violations(calls(limited(per_day=2), "01-05", "01-05", "01-06"))
    assert violations(calls(limited(per_day=2), "01-05", "01-05", "01-05")) == (
        broken("R3", Fault.TOO_MANY_A_DAY, "01-05", channel="call", planned=3, there=2),
    )


def test_a_channel_keeps_its_limit_a_week() -> None:
    assert not violations(calls(limited(per_week=2), "01-07", "01-08", "01-11"))
    assert violations(calls(limited(per_week=2), "01-06", "01-07", "01-08")) == (
        broken("R3", Fault.TOO_MANY_A_WEEK, "01-04", channel="call", planned=3, there=2),
    )


def test_the_ramp_does_not_touch_the_limits() -> None:
    territory = evolve(limited(per_day=4), capacity=Capacity(ramp=(0.1,)))
    assert not violations(calls(territory, "01-05", "01-05", "01-05", "01-05"))


def test_another_channel_does_not_count() -> None:
    territory = limited(per_day=1)
    assert not violations(
        a_plan(
            a_touch("A-1/A-1/call", "01-05", of=territory),
            a_touch("A-2/A-2/call", "01-05", "letter", of=territory),
            of=territory,
        )
    )


def test_a_visit_that_meets_two_persons_counts_once() -> None:
    territory = limited(per_day=1)
    visit = a_touch("A-1/A-1/call", "01-05", "visit", of=territory)
    beside = evolve(visit, touch_id="A-1/C-2/call", contact_id="C-2", minutes=0, travel_minutes=0)
    rules = {each.rule for each in violations(a_plan(visit, beside, of=territory))}
    assert "R3" not in rules


def test_a_limit_that_facts_alone_break_is_no_violation() -> None:
    plan = calls(limited(per_day=0), "01-05")
    assert not violations(changed(plan, "A-1/A-1/call", status="done"))


@pytest.mark.parametrize(
    ("start", "more", "shares"),
    [
        ("2027-01-04", {}, [0.5, 0.75, 1]),
        ("2027-01-08", {}, [0.5, 0.5, 0.75]),
        ("2027-01-06", {}, [0.5, 0.75, 1]),
        ("2027-01-04", {"leave": "2027-01-04/2027-01-15"}, [0.5, 0.5, 0.5]),
        ("2027-01-07", {"hours": {"thu": "08:00-17:00", "fri": "08:00-17:00"}}, [0.5, 0.75, 1]),
        ("2027-01-08", {"hours": {"thu": "08:00-17:00", "fri": "08:00-17:00"}}, [0.5, 0.5, 0.75]),
    ],
)
def test_the_ramp_begins_with_the_first_real_week_of_work(
    start: str, more: dict[str, Any], shares: list[float]
) -> None:
    territory = a_territory(start=start, rep=evolve(ROBIN, **more))
    minutes = territory.capacity.minutes_per_week
    assert [capacity_of_week(territory, week) / minutes for week in range(3)] == shares
    horizon = horizon_of(territory)
    assert [horizon.week_capacity[week] / minutes for week in range(3)] == shares


def test_without_any_real_week_the_ramp_never_begins() -> None:
    hours = "We,Th 08:00-17:00; week 01-53/2 Fr 08:00-17:00"
    away = ["2027-01-01/2027-04-02"]
    territory = a_territory(rep=evolve(ROBIN, hours=hours, leave=away), days=90)
    assert capacity_of_week(territory, 10) == territory.capacity.minutes_per_week / 2


def test_without_a_ramp_a_short_first_week_is_whole() -> None:
    whole = evolve(a_territory().capacity, ramp=())
    territory = a_territory(start="2027-01-08", capacity=whole)
    assert capacity_of_week(territory, 0) == whole.minutes_per_week
