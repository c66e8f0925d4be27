"""What people bear is theirs, wherever they stand: ceilings, shared numbers, ids alike."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pytest
from attrs import evolve
from rows import a_touch
from small import small

from campaign import Account, Cadence, Contact, Courtesy, Promise, Step, Tier, plan
from campaign.model.territory import Territory
from campaign.replanning import replan
from campaign.rules import violations
from campaign.rules.violations import Fault
from campaign.touches import Plan, Touch

LINE = "+1 503 555 0100"
CALLS = Cadence("calls", [Step("call", "call", "listen", within=3)])
TWO_CALLS = Cadence("calls", [*CALLS.steps, Step("again", "call", "share", within=20)])


def calling(*accounts: Account, cadence: Cadence = CALLS, **others: object) -> Territory:
    tiers = (Tier("A", cadence="calls", others=""),)
    return small(*accounts, tiers=tiers, cadences={"calls": cadence}, **others)


def firm(number: int, phone: str = LINE, **others: object) -> Account:
    return Account(f"A-{number}", f"Firm {number}", tier="A", phone=phone, **others)  # type: ignore[arg-type]


def positions(territory: Territory, touches: Sequence[Touch]) -> list[int]:
    return sorted(territory.calendar.position(one.date) for one in touches)


def test_a_number_of_several_accounts_is_known_whatever_stands_between_its_digits() -> None:
    found = calling(firm(1), firm(2, "+1 (503) 555-0100"), firm(3, "503 555 0199")).shared_numbers
    assert found == {"15035550100": ("A-1", "A-2")}


def test_a_person_with_a_number_of_their_own_does_not_share_that_of_the_account() -> None:
    own = [Contact(f"C-{n}", f"A-{n}", name="Ann", phone=f"503 555 020{n}") for n in (1, 2)]
    assert calling(firm(1), firm(2), contacts=own).shared_numbers == {}


@pytest.mark.parametrize("effort", [0, 300])
def test_a_number_of_several_accounts_is_rung_once_within_the_gap(effort: int) -> None:
    territory = calling(firm(1), firm(2), firm(3))
    days = positions(territory, plan(territory, effort=effort).touches)
    assert len(days) == 3
    assert all(after - before >= 5 for before, after in pairwise(days))


def test_a_number_of_ones_own_is_rung_at_once() -> None:
    territory = calling(*(firm(n, f"503 555 010{n}") for n in (1, 2, 3)))
    assert max(positions(territory, plan(territory, effort=0).touches)) <= 3


def test_a_number_that_was_rung_is_left_in_peace_when_planned_anew() -> None:
    territory = calling(firm(1), firm(2))
    made = plan(territory, effort=0)
    first, second = sorted(made.touches, key=lambda one: one.date)
    late = second.date - dt.timedelta(days=1)
    rows = [evolve(first, status="done", outcome="reached", done_on=late), second]
    found = replan(Plan(territory, rows), second.date, effort=0).campaign
    assert not found.violations()
    (again,) = [one for one in found.touches if not one.is_done]
    assert territory.calendar.position(again.date) - territory.calendar.position(late) >= 5


def test_the_rules_see_a_number_that_is_rung_twice() -> None:
    territory = calling(firm(1), firm(2))
    one = a_touch("A-1/A-1/call", "01-04", "call", of=territory)
    other = a_touch("A-2/A-2/call", "01-06", "call", of=territory)
    (found,) = [each for each in violations(Plan(territory, [one, other])) if each.rule == "R5"]
    assert (found.fault, found.touch_id) == (Fault.RUNG_TWICE, other.touch_id)
    assert found.figures == {"number": "15035550100", "days": 2, "least": 5, "other": one.touch_id}
    told = a_touch(
        "A-1/A-1/call", "01-04", "call", of=territory, status="done", outcome="no_answer"
    )
    assert not [each for each in violations(Plan(territory, [told, other])) if each.rule == "R5"]


def test_the_rules_see_a_second_call_beside_a_promised_one() -> None:
    promise = Promise("P-1", "A-1", what="word", due="2027-01-06", channel="call")
    territory = calling(firm(1), promises=[promise])
    kept = a_touch("A-1/A-1/P-1", "01-05", "call", of=territory)
    beside = a_touch("A-1/A-1/call", "01-05", "call", of=territory)
    (found,) = [one for one in violations(Plan(territory, [kept, beside])) if one.rule == "R5"]
    assert (found.fault, found.touch_id) == (Fault.SAID_ALREADY, beside.touch_id)
    assert found.figures == {"other": kept.touch_id}
    made = plan(territory, effort=0)
    assert len({one.date for one in made.touches}) == 2


def test_a_shared_number_is_told() -> None:
    (found,) = [one for one in calling(firm(1), firm(2)).findings if one.column == "phone"]
    assert str(found).startswith(
        'accounts phone: 15035550100 is the number of "Firm 1" (A-1) and "Firm 2" (A-2): '
        "it is rung once within 5 business days"
    )


def test_the_ceilings_of_a_person_go_with_them_to_another_account() -> None:
    ann = Contact("C-1", "A-1", name="Ann", phone="503 555 0201")
    courtesy = Courtesy(most_by_channel={"call": 2})
    here = calling(firm(1), firm(2, "1"), cadence=TWO_CALLS, contacts=[ann], courtesy=courtesy)
    done = a_touch("A-1/C-1/call", "01-04", "call", of=here, status="done", outcome="reached")
    there = evolve(here, contacts=[evolve(ann, account_id="A-2")])
    found = replan(Plan(there, [evolve(done, done_on=done.date)]), dt.date(2027, 1, 11), effort=0)
    planned = [one for one in found.campaign.touches if not one.is_done]
    assert not found.campaign.violations()
    assert sum(one.contact_id == "C-1" for one in planned) == 1
    (left,) = [one for one in found.campaign.left_out if one.contact_id == "C-1"]
    assert "has 2 calls, as many as most_call = 2 lets in already" in left.reason


def test_a_person_whose_id_is_that_of_another_account_is_not_that_account() -> None:
    two = [Account(str(n), f"Firm {n}", tier="A") for n in (1, 2)]
    territory = calling(*two, contacts=[Contact("2", "1", name="Ann")])
    made = plan(territory, effort=0)
    assert len(made.touches) == 2
    assert max(positions(territory, made.touches)) <= 3
