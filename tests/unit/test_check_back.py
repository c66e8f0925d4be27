"""The week after a promise that was sent is due, they are asked whether it arrived."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from replanned import anew, row
from rows import a_touch
from small import small

from campaign import Account, Contact, Promise, plan
from campaign.demand import demand
from campaign.explaining import explain
from campaign.model.territory import Territory
from campaign.rules import violations
from campaign.rules.violations import Fault
from campaign.touches import Plan
from campaign.words.saying import with_words

ASKED = "A-1/A-1/P-1+arrived"
LIST = Promise("P-1", "A-1", what="Send the price list", due="2027-01-29", channel="letter")


def promised(*promises: Promise, **keys: Any) -> Territory:  # noqa: ANN401 (passed on)
    return small(Account("A-1", "Cascade Dental", phone="503 555 0100"), promises=promises, **keys)


def asked(of: Territory) -> list[str]:
    return [one.touch_id for one in demand(of).owed if one.sent]


def test_it_is_an_optional_step_of_its_own_in_the_week_after() -> None:
    made = plan(promised(LIST), effort=0)
    touch = row(made, ASKED)
    assert (touch.required, touch.channel, touch.cadence) == (False, "call", "check-back")
    assert dt.date(2027, 2, 1) <= touch.date <= dt.date(2027, 2, 5) == touch.due
    assert touch.brief.startswith("Ask whether it arrived: Send the price list.")
    assert touch.why.startswith("Did it arrive, what was promised by Fri 29 Jan: Mon 1 Feb to ")
    said = row(with_words(made), ASKED).say
    assert "I would like to hear whether it arrived" in said or "has reached you" in said
    runs = {one.cadence.name: one.source.value for one in explain(made, "A-1").runs}
    assert runs["check-back"] == "to ask whether a promise arrived"


@pytest.mark.parametrize(
    ("changes", "is_asked"),
    [
        ({}, True),
        ({"channel": "email"}, True),
        ({"kept_on": "2027-01-20"}, True),
        ({"channel": "call"}, False),
        ({"channel": "visit"}, False),
        ({"kept_on": "2026-12-20"}, False),
        ({"due": "2027-04-03"}, False),
        ({"due": "2026-12-20"}, True),
    ],
)
def test_of_what_was_sent_and_is_due_in_the_campaign(
    changes: dict[str, str], *, is_asked: bool
) -> None:
    assert asked(promised(evolve(LIST, **changes))) == ([ASKED] if is_asked else [])


def test_nobody_is_asked_after_what_they_do_not_allow() -> None:
    refusing = Contact("C-1", "A-1", name="Ann", consents={"letter": "no"})
    assert asked(promised(LIST, contacts=[refusing])) == []


def test_it_comes_after_the_promise_has_reached_them() -> None:
    late = evolve(LIST, due="2026-12-18")
    of = promised(late)
    made = plan(of, effort=0)
    letter, touch = row(made, "A-1/A-1/P-1"), row(made, ASKED)
    assert letter.arrives is not None
    assert touch.date > letter.arrives
    sent = a_touch("A-1/A-1/P-1", "01-05", "letter", of=of)
    rows = (sent, a_touch(ASKED, "01-08", "call", of=of))
    broken = [one for one in violations(Plan(of, rows)) if one.fault is Fault.BEFORE_PROMISE]
    assert [(one.rule, one.touch_id) for one in broken] == [("R7", ASKED)]


def test_it_is_tried_again_and_stays_with_whom_the_promise_was_kept_to() -> None:
    of = promised(LIST)
    letter = a_touch("A-1/A-1/P-1", "01-20", "letter", of=of, status="done", outcome="done")
    call = a_touch(ASKED, "02-02", "call", of=of, status="done", outcome="no_answer")
    made = anew(Plan(of, [letter, call]), dt.date(2027, 2, 3)).campaign
    assert row(made, f"{ASKED}#2").date >= dt.date(2027, 2, 3)
    assert made.violations() == ()
