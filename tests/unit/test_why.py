"""Why a touch stands on its day, as the rep reads it."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from rows import a_touch
from small import PACED, small

from campaign.consequences import consequences, rows_owed
from campaign.demand import demand
from campaign.explaining import Reasoning
from campaign.model.accounts import Account, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.priorities import Tier
from campaign.model.territory import Territory
from campaign.touches import Status

DENTAL = Account("A-1", "Cascade Dental", tier="A", phone="1", street="1 Oak St")
HURT = evolve(DENTAL, grievance="wrong crowns")


OWN: dict[str, Any] = {
    "tiers": [Tier("A", cadence="own", others="")],
    "cadences": {
        "own": Cadence(
            "own",
            [
                Step("hello", "letter", "introduce", within=5),
                Step("call", "call", "listen", after="hello", gap=[1, 2, 6]),
                Step("visit", ["visit", "call"], "listen", after="call", gap=[3, 10]),
            ],
        )
    },
    "relationships": {},
}


def why(territory: Territory, *rows: tuple[str, str, str]) -> str:
    """Why the last of the rows stands on its day."""
    touches = [a_touch(touch_id, date, channel, of=territory) for touch_id, date, channel in rows]
    return Reasoning(territory, touches).why(touches[-1])


def test_after_a_call_the_window_counts_from_its_day() -> None:
    rows = (("A-1/A-1/call", "01-12", "call"), ("A-1/A-1/visit", "01-18", "call"))
    assert why(small(DENTAL, cadences=PACED), *rows) == (
        "3 to 10 business days after the call on Tue 12 Jan: Fri 15 Jan to Tue 26 Jan, "
        "ideally Wed 20 Jan. By call in place of a visit."
    )


@pytest.mark.parametrize(("date", "late"), [("01-05", ""), ("01-12", " 2 business days late.")])
def test_a_first_step_counts_from_the_start_and_may_be_late(date: str, late: str) -> None:
    assert why(small(DENTAL, cadences=PACED), ("A-1/A-1/hello", date, "letter")) == (
        f"In the first 5 business days: Mon 4 Jan to Fri 8 Jan, ideally Mon 4 Jan.{late}"
    )


def test_below_a_step_that_is_left_out_the_gaps_are_added() -> None:
    assert why(small(DENTAL, cadences=PACED), ("A-1/A-1/call", "01-05", "call")).startswith(
        'On business days 2 to 11 of the campaign ("hello" left out): Tue 5 Jan to Mon 18 Jan'
    )


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            Step("root", "call", "listen"),
            "On any day of the campaign: Mon 4 Jan to Fri 2 Apr, ideally Mon 4 Jan.",
        ),
        (
            Step("root", "call", "listen", gap=[2, 4]),
            "On business days 3 to 5 of the campaign: Wed 6 Jan to Fri 8 Jan, ideally on this day.",
        ),
        (
            Step("root", "call", "listen", within=1),
            "In the first 1 business day: Mon 4 Jan, ideally Mon 4 Jan. 2 business days late.",
        ),
    ],
)
def test_roots_without_an_end_or_with_a_gap_are_told_too(step: Step, told: str) -> None:
    territory = small(
        DENTAL,
        tiers=[Tier("A", cadence="own", others="")],
        cadences={"own": Cadence("own", [step])},
        relationships={},
    )
    assert why(territory, ("A-1/A-1/root", "01-06", "call")) == told


@pytest.mark.parametrize(
    ("due", "date", "told"),
    [
        ("2027-01-15", "01-15", "Promised by Fri 15 Jan: in their hands by Fri 15 Jan."),
        ("2027-01-17", "01-15", "Promised by Sun 17 Jan: in their hands by Fri 15 Jan."),
        (
            "2026-12-18",
            "01-04",
            "Promised by 18 Dec 2026: the first day that can hold it. 11 business days late.",
        ),
    ],
)
def test_a_promise_tells_the_day_it_is_due(due: str, date: str, told: str) -> None:
    promise = Promise("P-1", "A-1", what="call", due=due)
    assert why(small(DENTAL, promises=[promise]), ("A-1/A-1/P-1", date, "call")) == told


def test_a_grievance_tells_its_first_five_working_days() -> None:
    within = "A grievance is heard first, within 5 working days: Mon 4 Jan to Fri 8 Jan."
    assert why(small(HURT), ("A-1/A-1/go", "01-05", "visit")) == within
    assert why(small(HURT), ("A-1/A-1/go", "01-05", "call")) == (
        f"{within} By call, as no visit can be made."
    )


@pytest.mark.parametrize(("date", "late"), [("01-05", ""), ("01-08", " 3 business days late.")])
def test_the_answer_to_a_complaint_names_the_complaint_and_its_day(date: str, late: str) -> None:
    territory = small(DENTAL, cadences=PACED)
    said = a_touch("A-1/A-1/call", "01-04", "call", of=territory, status=Status.DONE)
    complaint = evolve(said, outcome="complaint", done_on=said.date)
    (owed,) = rows_owed(territory, [complaint], consequences(territory, [complaint]))
    answer = evolve(owed, date=dt.date.fromisoformat(f"2027-{date}"))
    assert Reasoning(territory, [complaint, answer]).why(answer) == (
        f"The complaint of Mon 4 Jan is to be answered by Tue 5 Jan.{late}"
    )


def test_explained_fills_planned_rows_and_keeps_what_is_done() -> None:
    territory = small(evolve(DENTAL, notes="Likes tea"), cadences=PACED)
    done = a_touch(
        "A-1/A-1/hello", "01-04", "letter", of=territory, status=Status.DONE, why="as was"
    )
    planned = a_touch("A-1/A-1/call", "01-12", "call", of=territory)
    kept, filled = Reasoning(territory, [done, planned], demand=demand(territory)).explained()
    assert (kept.why, kept.brief) == ("as was", "")
    assert filled.brief == "Notes: Likes tea."
    assert filled.why.startswith('1 to 6 business days after the letter "hello"')
