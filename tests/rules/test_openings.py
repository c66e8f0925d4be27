"""R8: a grievance account opens by visit or call in its first days, and by nothing else."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import NORTH, ROBIN, a_plan, a_territory, an_account, by, changed
from in_time import window_of
from rows import a_touch, day, left

from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.cadences import Cadence, Step
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.rules import violations
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import Plan, ReasonCode, Status
from campaign.workdays import Span

UNOPENED = ReasonCode.GRIEVANCE_UNOPENED


def angry(account_id: str = "A-1", **others: Any) -> Account:
    return an_account(account_id, relationship=Relationship.GRIEVANCE, **others)


def opened(
    date: str, channel: str = "visit", *, of: Territory | None = None, **others: Any
) -> Plan:
    territory = of or a_territory(angry())
    return a_plan(a_touch("A-1/A-1/go", date, channel, of=territory, **others), of=territory)


def unopened(territory: Territory) -> Plan:
    accounts = {account.account_id: UNOPENED for account in territory.accounts}
    return a_plan(of=territory, reasons=accounts)


def of_left_out(fault: Fault, step: str = "go", **figures: Figure) -> Violation:
    touch_id = f"A-1/A-1/{step}"
    return Violation("R8", fault, touch_id=touch_id, account_id="A-1", figures=figures)


@pytest.mark.parametrize("date", ["01-04", "01-06", "01-08"])
def test_an_account_may_open_by_visit_on_any_of_its_first_five_days(date: str) -> None:
    assert not violations(opened(date))


def test_the_five_days_are_working_days_of_the_rep() -> None:
    away = evolve(ROBIN, leave=(Span(day("01-05"), day("01-07")),))
    plan = opened("01-13", of=a_territory(angry(), rep=away))
    assert not violations(plan)
    assert window_of(plan, plan.touches[0]) == (day("01-04"), day("01-13"))


def test_a_call_is_right_where_visits_are_refused() -> None:
    refusing = Contact("A-1", "A-1", name="Ada", consents={"visit": Consent.NO})
    assert not violations(opened("01-05", "call", of=a_territory(angry(), contacts=(refusing,))))


def test_a_call_is_right_where_the_road_is_too_long() -> None:
    far = a_territory(angry(latitude=46.0, longitude=-123.0))
    assert not violations(opened("01-05", "call", of=far))


def test_a_letter_does_not_open_a_grievance() -> None:
    wordy = Cadence("recovery", (Step("go", ["call", "letter"], "recover", within=5),))
    territory = a_territory(angry(), cadences={"own": wordy, "recovery": wordy})
    plan = opened("01-05", "letter", of=territory)
    assert violations(plan) == (by(plan.touches[0], "R8", Fault.OPENS_BY_OTHER, channel="letter"),)


def test_nothing_comes_before_the_opening() -> None:
    territory = a_territory(
        angry(), promises=(Promise("P-1", "A-1", what="a list", due=day("01-05")),)
    )
    opening = a_touch("A-1/A-1/go", "01-06", "visit", of=territory)
    promise = a_touch("A-1/A-1/P-1", "01-05", of=territory)
    assert violations(a_plan(opening, promise, of=territory)) == (
        by(promise, "R8", Fault.BEFORE_OPENING, date=day("01-05"), opening=day("01-06")),
    )


def test_a_promise_on_the_day_of_the_opening_is_right() -> None:
    territory = a_territory(
        angry(), promises=(Promise("P-1", "A-1", what="a list", due=day("01-05")),)
    )
    opening = a_touch("A-1/A-1/go", "01-05", "visit", of=territory)
    promise = a_touch("A-1/A-1/P-1", "01-05", of=territory)
    assert not violations(a_plan(opening, promise, of=territory))


def test_a_promise_waits_for_the_opening_and_is_then_not_too_late_for_an_overdue_one() -> None:
    old = Promise("P-1", "A-1", what="a list", due=dt.date(2026, 12, 1))
    territory = a_territory(angry(), promises=(old,))
    opening = a_touch("A-1/A-1/go", "01-06", "visit", of=territory)
    promise = a_touch("A-1/A-1/P-1", "01-06", of=territory)
    assert not violations(a_plan(opening, promise, of=territory))


def test_nothing_is_planned_for_an_account_that_is_not_opened() -> None:
    territory = a_territory(angry(closed_dates=(Span(day("01-04"), day("01-08")),)))
    sorry = a_touch("A-1/A-1/sorry", "01-11", "letter", of=territory)
    reasons = {"A-1": UNOPENED}
    assert not violations(unopened(territory))
    assert violations(a_plan(sorry, of=territory, reasons=reasons)) == (
        by(sorry, "R8", Fault.UNOPENED, account="A-1"),
    )


def with_a_promise(due: str) -> Territory:
    return a_territory(angry(), promises=(Promise("P-1", "A-1", what="a list", due=day(due)),))


def test_what_is_left_out_of_an_unopened_account_says_so() -> None:
    territory = a_territory(angry(closed_dates=(Span(day("01-04"), day("01-08")),)))
    go, sorry, talk = (
        left(f"A-1/A-1/{step}", of=territory, reason_code=code)
        for step, code in (("go", UNOPENED), ("sorry", UNOPENED), ("talk", ReasonCode.CAPACITY))
    )
    assert violations(a_plan(of=territory, left_out=[go, sorry, talk])) == (
        of_left_out(Fault.NOT_AS_UNOPENED, "talk", account="A-1", found="capacity"),
    )


def test_what_a_person_refuses_may_be_left_out_for_that_reason() -> None:
    refusing = Contact("A-1", "A-1", name="Ada", consents={"call": Consent.NO, "visit": Consent.NO})
    alone = Courtesy(substitute=False)
    territory = a_territory(angry(), contacts=(refusing,), courtesy=alone)
    reasons = {"go": ReasonCode.NO_CONSENT, "sorry": UNOPENED, "talk": ReasonCode.NO_CONSENT}
    rows = [
        left(f"A-1/A-1/{step}", of=territory, reason_code=code) for step, code in reasons.items()
    ]
    assert not violations(a_plan(of=territory, left_out=[rows[1], rows[0], rows[2]]))


def test_only_what_is_unopened_is_left_out_as_such() -> None:
    territory = a_territory()
    plan = a_plan(of=territory, reasons={"A-1": UNOPENED})
    assert violations(plan) == (of_left_out(Fault.WRONGLY_UNOPENED, "call", account="A-1"),)


def test_unopened_accounts_lead_the_list() -> None:
    closed = (Span(day("01-04"), day("01-08")),)
    territory = a_territory(an_account("A-2", **NORTH), angry(closed_dates=closed))
    plan = a_plan(of=territory, reasons={"A-1": UNOPENED})
    steps = ("go", "sorry", "talk")
    assert violations(plan) == tuple(of_left_out(Fault.UNOPENED_NOT_FIRST, s) for s in steps)
    assert not violations(evolve(plan, left_out=(*plan.left_out[1:], plan.left_out[0])))


def test_an_account_that_wants_no_contact_is_left_out_for_that() -> None:
    territory = a_territory(angry(do_not_contact=True))
    alone = a_plan(of=territory, reasons={"A-1": ReasonCode.DO_NOT_CONTACT})
    assert not violations(alone)


def test_an_opening_that_is_done_is_a_fact() -> None:
    plan = opened("02-01", "call")
    done = changed(plan, "A-1/A-1/go", status=Status.DONE, done_on=day("02-01"))
    assert not violations(done)


def test_a_pinned_opening_may_stand_anywhere() -> None:
    assert not violations(opened("02-01", pinned=True))
