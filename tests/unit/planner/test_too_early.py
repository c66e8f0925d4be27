"""Touches whose days all lie before a grievance is heard or a complaint is answered."""

import datetime as dt

import pytest
from attrs import evolve
from replanned import anew, done_before, logged, of_two
from small import small

from campaign.explaining import explain
from campaign.explaining.explanation import Missing
from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.hours import OpeningHours
from campaign.model.shipped import shipped_cadences
from campaign.planner import plan
from campaign.touches import LeftOut, Plan, ReasonCode

ACME = Account("A-1", "ACME", tier="A", grievance="the bill", phone="1", street="1 Oak St")
MONDAY = dt.date(2027, 1, 11)


def promised(day: int, channel: str = "call") -> Promise:
    return Promise("P-1", "A-1", what="a list", due=dt.date(2027, 1, day), channel=channel)


def left_out(of: Plan, step: str = "P-1") -> LeftOut | None:
    return next((one for one in of.left_out if one.step == step), None)


@pytest.mark.parametrize(("day", "code"), [(6, ReasonCode.BEFORE_THE_OPENING), (11, None)])
def test_a_promise_due_before_the_grievance_can_be_heard_is_left_out_for_that(
    day: int, code: ReasonCode | None
) -> None:
    late = evolve(ACME, grievance_since=MONDAY)
    made = plan(small(late, promises=[promised(day)]), effort=0)
    left = left_out(made)
    assert (left.reason_code if left else None) is code
    assert not made.violations()
    if left:
        assert left.reason.startswith(
            "It is due by Wed 6 Jan, and may not come before the grievance of ACME is heard, "
            "within Mon 11 Jan to Fri 15 Jan (R8). Mon 11 Jan as its day, agreed with them"
        )
        (missing,) = (one for one in explain(made, "A-1").promises if isinstance(one, Missing))
        assert (missing.rule, missing.cause) == ("R8", left.reason.partition(" (R8)")[0])


def test_a_promise_waits_for_an_opening_that_only_a_later_day_allows() -> None:
    late = evolve(ACME, visit_hours=OpeningHours.parse("Thu 09:00-17:00"))
    deaf = Contact("C-1", "A-1", name="Dana", consents={"call": Consent.NO})
    made = plan(small(late, contacts=[deaf], promises=[promised(5, "letter")]), effort=0)
    left = left_out(made)
    assert left is not None
    assert left.reason_code is ReasonCode.BEFORE_THE_OPENING
    assert not made.violations()


def test_a_step_of_another_contact_that_ends_before_the_opening_is_left_out_for_that() -> None:
    quick = Cadence("quick", (Step("card", "postcard", "share", within=3),))
    people = [
        Contact("C-1", "A-1", name="Dana", role="decision_maker"),
        Contact("C-2", "A-1", name="Eli", cadence="quick"),
    ]
    late = evolve(ACME, grievance_since=MONDAY)
    cadences = {**shipped_cadences(), "quick": quick}
    left = left_out(plan(small(late, contacts=people, cadences=cadences), effort=0), "card")
    assert left is not None
    assert left.reason_code is ReasonCode.BEFORE_THE_OPENING
    assert left.reason.startswith(
        "Its window closes too early: nothing may come before the grievance of ACME is heard"
    )


def test_a_promise_due_before_a_complaint_is_answered_is_left_out_for_that() -> None:
    before = of_two()
    told = logged(done_before(before, MONDAY), "A-1/A-1/hello", "complaint")
    with_promise = evolve(told.territory, promises=(promised(11),))
    found = anew(Plan(with_promise, told.touches), MONDAY).campaign
    left = left_out(found)
    assert left is not None
    assert left.reason_code is ReasonCode.BEFORE_THE_ANSWER
    assert "may not come before the complaint of " in left.reason
    assert not found.violations()
