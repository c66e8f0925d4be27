"""Activity files for customer systems, read back as these read them."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from handmade import FORMULA, START, territory
from reports import large
from rows import a_touch

from campaign.answer import Campaign
from campaign.model.accounts import Account, Contact
from campaign.model.territory import Territory
from campaign.outputs.crm import dynamics, hubspot, salesforce
from campaign.outputs.crm.tables import cut
from campaign.touches import Plan, Touch

Rows = list[dict[str, str]]
ACCOUNT, LEAD, PERSON, USER = (
    "0015g00000XyZaBAAV",
    "00Q5g00000LeAdXEAV",
    "0035g00000CoNtAAAV",
    "0055g00000UsErAAAV",
)
GUID = "8f1b5a42-3c1e-ec11-b6e6-000d3a4f1c22"
BOM = "\ufeff"
RENDERERS: dict[str, Callable[[Plan], str | bytes]] = {
    "salesforce tasks": salesforce.render_tasks,
    "salesforce events": salesforce.render_events,
    "hubspot tasks": hubspot.render_tasks,
    "dynamics tasks": dynamics.render_tasks,
    "dynamics calls": dynamics.render_calls,
    "dynamics appointments": dynamics.render_appointments,
}


def rows(content: str | bytes) -> Rows:
    text = content.decode() if isinstance(content, bytes) else content
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))


def plan_of(account_id: str = ACCOUNT, contact_id: str = PERSON, name: str = "Mill") -> Plan:
    """A call, a letter and two visits of one account, the second one timed."""
    account = Account(account_id, name, owner=USER, street="1 Oak St", city="Salem", phone="555")
    people = [Contact(contact_id, account_id, name="Ann Lee")] if contact_id != account_id else []
    rep = evolve(territory().rep, email="rep@firm.example")
    ours = Territory(rep, [account], contacts=people, start=START)
    lead = f"{account_id}/{contact_id}"
    visit = a_touch(f"{lead}/go", channel="visit", minutes=55, stop=1, required=False)
    touches = (
        a_touch(f"{lead}/ring", channel="call", purpose="promise", minutes=16, brief="Was kind."),
        a_touch(f"{lead}/hello", status="done", done_on=dt.date(2027, 1, 5)),
        visit,
        evolve(visit, touch_id=f"{lead}/again", date=START + dt.timedelta(7), start=540, end=595),
    )
    return Campaign(ours, touches)


def test_salesforce_tasks_hang_on_the_account_the_person_and_the_owner() -> None:
    call, letter = rows(salesforce.render_tasks(plan_of()))
    links = {"WhatId": ACCOUNT, "WhoId": PERSON, "OwnerId": USER}
    assert call == {
        "Subject": "Call: Mill (Ann Lee), promise",
        "ActivityDate": "2027-01-04",
        "Status": "Not Started",
        "Priority": "High",
        **links,
        "Description": f"Phone: 555\nWas kind.\nTouch: {ACCOUNT}/{PERSON}/ring",
        "TaskSubtype": "Call",
        "TouchId": f"{ACCOUNT}/{PERSON}/ring",
    }
    assert (letter["Status"], letter["ActivityDate"], letter["Priority"]) == (
        *("Completed", "2027-01-05", "Normal"),
    )


def test_salesforce_visits_are_events_in_utc_or_all_day() -> None:
    untimed, timed = rows(salesforce.render_events(plan_of()))
    when = ("StartDateTime", "EndDateTime", "IsAllDayEvent", "ActivityDate")
    assert [untimed[name] for name in when] == ["", "", "true", "2027-01-04"]
    assert [timed[name] for name in when] == [
        *("2027-01-11T17:00:00Z", "2027-01-11T17:55:00Z", "false", ""),
    ]
    assert timed["Location"] == "1 Oak St, Salem"


@pytest.mark.parametrize(("account_id", "contact_id"), [(ACCOUNT, LEAD), (LEAD, LEAD)])
def test_a_lead_stands_alone(account_id: str, contact_id: str) -> None:
    found = rows(salesforce.render_tasks(plan_of(account_id, contact_id)))
    assert {(row["WhatId"], row["WhoId"]) for row in found} == {("", LEAD)}


def test_an_id_of_another_make_is_no_person_and_no_owner() -> None:
    plan = plan_of("A-1", "P-1")
    plan = evolve(plan, territory=evolve(plan.territory, accounts=(Account("A-1", "Mill"),)))
    found = rows(salesforce.render_tasks(plan))
    assert {(row["WhatId"], row["WhoId"], row["OwnerId"]) for row in found} == {("A-1", "", "")}


def test_salesforce_files_have_no_byte_order_mark_and_the_others_have_one() -> None:
    marked = {
        name: content.startswith(BOM.encode() if isinstance(content, bytes) else BOM)  # type: ignore[arg-type]
        for name, render in RENDERERS.items()
        for content in [render(plan_of())]
    }
    assert marked == {name: not name.startswith("salesforce") for name in RENDERERS}


def test_hubspot_tasks_name_company_and_contact_by_their_record_ids() -> None:
    found = rows(hubspot.render_tasks(plan_of("9876543210", "51234")))
    assert {(row["Company Record ID"], row["Contact Record ID"]) for row in found} == {
        ("9876543210", "51234")
    }
    wanted = ("Task type", "Priority", "Task status", "Due date", "Assigned to")
    values = {row["Touch ID"].rpartition("/")[2]: [row[name] for name in wanted] for row in found}
    rep = "rep@firm.example"
    assert values == {
        "go": ["TODO", "LOW", "NOT_STARTED", "2027-01-04", rep],
        "ring": ["CALL", "HIGH", "NOT_STARTED", "2027-01-04", rep],
        "hello": ["TODO", "MEDIUM", "COMPLETED", "2027-01-04", rep],
        "again": ["TODO", "LOW", "NOT_STARTED", "2027-01-11 09:00", rep],
    }


@pytest.mark.parametrize(
    ("rep", "owner", "right"),
    [
        ("", "ann@firm.example", "ann@firm.example"),
        ("", "Ann Lee <ann@firm.example>", "ann@firm.example"),
        ("", "Ann Lee (ann@firm.example)", "ann@firm.example"),
        ("", '"Lee, Ann" ann@firm.example; bo@firm.example', "ann@firm.example"),
        ("Rep <rep@firm.example>", "ann@firm.example", "rep@firm.example"),
        ("", "Ann Lee", ""),
        ("", "275", ""),
    ],
)
def test_hubspot_gets_the_owner_as_a_bare_address(rep: str, owner: str, right: str) -> None:
    plan = plan_of("9876543210", "51234")
    ours = plan.territory
    (account,) = ours.accounts
    whose = evolve(ours, rep=evolve(ours.rep, email=rep), accounts=[evolve(account, owner=owner)])
    found = rows(hubspot.render_tasks(evolve(plan, territory=whose)))
    assert {row["Assigned to"] for row in found} == {right}


def test_people_of_one_name_are_told_where_dynamics_looks_them_up_by_it() -> None:
    plan = plan_of(GUID)
    other = Contact("P-9", GUID, name="ann lee")
    both = evolve(plan.territory, contacts=[*plan.territory.contacts, other])
    (notice,) = dynamics.doubts(evolve(plan, territory=both))
    assert (notice.file, notice.column, notice.is_error) == ("contacts.csv", "name", False)
    assert "Ann Lee" in notice.problem
    assert dynamics.doubts(plan) == []
    several = evolve(
        plan.territory, contacts=[*both.contacts, evolve(other, contact_id="P-10", name="Bo")]
    )
    assert len(dynamics.doubts(evolve(plan, territory=several))) == 1


def test_dynamics_has_a_file_for_each_kind_of_activity() -> None:
    plan = plan_of(GUID, "C-1")
    (letter,) = rows(dynamics.render_tasks(plan))
    (call,) = rows(dynamics.render_calls(plan))
    untimed, timed = rows(dynamics.render_appointments(plan))
    assert (letter["Regarding"], letter["Account ID"], letter["Activity Status"]) == (
        *("Mill", GUID, "Completed"),
    )
    assert (call["Call To"], call["Phone Number"], call["Duration"]) == ("Ann Lee", "555", "16")
    assert (untimed["Start Time"], untimed["End Time"], untimed["All Day Event"]) == (
        *("2027-01-04", "2027-01-05", "Yes"),
    )
    assert (timed["Start Time"], timed["End Time"], timed["All Day Event"]) == (
        *("2027-01-11 09:00", "2027-01-11 09:55", "No"),
    )


@pytest.mark.parametrize("name", RENDERERS)
def test_no_cell_can_be_run_by_a_spreadsheet(name: str) -> None:
    plan = plan_of("=1+1", "@2", name=FORMULA)
    cells = [cell for row in rows(RENDERERS[name](plan)) for cell in row.values()]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("name", RENDERERS)
def test_a_plan_without_touches_gives_headings_alone(name: str) -> None:
    content = RENDERERS[name](Campaign(territory(), ()))
    assert rows(content) == []
    assert len(content.splitlines()) == 1


def test_every_touch_is_in_one_file_of_each_system() -> None:
    plan = large(30)
    for system in ("salesforce", "hubspot", "dynamics"):
        found = [rows(render(plan)) for name, render in RENDERERS.items() if system in name]
        texts = [text for table in found for row in table for text in row.values()]
        lines = [line for text in texts for line in text.splitlines()]
        ids = [line.split()[1] for line in lines if line.startswith("Touch: ")]
        assert sorted(ids) == sorted(each.touch_id for each in plan.touches)


def test_long_texts_are_cut_to_what_a_field_holds() -> None:
    plan = plan_of(name="W" * 400)
    long: tuple[Touch, ...] = tuple(evolve(each, brief="b" * 3000) for each in plan.touches)
    call, _ = rows(salesforce.render_tasks(evolve(plan, touches=long)))
    (ringing,) = rows(dynamics.render_calls(evolve(plan, touches=long)))
    assert (len(call["Subject"]), len(ringing["Subject"])) == (255, 200)
    assert len(ringing["Description"]) == 2000
    assert cut("abcd", 4) == "abcd"
    assert cut("abcde", 4) == "abc…"


def test_picklists_speak_the_words_of_the_org() -> None:
    words = {"Not Started": "Offen", "High": "Dringend"}
    call, letter = rows(salesforce.render_tasks(plan_of(), words))
    assert (call["Status"], call["Priority"]) == ("Offen", "Dringend")
    assert (letter["Status"], letter["Priority"]) == ("Completed", "Normal")


@pytest.mark.parametrize("module", [salesforce, hubspot, dynamics])
def test_a_word_that_no_picklist_has_is_refused(module: Any) -> None:  # noqa: ANN401
    with pytest.raises(
        ValueError, match=f'"Soon" is no word here; the words are {module.WORDS[0]}'
    ):
        module.render_tasks(plan_of(), {"Soon": "Later"})


def test_accounts_without_an_id_of_the_system_are_told_once() -> None:
    plan = large(3)
    for module in (salesforce, hubspot, dynamics):
        (notice,) = module.doubts(plan)
        assert notice.problem.startswith("3 of 3 accounts have no id of ")
        assert (notice.place, notice.is_error) == ("accounts.csv account_id", False)
    for module, own in ((salesforce, ACCOUNT), (hubspot, "9876543210"), (dynamics, GUID)):
        assert module.doubts(plan_of(own)) == []


@pytest.mark.parametrize(
    ("names", "number"),
    [
        (("Juniper Works", "Old Mill"), 0),
        (("Juniper Works", "JUNIPER WORKS"), 2),
        (("Juniper Works", FORMULA), 1),
    ],
)
def test_a_name_by_which_dynamics_finds_no_one_account_is_told(
    names: tuple[str, ...], number: int
) -> None:
    ids = (GUID, f"{GUID[:-1]}3")
    accounts = tuple(map(Account, ids, names))
    touches = tuple(a_touch(f"{one}/{one}/hello") for one in ids)
    found = dynamics.doubts(Plan(Territory(territory().rep, accounts, start=START), touches))
    assert [one.problem.split()[0] for one in found] == ([str(number)] if number else [])
    assert all(not one.is_error and one.column == "name" for one in found)
