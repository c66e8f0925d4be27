"""Whoever names no call hours is called from nine to five, but for lunch, by the clock there."""

# ruff: noqa: ANN401 (a builder passes on whatever a territory takes)

from typing import Any

import pytest
from attrs import evolve
from byhand import ROBIN, a_territory, an_account

from campaign.model.accounts import Contact
from campaign.model.cadences import Step
from campaign.model.hours import OpeningHours
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.reading.findings import never_called
from campaign.rules import violations

CALL = Step("call", ["call", "letter"], "listen", within=5)
ONLY_CALL = Step("call", "call", "listen", within=5)


def territory(zone: str, country: str = "", step: Step = CALL, **others: Any) -> Territory:
    account = an_account(timezone=zone, country=country)
    return evolve(a_territory(account, steps=[step]), **others)


def called(of: Territory) -> list[tuple[str, int | None]]:
    found = plan(of, effort=0)
    assert violations(found) == ()
    return [(touch.channel, touch.start) for touch in found.touches]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("", 9 * 60),
        ("America/Los_Angeles", 9 * 60),
        ("America/Denver", 8 * 60),
        ("America/New_York", 8 * 60),
        ("Pacific/Honolulu", 11 * 60),
        ("Australia/Lord_Howe", 14 * 60),
    ],
)
def test_a_call_stands_in_business_hours_there(zone: str, start: int) -> None:
    assert called(territory(zone)) == [("call", start)]


def test_a_call_that_is_never_possible_is_made_by_the_other_channel() -> None:
    assert called(territory("Asia/Kathmandu")) == [("letter", None)]


def test_a_call_that_is_never_possible_is_left_out_with_the_hours() -> None:
    found = plan(territory("Asia/Kathmandu", step=ONLY_CALL), effort=0)
    (row,) = found.left_out
    assert row.reason_code.value == "closed"
    assert "calls Mon,Tue,Wed,Thu,Fri 09:00-12:00 13:00-17:00 Asia/Kathmandu" in row.reason


def test_a_visit_too_far_with_a_call_that_is_never_possible_is_too_far() -> None:
    step = Step("meet", ["visit", "call"], "listen", within=5)
    away = an_account(latitude=27.7, longitude=85.3, timezone="Asia/Kathmandu")
    (row,) = plan(a_territory(away, steps=[step]), effort=0).left_out
    assert row.reason_code.value == "too_far"
    assert "away and back" in row.reason
    assert "(R2)" in row.reason


def test_hours_of_their_own_go_before_the_usual_ones() -> None:
    early = Contact("C-1", "A-1", name="Ann", call_hours=OpeningHours.parse("Mon-Fri 06:00-08:30"))
    assert called(territory("", contacts=(early,))) == [("call", 8 * 60)]


@pytest.mark.parametrize(
    ("hours", "start"),
    [
        ("", 480),
        ("08:30-12:00", 510),
        ("Mo-Fr 09:00-12:00,13:00-17:00", 540),
        ("Tu 13:00-14:00", 780),
    ],
)
def test_the_usual_hours_are_those_of_the_settings(hours: str, start: int) -> None:
    assert called(territory("", courtesy=Courtesy(call_hours=hours))) == [("call", start)]


def test_hours_of_weekdays_hold_on_no_other_one() -> None:
    hours = territory("", courtesy=Courtesy(call_hours="Sa 10:00-12:00")).call_hours_of
    opening = hours(an_account(), Contact("C-1", "A-1", name="Ann"))
    assert opening is not None
    assert [opening.may_open(day) for day in range(7)] == [False] * 5 + [True, False]


def test_nobody_is_called_at_their_lunch() -> None:
    noon = evolve(ROBIN, hours=dict.fromkeys(("mon", "tue"), "12:00-17:00"))
    assert called(territory("", rep=noon)) == [("call", 13 * 60)]


def test_the_weekend_is_that_of_the_account() -> None:
    hours = territory("Asia/Jerusalem", "IL").call_hours_of
    account = territory("Asia/Jerusalem", "IL").active_accounts[0]
    opening = hours(account, Contact("C-1", "A-1", name="Ann"))
    assert opening is not None
    assert [opening.may_open(day) for day in range(7)] == [True] * 4 + [False, False, True]


def test_a_rep_is_told_whom_no_hour_of_theirs_reaches() -> None:
    (notice,) = never_called(territory("Asia/Kathmandu"), "accounts.csv", "contacts.csv")
    assert (notice.file, notice.column, notice.is_error) == ("accounts.csv", "call_hours", False)
    assert "1 person can never be called" in notice.problem
    late = evolve(ROBIN, hours=dict.fromkeys(("mon", "tue"), "18:00-23:00"))
    assert not list(never_called(territory("Asia/Kathmandu", rep=late), "a", "c"))
    assert not list(never_called(territory("America/New_York"), "a", "c"))


def test_a_call_stands_on_a_date_on_which_the_person_may_be_called() -> None:
    def days(hours: str) -> set[str]:
        person = Contact("P-1", "A-1", name="Kim", call_hours=hours)
        late = Step("call", "call", "listen", within=40)
        found = plan(territory("", step=late, contacts=[person]), effort=0)
        assert violations(found) == ()
        return {f"{touch.date:%m-%d}" for touch in found.touches}

    assert days("We[2] 09:00-11:00") <= {"01-13", "02-10", "03-10"}
    assert len(days("We[2] 09:00-11:00")) == 1
    assert days("2027 Jan 20 09:00-11:00") == {"01-20"}
    assert days("2026 Jan 20 09:00-11:00") == set()
