"""Promises on their day, grievances opened by going there."""

import datetime as dt
from typing import Any

import pytest
from small import START, small

from campaign.answer import Campaign
from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.rep import Capacity, Rep
from campaign.model.territory import Territory
from campaign.planner import plan
from campaign.touches import ReasonCode, Touch
from campaign.workdays import Span

GRIEVANCE = Relationship.GRIEVANCE


def angry(number: int = 1, **keys: Any) -> Account:  # noqa: ANN401 (whatever an account takes)
    place = {"latitude": 44.95, "longitude": -123.0}
    return Account(f"G-{number}", f"Angry {number}", relationship=GRIEVANCE, **{**place, **keys})


def planned(*accounts: Account, **keys: Any) -> Campaign:  # noqa: ANN401
    return plan(small(*accounts, **keys), effort=0)


def row(campaign: Campaign, touch_id: str) -> Touch:
    return next(touch for touch in campaign.touches if touch.touch_id == touch_id)


def test_a_grievance_is_opened_by_going_there_in_the_first_five_days() -> None:
    opening = row(planned(angry()), "G-1/G-1/go")
    assert opening.channel == "visit"
    assert opening.date <= dt.date(2027, 1, 8)


def test_a_grievance_beyond_a_day_s_drive_is_opened_by_a_call() -> None:
    assert row(planned(angry(latitude=41.0)), "G-1/G-1/go").channel == "call"


def test_more_grievances_than_the_week_holds_visits_for_are_opened_by_calls() -> None:
    campaign = planned(*(angry(n) for n in range(8)))
    channels = [row(campaign, f"G-{n}/G-{n}/go").channel for n in range(8)]
    assert {"visit", "call"} == set(channels)
    assert campaign.level("owed").figure == 8


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
    assert row(campaign, "G-1/G-1/R-1").date == dt.date(2027, 1, 5)
    assert row(campaign, "G-1/G-1/go").date <= dt.date(2027, 1, 5)


def kept(promise: Promise, **keys: Any) -> dt.date:  # noqa: ANN401
    campaign = planned(Account("A-1", "Calm"), promises=[promise], **keys)
    return row(campaign, f"A-1/A-1/{promise.promise_id}").date


def test_a_promise_stands_on_its_due_day() -> None:
    assert kept(Promise("R", "A-1", what="x", due=dt.date(2027, 1, 20))) == dt.date(2027, 1, 20)


def test_a_promise_due_in_leave_or_at_a_weekend_stands_on_the_last_working_day_before() -> None:
    away = Rep("Ann", leave=[Span(dt.date(2027, 1, 18), dt.date(2027, 1, 22))])
    promise = Promise("R", "A-1", what="x", due=dt.date(2027, 1, 20))
    assert kept(promise, rep=away) == dt.date(2027, 1, 15)
    assert kept(Promise("R", "A-1", what="x", due=dt.date(2027, 1, 24))) == dt.date(2027, 1, 22)


def test_an_overdue_promise_stands_on_the_first_day() -> None:
    assert kept(Promise("R", "A-1", what="x", due=dt.date(2026, 11, 1))) == START


def test_a_promise_due_while_the_rep_is_away_from_the_start_stands_on_the_first_day_back() -> None:
    away = Rep("Ann", leave=[Span(START, dt.date(2027, 1, 6))])
    promise = Promise("R", "A-1", what="x", due=dt.date(2027, 1, 5))
    campaign = planned(Account("A-1", "A"), promises=[promise], rep=away)
    assert row(campaign, "A-1/A-1/R").date == dt.date(2027, 1, 7)
    assert row(campaign, "A-1/A-1/R").why.startswith(
        "Promised by Tue 5 Jan, and you work on no day up to then"
    )


def test_promises_that_do_not_fit_one_day_spill_to_the_day_before() -> None:
    promises = [Promise(f"R-{n}", "A-1", what="x", due=dt.date(2027, 2, 10)) for n in range(3)]
    tight = Capacity(minutes_per_day=40)
    campaign = planned(Account("A-1", "Calm"), promises=promises, capacity=tight)
    days = sorted(row(campaign, f"A-1/A-1/R-{n}").date.day for n in range(3))
    assert days == [9, 10, 10]


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
    assert campaign.level("owed").figure == 20


def test_a_crowded_first_day_gives_no_account_up() -> None:
    three_days = Rep("Ann", leave=[Span(dt.date(2027, 1, 7), dt.date(2027, 4, 30))])
    campaign = planned(
        *(angry(n) for n in range(2)),
        promises=[overdue(n) for n in range(2)],
        rep=three_days,
        capacity=Capacity(minutes_per_day=40, ramp=()),
    )
    assert campaign.level("owed").figure == 4


def test_a_grievance_newer_than_a_promise_s_day_is_opened_and_the_promise_kept_after() -> None:
    since = dt.date(2027, 1, 20)
    promise = Promise("R-1", "G-1", what="x", due=dt.date(2026, 12, 1))
    campaign = planned(angry(grievance_since=since), promises=[promise])
    assert row(campaign, "G-1/G-1/go").date <= row(campaign, "G-1/G-1/R-1").date
    assert campaign.level("owed").figure == 2


def test_what_was_due_before_leaves_its_day_to_what_is_due_on_it() -> None:
    promises = [
        Promise("R-1", "A-1", what="x", due=dt.date(2026, 12, 1), channel="call"),
        Promise("R-2", "A-2", what="x", due=START, channel="call"),
    ]
    accounts = [Account(f"A-{n}", "Calm", cadence="once") for n in (1, 2)]
    once = Cadence("once", [Step("card", "postcard", "share")])
    one_a_day = Channel("call", 15, per_day=1)
    campaign = planned(
        *accounts, promises=promises, cadences={"once": once}, channels={"call": one_a_day}
    )
    assert row(campaign, "A-2/A-2/R-2").date == START
    assert row(campaign, "A-1/A-1/R-1").date == START + dt.timedelta(days=1)


def test_an_opening_leaves_its_day_to_what_was_promised_another_for_it() -> None:
    promises = [
        Promise("R-1", "A-1", what="x", due=START, channel="call"),
        Promise("R-2", "G-1", what="x", due=dt.date(2026, 12, 10), channel="call"),
    ]
    campaign = planned(
        Account("A-1", "Calm", tier="A"),
        angry(),
        promises=promises,
        capacity=Capacity(minutes_per_day=40, minutes_per_week=200),
    )
    assert row(campaign, "A-1/A-1/R-1").date == START
    assert campaign.level("owed").figure == 3


def test_a_promise_for_a_day_before_its_account_can_be_opened_counts_as_impossible() -> None:
    promise = Promise("R-1", "G-1", what="x", due=dt.date(2027, 1, 6))
    campaign = planned(angry(grievance_since=dt.date(2027, 1, 20)), promises=[promise])
    owed = campaign.level("owed")
    assert (owed.figure, owed.bound) == (1, 1)


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
    assert campaign.level("owed").figure == 6


def test_a_call_to_those_whose_grievance_is_heard_that_day_comes_after_all_like_it() -> None:
    others = [Account(f"H-{n}", "H", latitude=44.95, longitude=-123.0) for n in range(3)]
    promises = [
        Promise(f"P-{account}", account, what="x", due=START, channel="call")
        for account in ("G-1", "H-0", "H-1", "H-2")
    ]
    calls = [t for t in planned(angry(), *others, promises=promises).touches if t.channel == "call"]
    first = sorted((t.start, t.account_id) for t in calls if t.date == START and t.start)
    assert [account for _, account in first] == ["H-0", "H-1", "H-2", "G-1"]
