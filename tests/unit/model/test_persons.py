"""A person is a contact id wherever it stands; two ids of one account can be one person."""

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from byhand import a_territory, an_account

from campaign.consequences import territory_now
from campaign.demand import demand, open_days
from campaign.errors import Severity
from campaign.explaining.briefs import NEVER, UNKNOWN, brief
from campaign.model.accounts import Contact, Promise
from campaign.model.persons import persons
from campaign.model.priorities import Tier
from campaign.model.refusals import Refusal
from campaign.model.runs import main_contact, runs_of
from campaign.model.territory import Territory
from campaign.reading.lists.accounts_and_contacts import read_accounts
from campaign.reading.parsing.table import parse_table
from campaign.touches import Touch

ANN = Contact("C-1", "A-1", name="Ann Lee", phone="503 555 01", email="ann@mill.example")
BO = Contact("C-2", "A-1", name="Bo Ray")
CY = Contact("C-3", "A-1", name="Cy Day")
TIERS = (Tier("A", cadence="standard", others="keep-warm"),)


def territory(*people: Contact, **others: Any) -> Territory:  # noqa: ANN401 (passed on)
    accounts = (
        an_account(tier="A"),
        evolve(an_account(), account_id="A-2", name="Bakery", tier="A"),
    )
    found = a_territory(accounts[0], contacts=(), **{"tiers": TIERS, **others})
    return evolve(found, accounts=accounts, contacts=people)


def done(touch_id: str, day: str, **others: Any) -> Touch:  # noqa: ANN401 (passed on)
    account_id, contact_id, step = touch_id.split("/")
    date = dt.date.fromisoformat(f"2027-{day}")
    usual: dict[str, Any] = {
        "channel": "letter",
        "cadence": "standard",
        "purpose": "introduce",
        "status": "done",
        "done_on": date,
        "required": True,
        "minutes": 15,
        "planned_on": date,
    }
    who = {"account_id": account_id, "contact_id": contact_id, "step": step}
    return Touch(touch_id, date, **{**usual, **who, **others})


def runners(of: Territory, account_id: str = "A-1") -> list[str]:
    return [run.contact.contact_id for run in runs_of(of, of.account(account_id))]


def purposes(of: Territory, account_id: str) -> set[str]:
    return {
        step.purpose for run in runs_of(of, of.account(account_id)) for step in run.cadence.steps
    }


def test_who_runs_goes_on_before_who_is_new() -> None:
    rows = [
        done("A-1/C-1/hello", "01-04"),
        done("A-1/C-2/hello", "01-05", cadence="keep-warm"),
    ]
    newcomers = territory(evolve(CY, role="decision_maker"), ANN, BO)
    assert runners(newcomers) == ["C-3", "C-1"]
    assert runners(territory_now(newcomers, rows)) == ["C-1", "C-2"]


def test_who_leaves_makes_room_for_who_is_new() -> None:
    rows = [done("A-1/C-1/hello", "01-04"), done("A-1/C-2/hello", "01-05", cadence="keep-warm")]
    left = territory_now(territory(CY, evolve(ANN, role="former"), BO), rows)
    assert runners(left) == ["C-3", "C-2"]


def test_a_planned_row_alone_is_no_run_yet() -> None:
    row = done("A-1/C-2/hello", "01-04", status="planned", done_on=None)
    assert main_contact(territory_now(territory(CY, BO), [row]), an_account()).contact_id == "C-3"


def test_who_is_known_is_not_introduced_again_at_the_next_account() -> None:
    moved = territory(evolve(ANN, account_id="A-2"))
    assert "introduce" in purposes(moved, "A-2")
    now = territory_now(moved, [done("A-1/C-1/hello", "01-04")])
    assert "introduce" not in purposes(now, "A-2")
    assert "introduce" in purposes(now, "A-1")


@pytest.mark.parametrize("outcome", ["returned_mail", "wrong_number", "no_answer"])
def test_who_was_never_reached_is_introduced(outcome: str) -> None:
    moved = territory(evolve(ANN, account_id="A-2"))
    row = done("A-1/C-1/hello", "01-04", outcome=outcome)
    assert "introduce" in purposes(territory_now(moved, [row]), "A-2")


def test_an_introduction_that_is_made_stays_owed_in_its_own_run() -> None:
    here = territory(ANN)
    assert "introduce" in purposes(territory_now(here, [done("A-1/C-1/hello", "01-04")]), "A-1")


def test_the_gap_is_kept_to_what_the_account_before_saw_of_them() -> None:
    last = done("A-1/C-1/call", "02-01", purpose="listen", channel="call", outcome="reached")
    now = territory_now(territory(evolve(ANN, account_id="A-2")), [last])
    first = next(one for one in demand(now).owed if one.account.account_id == "A-2")
    days = [day for day in open_days(now, first, first.channels[0]) if day >= dt.date(2027, 2, 1)]
    assert days[0] == now.calendar.after(dt.date(2027, 2, 1), now.courtesy.gap)


def test_a_brief_says_where_a_person_is_known_from() -> None:
    rows = [
        done("A-1/C-1/hello", "01-04"),
        done("A-1/C-1/call", "01-12", channel="call", outcome="reached"),
        done("A-1/C-1/visit", "01-20", channel="visit", outcome="met"),
    ]
    now = territory_now(territory(evolve(ANN, account_id="A-2")), rows)
    first = next(one for one in demand(now).owed if one.account.account_id == "A-2")
    name = now.account("A-1").name
    assert f"Known from {name}: written to, called, met." in brief(now, first)


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (evolve(ANN, contact_id="C-9", name="A. Lee", phone=""), True),
        (evolve(ANN, contact_id="C-9", email="", name=" ann  LEE", phone="50355501"), True),
        (evolve(ANN, contact_id="C-9", email="", name="Ann Other"), False),
        (evolve(ANN, contact_id="C-9", account_id="A-2"), False),
        (evolve(ANN, contact_id="C-9", email="", phone=""), False),
    ],
)
def test_one_person_has_one_address_or_one_name_and_number(other: Contact, *, is_one: bool) -> None:
    assert persons([ANN, other]) == ({"C-9": "C-1"} if is_one else {})


def test_one_person_under_two_ids_runs_once_and_is_a_notice() -> None:
    twice = territory(ANN, evolve(ANN, contact_id="C-9"), BO)
    assert runners(twice) == ["C-1", "C-2"]
    (finding,) = [one for one in twice.findings if one.file == "contacts"]
    assert (finding.row, finding.severity) == (2, Severity.NOTICE)
    assert "Ann Lee (C-9) is the same person as Ann Lee (C-1)" in finding.problem


def test_what_one_id_refuses_the_other_refuses_too() -> None:
    twice = territory(ANN, evolve(ANN, contact_id="C-9"), refusals=[Refusal("C-9", "A-1")])
    assert all(one.do_not_contact for one in twice.contacts_of("A-1"))


def test_an_empty_cell_says_nothing_and_never_says_so() -> None:
    table = parse_table(b"account_id,name,last_contact\nA-1,Mill,never\nA-2,Inn,\n", "accounts.csv")
    records = read_accounts(table)
    assert not records.all_findings
    for account, words in zip(records.items, (NEVER, UNKNOWN), strict=True):
        found = a_territory(evolve(account, tier="A"), tiers=TIERS)
        assert words in brief(found, demand(found).owed[0])


def test_an_account_goes_on_as_its_own_contact_where_only_who_refuses_comes_in() -> None:
    rows = [done("A-1/A-1/hello", "01-04")]
    refused = territory(evolve(ANN, do_not_contact=True))
    assert runners(refused) == ["C-1"]
    assert runners(territory_now(refused, rows)) == ["A-1"]
    assert runners(territory_now(territory(ANN), rows)) == ["C-1"]


def test_an_accounts_own_wrong_number_stays_wrong_where_all_have_left() -> None:
    gone = Refusal("", "A-1", channel="call", because="wrong_number")
    left = territory(evolve(ANN, role="former"), refusals=[gone])
    assert main_contact(left, left.account("A-1")).consent("call") == "no"


@pytest.mark.parametrize(
    ("outcome", "is_owed"), [("reached", False), ("done", False), ("no_answer", True)]
)
def test_what_was_kept_to_who_has_left_is_not_owed_to_who_came(
    outcome: str, *, is_owed: bool
) -> None:
    promise = Promise("P-1", "A-1", what="say when", due="2027-01-22")
    kept = done("A-1/A-1/P-1", "01-19", channel="call", cadence="promises", outcome=outcome)
    came = territory(ANN, promises=[promise])
    assert "A-1/C-1/P-1" in demand(came).by_id
    assert ("A-1/C-1/P-1" in demand(territory_now(came, [kept])).by_id) is is_owed
    stays = territory_now(territory(promises=[promise]), [kept])
    assert stays.promises == (promise,)
