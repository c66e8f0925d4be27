import pytest

from campaign.reading.columns.headings import aliases, folded, match, missing
from campaign.reading.parsing.table import Table

KINDS = ("accounts", "contacts", "promises")


def columns(*headings: str, kind: str = "accounts") -> dict[str, int]:
    return dict(match(Table("list.csv", headings), aliases(kind)).places)


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("Id", "Name", "BillingStreet"), {"account_id": 0, "name": 1, "street": 2}),
        (("Account ID", "Account Name"), {"account_id": 0, "name": 1}),
        (("Record ID", "Company name", "State/Region"), {"account_id": 0, "name": 1, "region": 2}),
        (("(Do Not Modify) Account", "Account Name"), {"account_id": 0, "name": 1}),
        (("Organization - ID", "Organization - Name"), {"account_id": 0, "name": 1}),
        ((" Revenue ", "lng", "lat"), {"potential": 0, "longitude": 1, "latitude": 2}),
        (("PLZ", "Ort", "Straße"), {"postal_code": 0, "city": 1, "street": 2}),
        (("address_1", "state_province"), {"street": 0, "region": 1}),
    ],
)
def test_the_headings_of_the_usual_systems_are_known(
    headings: tuple[str, ...], found: dict[str, int]
) -> None:
    assert columns(*headings) == found


def test_the_canonical_name_goes_before_an_alias() -> None:
    assert columns("Id", "account_id", "Account Name", "name") == {"account_id": 1, "name": 3}


def test_of_two_aliases_the_first_of_the_table_wins_without_an_error() -> None:
    table = Table("list.csv", ("ShippingCity", "BillingCity"))
    found = match(table, aliases("accounts"))
    assert found.places == {"city": 1}
    assert found.others == {"ShippingCity": 0}
    assert not found.findings


def test_headings_are_never_matched_by_likeness() -> None:
    assert columns("Organization - Address - ZIP", "Names", "Identity") == {}


def test_other_columns_keep_their_names_also_twice_or_without_one() -> None:
    found = match(Table("list.csv", ("Type", "", "Type")), aliases("accounts"))
    assert found.others == {"Type": 0, "column 2": 1, "Type (2)": 2}


def test_a_heading_twice_is_an_error_where_it_is_one_of_ours() -> None:
    found = match(Table("list.csv", ("name", "NAME")), aliases("accounts"))
    assert [(finding.column, finding.row) for finding in found.findings] == [("name", 1)]


def test_what_is_read_under_another_heading_is_told() -> None:
    found = match(Table("list.csv", ("Id", "Name")), aliases("accounts"))
    assert found.renamed == {"account_id": "Id"}


def test_a_missing_column_brings_the_headings_that_there_are() -> None:
    table = Table("list.csv", ("Foo", "Bar"))
    (finding,) = missing(table, match(table, aliases("accounts")), ["name"])
    assert (finding.column, finding.row) == ("name", 1)
    assert "Foo, Bar" in finding.problem


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_stands_for_two_columns_of_a_kind(kind: str) -> None:
    known = [folded(heading) for headings in aliases(kind).values() for heading in headings]
    own = {folded(name) for name in aliases(kind)}
    # a canonical name may also be the alias of another, and then always wins there
    repeated = {heading for heading in known if known.count(heading) > 1} - own
    assert not repeated
