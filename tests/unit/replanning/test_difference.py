"""What a new plan changes of the one before, and why: on plans that the planner has made."""

import datetime as dt

import pytest
from attrs import evolve
from replanned import TWO, anew, causes, changed, done_before, logged, of_two, row
from small import small

from campaign import plan
from campaign.model.accounts import Account, Contact, Promise
from campaign.replanning.changes import Because, Cause, ChangeKind
from campaign.touches import Plan, Status
from campaign.workdays import plain

FIRST = dt.date(2027, 1, 4)
BEFORE = of_two()
HELLO = row(BEFORE, "A-1/A-1/hello")
MONDAY = plain(HELLO.date) + dt.timedelta(days=7 - HELLO.date.weekday())


def counts(replanned: object) -> dict[ChangeKind, int]:
    found = replanned.difference  # type: ignore[attr-defined]
    return {kind: len(found.of(kind)) for kind in ChangeKind if found.of(kind)}


def test_where_all_went_as_planned_nothing_changes() -> None:
    found = anew(done_before(BEFORE, MONDAY), MONDAY).difference
    planned = [touch for touch in BEFORE.touches if touch.date >= MONDAY]
    assert (found.is_empty, found.stay, found.day) == (True, len(planned), MONDAY)


def test_a_touch_on_a_day_off_moves_for_that_and_what_follows_it_follows_it() -> None:
    visit = row(BEFORE, "A-1/A-1/visit")
    found = anew(BEFORE, FIRST, off=[f"{visit.date}"]).difference
    moved = causes(found, ChangeKind.MOVED)
    assert moved["A-1/A-1/visit"] == Because(Cause.ON_LEAVE, date=visit.date)
    change = next(one for one in found.changes if one.touch_id == "A-1/A-1/visit")
    assert change.before is visit
    assert change.after is not None
    assert change.after.date != visit.date
    along = [one for one in moved.values() if one.cause in (Cause.WINDOW, Cause.FOLLOWED_BY)]
    assert {one.other.touch_id for one in along if one.other} <= set(moved)
    assert len(along) == len(moved) - len([one for one in moved if "visit" in one])


def test_what_nobody_logged_is_missed_and_comes_back_as_a_further_attempt() -> None:
    found = anew(BEFORE, MONDAY).difference
    (change,) = (one for one in found.of(ChangeKind.MISSED) if one.touch_id == HELLO.touch_id)
    assert change.because == Because(Cause.NOT_LOGGED, date=HELLO.date)
    assert change.after is not None
    assert change.after.touch_id == f"{HELLO.touch_id}#2"
    assert change.after.date >= MONDAY
    assert found.of(ChangeKind.NEW) == ()


def test_what_stood_on_a_day_off_that_is_over_was_missed_for_that() -> None:
    found = anew(BEFORE, MONDAY, off=[f"{FIRST}/{MONDAY - dt.timedelta(days=3)}"]).difference
    missed = causes(found, ChangeKind.MISSED)
    assert missed[HELLO.touch_id] == Because(Cause.ON_LEAVE, date=HELLO.date)
    assert {because.cause for because in missed.values()} == {Cause.ON_LEAVE}


def test_a_touch_that_reached_nobody_is_tried_again() -> None:
    call = row(BEFORE, "A-1/A-1/call")
    day = plain(call.date) + dt.timedelta(days=1)
    plan = logged(done_before(BEFORE, day), call.touch_id, "no_answer")
    new = causes(anew(plan, day).difference, ChangeKind.NEW)
    assert new[f"{call.touch_id}#2"].cause is Cause.AGAIN
    assert new[f"{call.touch_id}#2"].other == row(plan, call.touch_id)


def test_another_attempt_may_come_into_the_frozen_days() -> None:
    call = row(BEFORE, "B-1/B-1/call")
    day = plain(call.date) + dt.timedelta(days=1)
    plan = logged(done_before(BEFORE, day), call.touch_id, "no_answer")
    replanned = anew(plan, day, freeze=3)
    (due,) = replanned.begun.attempts.values()
    again = row(replanned.campaign, f"{call.touch_id}#2")
    assert due.last is not None
    assert due.first <= again.date <= due.last
    assert again.date < replanned.begun.first_free


def test_a_complaint_brings_an_answer_before_all_else_of_the_account() -> None:
    plan = logged(done_before(BEFORE, MONDAY), HELLO.touch_id, "complaint")
    replanned = anew(plan, MONDAY)
    new = causes(replanned.difference, ChangeKind.NEW)
    assert set(new.values()) == {Because(Cause.RECOVERY, other=row(plan, HELLO.touch_id))}
    complaint = f"A-1/A-1/complaint-{HELLO.date}-"
    assert set(new) == {f"{complaint}{step}" for step in ("answer", "apology", "proof")}
    stands = sorted((one.date, one.touch_id) for one in replanned.campaign.touches)
    mine = [touch_id for _, touch_id in stands if touch_id.startswith("A-1/")]
    after = mine[mine.index(f"{complaint}answer") :]
    assert after[:3] == [f"{complaint}{step}" for step in ("answer", "apology", "proof")]
    assert not replanned.difference.of(ChangeKind.DROPPED)
    brief = row(replanned.campaign, f"{complaint}answer").brief
    assert brief.startswith("Owed by")
    assert "an answer to the complaint" in brief


def test_a_new_account_comes_in() -> None:
    before = done_before(BEFORE, MONDAY)
    more = evolve(before.territory, accounts=(*TWO, Account("C-1", "Mill Creek", tier="C")))
    found = anew(Plan(more, before.touches), MONDAY).difference
    new = causes(found, ChangeKind.NEW)
    assert {touch_id.partition("/")[0] for touch_id in new} == {"C-1"}
    assert set(new.values()) == {Because(Cause.NEW_ACCOUNT)}
    assert (found.of(ChangeKind.MOVED), found.of(ChangeKind.DROPPED)) == ((), ())


def test_a_new_promise_comes_in_with_its_day() -> None:
    before = done_before(BEFORE, MONDAY)
    promise = Promise("P-1", "A-1", what="a price list", due=dt.date(2027, 1, 20))
    more = evolve(before.territory, promises=(promise,))
    new = causes(anew(Plan(more, before.touches), MONDAY).difference, ChangeKind.NEW)
    assert new["A-1/A-1/P-1"] == Because(Cause.NEW_PROMISE, date=promise.due)


def test_what_goes_says_why() -> None:
    before = done_before(BEFORE, MONDAY)
    asleep = evolve(TWO[1], status="closed")
    gone = anew(Plan(evolve(before.territory, accounts=TWO[:1]), before.touches), MONDAY)
    closed = anew(Plan(evolve(before.territory, accounts=(TWO[0], asleep)), before.touches), MONDAY)
    assert set(causes(gone.difference, ChangeKind.DROPPED).values()) == {
        Because(Cause.ACCOUNT_GONE)
    }
    assert set(causes(closed.difference, ChangeKind.DROPPED).values()) == {
        Because(Cause.NOT_ACTIVE, what="closed")
    }
    assert counts(gone) == counts(closed)


def test_who_wants_no_contact_is_dropped_for_what_was_logged() -> None:
    plan = logged(done_before(BEFORE, MONDAY), HELLO.touch_id, "do_not_contact")
    dropped = causes(anew(plan, MONDAY).difference, ChangeKind.DROPPED)
    assert {touch_id.partition("/")[0] for touch_id in dropped} == {"A-1"}
    because = Because(Cause.NO_CONTACT, other=row(plan, HELLO.touch_id))
    assert set(dropped.values()) == {because}


def test_a_contact_who_moves_is_followed() -> None:
    ann = Contact("P-1", "A-1", name="Ann")
    first = evolve(BEFORE.territory, contacts=(ann,))
    plan = done_before(anew(Plan(first, ()), FIRST).campaign, MONDAY)
    there = evolve(first, contacts=(evolve(ann, account_id="B-1"),))
    found = anew(Plan(there, plan.touches), MONDAY).difference
    names = {one.account_id: one.name for one in TWO}
    dropped = {
        b for key, b in causes(found, ChangeKind.DROPPED).items() if key.startswith("A-1/P-1/")
    }
    new = {b for key, b in causes(found, ChangeKind.NEW).items() if key.startswith("B-1/P-1/")}
    assert dropped == {Because(Cause.CONTACT_MOVED, what=names["B-1"])}
    assert new == {Because(Cause.NEW_CONTACT, what=names["A-1"])}


def test_a_contact_who_leaves_takes_the_touches_along_and_another_brings_new_ones() -> None:
    ann, bob = (Contact(f"P-{n}", "A-1", name=name) for n, name in ((1, "Ann"), (2, "Bob")))
    first = evolve(BEFORE.territory, contacts=(ann,))
    plan = done_before(anew(Plan(first, ()), FIRST).campaign, MONDAY)
    found = anew(Plan(evolve(first, contacts=(bob,)), plan.touches), MONDAY).difference
    dropped, new = causes(found, ChangeKind.DROPPED), causes(found, ChangeKind.NEW)
    assert {one.cause for one in dropped.values()} == {Cause.CONTACT_GONE}
    assert {one.cause for one in new.values()} == {Cause.NEW_CONTACT}
    assert {touch_id.split("/")[1] for touch_id in new} == {"P-2"}


def test_with_no_time_left_what_does_not_fit_is_dropped_with_its_reason() -> None:
    before = done_before(BEFORE, MONDAY)
    tired = evolve(before.territory.capacity, minutes_per_week=10)
    replanned = anew(Plan(evolve(before.territory, capacity=tired), before.touches), MONDAY)
    reasons = {left.touch_id: left.reason for left in replanned.campaign.left_out}
    for change in replanned.difference.of(ChangeKind.DROPPED):
        assert change.because == Because(Cause.LEFT_OUT, what=reasons[change.touch_id])
        assert change.left_out is not None
    assert replanned.difference.of(ChangeKind.DROPPED) != ()


def test_what_was_left_out_before_comes_in_where_there_is_room() -> None:
    tired = evolve(BEFORE.territory.capacity, minutes_per_week=10)
    poor = anew(Plan(evolve(BEFORE.territory, capacity=tired), ()), FIRST).campaign
    rich = Plan(BEFORE.territory, poor.touches, left_out=poor.left_out)
    new = causes(anew(rich, FIRST).difference, ChangeKind.NEW)
    assert {because.cause for because in new.values()} == {Cause.HAD_NO_PLACE}
    assert set(new) <= {left.touch_id for left in poor.left_out}
    assert new


def test_a_pinned_touch_stays_and_is_counted() -> None:
    visit = row(BEFORE, "A-1/A-1/visit")
    pinned = changed(BEFORE, {visit.touch_id: evolve(visit, pinned=True)})
    replanned = anew(pinned, FIRST, off=[f"{visit.date}"])
    assert visit.touch_id not in causes(replanned.difference, ChangeKind.MOVED)
    assert row(replanned.campaign, visit.touch_id).date == visit.date


@pytest.mark.parametrize("days", [1, 5])
def test_a_pin_on_another_day_has_its_arrival_counted_anew(days: int) -> None:
    there = row(BEFORE, "A-1/A-1/hello")
    there = evolve(there, date=dt.date(2027, 1, 4) + dt.timedelta(days=days), pinned=True)
    pinned = changed(BEFORE, {there.touch_id: there})
    after = row(anew(pinned, FIRST).campaign, there.touch_id)
    letter = BEFORE.territory.channels["letter"]
    assert after.date == there.date
    assert after.arrives == BEFORE.territory.calendar.after(there.date, letter.days_in_post)


def test_a_person_who_has_moved_on_or_runs_another_cadence_is_named_as_the_cause() -> None:
    ann = Contact("P-1", "A-1", name="Ann", role="decision_maker")
    before = plan(small(*TWO, contacts=(ann,)), effort=0)
    for role, what in (("former", Cause.CONTACT_GONE), ("user", Cause.NOT_OWED)):
        bo = Contact("P-2", "A-1", name="Bo", role="decision_maker")
        now = evolve(before.territory, contacts=(evolve(ann, role=role), bo))
        dropped = causes(anew(Plan(now, before.touches), FIRST).difference, ChangeKind.DROPPED)
        assert {one.cause for one in dropped.values()} == {what}
        assert all(one.what for one in dropped.values())


def test_a_row_that_is_given_up_is_no_change() -> None:
    news = row(BEFORE, "A-1/A-1/news")
    skipped = changed(BEFORE, {news.touch_id: evolve(news, status=Status.SKIPPED)})
    found = anew(done_before(skipped, MONDAY), MONDAY).difference
    assert news.touch_id not in {change.touch_id for change in found.changes}
