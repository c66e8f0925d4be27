"""What the columns of a list show: orders of dates, decimal signs, refusals, what is unread."""

import datetime as dt

import pytest

from campaign.errors import Severity
from campaign.model.accounts import Account, Consent, Contact
from campaign.reading.findings import few_of_each_kind
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.lists.records import Records
from campaign.reading.parsing.table import parse_table


def accounts(heading: str, *cells: str) -> Records[Account]:
    rows = "".join(f"A-{n};Foo;{cell}\n" for n, cell in enumerate(cells))
    return read_accounts(parse_table(f"account_id;name;{heading}\n{rows}".encode(), "a.csv"))


def contact(heading: str, cell: str) -> tuple[Contact, Records[Contact]]:
    text = f"contact_id,account_id,name,{heading}\nC-1,A-1,Ann,{cell}\n"
    records = read_contacts(parse_table(text.encode(), "c.csv"), ("call", "email", "letter", "fax"))
    return records.items[0], records


@pytest.mark.parametrize(
    ("heading", "channel"),
    [
        ("DoNotCall", "call"),
        ("Do Not Call", "call"),
        ("HasOptedOutOfEmail", "email"),
        ("Email Opt Out", "email"),
        ("Opted out of email", "email"),
        ("Unsubscribed from all email", "email"),
        ("Do not allow Mails", "letter"),
        ("Do Not Fax", "fax"),
    ],
)
@pytest.mark.parametrize("cell", ["yes", "TRUE", "1"])
def test_a_refusal_in_the_words_of_a_crm_is_a_no(heading: str, channel: str, cell: str) -> None:
    person, records = contact(heading, cell)
    assert person.consents == {channel: Consent.NO}
    assert (records.all_findings, records.said, dict(person.extra)) == ((), (), {})


@pytest.mark.parametrize("cell", ["no", "false", "0", "", "Allow"])
def test_no_refusal_is_not_yet_a_consent(cell: str) -> None:
    assert contact("Do Not Call", cell)[0].consents == {}


def test_a_refusal_goes_before_a_consent() -> None:
    assert contact("call,Do Not Call", "yes,yes")[0].consents == {"call": Consent.NO}


def test_a_refusal_that_cannot_be_read_is_an_error() -> None:
    (finding,) = contact("Do Not Call", "perhaps")[1].all_findings
    assert (finding.column, finding.row, finding.is_error) == ("Do Not Call", 2, True)


@pytest.mark.parametrize("heading", ["Do Not Contact", "DoNotContact", "do_not_contact"])
def test_who_wants_no_contact_gets_none(heading: str) -> None:
    assert contact(heading, "true")[0].do_not_contact
    assert accounts(heading, "true").items[0].do_not_contact
    assert accounts(heading, "Opted Out").items[0].do_not_contact
    assert not accounts(heading, "subscribed").items[0].do_not_contact


@pytest.mark.parametrize("heading", ["Do Not Call", "SMS Opt-Out", "Unsubscribe", "DNC list"])
def test_a_refusal_that_is_not_read_is_noticed(heading: str) -> None:
    (finding,) = accounts(heading, "yes").findings
    assert (finding.column, finding.severity) == (heading, Severity.NOTICE)
    assert finding.remedy


@pytest.mark.parametrize("heading", ["(Do Not Modify) Row Checksum", "Donor", "To Do Notes"])
def test_a_heading_that_refuses_nothing_is_not_noticed(heading: str) -> None:
    assert accounts(heading, "yes").findings == ()


def test_headings_that_are_not_read_are_named_once() -> None:
    assert accounts("Rating;Type", "Hot;Dairy", "Cold;Farm").said == (
        "a.csv: not read: Rating, Type",
    )


def test_of_many_headings_that_are_not_read_the_rest_are_counted() -> None:
    (said,) = accounts(";".join(f"x{n}" for n in range(15)), "").said
    assert said.endswith("x10, x11 and 3 more")


@pytest.mark.parametrize(
    ("decisive", "read"),
    [("12/31/2025", dt.date(2026, 3, 4)), ("31/12/2025", dt.date(2026, 4, 3))],
)
def test_one_date_of_one_sense_settles_its_column(decisive: str, read: dt.date) -> None:
    records = accounts("last_contact", "3/4/2026", decisive)
    assert [one.last_contact for one in records.items] == [read, dt.date(2025, 12, 31)]
    assert records.all_findings == ()
    assert f"as {decisive} shows" in records.said[0]


def test_an_order_that_no_cell_needs_is_not_said() -> None:
    assert accounts("last_contact", "12/31/2025", "2026-03-04").said == ()


def test_years_of_two_digits_are_read_where_the_order_is_settled() -> None:
    records = accounts("last_contact", "3/4/26", "12/31/69", "12/31/70")
    assert [one.last_contact for one in records.items] == [
        dt.date(2026, 3, 4),
        dt.date(2069, 12, 31),
        dt.date(1970, 12, 31),
    ]
    assert "two digits from 1970 to 2069" in records.said[0]


def test_dots_settle_years_of_two_digits() -> None:
    records = accounts("last_contact", "03.04.26")
    assert records.items[0].last_contact == dt.date(2026, 4, 3)
    assert "day/month/year" in records.said[0]


@pytest.mark.parametrize("more", [(), ("31/04/2026",), ("12/31/2025", "31/12/2025")])
def test_dates_that_nothing_settles_are_one_error_for_the_column(more: tuple[str, ...]) -> None:
    records = accounts("last_contact", *more, *["3/4/2026"] * 30)
    found = [
        one for one in few_of_each_kind(records.all_findings) if "can each be two" in one.problem
    ]
    first = 2 + len(more)
    assert [(one.row, one.column) for one in found] == [(first, "last_contact")]
    assert "30 dates" in found[0].problem
    assert f"rows {first}, {first + 1}, {first + 2} to {first + 29}" in found[0].problem
    assert found[0].remedy == "write them as YYYY-MM-DD"


@pytest.mark.parametrize(
    ("decisive", "read"), [("1.234,50 €", 250_000), ("1,234.50", 250), ("12,5", 250_000)]
)
def test_one_amount_settles_the_decimal_sign_of_its_column(decisive: str, read: float) -> None:
    records = accounts("value", "250.000 €", decisive)
    assert records.items[0].value == read
    assert records.all_findings == ()
    assert f"as {decisive} shows" in records.said[0]


@pytest.mark.parametrize("more", [(), ("1.234,50", "1,234.50")])
def test_an_amount_of_two_senses_that_nothing_settles_is_an_error(more: tuple[str, ...]) -> None:
    records = accounts("value", "250.000", *more)
    assert [(one.row, one.column) for one in records.all_findings] == [(2, "value")]


def test_a_comma_that_a_decimal_comma_makes_doubtful_is_an_error() -> None:
    records = accounts("value", "250,000", "1.234,50")
    assert [(one.row, one.column) for one in records.all_findings] == [(2, "value")]


def test_both_coordinates_out_of_range_are_reported_together() -> None:
    records = accounts("latitude;longitude", "95;200")
    assert {one.column for one in records.all_findings} == {"latitude", "longitude"}


@pytest.mark.parametrize(
    "text",
    [
        "Id,FirstName,LastName,AccountId\nC-1,Ann,Lee,A-1\nC-2,Bo,Ray,A-1\n",
        "First Name,Last Name,Account Name\nAnn,Lee,Foo\n",
        "Contact ID,Account ID,Name\nC-1,A-1,Ann\nC-2,A-1,Bo\n",
    ],
)
def test_a_list_of_contacts_given_as_accounts_is_one_error(text: str) -> None:
    records = read_accounts(parse_table(text.encode(), "a.csv"))
    (finding,) = records.all_findings
    assert "this looks like a list of contacts" in finding.problem


def test_accounts_with_the_name_of_a_person_in_each_row_are_accounts() -> None:
    text = "Account ID,Account Name,First Name,Last Name\nA-1,Foo,Ann,Lee\nA-2,Bar,Bo,Ray\n"
    assert len(read_accounts(parse_table(text.encode(), "a.csv")).items) == len(("A-1", "A-2"))
