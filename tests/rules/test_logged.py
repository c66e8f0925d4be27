"""What was logged in a plan: facts that nobody judges, and what follows for the rest."""

# ruff: noqa: ANN401 (builders pass on whatever the values take)

from typing import Any

import pytest
from attrs import evolve
from byhand import a_plan, a_territory, an_account, by, changed, northern_plan
from rows import a_touch, day, left

from campaign.consequences import territory_now
from campaign.model.accounts import Contact, Promise
from campaign.model.cadences import Step
from campaign.model.rep import Courtesy
from campaign.rules import Facts, levels, violations
from campaign.rules.violations import Fault, Violation
from campaign.touches import Plan, Touch

ONE = Step("one", ["call", "letter"], "listen", within=10)
TWO = Step("two", "call", "listen", after="one", gap=[5, 10])
OF = a_territory(steps=(ONE, TWO))
SEVEN = "A-1/A-1/complaint-2027-01-07-answer"


def row(touch_id: str, date: str, channel: str = "call", **values: Any) -> Touch:
    return a_touch(touch_id, date, channel, of=OF, **values)


def done(touch_id: str, date: str, outcome: str, **values: Any) -> Touch:
    return row(touch_id, date, status="done", outcome=outcome, done_on=day(date), **values)


def heard(outcome: str, date: str) -> Touch:
    made = done("A-1/A-1/heard", date, outcome, cadence="heard", channel="", minutes=0)
    return evolve(made, step="heard", required=False)


def test_what_was_heard_of_an_account_is_no_touch_of_it() -> None:
    plan = changed(northern_plan(), "A-1/C-1/hello", note="")
    with_word = evolve(plan, touches=(*plan.touches, evolve(heard("reached", "01-13"))))
    assert not violations(with_word)
    assert levels(with_word) == levels(plan)


@pytest.mark.parametrize("outcome", ["no_answer", "wrong_number"])
def test_attempts_that_reached_nobody_use_up_no_ceiling(outcome: str) -> None:
    strict = evolve(OF, courtesy=Courtesy(most=2, most_by_channel={"call": 2}))
    tries = [done(f"A-1/A-1/one{n}", d, outcome) for n, d in (("", "01-05"), ("#2", "01-07"))]
    by_letter = evolve(strict, contacts=())
    rest = (
        a_touch("A-1/A-1/one#3", "01-08", "letter", of=by_letter, planned_on=day("01-07")),
        a_touch("A-1/A-1/two", "01-25", "letter" if outcome == "wrong_number" else "call", of=OF),
    )
    found = violations(a_plan(*tries, *rest, of=by_letter))
    assert [one for one in found if one.rule == "R5"] == []


def test_a_closed_channel_is_not_used_any_more() -> None:
    plan = a_plan(done("A-1/A-1/one", "01-05", "wrong_number"), row("A-1/A-1/two", "01-14"), of=OF)
    assert [(one.rule, one.fault) for one in violations(plan)] == [("R6", Fault.NO_CONSENT)]


def test_who_wants_no_contact_is_not_touched_from_that_day_on() -> None:
    plan = a_plan(
        done("A-1/A-1/one", "01-05", "do_not_contact"), row("A-1/A-1/two", "01-14"), of=OF
    )
    assert [one.fault for one in violations(plan)] == [Fault.ACCOUNT_NOT_TO_BE_CONTACTED]


def test_the_day_they_asked_for_is_owed_and_nothing_comes_before_it() -> None:
    asked = done("A-1/A-1/one", "01-05", "later", again_on=day("02-08"))
    step = "asked-2027-02-08-A-1"
    call = evolve(
        row("A-1/A-1/one", "02-08", planned_on=day("01-05")),
        touch_id=f"A-1/A-1/{step}",
        step=step,
        cadence="promises",
        purpose="promise",
    )
    then = row("A-1/A-1/two", "02-22")
    plan = a_plan(asked, call, then, of=OF)
    assert not violations(plan)
    early = evolve(plan, touches=[asked, evolve(call, date=day("02-05")), then])
    broken = [one.fault for one in violations(early) if one.rule == "R6"]
    assert broken == [Fault.IN_PEACE]
    gone = violations(evolve(plan, touches=[asked, then]))
    assert Fault.NOWHERE in {one.fault for one in gone if one.touch_id == call.touch_id}


def test_the_other_persons_wait_after_a_meeting() -> None:
    people = (Contact("C-1", "A-1", name="Ann"), Contact("C-2", "A-1", name="Bo", cadence="own"))
    of = evolve(OF, contacts=people)
    met = a_touch(
        *("A-1/C-1/one", "01-05"), of=of, status="done", outcome="met", done_on=day("01-05")
    )
    other = a_touch("A-1/C-2/one", "01-08", of=of)
    (found,) = [one for one in violations(a_plan(met, other, of=of)) if one.rule == "R4"]
    assert (found.touch_id, found.figures["first"]) == ("A-1/C-2/one", day("01-12"))


NOW = territory_now(OF, [heard("complaint", "01-07")])
APOLOGY, PROOF = (SEVEN.replace("answer", step) for step in ("apology", "proof"))


def complained(*rows: Touch) -> Plan:
    stand = {row.touch_id for row in rows}
    return a_plan(
        heard("complaint", "01-07"),
        *rows,
        of=OF,
        left_out=[
            left("A-1/A-1/two", of=OF),
            *(left(one, of=NOW) for one in (APOLOGY, PROOF) if one not in stand),
        ],
    )


def answer(date: str, **values: Any) -> Touch:
    usual = {"cadence": "promises", "purpose": "recover", "planned_on": day("01-07")}
    return row(SEVEN, date, **{**usual, **values})


def test_a_complaint_is_answered_before_anything_else() -> None:
    assert not violations(complained(answer("01-08"), row("A-1/A-1/one", "01-11")))
    early = violations(complained(answer("01-08"), row("A-1/A-1/one", "01-08")))
    (found,) = [one for one in early if one.fault is not Fault.SAID_ALREADY]
    assert (found.rule, found.fault) == ("R8", Fault.BEFORE_ANSWER)
    assert found.figures == {"date": day("01-08"), "answer": day("01-08"), "account": "A-1"}


def test_a_cadence_goes_on_after_the_proof_of_repair() -> None:
    apology = a_touch(APOLOGY, "01-11", "letter", of=NOW)
    proof = a_touch(PROOF, "01-22", "call", of=NOW)
    mended = answer("01-08"), apology, proof
    assert not violations(complained(*mended, row("A-1/A-1/one", "01-25", late=5)))
    (found,) = violations(complained(*mended, row("A-1/A-1/one", "01-21", late=3)))
    assert (found.fault, found.figures["answer"]) == (Fault.BEFORE_ANSWER, day("01-22"))
    soon = complained(answer("01-08"), evolve(apology, date=day("01-07")))
    early = {(one.fault, one.touch_id) for one in violations(soon)}
    assert (Fault.OUTSIDE_WINDOW, APOLOGY) in early


def test_a_day_asked_for_is_not_anticipated() -> None:
    said = done("A-1/A-1/one", "01-05", "later", again_on=day("01-20"))
    owed = "A-1/A-1/asked-2027-01-20-A-1"
    asked = a_touch(owed, "01-20", of=territory_now(OF, [said]))
    assert not [one for one in violations(a_plan(said, asked, of=OF)) if one.rule == "R7"]
    early = violations(a_plan(said, evolve(asked, date=day("01-19")), of=OF))
    (found,) = [one for one in early if one.rule == "R7"]
    assert (found.fault, found.figures["asked"]) == (Fault.BEFORE_ITS_DAY, day("01-20"))


def test_a_promise_waits_for_the_answer_and_not_for_the_proof() -> None:
    promise = Promise("P-1", "A-1", what="a list", due=day("01-15"), channel="call")
    of = evolve(OF, promises=[promise])
    kept = a_touch("A-1/A-1/P-1", "01-11", of=of, cadence="promises", purpose="promise")
    proof = a_touch(PROOF, "01-22", "call", of=NOW)
    mended = answer("01-07"), a_touch(APOLOGY, "01-12", "letter", of=NOW), proof
    plan = evolve(complained(*mended, kept), territory=of)
    gone = [one for one in violations(plan) if one.fault is not Fault.NOWHERE]
    assert not gone
    early = evolve(plan, touches=[*plan.touches[:-1], evolve(kept, date=day("01-07"))])
    assert Fault.BEFORE_ANSWER in {one.fault for one in violations(early)}


def test_a_complaint_that_no_channel_can_answer_holds_nothing_up() -> None:
    mute = Contact("C-1", "A-1", name="Ann", consents=dict.fromkeys(OF.channels, "no"))
    of = evolve(OF, contacts=[mute, Contact("C-2", "A-1", name="Bo", cadence="own")])
    said = evolve(heard("complaint", "01-07"), touch_id="A-1/C-1/heard", contact_id="C-1")
    one = a_touch("A-1/C-2/one", "01-11", of=of)
    faults = {found.fault for found in violations(a_plan(said, one, of=of))}
    assert not faults & {Fault.UNANSWERED, Fault.BEFORE_ANSWER}


def test_a_complaint_that_nothing_answers_stops_everything_else() -> None:
    one = row("A-1/A-1/one", "01-11")
    assert violations(complained(one)) == (
        by(one, "R8", Fault.UNANSWERED, account="A-1"),
        Violation("R11", Fault.NOWHERE, touch_id=SEVEN, account_id="A-1"),
    )


def test_an_answered_complaint_stops_nothing() -> None:
    solved = answer("01-08", status="done", outcome="reached", done_on=day("01-08"))
    assert not violations(complained(solved, row("A-1/A-1/one", "01-08", pinned=True)))


def test_the_rules_know_what_is_owed_now() -> None:
    facts = Facts(complained(row("A-1/A-1/one", "01-11")))
    assert SEVEN in facts.dues
    assert facts.plan.territory is OF
    assert an_account().account_id in facts.consequences.recoveries[0].account_id
