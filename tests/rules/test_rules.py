"""All rules together: a right plan, facts, pins, strangers and absurd rows."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import (
    a_plan,
    a_territory,
    an_account,
    by,
    changed,
    northern_plan,
    northern_territory,
    without,
)
from in_time import window_of
from rows import a_touch, day

from campaign.rules import LEVELS, RULES, doubts, levels, violations
from campaign.rules.violations import Fault, Violation
from campaign.touches import Plan, Status


def test_a_right_plan_breaks_no_rule() -> None:
    assert violations(northern_plan()) == ()
    assert doubts(northern_plan()) == ()


def test_a_plan_without_its_optional_touches_breaks_no_rule() -> None:
    assert not violations(without(northern_plan(), "A-1/C-1/offer", "A-2/A-2/news"))


def test_a_plan_without_a_step_in_the_middle_breaks_no_rule() -> None:
    assert not violations(without(northern_plan(), "A-1/C-1/hello"))


def test_the_rules_are_numbered_in_order_and_none_is_missing() -> None:
    numbers = [int(rule.name.removeprefix("R")) for rule in RULES]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 13))


def test_every_rule_says_what_it_asks_for_once() -> None:
    sentences = [rule.sentence for rule in RULES]
    assert len(set(sentences)) == len(sentences)


def test_a_violation_is_a_sentence_with_rule_place_and_figures() -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", minutes=5)
    assert [str(each) for each in violations(plan)] == [
        "R11 A-1/C-1/hello: minutes is 5, the inputs say 15"
    ]


def test_a_violation_of_an_account_names_the_account() -> None:
    found = Violation(
        "R5", Fault.TOO_MANY_RUNS, account_id="A-1", figures={"planned": 3, "there": 2}
    )
    assert str(found) == "R5 A-1: 3 contacts run a cadence, at most 2 do at once"


@pytest.mark.parametrize("status", [Status.DONE, Status.MISSED, Status.SKIPPED, Status.CANCELLED])
@pytest.mark.parametrize(
    "wrong",
    [
        {"date": dt.date(2027, 1, 9)},
        {"date": dt.date(1999, 1, 1)},
        {"minutes": 10_000},
        {"channel": "pigeon"},
        {"contact_id": "nobody"},
        {"start": 900, "end": 100},
    ],
    ids=["saturday", "long ago", "long", "unknown channel", "unknown contact", "reversed"],
)
def test_a_row_that_is_logged_is_never_a_violation(status: Status, wrong: dict[str, Any]) -> None:
    territory = a_territory()
    touch = evolve(a_touch("A-1/A-1/call", "01-05", of=territory, status=status), **wrong)
    plan = a_plan(touch, of=territory)
    assert violations(plan) == ()
    assert doubts(plan) == ()


@pytest.mark.parametrize(
    "wrong",
    [{"date": dt.date(2027, 1, 9)}, {"minutes": 300}, {"contact_id": "nobody"}],
    ids=["saturday", "minutes", "contact"],
)
def test_a_pinned_row_that_breaks_a_rule_is_only_a_doubt(wrong: dict[str, Any]) -> None:
    territory = a_territory()
    touch = evolve(a_touch("A-1/A-1/call", "01-05", of=territory, pinned=True), **wrong)
    plan = a_plan(touch, of=territory)
    assert violations(plan) == ()
    assert doubts(plan)
    assert all(each.is_notice for each in doubts(plan))


def test_a_pin_does_not_excuse_the_others() -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", pinned=True)
    wrong = changed(plan, "A-2/A-2/hello", date="01-09")
    assert by(
        evolve(wrong.touches[3], date=day("01-09")), "R1", Fault.NO_WORKING_DAY, date=day("01-09")
    ) in violations(wrong)


def test_a_plan_for_another_territory_gives_violations_only() -> None:
    other = a_territory(an_account("B-1"), an_account("A-2"))
    plan = Plan(other, northern_plan().touches, left_out=northern_plan().left_out)
    rules = {each.rule for each in violations(plan)}
    assert "R11" in rules
    assert [each.name for each in levels(plan)]
    assert [window_of(plan, touch) for touch in plan.touches]


@pytest.mark.parametrize(
    "date", [dt.date.min, dt.date(2027, 1, 3), dt.date(2031, 5, 5), dt.date.max]
)
@pytest.mark.parametrize("status", [Status.PLANNED, Status.DONE])
def test_dates_far_from_the_campaign_raise_nothing(date: dt.date, status: Status) -> None:
    for touch in northern_plan().touches:
        plan = changed(northern_plan(), touch.touch_id, date=date, planned_on=date, status=status)
        told = [each for each in violations(plan) if each.touch_id == touch.touch_id]
        assert bool(told) is (status is Status.PLANNED)
        assert len(levels(plan)) == len(LEVELS)
        assert window_of(plan, plan.touches[0])


@pytest.mark.parametrize(
    "touch_id", ["", "/", "//", "A-1", "A-1/C-1/hello/", "#2", "A-1/C-1/hello#", "🥐/🥐/🥐"]
)
def test_ids_that_are_none_raise_nothing(touch_id: str) -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", touch_id=touch_id)
    assert {Fault.NOWHERE, Fault.NOT_OWED} <= {each.fault for each in violations(plan)}


@pytest.mark.parametrize("column", ["minutes", "travel_minutes", "home_minutes", "stop"])
def test_figures_below_nothing_are_told(column: str) -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", **{column: -5})
    assert "A-1/C-1/hello" in {each.touch_id for each in violations(plan)}


def test_the_same_plan_gives_the_same_violations_in_the_same_order() -> None:
    wrong = changed(northern_plan(), "A-1/C-1/visit", date="01-08")
    assert violations(wrong) == violations(evolve(wrong, touches=reversed(wrong.touches)))


def test_the_territory_has_what_its_name_promises() -> None:
    assert len(northern_territory().active_accounts) == 4
