"""R7 and R8 ask for a day only where it has a time of day for the touch as well."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import ROBIN, a_plan, a_territory, a_touch, an_account

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.busy import Busy
from campaign.model.hours import OpeningHours
from campaign.rules import violations
from campaign.rules.violations import Fault

DUE, BEFORE = "01-20", "01-19"


def faults(account: Account, channel: str, *busy: str, **others: Any) -> list[Fault]:  # noqa: ANN401 (for any value of the territory)
    """What is wrong if a promise due on the 20th is kept a day sooner."""
    meetings = [
        Busy(f"2027-01-20T{start}", f"2027-01-20T{end}")
        for start, end in (hours.split("-") for hours in busy)
    ]
    territory = a_territory(
        account,
        rep=evolve(ROBIN, busy=meetings),
        promises=[Promise("P-1", "A-1", what="a list", due=dt.date(2027, 1, 20), channel=channel)],
        **others,
    )
    person = others["contacts"][0].contact_id if others else "A-1"
    touch = a_touch(f"A-1/{person}/P-1", BEFORE, channel, of=territory)
    return [each.fault for each in violations(a_plan(touch, of=territory))]


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ((), [Fault.PROMISE_ELSEWHERE]),
        (("08:00-12:00",), []),
        (("09:30-10:30",), [Fault.PROMISE_ELSEWHERE]),
        (("09:30-11:30",), []),
    ],
)
def test_a_promised_visit_stands_sooner_where_its_hours_are_taken(
    busy: tuple[str, ...], expected: list[Fault]
) -> None:
    account = an_account(visit_hours=OpeningHours.parse("Mon-Fri 09:00-12:00"))
    assert faults(account, "visit", *busy) == expected


def test_a_promised_call_stands_sooner_where_its_hours_are_taken() -> None:
    hours = OpeningHours.parse("Mon-Fri 12:00-12:30")
    ada = Contact("C-1", "A-1", name="Ada", call_hours=hours, timezone="America/New_York")
    assert faults(an_account(), "call", "09:00-09:15", contacts=(ada,)) == []
    assert faults(an_account(), "call", "09:00-09:14", contacts=(ada,)) == [Fault.PROMISE_ELSEWHERE]


def test_where_only_pieces_are_free_a_letter_has_no_room() -> None:
    pieces = ("08:10-09:00", "09:10-10:00", "10:10-16:20")
    assert faults(an_account(), "letter", *pieces) == []
    assert faults(an_account(), "letter", *pieces[:2], "10:10-16:15") == [Fault.PROMISE_ELSEWHERE]
