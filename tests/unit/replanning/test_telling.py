"""A difference as a rep reads it."""

import datetime as dt

import pytest
from attrs import evolve
from replanned import TWO, by_hand
from rows import a_touch, left
from small import START, small

from campaign.model.accounts import Contact, Promise
from campaign.replanning.changes import Because, Cause, Change, ChangeKind, Difference
from campaign.replanning.telling import (
    FEW,
    because_in_words,
    change_in_words,
    headline,
    render_difference,
    sheaf_in_words,
    together,
)
from campaign.touches import LeftOut, Plan, ReasonCode

OF = small(*TWO)
VISIT = a_touch("A-1/A-1/visit", "02-09", "visit", of=OF)
CALL = a_touch("A-1/A-1/call", "02-04", "call", of=OF, outcome="no_answer", status="done")


def difference(*changes: Change, stay: int = 0) -> Difference:
    return Difference(Plan(OF, ()), START, changes=changes, stay=stay)


def change(kind: ChangeKind, because: Because, **rows: object) -> Change:
    return Change(kind, VISIT.touch_id, because=because, **rows)  # type: ignore[arg-type]


LEAVE = Because(Cause.ON_LEAVE, date=dt.date(2027, 2, 9))
MOVED = change(
    ChangeKind.MOVED, LEAVE, before=VISIT, after=evolve(VISIT, date=dt.date(2027, 2, 11))
)


def test_a_move_names_both_days_and_its_cause() -> None:
    assert change_in_words(OF, MOVED) == (
        "Cascade Dental, visit: from Tue 9 Feb to Thu 11 Feb, "
        "because you are on leave on Tue 9 Feb."
    )


def test_the_headline_counts_what_moves_comes_and_goes_and_what_stays() -> None:
    missed = change(ChangeKind.MISSED, LEAVE, before=VISIT)
    assert headline(difference(MOVED, missed, stay=112)) == (
        "From Mon 4 Jan: 1 missed, 1 moved, 0 new, 0 dropped; 112 stay."
    )


def test_the_headline_says_how_much_of_what_was_missed_is_left_out() -> None:
    missed = change(ChangeKind.MISSED, LEAVE, before=VISIT)
    lost = evolve(missed, left_out=left("A-1/A-1/visit#2", of=OF))
    assert headline(difference(missed, lost, stay=3)) == (
        "From Mon 4 Jan: 2 missed (1 of them left out), 0 moved, 0 new, 0 dropped; 3 stay."
    )


def test_what_was_missed_says_when_it_comes_back() -> None:
    because = Because(Cause.NOT_LOGGED, date=dt.date(2027, 2, 9))
    again = evolve(VISIT, touch_id=f"{VISIT.touch_id}#2", date=dt.date(2027, 2, 15), channel="call")
    found = change(ChangeKind.MISSED, because, before=VISIT, after=again)
    assert change_in_words(OF, found) == (
        "Cascade Dental, visit: nothing is logged of it; again on Mon 15 Feb by call."
    )


def test_the_answer_to_a_complaint_is_named_by_its_step() -> None:
    answer = evolve(
        VISIT, cadence="promises", step="complaint-2027-02-04-answer", purpose="recover"
    )
    found = change(ChangeKind.NEW, Because(Cause.RECOVERY, other=CALL), after=answer)
    assert change_in_words(OF, found) == (
        "Cascade Dental, visit (answer): on Tue 9 Feb, "
        "because a complaint is to be made good (no answer on Thu 4 Feb)."
    )


def test_a_long_list_is_cut_unless_all_is_asked_for() -> None:
    many = difference(*([MOVED] * (FEW + 3)))
    short, whole = render_difference(many), render_difference(many, every=True)
    assert short.count("Cascade Dental") == FEW
    assert "and 3 more; --all lists them" in short
    assert whole.count("Cascade Dental") == FEW + 3


def test_what_follows_a_touch_that_moves_is_told_with_it() -> None:
    thanks = evolve(VISIT, touch_id="A-1/A-1/thanks", channel="postcard", step="thanks")
    follows = Because(Cause.WINDOW, date=START, last=START, other=MOVED.after)
    after = evolve(thanks, date=dt.date(2027, 2, 12))
    moved = Change(ChangeKind.MOVED, after.touch_id, before=thanks, after=after, because=follows)
    found = difference(MOVED, moved)
    assert [len(sheaf) for sheaf in together(found.changes)] == [2]
    assert sheaf_in_words(OF, found.changes) == (
        "Cascade Dental, visit: from Tue 9 Feb to Thu 11 Feb, because you are on leave "
        "on Tue 9 Feb; with it the postcard (thanks) to Fri 12 Feb."
    )
    assert render_difference(found).count("Cascade Dental") == 1
    assert render_difference(found, every=True).count("Cascade Dental") == 2


@pytest.mark.parametrize(
    ("kind", "cause", "ending"),
    [
        (ChangeKind.DROPPED, Cause.NO_CONTACT, "; likewise the call on Mon 15 Feb."),
        (ChangeKind.NEW, Cause.NEW_ACCOUNT, "; then the call on Mon 15 Feb."),
    ],
)
def test_what_goes_or_comes_with_a_whole_person_is_one_line(
    kind: ChangeKind, cause: Cause, ending: str
) -> None:
    stands = "before" if kind is ChangeKind.DROPPED else "after"
    call = evolve(VISIT, touch_id="A-1/A-1/call", channel="call", step="call")
    rows = [VISIT, evolve(call, date=dt.date(2027, 2, 15))]
    changes = [change(kind, Because(cause, other=CALL), **{stands: row}) for row in rows]
    other = evolve(VISIT, account_id="B-1", contact_id="B-1")
    apart = change(kind, Because(cause, other=CALL), **{stands: other})
    assert [len(sheaf) for sheaf in together([*changes, apart])] == [2, 1]
    assert sheaf_in_words(OF, changes).endswith(ending)


def test_changes_that_each_have_a_cause_of_their_own_are_lines_of_their_own() -> None:
    full = Because(Cause.DAY_FULL, date=dt.date(2027, 2, 9))
    changes = [
        change(kind, full, before=VISIT, after=VISIT)
        for kind in (ChangeKind.DROPPED, ChangeKind.MOVED)
    ]
    other = evolve(MOVED, touch_id="A-1/A-1/call")
    assert [len(sheaf) for sheaf in together([*changes, other])] == [1, 1, 1]


def test_what_is_left_out_at_once_names_the_person_and_no_made_up_id() -> None:
    promise = Promise("P-1", "A-1", what="a price", due=START)
    of = small(*TWO, contacts=(Contact("C-1", "A-1", name="Ann Lee"),), promises=(promise,))
    left = LeftOut(
        "A-1/C-1/x",
        account_id="A-1",
        contact_id="C-1",
        cadence="promises",
        step="complaint-2027-02-04-answer",
        channel="call",
        required=True,
        reason_code=ReasonCode.CAPACITY,
        reason="The days are full.",
    )
    because = Because(Cause.LEFT_OUT, what=left.reason)
    changes = [
        Change(ChangeKind.NO_PLACE, one.touch_id, because=because, left_out=one)
        for one in (left, evolve(left, step="P-1"))
    ]
    assert [change_in_words(of, one) for one in changes] == [
        "Cascade Dental, Ann Lee, call (recover): the days are full.",
        "Cascade Dental, Ann Lee, call (promise): the days are full.",
    ]


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
