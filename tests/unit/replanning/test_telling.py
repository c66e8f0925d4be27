"""A difference as a rep reads it."""

import datetime as dt

import pytest
from attrs import evolve
from replanned import TWO, by_hand
from small import START, put, small

from campaign.replanning.because import Because, Cause
from campaign.replanning.difference import Change, Difference, Kind
from campaign.replanning.telling import (
    FEW,
    because_in_words,
    change_in_words,
    headline,
    render_difference,
)
from campaign.touches import Plan

OF = small(*TWO)
VISIT = put("A-1/A-1/visit", "02-09", "visit", of=OF)
CALL = put("A-1/A-1/call", "02-04", "call", of=OF, outcome="no_answer", status="done")


def difference(*changes: Change, stay: int = 0) -> Difference:
    return Difference(Plan(OF, ()), START, changes=changes, stay=stay)


def change(kind: Kind, because: Because, **rows: object) -> Change:
    return Change(kind, VISIT.touch_id, because=because, **rows)  # type: ignore[arg-type]


LEAVE = Because(Cause.ON_LEAVE, date=dt.date(2027, 2, 9))
MOVED = change(Kind.MOVED, LEAVE, before=VISIT, after=evolve(VISIT, date=dt.date(2027, 2, 11)))


def test_a_move_names_both_days_and_its_cause() -> None:
    assert change_in_words(OF, MOVED) == (
        "Cascade Dental, visit (visit): from Tue 9 Feb to Thu 11 Feb, "
        "because you are on leave on Tue 9 Feb."
    )


def test_the_headline_counts_what_moves_comes_and_goes_and_what_stays() -> None:
    missed = change(Kind.MISSED, LEAVE, before=VISIT)
    assert headline(difference(MOVED, missed, stay=112)) == (
        "From Mon 4 Jan: 1 missed, 1 moved, 0 new, 0 dropped; 112 stay."
    )


def test_what_was_missed_says_when_it_comes_back() -> None:
    because = Because(Cause.NOT_LOGGED, date=dt.date(2027, 2, 9))
    again = evolve(VISIT, touch_id=f"{VISIT.touch_id}#2", date=dt.date(2027, 2, 15), channel="call")
    found = change(Kind.MISSED, because, before=VISIT, after=again)
    assert change_in_words(OF, found) == (
        "Cascade Dental, visit (visit): nothing is logged of it; again on Mon 15 Feb by call."
    )


def test_the_answer_to_a_complaint_is_named_by_its_purpose() -> None:
    answer = evolve(VISIT, cadence="promises", step="complaint-2027-02-04-A-1", purpose="recover")
    found = change(Kind.NEW, Because(Cause.RECOVERY, other=CALL), after=answer)
    assert change_in_words(OF, found) == (
        "Cascade Dental, visit (recover): on Tue 9 Feb, "
        "because a complaint is to be answered (no answer on Thu 4 Feb)."
    )


def test_a_long_list_is_cut_unless_all_is_asked_for() -> None:
    many = difference(*([MOVED] * (FEW + 3)))
    short, whole = render_difference(many), render_difference(many, every=True)
    assert short.count("Cascade Dental") == FEW
    assert "and 3 more; --all lists them" in short
    assert whole.count("Cascade Dental") == FEW + 3


def test_times_of_day_are_told_only_among_all() -> None:
    there = evolve(VISIT, start=540, end=595)
    found = by_hand((there,), (evolve(there, start=605, end=660),), OF, day=START)
    assert "09:00 becomes 10:05" not in render_difference(found)
    assert "09:00 becomes 10:05" in render_difference(found, every=True)
    assert headline(found).endswith("1 stay, 1 of them at another time of day.")


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_its_words(cause: Cause) -> None:
    full = Because(cause, date=START, last=START, other=CALL, others=(VISIT,), what="so it is")
    for because in (full, Because(cause, what="so it is")):
        words = because_in_words(OF, because)
        assert "None" not in words
        assert "  " not in words
    assert because_in_words(OF, full)
