"""R11: nothing is silently dropped or invented, and every row agrees with the inputs."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import a_plan, a_territory, an_account, by, changed, northern_plan
from rows import a_touch, day, left

from campaign.model.cadences import Step
from campaign.model.channels import Channel
from campaign.rules import doubts, violations
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import Plan, Status

CALL = "A-1/A-1/call"


def of_owed(fault: Fault, touch_id: str = CALL, **figures: Figure) -> Violation:
    return Violation("R11", fault, touch_id=touch_id, account_id="A-1", figures=figures)


def one_call(**others: Any) -> Plan:
    territory = a_territory()
    return a_plan(a_touch(CALL, "01-05", of=territory, **others), of=territory)


def disagreement(touch_id: str, column: str, found: Figure, right: Figure) -> Violation:
    (touch,) = (each for each in northern_plan().touches if each.touch_id == touch_id)
    return by(touch, "R11", Fault.DISAGREES, column=column, found=found, right=right)


def test_what_stands_once_is_right() -> None:
    assert not violations(one_call())


def test_what_is_left_out_is_not_dropped() -> None:
    assert not violations(a_plan(of=a_territory()))


def test_what_stands_nowhere_is_dropped() -> None:
    assert violations(Plan(a_territory(), ())) == (of_owed(Fault.NOWHERE),)


def test_what_is_planned_and_left_out_stands_twice() -> None:
    plan = one_call()
    both = evolve(plan, left_out=[left(CALL, of=plan.territory)])
    assert violations(both) == (of_owed(Fault.MORE_THAN_ONCE, found=2),)


def test_one_id_does_not_stand_on_two_rows() -> None:
    plan = one_call()
    twice = evolve(plan, touches=[*plan.touches, evolve(plan.touches[0], date=day("01-19"))])
    assert violations(twice) == (
        Violation("R11", Fault.ID_TWICE, touch_id=CALL, figures={"found": 2}),
        of_owed(Fault.MORE_THAN_ONCE, found=2),
    )


def test_one_id_is_not_left_out_twice() -> None:
    territory = a_territory()
    twice = [left(CALL, of=territory), left(CALL, of=territory)]
    assert Violation("R11", Fault.ID_TWICE, touch_id=CALL, figures={"found": 2}) in violations(
        a_plan(of=territory, left_out=twice)
    )


def test_a_further_attempt_after_one_that_is_done_is_right() -> None:
    plan = one_call(status=Status.DONE, outcome="no_answer")
    again = a_touch(f"{CALL}#2", "01-19", of=plan.territory)
    assert not violations(evolve(plan, touches=[*plan.touches, again]))


def test_a_further_attempt_beside_one_that_is_planned_stands_twice() -> None:
    plan = one_call()
    again = a_touch(f"{CALL}#2", "01-19", of=plan.territory)
    assert violations(evolve(plan, touches=[*plan.touches, again])) == (
        of_owed(Fault.MORE_THAN_ONCE, found=2),
    )


def test_what_is_done_is_not_left_out_as_well() -> None:
    plan = one_call(status=Status.DONE)
    both = evolve(plan, left_out=[left(CALL, of=plan.territory)])
    assert violations(both) == (of_owed(Fault.MORE_THAN_ONCE, found=2),)


@pytest.mark.parametrize("status", [Status.MISSED, Status.SKIPPED, Status.CANCELLED])
def test_what_was_logged_as_missed_may_be_left_out_or_not(status: Status) -> None:
    plan = one_call(status=status)
    assert not violations(plan)
    assert not violations(evolve(plan, left_out=[left(CALL, of=plan.territory)]))


@pytest.mark.parametrize(
    "touch_id", ["A-1/A-1/tea", "A-1/C-9/call", "A-9/A-9/call", "A-1/A-1/call#x", "A-1/A-1/P-1"]
)
def test_what_is_not_owed_is_invented(touch_id: str) -> None:
    plan = one_call()
    stranger = a_touch(touch_id, "01-19", "email", of=plan.territory)
    assert violations(evolve(plan, touches=[*plan.touches, stranger])) == (
        by(stranger, "R11", Fault.NOT_OWED),
    )


def test_an_account_that_is_not_active_is_owed_nothing() -> None:
    plan = one_call()
    closed = evolve(plan.territory.accounts[0], status="closed")
    idle = evolve(plan, territory=evolve(plan.territory, accounts=[closed]))
    assert violations(idle) == (by(plan.touches[0], "R11", Fault.NOT_OWED),)
    done = changed(idle, CALL, status=Status.DONE)
    assert not violations(done)


def test_what_is_not_owed_is_not_left_out() -> None:
    plan = one_call()
    row = evolve(left(CALL, of=plan.territory), touch_id="A-1/A-1/tea")
    assert violations(evolve(plan, left_out=[row])) == (of_owed(Fault.NOT_OWED, "A-1/A-1/tea"),)


def test_a_channel_that_is_not_defined_is_told() -> None:
    plan = one_call(channel="pigeon")
    assert violations(plan) == (
        by(plan.touches[0], "R11", Fault.UNKNOWN_CHANNEL, channel="pigeon"),
    )


@pytest.mark.parametrize(
    ("column", "found", "right"),
    [
        ("account_id", "A-2", "A-1"),
        ("contact_id", "C-2", "C-1"),
        ("cadence", "plain", "key"),
        ("step", "call", "hello"),
        ("purpose", "listen", "introduce"),
    ],
)
def test_names_agree_with_what_is_owed(column: str, found: str, right: str) -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", **{column: found})
    assert disagreement("A-1/C-1/hello", column, found, right) in violations(plan)


def test_a_required_step_is_not_called_optional() -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", required=False)
    assert violations(plan) == (disagreement("A-1/C-1/hello", "required", "no", "yes"),)


def test_the_channel_is_one_of_the_step() -> None:
    plan = changed(northern_plan(), "A-1/C-1/call", channel="email", minutes=8)
    assert violations(plan) == (disagreement("A-1/C-1/call", "channel", "email", "call or letter"),)


def test_minutes_are_those_of_the_channel() -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", minutes=5)
    assert violations(plan) == (disagreement("A-1/C-1/hello", "minutes", 5, 15),)


def test_the_first_person_of_a_visit_carries_its_minutes() -> None:
    plan = changed(northern_plan(), "A-1/C-1/visit", minutes=0)
    assert violations(plan) == (disagreement("A-1/C-1/visit", "minutes", 0, 55),)


@pytest.mark.parametrize("arrives", [None, day("01-08")])
def test_post_arrives_as_late_as_it_may(arrives: dt.date | None) -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", arrives=arrives)
    told = str(arrives or "empty")
    assert violations(plan) == (disagreement("A-1/C-1/hello", "arrives", told, "2027-01-11"),)


def test_post_abroad_arrives_as_late_as_it_may_there() -> None:
    territory = a_territory(
        an_account(country="CA"),
        steps=[Step("hello", "letter", "introduce")],
        channels={"letter": Channel("letter", 15, transit=(2, 5), abroad=(4, 9))},
    )
    hello = a_touch("A-1/A-1/hello", "01-04", "letter", of=territory)
    plan = a_plan(hello, of=territory)
    (found,) = violations(plan)
    assert found.fault is Fault.DISAGREES
    assert found.figures == {"column": "arrives", "found": "2027-01-11", "right": "2027-01-15"}
    assert not violations(changed(plan, "A-1/A-1/hello", arrives=day("01-15")))


def test_what_is_not_posted_does_not_arrive() -> None:
    plan = changed(northern_plan(), "A-1/C-1/call", arrives=day("01-13"))
    assert violations(plan) == (disagreement("A-1/C-1/call", "arrives", "2027-01-13", "empty"),)


def test_wrong_minutes_of_what_is_done_are_a_fact() -> None:
    assert not violations(one_call(minutes=3, status=Status.DONE))


def test_wrong_minutes_of_a_pinned_touch_are_a_doubt() -> None:
    plan = one_call(minutes=3, pinned=True)
    assert not violations(plan)
    assert doubts(plan) == (
        by(plan.touches[0], "R11", Fault.DISAGREES, column="minutes", found=3, right=16),
    )


@pytest.mark.parametrize(
    ("column", "found", "right"),
    [
        ("contact_id", "C-7", "A-1"),
        ("cadence", "plain", "own"),
        ("step", "tea", "call"),
        ("channel", "pigeon", "call or letter"),
    ],
)
def test_what_is_left_out_agrees_too(column: str, found: str, right: str) -> None:
    territory = a_territory(steps=[Step("call", ["call", "letter"], "listen")])
    changes: dict[str, Any] = {column: found}
    row = evolve(left(CALL, of=territory), **changes)
    assert violations(a_plan(of=territory, left_out=[row])) == (
        of_owed(Fault.DISAGREES, column=column, found=found, right=right),
    )
