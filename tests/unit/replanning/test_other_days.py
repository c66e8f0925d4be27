"""Touches that were made on another day than planned, or logged before the day is over."""

import datetime as dt

from attrs import evolve
from replanned import anew, causes
from rows import a_touch
from small import START, small

from campaign import plan
from campaign.model.accounts import Account, Promise
from campaign.replanning.changes import Because, Cause, ChangeKind
from campaign.touches import Plan, Status

TODAY = START + dt.timedelta(days=1)
ACCOUNTS = [Account(f"A-{n}", f"Account {n}", tier="C") for n in (1, 2)]


def rung(due: dt.date, on: dt.date) -> Plan:
    """Two calls that are promised, the first for `due` and done `on` a day."""
    promises = [
        Promise("P1", "A-1", what="ring", due=due, channel="call"),
        Promise("P2", "A-2", what="ring", due=TODAY, channel="call"),
    ]
    found = plan(small(*ACCOUNTS, promises=promises), effort=0)
    rows = [
        evolve(row, status=Status.DONE, outcome="reached", done_on=on) if row.step == "P1" else row
        for row in found.touches
    ]
    return Plan(found.territory, rows)


def test_an_attempt_is_dropped_once_a_later_step_has_reached_them() -> None:
    of = small(Account("A-1", "Cascade Dental", tier="A"))
    made = {"status": Status.DONE, "done_on": START}
    rows = [
        a_touch("A-1/A-1/hello", "01-04", "letter", of=of, outcome="done", **made),
        a_touch("A-1/A-1/call", "01-13", "call", of=of, outcome="no_answer", **made),
        a_touch("A-1/A-1/visit", "01-18", "visit", of=of, outcome="met", **made),
        a_touch("A-1/A-1/call#2", "01-25", "call", of=of),
    ]
    anew_ = anew(Plan(of, rows), dt.date(2027, 1, 20), freeze=5)
    assert anew_.campaign.violations() == ()
    assert "A-1/A-1/call#2" not in {row.touch_id for row in anew_.campaign.touches}
    because = causes(anew_.difference, ChangeKind.DROPPED)["A-1/A-1/call#2"]
    assert because == Because(Cause.OVERTAKEN, other=rows[2])
