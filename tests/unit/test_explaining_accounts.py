"""What is told of one account: its score, its cadences, its touches, what is left out."""

import pytest
from attrs import evolve
from byhand import (
    START,
    a_plan,
    a_territory,
    an_account,
    northern_plan,
    northern_territory,
    several,
)
from rows import a_touch, day, left
from small import small

from campaign.explaining import Reasoning, explain
from campaign.explaining.explanation import (
    CadenceSource,
    Stands,
    TierSource,
    Unknown,
)
from campaign.explaining.reasons import BLOCKED_BY
from campaign.explaining.remedies import Missing
from campaign.model.accounts import Account, Contact, Delivered, Promise, Relationship
from campaign.model.cadences import Step
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.rules import RULES
from campaign.touches import Plan, ReasonCode, Status, Touch
from campaign.workdays import Span

STEPS = (Step("hello", "letter", "introduce", within=5), Step("call", "call", "listen"))


def test_every_reason_names_a_rule_that_there_is() -> None:
    assert set(BLOCKED_BY) == set(ReasonCode)
    assert set(BLOCKED_BY.values()) <= {rule.name for rule in RULES}


def test_the_score_stands_with_its_weights_and_its_place() -> None:
    accounts = (
        Account("A-1", "One", value=10, relationship=Relationship.GOOD, last_contact="2027-01-04"),
        Account("A-2", "Two", value=90, potential=5),
    )
    found = explain(Plan(small(*accounts), ()), "A-2")
    assert (found.score.value, found.score.potential) == (30, 15)
    assert (found.score.relationship, found.score.last_contact) == (10, 10)
    assert (found.rank, found.of, found.weights.value) == (1, 2, 40)
    assert explain(Plan(small(*accounts), ()), "A-1").rank == 2


@pytest.mark.parametrize(
    ("accounts", "source"),
    [
        ([Account("A-1", "One", tier="B")], TierSource.GIVEN),
        ([Account("A-1", "One", value=3), Account("A-2", "Two")], TierSource.COMPUTED),
        ([Account("A-1", "One")], TierSource.LOWEST),
    ],
)
def test_where_the_tier_comes_from(accounts: list[Account], source: TierSource) -> None:
    assert explain(Plan(small(*accounts), ()), "A-1").tier_source is source


@pytest.mark.parametrize(
    ("account", "contact", "source"),
    [
        ({}, {"cadence": "light"}, CadenceSource.CONTACT),
        ({"cadence": "light"}, {}, CadenceSource.ACCOUNT),
        ({"grievance": "late"}, {}, CadenceSource.RELATIONSHIP),
        ({}, {"role": "decision_maker", "since": "2026-12-01"}, CadenceSource.NEW),
        ({}, {}, CadenceSource.TIER),
    ],
)
def test_why_the_main_contact_runs_its_cadence(
    account: dict[str, str], contact: dict[str, str], source: CadenceSource
) -> None:
    territory = small(
        Account("A-1", "One", tier="A", **account),  # type: ignore[arg-type]
        contacts=[
            Contact("P-1", "A-1", name="Ann", **contact),  # type: ignore[arg-type]
            Contact("P-2", "A-1", name="Bo"),
        ],
    )
    first, second = explain(Plan(territory, ()), "A-1").runs
    assert first.source is source
    assert (second.source, second.contact.name) == (CadenceSource.OTHERS, "Bo")


def test_every_step_is_told_once_in_the_order_of_its_cadence() -> None:
    found = explain(northern_plan(), "A-1")
    for run in found.runs:
        ids = [one.touch.step for one in run.touches if isinstance(one, Stands)]
        assert ids == [step.name for step in run.cadence.steps]
    assert all(one.why for one in found.touches if isinstance(one, Stands))
    assert [type(one) for one in found.promises] == [Stands]


def test_a_further_attempt_stands_beside_the_first() -> None:
    territory = a_territory()
    first = a_touch("A-1/A-1/call", "01-12", of=territory, status=Status.MISSED)
    second = evolve(first, touch_id="A-1/A-1/call#2", date=day("01-14"), status=Status.PLANNED)
    found = explain(a_plan(first, second, of=territory), "A-1")
    assert [str(one.touch.date) for one in found.touches if isinstance(one, Stands)] == [
        "2027-01-12",
        "2027-01-14",
    ]


def test_what_stands_nowhere_is_said_to_be_older_than_the_inputs() -> None:
    found = explain(Plan(a_territory(), ()), "A-1")
    assert found.touches == (Unknown("A-1/A-1/call", "call"),)
    assert "plan again" in str(found)


def test_an_account_that_is_not_worked_says_so() -> None:
    territory = a_territory(an_account(status="closed"))
    found = explain(Plan(territory, ()), "A-1")
    assert found.runs == ()
    assert 'Its status is "closed": it is not touched.' in str(found)


def test_what_the_delivery_team_did_is_told_in_its_order() -> None:
    team = [Delivered("A-1", "2027-02-01", who="Ben"), Delivered("A-1", "2027-01-07", note="pump")]
    found = explain(a_plan(of=a_territory(delivered=[*team, Delivered("A-2", START)][:2])), "A-1")
    assert [one.note for one in found.delivered] == ["pump", ""]
    assert "Thu 7 Jan: pump" in str(found)


def test_a_name_that_is_none_raises() -> None:
    with pytest.raises(KeyError):
        explain(northern_plan(), "A-99")


def test_the_page_keeps_to_80_columns_and_ascii_lines() -> None:
    for account in northern_territory().accounts:
        text = str(explain(northern_plan(), account.account_id))
        assert max(map(len, text.splitlines())) <= 80


def test_the_record_says_the_same_as_the_values() -> None:
    found = explain(northern_plan(), "A-1")
    record = found.record()
    assert record["score"]["total"] == found.score.total
    told = [one["touch_id"] for run in record["runs"] for one in run["touches"]]
    assert told == [
        one.touch.touch_id for run in found.runs for one in run.touches if isinstance(one, Stands)
    ]


def test_the_same_plan_gives_the_same_page() -> None:
    territory = small(*several(3), promises=[Promise("P", "A-2", what="x", due=day("01-15"))])
    made = plan(territory, effort=0)
    assert str(explain(made, "A-2")) == str(explain(made, "A-2"))


def test_a_touch_left_out_has_its_cause_without_an_untested_remedy() -> None:
    made = plan(small(), effort=0)
    refused = evolve(made.territory.account("A-1"), do_not_contact=True)
    territory = evolve(made.territory, accounts=(refused,))
    found = explain(plan(territory, effort=0), "A-1")
    missing = [one for one in found.touches if isinstance(one, Missing)]
    assert {one.cause for one in missing} == {"Cascade Dental wants no contact"}
    assert {one.freed for one in missing} == {None}
    assert "Only their own word can change that." in str(found)


def test_the_brief_of_a_touch_says_what_the_delivery_team_did_before_it() -> None:
    team = [
        Delivered("A-1", "2027-01-06", note="measured"),
        Delivered("A-1", "2027-01-11", channel="visit", who="Ben", note="fitted the pump"),
        Delivered("A-1", "2027-02-01"),
    ]
    territory = a_territory(delivered=team)
    for date, wanted in (
        ("01-06", ""),
        ("01-08", "The delivery team was there Wed 6 Jan: measured."),
        ("01-12", "The delivery team was there Mon 11 Jan (visit, Ben): fitted the pump."),
        ("02-02", "The delivery team was there Mon 1 Feb."),
    ):
        call = a_touch("A-1/A-1/call", date, of=territory)
        told = Reasoning(territory, [call]).brief(call)
        assert ("delivery" in told, wanted in told) == (bool(wanted), True)


def test_the_page_says_what_became_of_a_touch() -> None:
    territory = a_territory(
        steps=[Step("one", "call", "listen"), Step("two", "call", "share", required=False)]
    )
    done = a_touch(
        "A-1/A-1/one", "01-12", of=territory, status=Status.DONE, outcome="no_answer", note="busy"
    )
    missed = a_touch("A-1/A-1/two", "02-09", of=territory, status=Status.MISSED)
    text = str(explain(a_plan(done, missed, of=territory), "A-1"))
    assert "  Tue 12 Jan: one, call, listen [done: no answer]\n      note: busy" in text
    assert "  Tue 9 Feb: two, call, share (optional) [missed]" in text


def test_the_page_says_what_waits_for_an_opening() -> None:
    leave = Rep("Ann", leave=[Span(START, day("04-03"))])
    closed = small(Account("A-1", "One", tier="A", grievance="late"), rep=leave)
    found = explain(plan(closed, effort=0), "A-1")
    waiting = [one for one in found.touches if isinstance(one, Missing)]
    assert {one.left_out.reason_code for one in waiting} == {ReasonCode.GRIEVANCE_UNOPENED}
    assert [one.freed for one in waiting[1:]] == [None] * (len(waiting) - 1)
    assert "It waits for the touch with which the account opens." in str(found)
    statuses = {one["status"] for run in found.record()["runs"] for one in run["touches"]}
    assert statuses == {"left_out"}


def test_the_record_of_what_stands_nowhere_says_unknown() -> None:
    record = explain(Plan(a_territory(), ()), "A-1").record()
    assert record["runs"][0]["touches"] == [{"touch_id": "A-1/A-1/call", "status": "unknown"}]


def heard(outcome: str, of: Territory) -> Touch:
    return a_touch(
        "A-1/A-1/heard",
        "01-12",
        "",
        of=of,
        cadence="heard",
        minutes=0,
        status=Status.DONE,
        outcome=outcome,
        done_on=day("01-12"),
    )


def test_the_answer_to_a_complaint_stands_among_the_promises() -> None:
    territory = a_territory()
    complaint = heard("complaint", territory)
    answer = a_touch(
        "A-1/A-1/complaint-2027-01-12-answer", "01-13", of=territory, cadence="promises"
    )
    owed = explain(Plan(territory, (complaint,)), "A-1")
    unknown = [one.touch_id for one in owed.promises if isinstance(one, Unknown)]
    assert unknown == [answer.touch_id]
    planned = explain(Plan(territory, (complaint, answer)), "A-1")
    assert [one.touch for one in planned.promises if isinstance(one, Stands)] == [answer]


def test_who_has_said_no_since_the_plan_is_told_with_the_reason() -> None:
    territory = a_territory()
    unwilling = evolve(territory.accounts[0], do_not_contact=True)
    out = plan(evolve(territory, accounts=[unwilling]), effort=0).left_out
    said_no = heard("do_not_contact", territory)
    (run,) = explain(Plan(territory, (said_no,), left_out=out), "A-1").runs
    codes = [one.left_out.reason_code for one in run.touches if isinstance(one, Missing)]
    assert codes == [ReasonCode.DO_NOT_CONTACT]


def test_what_was_missed_and_has_no_place_again_is_told_as_left_out() -> None:
    territory = a_territory()
    missed = a_touch("A-1/A-1/call", "01-12", of=territory, status=Status.MISSED)
    again = left("A-1/A-1/call#2", of=territory)
    (run,) = explain(Plan(territory, (missed,), left_out=(again,)), "A-1").runs
    assert [type(one) for one in run.touches] == [Stands, Missing]
