"""What follows from logged rows, by the follow-ups that ship and by one's own."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from rows import a_touch

from campaign.consequences import (
    Consequences,
    HoldReason,
    consequences,
    rows_owed,
    territory_after,
    territory_now,
)
from campaign.explaining.what_follows import what_follows
from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.outcomes import FollowUp, Outcome
from campaign.model.rep import Rep
from campaign.model.runs import recoveries_of
from campaign.model.territory import Territory
from campaign.touches import Touch

START = dt.date(2027, 1, 4)
TUESDAY = dt.date(2027, 1, 5)
STEPS = (
    Step("hello", "letter", "introduce", within=5),
    Step("call", ["call", "letter"], "listen", after="hello", gap=[1, 6]),
    Step("visit", "visit", "listen", after="call", gap=[1, 10]),
)


def territory(**changes: object) -> Territory:
    values: dict[str, object] = {
        "contacts": (
            Contact("C-1", "A-1", name="Ann Lee", role="decision_maker"),
            Contact("C-2", "A-1", name="Bo Ray"),
        ),
        "cadences": {"own": Cadence("own", STEPS)},
        "start": START,
        **changes,
    }
    accounts = (
        Account("A-1", "Cascade Dental", tier="A", cadence="own"),
        Account("A-2", "Riverbend Mills", tier="B", cadence="own"),
    )
    return Territory(Rep("Rep"), accounts, **values)  # type: ignore[arg-type]


def row(touch_id: str = "A-1/C-1/call", date: dt.date = TUESDAY, **values: Any) -> Touch:  # noqa: ANN401
    return a_touch(touch_id, date, **{"channel": "call", "cadence": "own", **values})


def done(outcome: str, touch_id: str = "A-1/C-1/call", **values: object) -> Touch:
    return row(touch_id, **{"status": "done", "outcome": outcome, "done_on": TUESDAY, **values})  # type: ignore[arg-type]


def found(*touches: Touch, of: Territory | None = None) -> Consequences:
    return consequences(of or territory(), touches)


def test_nothing_follows_from_what_is_planned_or_made() -> None:
    assert (
        found(row(), done("", "A-1/C-1/hello"), done("reached", "A-2/A-2/call")) == Consequences()
    )


def test_a_call_without_an_answer_is_tried_again_at_another_hour() -> None:
    (attempt,) = found(done("no_answer", start=540, end=556)).attempts
    assert (attempt.touch_id, attempt.owed_id, attempt.number) == (
        "A-1/C-1/call#2",
        "A-1/C-1/call",
        2,
    )
    assert attempt.channels == ("call", "letter")
    assert (attempt.first, attempt.last) == (dt.date(2027, 1, 6), dt.date(2027, 1, 8))
    assert attempt.not_at == (540,)


def tried(number: int, outcome: str = "no_answer", **values: object) -> list[Touch]:
    ids = ["A-1/C-1/call", *(f"A-1/C-1/call#{n}" for n in range(2, number + 1))]
    return [done(outcome, touch_id, **values) for touch_id in ids]


def test_after_three_attempts_it_is_the_next_channel_of_the_step() -> None:
    (attempt,) = found(*tried(3)).attempts
    assert (attempt.touch_id, attempt.channels) == ("A-1/C-1/call#4", ("letter",))


def test_how_many_attempts_there_are_is_the_territorys_to_say() -> None:
    once = territory(follow_ups={"no_answer": FollowUp(again=(0, 1), attempts=1)})
    (attempt,) = found(*tried(1), of=once).attempts
    assert (attempt.channels, attempt.first) == (("letter",), TUESDAY)


def test_a_step_with_no_channel_left_is_given_up() -> None:
    visits = [
        done("no_answer", touch_id, channel="visit")
        for touch_id in ("A-1/C-1/visit", "A-1/C-1/visit#2", "A-1/C-1/visit#3")
    ]
    result = found(*visits)
    assert (result.attempts, [one.owed_id for one in result.given_up]) == ((), ["A-1/C-1/visit"])


def test_a_promise_is_tried_until_it_is_kept() -> None:
    promise = Promise("P-1", "A-1", what="the invoice", due=TUESDAY, contact_id="C-1")
    calls = [
        evolve(
            touch, touch_id=touch.touch_id.replace("call", "P-1"), step="P-1", cadence="promises"
        )
        for touch in tried(5)
    ]
    (attempt,) = found(*calls, of=territory(promises=(promise,))).attempts
    assert (attempt.touch_id, attempt.channels) == ("A-1/C-1/P-1#6", ("call",))
    kept = territory(promises=(evolve(promise, kept_on=TUESDAY),))
    assert found(*calls, of=kept) == Consequences()


def test_an_attempt_that_stands_in_the_plan_already_is_not_owed_twice() -> None:
    assert found(done("no_answer"), row("A-1/C-1/call#2")).attempts == ()


def test_a_missed_touch_comes_back_in_a_fresh_window() -> None:
    (attempt,) = found(row(status="missed")).attempts
    assert (attempt.touch_id, attempt.first, attempt.last) == (
        "A-1/C-1/call#2",
        dt.date(2027, 1, 6),
        None,
    )


@pytest.mark.parametrize("status", ["skipped", "cancelled"])
def test_what_the_rep_gave_up_does_not_come_back(status: str) -> None:
    assert found(row(status=status)) == Consequences()


def test_a_wrong_number_closes_calls_to_that_person_and_asks_for_the_number() -> None:
    result = found(done("wrong_number"))
    assert [(one.contact_id, one.channel, one.missing) for one in result.closed] == [
        ("C-1", "call", "phone")
    ]
    assert result.attempts[0].channels == ("letter",)
    after = territory_after(territory(), result)
    assert [one.consent("call") for one in after.contacts_of("A-1")] == [
        Consent.NO,
        Consent.UNKNOWN,
    ]


def test_a_returned_letter_closes_all_post() -> None:
    result = found(done("returned_mail", "A-1/C-1/hello", channel="letter"))
    assert [(one.channel, one.missing) for one in result.closed] == [
        ("letter", "address"),
        ("postcard", "address"),
    ]


@pytest.mark.parametrize(
    ("outcome", "closed"), [("done", {"letter", "postcard"}), ("replied", set())]
)
def test_a_card_sent_since_does_not_prove_that_a_returned_letters_address_is_right(
    outcome: str, closed: set[str]
) -> None:
    letter = done("returned_mail", "A-1/C-1/hello", channel="letter")
    card = done(outcome, "A-1/C-1/card", channel="postcard", done_on=dt.date(2027, 1, 20))
    assert {one.channel for one in found(letter, card).closed} == closed


def test_a_number_that_was_found_opens_the_channel_from_that_day() -> None:
    result = found(done("wrong_number", again_on=dt.date(2027, 1, 12)))
    assert result.closed == ()
    assert (result.attempts[0].channels, result.attempts[0].first) == (
        ("call", "letter"),
        dt.date(2027, 1, 12),
    )


def test_who_is_reached_after_a_wrong_number_can_be_called_again() -> None:
    later = done("reached", "A-1/C-1/review", done_on=dt.date(2027, 1, 12))
    assert found(done("wrong_number"), later).closed == ()


def test_an_account_without_contacts_has_its_channel_closed_as_its_own_contact() -> None:
    alone = territory(contacts=())
    result = found(done("wrong_number", "A-2/A-2/call"), of=alone)
    after = territory_after(alone, result)
    assert [one.consent("call") for one in after.contacts_of("A-2")] == [Consent.NO]
    assert after.contacts_of("A-2")[0].contact_id == "A-2"


def test_later_is_the_date_they_asked_for_and_nothing_before_it() -> None:
    asked = dt.date(2027, 2, 1)
    result = found(done("later", again_on=asked, note="call me then"))
    assert result.attempts == ()
    assert [one.promise for one in result.asked] == [
        Promise(
            "asked-2027-02-01-C-1",
            "A-1",
            what="what they asked for on that day: call me then",
            due=asked,
            contact_id="C-1",
            not_before=asked,
        )
    ]
    wait = result.wait_of("C-1")
    assert wait is not None
    assert wait.until == asked
    assert result.wait_of("C-2") is None


@pytest.mark.parametrize("outcome", ["met", "replied"])
def test_a_meeting_or_a_reply_lets_the_others_wait(outcome: str) -> None:
    result = found(done(outcome))
    assert [(one.contact_id, one.until) for one in result.waits] == [("C-2", dt.date(2027, 1, 12))]
    hold = result.hold(row("A-1/C-2/call", dt.date(2027, 1, 11)))
    assert hold is not None
    assert (hold.reason, hold.until) == (HoldReason.WAITS, dt.date(2027, 1, 12))
    assert result.hold(row("A-1/C-2/call", dt.date(2027, 1, 12))) is None


def test_a_complaint_is_made_good_by_call_on_the_next_working_day() -> None:
    (recovery,) = found(done("complaint", note="wrong crowns")).recoveries
    assert recovery.is_open
    assert recovery.promise == Promise(
        "complaint-2027-01-05-answer",
        "A-1",
        what="an answer to the complaint: wrong crowns",
        due=dt.date(2027, 1, 6),
        contact_id="C-1",
        channel="call",
        purpose="recover",
        complained_on=TUESDAY,
    )


def test_a_complaint_before_leave_is_answered_after_it() -> None:
    away = evolve(territory(), rep=Rep("Rep", leave=["2027-01-06/2027-01-12"]))
    (recovery,) = found(done("complaint"), of=away).recoveries
    assert recovery.promise.due == dt.date(2027, 1, 13)


NO_CALLS = Contact("C-1", "A-1", name="Ann Lee", consents={"call": Consent.NO})
NO_CALLS_OR_VISITS = evolve(NO_CALLS, consents={"call": Consent.NO, "visit": Consent.NO})


@pytest.mark.parametrize(
    ("person", "channel"),
    [
        (NO_CALLS, "visit"),
        (NO_CALLS_OR_VISITS, "email"),
        (evolve(NO_CALLS, consents=dict.fromkeys(territory().channels, Consent.NO)), "call"),
    ],
)
@pytest.mark.parametrize("step", ["C-1/hello", "A-1/heard"])
def test_a_complaint_is_answered_by_a_channel_that_the_person_allows(
    person: Contact, channel: str, step: str
) -> None:
    cadence = "heard" if step.endswith("heard") else "own"
    (recovery,) = found(
        done("complaint", f"A-1/{step}", cadence=cadence), of=territory(contacts=(person,))
    ).recoveries
    assert recovery.promise.channel == channel


def test_a_complaint_is_answered_by_another_channel_where_the_number_is_wrong() -> None:
    result = found(heard("complaint"), done("wrong_number", ANSWER, cadence="promises"))
    (recovery,) = result.recoveries
    assert (recovery.promise.channel, recovery.is_open) == ("visit", True)
    assert [one.channels for one in result.attempts] == [("visit",)]
    assert result.given_up == ()


def heard(outcome: str, day: dt.date = TUESDAY, number: str = "", **values: object) -> Touch:
    return done(
        outcome,
        f"A-1/A-1/heard{number}",
        done_on=day,
        cadence="heard",
        channel="",
        minutes=0,
        **values,
    )


def test_everything_else_of_the_account_pauses_until_they_are_talked_to() -> None:
    result = found(heard("complaint"))
    hold = result.hold(row("A-1/C-2/visit", dt.date(2027, 3, 1)))
    assert hold is not None
    assert (hold.reason, hold.until) == (HoldReason.PAUSED, None)
    assert result.hold(row("A-2/A-2/visit")) is None
    (answer,) = rows_owed(territory(), (heard("complaint"),), result)
    assert (answer.touch_id, answer.purpose) == (
        "A-1/C-1/complaint-2027-01-05-answer",
        "recover",
    )
    assert result.hold(answer) is None


ANSWER = "A-1/C-1/complaint-2027-01-05-answer"
WEDNESDAY = dt.date(2027, 1, 6)


@pytest.mark.parametrize("outcome", ["reached", "met", "done"])
def test_a_complaint_is_resolved_by_talking_about_it(outcome: str) -> None:
    answered = done(outcome, ANSWER, cadence="promises", done_on=WEDNESDAY)
    (recovery,) = found(heard("complaint"), answered).recoveries
    assert recovery.promise.kept_on == WEDNESDAY
    (same,) = found(heard("complaint"), heard("reached", WEDNESDAY, "#2")).recoveries
    assert not same.is_open


def test_what_was_heard_before_a_complaint_does_not_resolve_it() -> None:
    (recovery,) = found(heard("reached"), heard("complaint", TUESDAY, "#2")).recoveries
    assert recovery.is_open


def test_an_answer_that_reached_nobody_is_tried_again() -> None:
    missed = done("no_answer", ANSWER, cadence="promises", done_on=WEDNESDAY)
    result = found(heard("complaint"), missed)
    assert [one.touch_id for one in result.attempts] == [f"{ANSWER}#2"]
    assert result.open_recovery("A-1") is not None
    assert [touch.touch_id for touch in rows_owed(territory(), (missed,), result)] == [
        f"{ANSWER}#2"
    ]


def test_do_not_contact_ends_it_for_that_person_for_ever() -> None:
    result = found(done("no_answer"), done("do_not_contact", "A-1/C-1/visit", channel="visit"))
    assert result.attempts == ()
    after = territory_after(territory(), result)
    assert [one.do_not_contact for one in after.contacts_of("A-1")] == [True, False]
    assert not after.account("A-1").do_not_contact


def test_do_not_contact_of_an_account_ends_it_for_everybody_there() -> None:
    result = found(heard("do_not_contact"))
    assert territory_after(territory(), result).account("A-1").do_not_contact
    hold = result.hold(row("A-1/C-2/visit"))
    assert hold is not None
    assert hold.reason is HoldReason.ENDED


def test_a_plan_without_outcomes_leaves_the_territory_as_it_is() -> None:
    whole = territory()
    assert territory_now(whole, (row(),)) is whole
    assert evolve(territory_now(whole, (row(), done(""))), lived=()) == whole
    assert evolve(territory_now(whole, (done("reached"),)), lived=()) == whole


def test_rows_of_unknown_accounts_and_steps_lead_to_nothing() -> None:
    rows = (
        done("no_answer", "X-9/X-9/call"),
        done("no_answer", "A-1/C-1/gone", cadence="gone"),
        done("no_answer", "A-1/C-9/gone"),
    )
    assert found(*rows).attempts == ()


def test_every_outcome_that_can_be_logged_ships_with_what_follows() -> None:
    assert set(territory().follow_ups) == {outcome for outcome in Outcome if outcome}


THANKS = Step("thanks", "letter", "thank", after="visit", gap=[1, 2])
THANKFUL = territory(cadences={"own": Cadence("own", (*STEPS, THANKS))})


def thanks(**values: object) -> Touch:
    usual = {"channel": "letter", "purpose": "thank", "date": dt.date(2027, 1, 8)}
    return row("A-1/C-1/thanks", **{**usual, **values})  # type: ignore[arg-type]


def is_early(*touches: Touch) -> bool:
    hold = found(*touches, thanks(), of=THANKFUL).hold(thanks())
    return hold is not None and hold.reason is HoldReason.EARLY


def test_nobody_is_thanked_for_a_visit_that_met_nobody() -> None:
    missed = done("no_answer", "A-1/C-1/visit", channel="visit")
    assert is_early(missed)
    assert is_early(missed, done("no_answer", "A-1/C-1/visit#2", channel="visit"))


def test_thanks_follow_the_attempt_that_met_somebody_or_is_planned_before_them() -> None:
    missed = done("no_answer", "A-1/C-1/visit", channel="visit")
    assert not is_early(done("met", "A-1/C-1/visit", channel="visit"))
    assert not is_early(missed, done("met", "A-1/C-1/visit#2", channel="visit"))
    again = dt.date(2027, 1, 7)
    assert not is_early(missed, row("A-1/C-1/visit#2", again, channel="visit"))
    assert is_early(missed, row("A-1/C-1/visit#2", dt.date(2027, 1, 11), channel="visit"))


def test_thanks_of_another_person_or_for_nothing_tried_are_not_held() -> None:
    assert not is_early(done("no_answer", "A-1/C-2/visit", channel="visit"))
    assert not is_early(row("A-1/C-1/visit", channel="visit"), done("no_answer"))


def tried_again(*touches: Touch) -> list[str]:
    return [one.touch_id for one in found(*touches, of=THANKFUL).attempts]


MISSED_CALL = done("no_answer")
LATER_DAY = dt.date(2027, 1, 6)


@pytest.mark.parametrize("outcome", ["met", "complaint", "done"])
def test_a_call_is_not_tried_again_once_a_later_step_has_reached_them(outcome: str) -> None:
    visit = done(outcome, "A-1/C-1/visit", channel="visit", done_on=LATER_DAY)
    assert tried_again(MISSED_CALL, visit) == []
    again = row("A-1/C-1/call#2", dt.date(2027, 1, 8))
    hold = found(MISSED_CALL, visit, again, of=THANKFUL).hold(again)
    assert hold is not None
    if outcome != "complaint":
        assert (hold.reason, hold.because) == (HoldReason.OVERTAKEN, visit)


def test_a_call_is_tried_again_while_nobody_was_reached_later() -> None:
    again = ["A-1/C-1/call#2"]
    earlier = dt.date(2027, 1, 4)
    assert tried_again(MISSED_CALL, done("done", "A-1/C-1/thanks", channel="letter")) == again
    assert tried_again(MISSED_CALL, done("met", "A-1/C-2/visit", channel="visit")) == again
    assert tried_again(MISSED_CALL, done("done", "A-1/C-1/hello", channel="letter")) == again
    visit = done("met", "A-1/C-1/visit", channel="visit", done_on=earlier)
    assert tried_again(MISSED_CALL, visit) == again
    unmet = done("no_answer", "A-1/C-1/visit", channel="visit")
    assert tried_again(MISSED_CALL, unmet) == [*again, "A-1/C-1/visit#2"]


def test_a_call_on_a_day_that_they_asked_for_is_made_all_the_same() -> None:
    asked = done("later", again_on=dt.date(2027, 1, 20))
    visit = done("met", "A-1/C-1/visit", channel="visit", done_on=LATER_DAY)
    assert tried_again(asked, visit) == []
    assert [one.is_open for one in found(asked, visit).asked] == [True]


def test_a_day_asked_for_while_the_rep_is_away_is_kept_on_the_next_working_day() -> None:
    usual = territory()
    away = evolve(usual, rep=evolve(usual.rep, leave=["2027-02-01/2027-02-03"]))
    (one,) = found(done("later", again_on=dt.date(2027, 2, 1)), of=away).asked
    assert (one.promise.not_before, one.promise.due) == (
        dt.date(2027, 2, 1),
        dt.date(2027, 2, 4),
    )


def test_a_letter_that_is_wanted_later_is_tried_again_as_well() -> None:
    letter = done("later", channel="letter", again_on=dt.date(2027, 2, 1))
    result = found(letter)
    assert [one.first for one in result.attempts] == [dt.date(2027, 2, 1)]
    assert [one.promise.channel for one in result.asked] == ["call"]


@pytest.mark.parametrize(("outcome", "is_open"), [("reached", False), ("no_answer", True)])
def test_what_was_asked_for_is_owed_until_they_are_talked_to(
    outcome: str, *, is_open: bool
) -> None:
    asked = done("later", again_on=dt.date(2027, 1, 20))
    call = done(
        outcome,
        "A-1/C-1/asked-2027-01-20-C-1",
        cadence="promises",
        done_on=dt.date(2027, 1, 20),
    )
    result = found(asked, call)
    assert [one.is_open for one in result.asked] == [is_open]
    assert bool(result.attempts) is is_open


def test_a_day_after_the_end_is_told_and_in_no_plan() -> None:
    late = done("later", again_on=dt.date(2027, 5, 3))
    result = found(late)
    assert [one.is_in_time for one in result.asked] == [False]
    assert territory_after(territory(), result).promises == ()
    said = " ".join(what_follows(territory(), result, late))
    assert "3 May 2027 lies after the end of the campaign" in said


def test_a_complaint_is_made_good_to_nobody_else_once_who_was_talked_to_has_left() -> None:
    people = (Contact("C-1", "A-1", name="Ann Lee"), Contact("C-2", "A-1", name="Bo"))
    complaint = heard("complaint")
    step = f"complaint-{TUESDAY}-answer"
    talked = done("reached", f"A-1/C-1/{step}", cadence="promises")
    (open_,) = found(complaint, of=territory(contacts=people)).recoveries
    assert open_.promise.contact_id == ""
    here, gone = territory(contacts=people), territory(contacts=people[1:])
    for of, runs in ((here, ["C-1"]), (gone, [])):
        now = territory_now(of, [complaint, talked])
        found_ = recoveries_of(now, now.accounts[0])
        assert [run.contact.contact_id for run in found_] == runs


def test_who_was_apologised_to_is_the_one_to_whom_a_complaint_is_made_good() -> None:
    complaint = row("A-1/A-1/heard", cadence="heard", status="done", outcome="complaint")
    sorry = done("done", "A-1/C-2/complaint-2027-01-05-apology", cadence="complaint")
    (open_,) = found(complaint).recoveries
    (begun,) = found(complaint, evolve(sorry, step="complaint-2027-01-05-apology")).recoveries
    assert (open_.promise.contact_id, begun.promise.contact_id) == ("", "C-2")
