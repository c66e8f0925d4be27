"""R8: a grievance account opens by visit or call in its first days, and by nothing else."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import NORTH, ROBIN, a_plan, a_territory, a_touch, an_account, by, changed, day, left

from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.rep import Capacity
from campaign.model.shipped import shipped_channels
from campaign.model.territory import Territory
from campaign.rules import violations, window_of
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


def test_an_account_that_opens_later_is_told_its_days() -> None:
    plan = opened("01-11")
    span = {"first": day("01-04"), "last": day("01-08")}
    assert violations(plan) == (
        by(plan.touches[0], "R8", Fault.OPENS_OUTSIDE, date=day("01-11"), **span),
    )


def test_the_five_days_are_working_days_of_the_rep() -> None:
    away = evolve(ROBIN, leave=(Span(day("01-05"), day("01-07")),))
    plan = opened("01-13", of=a_territory(angry(), rep=away))
    assert not violations(plan)
    assert window_of(plan, plan.touches[0]) == (day("01-04"), day("01-13"))


def test_a_later_grievance_counts_from_its_day() -> None:
    later = a_territory(angry(grievance_since=day("02-01")))
    assert not violations(opened("02-05", of=later))
    assert [each.fault for each in violations(opened("01-29", of=later))] == [Fault.OPENS_OUTSIDE]


def test_a_grievance_after_the_end_cannot_be_opened() -> None:
    territory = a_territory(angry(grievance_since=day("05-01")))
    plan = opened("02-01", of=territory)
    assert violations(plan) == (
        by(plan.touches[0], "R8", Fault.OPENS_NEVER, date=day("02-01"), since=day("05-01")),
    )
    assert window_of(plan, plan.touches[0]) == (day("04-03"), day("01-04"))
    assert not violations(unopened(territory))


def test_a_call_where_a_visit_fits_is_not_enough() -> None:
    plan = opened("01-05", "call")
    assert violations(plan) == (
        by(
            plan.touches[0],
            "R8",
            Fault.OPENS_WITHOUT_VISIT,
            channel="call",
            better=day("01-04"),
        ),
    )


def test_a_call_is_right_where_visits_are_refused() -> None:
    refusing = Contact("A-1", "A-1", name="Ada", consents={"visit": Consent.NO})
    assert not violations(opened("01-05", "call", of=a_territory(angry(), contacts=(refusing,))))


def test_a_call_is_right_where_the_road_is_too_long() -> None:
    far = a_territory(angry(latitude=46.0, longitude=-123.0))
    assert not violations(opened("01-05", "call", of=far))


def test_a_call_is_right_where_promised_visits_fill_the_days() -> None:
    short = Capacity(minutes_per_week=180)
    kept = Promise("P-1", "A-2", what="a list", due=day("01-08"), channel="visit")
    territory = a_territory(angry(), an_account("A-2"), capacity=short, promises=(kept,))
    plan = a_plan(
        a_touch("A-1/A-1/go", "01-05", "call", of=territory),
        a_touch("A-2/A-2/P-1", "01-08", "visit", of=territory),
        of=territory,
    )
    assert [each.fault for each in violations(plan) if each.rule == "R8"] == []


def test_two_openings_at_one_place_share_the_road() -> None:
    short = Capacity(minutes_per_day=150, minutes_per_week=150, ramp=())
    territory = a_territory(angry(), angry("A-2"), capacity=short)
    first = a_touch("A-1/A-1/go", "01-05", "visit", of=territory)
    second = a_touch("A-2/A-2/go", "01-06", "call", of=territory)
    plan = a_plan(first, second, of=territory)
    assert violations(plan) == (
        by(second, "R8", Fault.OPENS_WITHOUT_VISIT, channel="call", better=day("01-05")),
    )
    tight = evolve(territory, capacity=evolve(short, minutes_per_day=149))
    assert not violations(evolve(plan, territory=tight))


def test_a_limit_of_visits_a_week_counts_beside_other_openings() -> None:
    visit = Channel("visit", minutes=55, travels=True, per_week=1)
    territory = a_territory(angry(), angry("A-2"), channels={**shipped_channels(), "visit": visit})
    plan = a_plan(
        a_touch("A-1/A-1/go", "01-05", "visit", of=territory),
        a_touch("A-2/A-2/go", "01-06", "call", of=territory),
        of=territory,
    )
    assert not violations(plan)


def test_other_steps_do_not_stand_in_the_way_of_a_visit() -> None:
    ninety = Capacity(minutes_per_day=100, ramp=())
    others = [an_account(f"A-{number}") for number in range(4, 9)]
    territory = a_territory(angry(), *others, capacity=ninety)
    opening = a_touch("A-1/A-1/go", "01-05", "call", of=territory)
    calls = [a_touch(f"A-{n}/A-{n}/call", f"01-0{n}", of=territory) for n in range(4, 9)]
    assert violations(a_plan(opening, *calls, of=territory)) == (
        by(opening, "R8", Fault.OPENS_WITHOUT_VISIT, channel="call", better=day("01-04")),
    )
    pinned = [evolve(call, pinned=True) for call in calls]
    assert not violations(a_plan(opening, *pinned, of=territory))


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


def test_an_account_that_can_be_reached_is_not_left_out() -> None:
    assert violations(unopened(a_territory(angry()))) == (
        of_left_out(Fault.OPENS_NOT, channel="visit", better=day("01-04")),
    )


def test_an_account_that_can_only_be_called_is_not_left_out_either() -> None:
    far = a_territory(angry(latitude=46.0, longitude=-123.0))
    assert violations(unopened(far)) == (
        of_left_out(Fault.OPENS_NOT, channel="call", better=day("01-04")),
    )


def with_a_promise(due: str) -> Territory:
    return a_territory(angry(), promises=(Promise("P-1", "A-1", what="a list", due=day(due)),))


def test_an_account_may_be_left_out_where_its_own_promise_may_have_taken_the_room() -> None:
    assert not violations(unopened(with_a_promise("01-08")))


def test_an_account_is_not_left_out_for_a_promise_of_a_later_week() -> None:
    assert violations(unopened(with_a_promise("01-11"))) == (
        of_left_out(Fault.OPENS_NOT, channel="visit", better=day("01-04")),
    )


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
    territory = a_territory(angry(), contacts=(refusing,))
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


def test_a_missed_opening_comes_back_in_five_fresh_days() -> None:
    territory = a_territory(angry())
    plan = a_plan(
        a_touch("A-1/A-1/go", "01-05", "visit", of=territory, status="missed"),
        a_touch("A-1/A-1/go#2", "01-15", "visit", of=territory, planned_on=day("01-11")),
        of=territory,
    )
    assert not violations(plan)
    assert window_of(plan, plan.touches[1]) == (day("01-11"), day("01-15"))


def test_a_pinned_opening_may_stand_anywhere() -> None:
    assert not violations(opened("02-01", pinned=True))
