"""Promises on their day, grievances opened by going there."""

import datetime as dt
from typing import Any

import pytest
from small import START, small

from campaign.answer import Campaign
from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.channels import Channel
from campaign.model.rep import Capacity, Rep
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.touches import ReasonCode, Touch
from campaign.workdays import Span

GRIEVANCE = Relationship.GRIEVANCE


def angry(number: int = 1, **keys: Any) -> Account:  # noqa: ANN401 (whatever an account takes)
    place = {"latitude": 44.95, "longitude": -123.0}
    return Account(f"G-{number}", f"Angry {number}", relationship=GRIEVANCE, **{**place, **keys})


def planned(*accounts: Account, **keys: Any) -> Campaign:  # noqa: ANN401
    return plan(small(*accounts, **keys), effort=0)


def is_all_owed_placed(campaign: Campaign) -> bool:
    owed = campaign.level("owed")
    return owed.figure == owed.possible == owed.bound


def row(campaign: Campaign, touch_id: str) -> Touch:
    return next(touch for touch in campaign.touches if touch.touch_id == touch_id)


def test_a_grievance_is_opened_by_going_there_in_the_first_five_days() -> None:
    opening = row(planned(angry()), "G-1/G-1/go")
    assert opening.channel == "visit"
    assert opening.date <= dt.date(2027, 1, 8)


def test_a_grievance_beyond_a_day_s_drive_is_opened_by_a_call() -> None:
    assert row(planned(angry(latitude=41.0)), "G-1/G-1/go").channel == "call"


def test_more_grievances_than_the_first_week_holds_visits_for_are_all_opened() -> None:
    campaign = planned(*(angry(n) for n in range(8)))
    openings = [row(campaign, f"G-{n}/G-{n}/go") for n in range(8)]
    assert {"visit", "call"} >= {opening.channel for opening in openings}
    assert is_all_owed_placed(campaign)


def test_a_grievance_that_cannot_be_opened_leaves_its_account_out_first_of_all() -> None:
    nobody = Contact("P-1", "G-1", name="Ann", consents={"call": Consent.NO, "visit": Consent.NO})
    promise = Promise("R-1", "G-1", what="the list", due=dt.date(2027, 1, 20), channel="letter")
    campaign = planned(
        Account("A-1", "Calm"), angry(), contacts=[nobody], promises=[promise], capacity=Capacity()
    )
    assert not [touch for touch in campaign.touches if touch.account_id == "G-1"]
    codes = {left.reason_code for left in campaign.left_out}
    assert codes == {ReasonCode.GRIEVANCE_UNOPENED}
    assert campaign.left_out[0].reason_code is ReasonCode.GRIEVANCE_UNOPENED


def test_a_recent_grievance_is_opened_within_five_days_of_it() -> None:
    opening = row(planned(angry(grievance_since=dt.date(2027, 2, 1))), "G-1/G-1/go")
    assert dt.date(2027, 2, 1) <= opening.date <= dt.date(2027, 2, 5)


def test_a_grievance_is_opened_before_a_promise_to_the_same_account() -> None:
    promise = Promise("R-1", "G-1", what="the list", due=dt.date(2027, 1, 5))
    campaign = planned(angry(), promises=[promise])
    assert row(campaign, "G-1/G-1/R-1").date <= dt.date(2027, 1, 5)
    assert row(campaign, "G-1/G-1/go").date <= row(campaign, "G-1/G-1/R-1").date


@pytest.mark.parametrize("due", [4, 5, 8, 13])
def test_a_grievance_that_is_heard_by_a_call_leaves_its_day_to_no_promised_call(due: int) -> None:
    promise = Promise("R-1", "G-1", what="x", due=dt.date(2027, 1, due), channel="call")
    campaign = planned(angry(latitude=41.0), promises=[promise])
    opening, promised = row(campaign, "G-1/G-1/go"), row(campaign, "G-1/G-1/R-1")
    assert opening.channel == promised.channel == "call"
    assert opening.date < promised.date
    assert promised.date <= max(promise.due, dt.date(2027, 1, 5))


def kept(promise: Promise, **keys: Any) -> dt.date:  # noqa: ANN401
    campaign = planned(Account("A-1", "Calm"), promises=[promise], **keys)
    return row(campaign, f"A-1/A-1/{promise.promise_id}").date


def test_a_promise_stands_three_business_days_before_its_due_day() -> None:
    assert kept(Promise("R", "A-1", what="x", due=dt.date(2027, 1, 20))) == dt.date(2027, 1, 15)


def test_a_promise_due_in_leave_or_at_a_weekend_stands_before_it() -> None:
    away = Rep("Ann", leave=[Span(dt.date(2027, 1, 18), dt.date(2027, 1, 22))])
    promise = Promise("R", "A-1", what="x", due=dt.date(2027, 1, 20))
    assert kept(promise, rep=away) == dt.date(2027, 1, 15)
    assert kept(Promise("R", "A-1", what="x", due=dt.date(2027, 1, 24))) == dt.date(2027, 1, 19)


def test_an_overdue_promise_stands_on_the_first_day() -> None:
    assert kept(Promise("R", "A-1", what="x", due=dt.date(2026, 11, 1))) == START


def test_a_promise_due_while_the_rep_is_away_from_the_start_stands_on_the_first_day_back() -> None:
    away = Rep("Ann", leave=[Span(START, dt.date(2027, 1, 6))])
    promise = Promise("R", "A-1", what="x", due=dt.date(2027, 1, 5))
    campaign = planned(Account("A-1", "A"), promises=[promise], rep=away)
    assert row(campaign, "A-1/A-1/R").date == dt.date(2027, 1, 7)
    assert row(campaign, "A-1/A-1/R").why.startswith(
        "Promised by Tue 5 Jan: the first day that can hold it. 2 business days late."
    )


def test_promises_that_do_not_fit_one_day_spill_to_other_days_in_time() -> None:
    promises = [Promise(f"R-{n}", "A-1", what="x", due=dt.date(2027, 2, 10)) for n in range(3)]
    tight = Capacity(minutes_per_day=40)
    campaign = planned(Account("A-1", "Calm"), promises=promises, capacity=tight)
    days = [row(campaign, f"A-1/A-1/R-{n}").date for n in range(3)]
    assert len(set(days)) > 1
    assert max(days) <= dt.date(2027, 2, 10)
    assert campaign.level("in_time").figure == 0


def test_an_account_that_wants_no_contact_gets_no_promise_kept() -> None:
    promise = Promise("R", "A-1", what="x", due=dt.date(2027, 1, 20))
    territory: Territory = small(Account("A-1", "Calm", do_not_contact=True), promises=[promise])
    campaign = plan(territory, effort=0)
    assert campaign.touches == ()
    assert {left.reason_code for left in campaign.left_out} == {ReasonCode.DO_NOT_CONTACT}


def overdue(number: int) -> Promise:
    return Promise(f"R-{number}", f"G-{number}", what="x", due=dt.date(2026, 12, 1))


@pytest.mark.no_cover
def test_many_grievances_with_overdue_promises_are_all_opened_and_kept() -> None:
    campaign = planned(*(angry(n) for n in range(10)), promises=[overdue(n) for n in range(10)])
    assert is_all_owed_placed(campaign)


def test_a_crowded_first_day_gives_no_account_up() -> None:
    three_days = Rep("Ann", leave=[Span(dt.date(2027, 1, 7), dt.date(2027, 4, 30))])
    campaign = planned(
        *(angry(n) for n in range(2)),
        promises=[overdue(n) for n in range(2)],
        rep=three_days,
        capacity=Capacity(minutes_per_day=40, ramp=()),
    )
    ids = {touch.touch_id for touch in campaign.touches}
    assert ids >= {f"G-{n}/G-{n}/{step}" for n in range(2) for step in ("go", f"R-{n}")}


def test_a_grievance_newer_than_a_promise_s_day_is_opened_and_the_promise_kept_after() -> None:
    since = dt.date(2027, 1, 20)
    promise = Promise("R-1", "G-1", what="x", due=dt.date(2026, 12, 1))
    campaign = planned(angry(grievance_since=since), promises=[promise])
    assert row(campaign, "G-1/G-1/go").date <= row(campaign, "G-1/G-1/R-1").date
    assert is_all_owed_placed(campaign)


def test_a_promise_for_a_day_before_its_account_can_be_opened_is_kept_late() -> None:
    promise = Promise("R-1", "G-1", what="x", due=dt.date(2027, 1, 6))
    campaign = planned(angry(grievance_since=dt.date(2027, 1, 20)), promises=[promise])
    assert is_all_owed_placed(campaign)
    assert row(campaign, "G-1/G-1/R-1").date >= row(campaign, "G-1/G-1/go").date
    assert campaign.level("in_time").figure >= 10


def test_room_that_one_given_up_leaves_is_used_by_the_others() -> None:
    promises = [
        Promise("R-1", "G-1", what="x", due=dt.date(2027, 1, 12)),
        Promise("R-2", "G-2", what="x", due=dt.date(2026, 12, 1)),
    ]
    tight = Capacity(minutes_per_day=20, minutes_per_week=20, ramp=())
    campaign = planned(angry(1), angry(2), promises=promises, capacity=tight)
    assert campaign.level("owed").figure >= 2


def test_a_call_that_becomes_a_visit_frees_its_place() -> None:
    channels = {"call": Channel("call", 16, per_day=1)}
    far = angry(5, latitude=41.0)
    campaign = planned(*(angry(n) for n in range(5)), far, channels=channels)
    assert is_all_owed_placed(campaign)


def test_a_call_to_those_whose_grievance_is_heard_that_day_comes_after_all_like_it() -> None:
    others = [Account(f"H-{n}", "H", latitude=44.95, longitude=-123.0) for n in range(3)]
    promises = [
        Promise(f"P-{account}", account, what="x", due=START, channel="call")
        for account in ("G-1", "H-0", "H-1", "H-2")
    ]
    calls = [t for t in planned(angry(), *others, promises=promises).touches if t.channel == "call"]
    first = sorted((t.start, t.account_id) for t in calls if t.date == START and t.start)
    assert [account for _, account in first] == ["H-0", "H-1", "H-2", "G-1"]
