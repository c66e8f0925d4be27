"""What values of one territory can contradict in each other."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from small import small

from campaign.errors import Finding, InvalidInput
from campaign.model.accounts import Account, Contact, Promise, Relationship
from campaign.model.cadences import Cadence, Purpose, Step
from campaign.model.channels import Channel
from campaign.model.outcomes import FollowUp
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.model.rep import Courtesy, Rep

DUE = dt.date(2027, 1, 20)
CALM = Account("A-1", "Cascade Dental")
ANGRY = Account("A-1", "Cascade Dental", relationship=Relationship.GRIEVANCE)


def errors(*accounts: Account, **keys: Any) -> list[Finding]:  # noqa: ANN401 (a territory's own)
    with pytest.raises(InvalidInput) as raised:
        small(*accounts, **keys)
    return [finding for finding in raised.value.findings if finding.is_error]


def promise(promise_id: str = "P-1", **keys: Any) -> Promise:  # noqa: ANN401 (a promise's own)
    return Promise(promise_id, **{"account_id": "A-1", "what": "x", "due": DUE, **keys})


def with_step(**keys: Any) -> dict[str, Cadence]:  # noqa: ANN401 (a step's own)
    step = Step(**{"name": "s", "channels": "call", "purpose": "listen", **keys})
    return {**Policy().cadences, "own": Cadence("own", [step])}


@pytest.mark.parametrize(
    ("accounts", "keys", "place", "problem"),
    [
        ([CALM, CALM], {}, "accounts:2 account_id", '"A-1" is also the id of "Cascade Dental"'),
        (
            [CALM],
            {"contacts": [Contact("C", "A-1", name="Ann"), Contact("C", "A-1", name="Bo")]},
            "contacts:2 contact_id",
            '"C" is also the id of "Ann"',
        ),
        (
            [CALM],
            {"promises": [promise(), promise()]},
            "promises:2 promise_id",
            'also the id of "x"',
        ),
        ([CALM], {"tiers": []}, "campaign tiers", "no tier is defined"),
        ([Account("A-1", "C", tier="Z")], {}, "accounts:1 tier", '"Z" is no tier'),
        ([Account("A-1", "C", cadence="x")], {}, "accounts:1 cadence", '"x" is no cadence'),
        (
            [CALM],
            {"contacts": [Contact("C", "A-1", name="Ann", cadence="x")]},
            "contacts:1 cadence",
            '"x" is no cadence',
        ),
        (
            [CALM],
            {"tiers": [Tier("A", cadence="x")]},
            "campaign tiers.A.cadence",
            '"x" is no cadence',
        ),
        (
            [CALM],
            {"tiers": [Tier("A", cadence="")]},
            "campaign tiers.A.cadence",
            "is empty",
        ),
        (
            [CALM],
            {"tiers": [Tier("A", others="x")]},
            "campaign tiers.A.others",
            '"x" is no cadence',
        ),
        (
            [CALM],
            {"relationships": {"prospect": "x"}},
            "campaign relationships.prospect.cadence",
            '"x" is no cadence',
        ),
        (
            [CALM],
            {"courtesy": Courtesy(new_cadence="x")},
            "campaign contact.new_cadence",
            '"x" is no cadence',
        ),
        (
            [CALM],
            {"contacts": [Contact("C", "A-9", name="Ann")]},
            "contacts:1 account_id",
            '"A-9" is no account of the list',
        ),
        (
            [CALM],
            {"promises": [promise(account_id="A-9")]},
            "promises:1 account_id",
            '"A-9" is no account of the list',
        ),
        (
            [CALM],
            {"promises": [promise(promise_id="P-1#2")]},
            "promises:1 promise_id",
            '"P-1#2" is what the plan calls a row of another kind',
        ),
        (
            [CALM],
            {"promises": [promise(channel="fax")]},
            "promises:1 channel",
            '"fax" is no channel',
        ),
        (
            [CALM],
            {"follow_ups": {"complaint": FollowUp(recover_within=1, recover_by="fax")}},
            "campaign outcomes.complaint.recover_by",
            '"fax" is no channel',
        ),
        (
            [CALM],
            {"contacts": [Contact("C", "A-1", name="Ann", prefers="fax")]},
            "contacts:1 prefers",
            '"fax" is no channel',
        ),
        (
            [CALM],
            {"cadences": with_step(channels="fax")},
            "campaign cadences.own.s.channel",
            '"fax" is no channel',
        ),
        (
            [CALM],
            {"cadences": with_step(purpose="sell")},
            "campaign cadences.own.s.purpose",
            '"sell" is no purpose',
        ),
        (
            [ANGRY],
            {"cadences": with_step(channels="letter"), "relationships": {"grievance": "own"}},
            "accounts:1 cadence",
            "does not open with a visit or a call",
        ),
        ([ANGRY], {"relationships": {}}, "accounts:1 cadence", "does not open"),
        (
            [CALM],
            {"promises": [promise("hello")]},
            "promises:1 promise_id",
            "is also the name of a step",
        ),
        (
            [CALM],
            {"rep": Rep("Ann", country="XX")},
            "campaign rep.country",
            'no public holidays are known for "XX"',
        ),
        (
            [CALM],
            {"rep": Rep("Ann", country="DE", region="ZZ")},
            "campaign rep.region",
            'no public holidays are known for "DE-ZZ"',
        ),
    ],
)
def test_a_contradiction_is_an_error_with_its_place_and_a_remedy(
    accounts: list[Account], keys: dict[str, Any], place: str, problem: str
) -> None:
    found = errors(*accounts, **keys)
    assert [finding.place for finding in found] == [place]
    assert problem in found[0].problem
    assert found[0].remedy


def test_all_contradictions_come_at_once() -> None:
    found = errors(Account("A-1", "C", tier="Z", cadence="x"), promises=[promise(account_id="A-9")])
    assert {finding.column for finding in found} == {"tier", "cadence", "account_id"}


@pytest.mark.parametrize(
    ("account", "column"),
    [
        (Account("A-1", "C", grievance="late", relationship=Relationship.GOOD), "relationship"),
        (Account("A-1", "C", country="XX"), "country"),
    ],
)
def test_a_doubt_is_a_notice_and_planned_on(account: Account, column: str) -> None:
    (finding,) = small(account).findings
    assert finding.column == column
    assert not finding.is_error


def test_a_territory_without_contradictions_has_no_findings() -> None:
    assert small(CALM).findings == ()


def notices(*accounts: Account, **keys: Any) -> list[Finding]:  # noqa: ANN401 (a territory's own)
    return [finding for finding in small(*accounts, **keys).findings if not finding.is_error]


def test_an_open_promise_to_an_account_that_is_not_active_is_noticed() -> None:
    rests = Account("A-1", "Cascade Dental", status="closed")
    (found,) = notices(rests, promises=[promise(), promise("P-2", kept_on=DUE)])
    assert found.place == "promises:1 account_id"
    assert found.problem == (
        '"P-1" is promised to "Cascade Dental" (A-1), whose status is "closed"'
    )
    assert notices(CALM, promises=[promise()]) == []


def test_an_open_promise_due_before_its_grievance_can_be_heard_is_noticed() -> None:
    early = dt.date(2027, 1, 6)
    late = evolve(ANGRY, grievance_since=dt.date(2027, 1, 11))
    (found,) = notices(late, promises=[promise(due=early), promise("P-2", due=early, kept_on=DUE)])
    assert found.place == "promises:1 due"
    assert "cannot be kept" in found.problem
    assert "2027-01-11 or later" in found.remedy
    overdue, on_the_day = dt.date(2026, 12, 18), dt.date(2027, 1, 11)
    assert notices(late, promises=[promise(due=overdue), promise("P-2", due=on_the_day)]) == []


def test_a_grievance_account_whose_cadence_opens_by_selling_is_an_error() -> None:
    keys: dict[str, Any] = {
        "cadences": with_step(purpose="offer"),
        "purposes": {"offer": Purpose("offer", selling=True)},
    }
    (found,) = errors(evolve(ANGRY, cadence="own"), **keys)
    assert found.place == "campaign cadences.own.s.purpose"
    assert notices(evolve(CALM, cadence="own"), **keys) == []


def test_a_purpose_of_promises_that_sells_is_an_error() -> None:
    (found,) = errors(CALM, purposes={"promise": Purpose("promise", selling=True)})
    assert found.place == "campaign purposes.promise.selling"


def test_a_visit_that_does_not_travel_is_noticed() -> None:
    (found,) = notices(CALM, channels={"visit": Channel("visit", 40)})
    assert found.place == "campaign channels.visit.travels"
    assert notices(CALM, channels={"visit": Channel("visit", 40, travels=True)}) == []


def test_a_promise_to_somebody_who_is_not_there_is_said_and_owed_to_the_main_contact() -> None:
    moved = Contact("C-9", "A-2", name="Ann Lee")
    for people, words in (
        ([], '"C-9" is no contact of account "A-1"'),
        ([moved], '"C-9" is no contact of account "A-1", and stands at "A-2" as Ann Lee'),
    ):
        other = evolve(CALM, account_id="A-2")
        found = small(CALM, other, contacts=people, promises=[promise(contact_id="C-9")])
        (notice,) = [one for one in found.findings if one.column == "contact_id"]
        assert not notice.is_error
        assert notice.problem == words
