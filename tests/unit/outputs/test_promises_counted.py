"""Promises and answers to complaints are counted apart; kept means in time and not in vain."""

import datetime as dt
from typing import Any

import pytest
from handmade import territory
from rows import a_touch

from campaign.outputs.summary import Count, summary
from campaign.touches import Plan, Touch

PROMISED: dict[str, Any] = {"cadence": "promises", "purpose": "promise", "channel": "call"}
DAY = dt.date(2027, 1, 6)
COMPLAINT = a_touch(
    "A-1/A-1/heard",
    DAY,
    cadence="heard",
    channel="",
    minutes=0,
    required=False,
    status="done",
    outcome="complaint",
    done_on=DAY,
)
ANSWER = a_touch(
    "A-1/P-1/complaint-2027-01-06-answer", dt.date(2027, 1, 7), **{**PROMISED, "purpose": "recover"}
)


def counted(*touches: Touch) -> tuple[Count, Count]:
    found = summary(Plan(territory(), touches))
    return found.promises, found.complaints


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({}, 1),
        ({"late": 2}, 0),
        ({"status": "done", "done_on": DAY, "outcome": "reached"}, 1),
        ({"status": "done", "done_on": DAY, "outcome": "no_answer"}, 0),
    ],
)
def test_a_promise_is_kept_in_time_or_not_at_all(values: dict[str, Any], kept: int) -> None:
    assert counted(a_touch("A-1/P-1/PR-1", DAY, **PROMISED, **values))[0] == Count(kept, 1)


def test_a_further_attempt_is_the_same_promise() -> None:
    missed = a_touch(
        "A-1/P-1/PR-1", DAY, **PROMISED, status="done", done_on=DAY, outcome="no_answer"
    )
    again = a_touch("A-1/P-1/PR-1#2", dt.date(2027, 1, 7), **{**PROMISED, "step": "PR-1"})
    assert counted(missed, again)[0] == Count(1, 1)


def test_complaints_are_counted_apart() -> None:
    plan = Plan(territory(), (a_touch("A-1/P-1/PR-1", DAY, **PROMISED), COMPLAINT, ANSWER))
    found = summary(plan)
    assert (found.promises, found.complaints) == (Count(1, 1), Count(1, 1))
    assert "Complaints answered     1 of 1" in str(found)
