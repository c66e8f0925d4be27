"""Accounts, contacts and promises from their tables."""

import datetime as dt
from pathlib import Path

import pytest

from campaign.errors import Severity
from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.hours import OpeningHours
from campaign.reading import load
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.lists.records import Placed, Records
from campaign.reading.lists.short_lists import read_promises
from campaign.reading.parsing.table import parse_table
from campaign.workdays import Span


def accounts(text: str) -> Records[Account]:
    return read_accounts(parse_table(text.encode(), "accounts.csv"))


def contacts(text: str, *channels: str) -> Records[Contact]:
    known = channels or ("letter", "call", "email")
    return read_contacts(parse_table(text.encode(), "contacts.csv"), known)


def promises(text: str) -> Records[Promise]:
    return read_promises(parse_table(text.encode(), "promises.csv"))


def only(records: Records[Contact]) -> Contact:
    (contact,) = records.items
    assert not records.all_findings
    return contact


def test_an_account_with_everything_is_read() -> None:
    records = accounts(
        "account_id,name,status,tier,cadence,value,potential,relationship,grievance,"
        "grievance_since,owner,last_contact,street,city,region,postal_code,country,latitude,"
        "longitude,timezone,phone,email,visit_hours,closed_dates,do_not_contact,notes,Fleet\n"
        'A-1,Foo,Active,A,light,"$1,200",5000,Good,late twice,2026-12-01,Ann,2026-11-30,1 Oak St,'
        "Salem,OR,97301,United States,44.94,-123.03,America/Los_Angeles,+1 503 555 0101,"
        "a@b.example,Mon-Fri 09:00-12:00,2027-02-01/2027-02-12,no,ask for the back door,12\n"
    )
    assert not records.all_findings
    assert records.items == (
        Account(
            "A-1",
            "Foo",
            tier="A",
            cadence="light",
            value=1200,
            potential=5000,
            relationship=Relationship.GOOD,
            grievance="late twice",
            grievance_since=dt.date(2026, 12, 1),
            owner="Ann",
            last_contact=dt.date(2026, 11, 30),
            street="1 Oak St",
            city="Salem",
            region="OR",
            postal_code="97301",
            country="US",
            latitude=44.94,
            longitude=-123.03,
            timezone="America/Los_Angeles",
            phone="+1 503 555 0101",
            email="a@b.example",
            visit_hours=OpeningHours.parse("Mon-Fri 09:00-12:00"),
            closed_dates=(Span(dt.date(2027, 2, 1), dt.date(2027, 2, 12)),),
            notes="ask for the back door",
            extra={"Fleet": "12"},
        ),
    )


def test_an_id_and_a_name_are_enough() -> None:
    assert accounts("account_id,name\nA-1,Foo\n").items == (Account("A-1", "Foo"),)


def test_leading_zeros_of_ids_and_postal_codes_are_kept() -> None:
    (account,) = accounts("account_id,name,zip\n007,Foo,01099\n").items
    assert (account.account_id, account.postal_code) == ("007", "01099")


@pytest.mark.parametrize("word", ["NULL", "n/a", "-", "#N/A", ""])
def test_words_for_nothing_are_nothing(word: str) -> None:
    (account,) = accounts(f"account_id,name,value,country,phone\nA,B,{word},{word},{word}\n").items
    assert account == Account("A", "B")


def test_a_street_of_several_lines_is_one_line() -> None:
    (account,) = accounts('account_id,name,street\nA,B,"1 Oak St\nSuite 2"\n').items
    assert account.street == "1 Oak St Suite 2"


def test_an_account_with_a_fault_is_still_there_for_what_refers_to_it() -> None:
    records = accounts("account_id,name,value\nA,Foo,much\n,Bar,1\nC,,1\n")
    assert [account.account_id for account in records.items] == ["A", "C"]
    assert records.rows == (2, 4)
    assert [placed.has_errors for placed in records.placed] == [True, True, True]
    assert not records.is_whole


@pytest.mark.parametrize("cells", ["44.9,", ",-123", "0,0"])
def test_a_place_that_is_half_known_or_in_the_ocean_is_none_and_said(cells: str) -> None:
    records = accounts(f"account_id,name,latitude,longitude\nA,B,{cells}\n")
    assert records.items[0].coordinates is None
    assert [finding.severity for finding in records.all_findings] == [Severity.NOTICE]


def test_leaving_out_bad_rows_keeps_the_others_and_says_why() -> None:
    records = accounts("account_id,name,value\nA,Foo,much\nB,Bar,1\n").without_bad_rows({})
    assert [account.account_id for account in records.items] == ["B"]
    assert [(found.row, found.severity) for found in records.left_out] == [(2, Severity.NOTICE)]
    assert records.left_out[0].problem == '"much" is not a number; the row is left out'


def test_a_contact_with_everything_is_read() -> None:
    contact = only(
        contacts(
            "contact_id,account_id,name,role,since,title,phone,email,call_hours,prefers,letter,"
            "call,do_not_contact,cadence,notes,Birthday\n"
            "C-1,A-1,Dr. Ito,Decision Maker,2026-12-01,Owner,555,ito@a.example,09:00-10:00,Call,"
            "no,yes,no,light,golf,1 May\n"
        )
    )
    assert contact == Contact(
        "C-1",
        "A-1",
        name="Dr. Ito",
        role="decision_maker",
        since=dt.date(2026, 12, 1),
        title="Owner",
        phone="555",
        email="ito@a.example",
        call_hours=OpeningHours.parse("09:00-10:00"),
        prefers="call",
        consents={"letter": Consent.NO, "call": Consent.YES},
        cadence="light",
        notes="golf",
        extra={"Birthday": "1 May"},
    )


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("email,email", "ito@a.example,no"),
        ("email,email", "no,ito@a.example"),
        ("email,email_consent", "ito@a.example,no"),
    ],
)
def test_the_address_and_the_consent_for_email_are_told_apart(headings: str, cells: str) -> None:
    contact = only(contacts(f"contact_id,account_id,name,{headings}\nC,A,Ito,{cells}\n"))
    assert (contact.email, contact.consents) == ("ito@a.example", {"email": Consent.NO})


def test_an_address_says_nothing_of_the_consent() -> None:
    contact = only(contacts("contact_id,account_id,name,email\nC,A,Ito,ito@a.example\n"))
    assert contact.consents == {}


def test_a_column_of_the_users_own_channel_holds_consents() -> None:
    contact = only(contacts("contact_id,account_id,name,fax\nC,A,Ito,no\n", "fax"))
    assert contact.consents == {"fax": Consent.NO}
    assert contact.extra == {}


@pytest.mark.parametrize("cell", ["", "unknown", "?"])
def test_an_unknown_consent_is_none(cell: str) -> None:
    assert only(contacts(f"contact_id,account_id,name,call\nC,A,Ito,{cell}\n")).consents == {}


def test_a_promise_is_read_and_is_kept_by_a_call_where_nothing_is_said() -> None:
    records = promises(
        "promise_id,account_id,contact_id,what,due,channel,kept_on\n"
        "P-1,A-1,C-1,the invoice,2027-01-15,Letter,2027-01-10\n"
        "P-2,A-1,,a visit,2027-02-15,,\n"
    )
    assert not records.all_findings
    assert records.items == (
        Promise(
            "P-1",
            "A-1",
            what="the invoice",
            due=dt.date(2027, 1, 15),
            contact_id="C-1",
            channel="letter",
            kept_on=dt.date(2027, 1, 10),
        ),
        Promise("P-2", "A-1", what="a visit", due=dt.date(2027, 2, 15)),
    )


@pytest.mark.parametrize("text", ["", "promise_id,account_id,what,due\n"])
def test_no_promises_are_no_fault(text: str) -> None:
    assert promises(text) == Records("promises.csv")


def test_a_finding_on_no_row_names_none_and_lines_are_worked_out_once(tmp_path: Path) -> None:
    rows = "".join(f"A-{n},Firm {n},1 Oak St,Salem,97301,US,503 555 0101\n" for n in range(1, 4))
    text = f"account_id,name,street,city,postal_code,country,phone\n{rows}"
    (tmp_path / "list.csv").write_text(text)
    reading = load(tmp_path / "list.csv", start=dt.date(2027, 1, 4))
    shared = [one for one in reading.findings if "5035550101" in one.problem.replace(" ", "")]
    assert [one.row for one in shared] == [0]
    records = Records("list.csv", (Placed(2, "a"), Placed(3, "b")))
    assert records.rows is records.rows
