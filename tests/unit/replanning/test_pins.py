"""A pin keeps its day and its start; everything else is planned around it."""

import datetime as dt
import random
from collections import Counter

import pytest
from attrs import evolve
from replanned import anew, changed, of_two, row
from small import small

from campaign import Account, plan
from campaign.replanning import replan
from campaign.replanning.changes import ChangeKind
from campaign.touches import Plan, Status, Touch

MONDAY = dt.date(2027, 1, 4)
MANY = tuple(
    Account(
        f"A-{number}",
        f"Firm {number}",
        tier="ABC"[number % 3],
        latitude=44.9 + number / 100,
        longitude=-123.0 - number / 50,
    )
    for number in range(12)
)


def pinned(of: Plan, *touch_ids: str, **values: object) -> Plan:
    """The plan with touches pinned by the rep, and other values in their rows."""
    rows = {one: evolve(row(of, one), pinned=True, **values) for one in touch_ids}  # type: ignore[arg-type]
    return changed(of, rows)


def days(of: Plan) -> dict[str, dt.date]:
    return {one.touch_id: one.date for one in of.touches}


@pytest.mark.parametrize("channel", ["visit", "call", "letter", "postcard"])
def test_pinning_where_it_stands_changes_nothing_else(channel: str) -> None:
    before = of_two()
    for one in before.touches:
        if one.channel == channel:
            made = anew(pinned(before, one.touch_id), MONDAY)
            assert days(made.campaign) == days(before)
            assert made.campaign.left_out == before.left_out
            assert made.difference.is_empty or not made.difference.of(ChangeKind.DROPPED)


def test_an_appointment_keeps_its_time_and_the_others_go_around_it() -> None:
    before = plan(small(*MANY), effort=0)
    busy = max(
        {one.date for one in before.touches if one.channel == "visit"},
        key=lambda date: len(before.by_date[date]),
    )
    visit = next(one for one in before.by_date[busy] if one.channel == "visit")
    made = anew(pinned(before, visit.touch_id, start=14 * 60 + 30, end=None), MONDAY)
    now = row(made.campaign, visit.touch_id)
    assert (now.date, now.start, now.end) == (visit.date, 870, 870 + now.minutes)
    assert made.campaign.violations() == ()
    timed = [one for one in made.campaign.by_date[busy] if one.channel in ("visit", "call")]
    assert all(one.start is not None for one in timed)


def test_a_call_keeps_the_time_that_was_agreed() -> None:
    before = of_two()
    call = next(one for one in before.touches if one.channel == "call")
    made = anew(pinned(before, call.touch_id, start=15 * 60, end=None), MONDAY)
    now = row(made.campaign, call.touch_id)
    assert (now.date, now.start) == (call.date, 15 * 60)
    assert made.campaign.violations() == ()


def a_life(seed: int) -> tuple[Plan, list[Touch], dt.date]:
    """Some touches pinned at any time of any working day, the day's first hour and night too."""
    dice = random.Random(seed)
    before = plan(small(*MANY), effort=0)
    calendar = before.territory.calendar
    chosen = dice.sample(before.touches, k=5)
    pins = {
        one.touch_id: evolve(
            one,
            pinned=True,
            date=dice.choice(calendar.working_days),
            start=dice.choice([None, dice.randrange(0, 23 * 60, 5), dice.randrange(540, 960, 5)]),
            end=None,
        )
        for one in chosen
    }
    return changed(before, pins), list(pins.values()), MONDAY


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_pinned_stays_where_and_when_it_is(seed: int) -> None:
    before, pins, day = a_life(seed)
    made = replan(before, day, effort=0, freeze=0).campaign
    for pin in pins:
        now = row(made, pin.touch_id)
        assert (now.status, now.date) == (Status.PLANNED, pin.date)
        if pin.start is not None and pin.channel in ("visit", "call"):
            assert now.start == pin.start
    assert [one for one in made.violations() if not one.is_notice] == []


@pytest.mark.parametrize("starts", [(630, 675), (675, 630), (630, 630), (600, 840), (840, 600)])
def test_all_else_goes_around_two_appointments_at_one_place(starts: tuple[int, int]) -> None:
    before = plan(small(*MANY), effort=0)
    met = [one for one in before.touches if one.channel in ("visit", "call")]
    busy = Counter(one.date for one in met).most_common(1)[0][0]
    visits = [one for one in met if one.channel == "visit" and one.date != busy]
    account = Counter(one.account_id for one in visits).most_common(1)[0][0]
    two = [one.touch_id for one in visits if one.account_id == account][:2]
    at = dict(zip(two, starts, strict=True))
    rows = {
        one: evolve(row(before, one), pinned=True, date=busy, start=at[one], end=None) for one in at
    }
    made = replan(changed(before, rows), MONDAY, effort=0, freeze=0).campaign
    assert [one for one in made.violations() if not one.is_notice] == []
    there = [one for one in made.by_date[busy] if one.channel in ("visit", "call")]
    assert {one.touch_id: one.start for one in there if one.touch_id in at} == at
    others = [(one.start, one.end) for one in there if one.touch_id not in at]
    assert others
    for start, end in others:
        assert start is not None
        assert end is not None
        assert all(end <= given or start >= given + 55 for given in starts)


def test_a_pin_of_an_account_that_is_gone_is_told_and_owed_again_when_it_is_back() -> None:
    before = pinned(of_two(), "A-1/A-1/call", note="at four")
    before = pinned(before, "A-1/A-1/visit")
    handed = evolve(before.territory.accounts[0], owner="Somebody else")
    rep = evolve(before.territory.rep, owner=["Ann"])
    away = evolve(before.territory, rep=rep, accounts=[handed, *before.territory.accounts[1:]])
    gone = anew(evolve(before, territory=away), MONDAY)
    dropped = {one.touch_id: one.because.what for one in gone.difference.of(ChangeKind.DROPPED)}
    assert {dropped[f"A-1/A-1/{step}"] for step in ("call", "visit")} == {"Somebody else"}
    kept = [one for one in gone.campaign.touches if one.account_id == "A-1"]
    assert [(one.step, one.note, one.status) for one in kept] == [("call", "at four", "missed")]
    back = anew(evolve(gone.campaign, territory=before.territory), MONDAY).campaign
    assert {"A-1/A-1/call#2", "A-1/A-1/visit"} <= set(days(back))


def test_a_pin_of_who_wants_no_contact_is_left_out() -> None:
    before = pinned(of_two(), "A-1/A-1/call")
    refused = evolve(before.territory.accounts[0], do_not_contact=True)
    now = evolve(before.territory, accounts=[refused, *before.territory.accounts[1:]])
    made = anew(evolve(before, territory=now), MONDAY).campaign
    assert "A-1/A-1/call" not in days(made)
    assert {one.reason_code for one in made.left_out} == {"do_not_contact"}
    assert "A-1/A-1/call" in {one.touch_id for one in made.left_out}
