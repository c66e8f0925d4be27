"""Addresses that stand in several columns, under a second heading, or in one cell."""

import exports
import pytest
from exports import imported

from campaign.importing import Imported
from campaign.model.accounts import Account, Contact


def address(one: Account | Contact) -> tuple[str, str, str, str, str]:
    return one.street, one.city, one.region, one.postal_code, one.country


def only(text: str, contacts: str | None = None) -> tuple[Account, Imported]:
    found = imported(text, contacts)
    assert found.errors == ()
    return found.accounts[0], found


@pytest.mark.parametrize(
    ("headings", "cells", "street"),
    [
        ("Street Address,Street Address 2", "12 Dock Rd,Unit 7", "12 Dock Rd, Unit 7"),
        ("Address 1: Street 1,Address 1: Street 2", "1 Way,Suite 200", "1 Way, Suite 200"),
        ("address_1,address_2,address_3", "1 Way,,Rear", "1 Way, Rear"),
        ("Straße,Hausnummer", "Am Anger,3 b", "Am Anger 3 b"),
        ("Street Address,Street Address 2", ",Unit 7", "Unit 7"),
    ],
)
def test_the_rest_of_a_street_is_read_with_it_and_told(
    headings: str, cells: str, street: str
) -> None:
    account, found = only(f"id,name,{headings}\nA-1,Juniper Works,{cells}\n")
    assert account.street == street
    assert dict(account.extra) == {}
    assert any("as the rest of" in line for line in found.said)


def test_a_rest_of_a_street_in_which_nothing_stands_is_not_told() -> None:
    account, found = only("id,name,Address 1,Address 2\nA-1,Juniper Works,1 Way,\n")
    assert account.street == "1 Way"
    assert not any("as the rest of" in line for line in found.said)


BILLED = (
    "Id,Name,IsDeleted,BillingStreet,BillingCity,BillingPostalCode,BillingCountry,"
    "ShippingStreet,ShippingCity,ShippingPostalCode,ShippingCountry\n"
)


def test_who_has_no_billing_address_has_that_of_shipping() -> None:
    account, found = only(f"{BILLED}A-1,Juniper Works,false,,,,,2 Quay,Bend,97701,USA\n")
    assert address(account) == ("2 Quay", "Bend", "", "97701", "US")
    assert "export.csv: 1 address stands under Shipping alone, and is taken from there" in (
        found.said
    )


def test_two_addresses_are_never_mixed() -> None:
    account, _ = only(f"{BILLED}A-1,Juniper Works,false,,Boston,,,2 Quay,Bend,97701,USA\n")
    assert address(account) == ("", "Boston", "", "", "")


def test_a_contact_without_a_mailing_address_has_the_other_one() -> None:
    people = (
        "Id,AccountId,LastName,FirstName,MailingStreet,MailingCity,OtherStreet,OtherCity\n"
        "C-1,A-1,Okafor,Ada,,,5 Hill,Redmond\n"
    )
    _, found = only("Id,Name,IsDeleted,BillingCity\nA-1,Juniper Works,false,Bend\n", people)
    (ada,) = found.contacts
    assert (ada.street, ada.city) == ("5 Hill", "Redmond")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 Sand Lane, Bend, OR 97701, USA", ("12 Sand Lane", "Bend", "OR", "97701", "US")),
        (
            "12 Sand Lane, Unit 4, Bend, OR 97701",
            ("12 Sand Lane, Unit 4", "Bend", "OR", "97701", ""),
        ),
        ("1 King St, Toronto, ON M5H 1A1, Canada", ("1 King St", "Toronto", "ON", "M5H 1A1", "CA")),
        ("Am Anger 3, 01099 Dresden, Germany", ("Am Anger 3", "Dresden", "", "01099", "DE")),
        ("Dam 1, 1012 JS Amsterdam, Netherlands", ("Dam 1", "Amsterdam", "", "1012 JS", "NL")),
        ("3 The Mews, London SW1A 1AA, UK", ("3 The Mews", "London", "", "SW1A 1AA", "GB")),
        ("Suite 4, 2000 Sand Hill Road", ("Suite 4, 2000 Sand Hill Road", "", "", "", "")),
        (
            "Suite 4, 2000 Sand Hill Road, USA",
            ("Suite 4, 2000 Sand Hill Road, USA", "", "", "", ""),
        ),
        ("Bend, OR 97701", ("", "Bend", "OR", "97701", "")),
        ("3 The Mews, London, SW1A 1AA", ("3 The Mews", "London", "", "SW1A 1AA", "")),
        ("Am Anger 3, D-01099 Dresden", ("Am Anger 3", "Dresden", "", "01099", "DE")),
        ("Quai 3, CH-1201 Genf", ("Quai 3", "Genf", "", "1201", "CH")),
        ("Calea 1, 010061 Iași, Romania", ("Calea 1", "Iași", "", "010061", "RO")),
        ("Calle 1, C1043AAA Lanús, Argentina", ("Calle 1", "Lanús", "", "C1043AAA", "AR")),
        ("ul. Lenina 1, Tver, 170100, Russia", ("ul. Lenina 1", "Tver", "", "170100", "RU")),
        ("Jl. Raya 1, Bogor 16110, Indonesia", ("Jl. Raya 1", "Bogor", "", "16110", "ID")),
        ("Germany", ("", "", "", "", "DE")),
        (", Germany", ("", "", "", "", "DE")),
        ("5 York St, Perth WA 6000, Australia", ("5 York St", "Perth", "WA", "6000", "AU")),
        ("5 York St, Perth, WA 6000, Australia", ("5 York St", "Perth", "WA", "6000", "AU")),
        (
            "7 Hill Rd, Pune, Maharashtra 411 001, India",
            ("7 Hill Rd", "Pune", "Maharashtra", "411 001", "IN"),
        ),
        (
            "7 Hill Rd, Pune 411001, Maharashtra, India",
            ("7 Hill Rd", "Pune", "Maharashtra", "411001", "IN"),
        ),
        (
            "R. do Sol, 9 - Centro, Natal - RN, 59025-000, Brasil",
            ("R. do Sol, 9 - Centro", "Natal", "RN", "59025-000", "BR"),
        ),
        (
            "2-3 Ginza, Chuo City, Tokyo 104-0061, Japan",
            ("2-3 Ginza", "Chuo City", "Tokyo", "104-0061", "JP"),
        ),
        ("〒530-0001 大阪府大阪市梅田3-1", ("梅田3-1", "大阪市", "大阪府", "530-0001", "JP")),
        (
            "3 Quay St, Galway, Co. Galway, H91 X2Y3, Ireland",
            ("3 Quay St", "Galway", "Co. Galway", "H91 X2Y3", "IE"),
        ),
        ("3 Quay St, Dublin 4, D04 X2Y3, Ireland", ("3 Quay St", "Dublin 4", "", "D04 X2Y3", "IE")),
        ("3 Quay St, Sligo, Ireland", ("3 Quay St", "Sligo", "", "", "IE")),
        ("9 Orchard Rd, Singapore 238832", ("9 Orchard Rd", "Singapore", "", "238832", "SG")),
        ("Via Po 4, 10123 Torino TO, Italia", ("Via Po 4", "Torino", "TO", "10123", "IT")),
        (
            "Rua do Ouro 5, 1100-062 Lisboa, Portugal",
            ("Rua do Ouro 5", "Lisboa", "", "1100-062", "PT"),
        ),
        ("ul. Długa 5, 00-263 Warszawa, Polska", ("ul. Długa 5", "Warszawa", "", "00-263", "PL")),
        (
            "Kungsgatan 2, 111 43 Stockholm, Sverige",
            ("Kungsgatan 2", "Stockholm", "", "111 43", "SE"),
        ),
        ("Long St 5, Cape Town, 8001, South Africa", ("Long St 5", "Cape Town", "", "8001", "ZA")),
        (
            "Av. 5, Col. Roma, 06700 México, CDMX, Mexico",
            ("Av. 5, Col. Roma", "México", "CDMX", "06700", "MX"),
        ),
        ("By the old mill", ("By the old mill", "", "", "", "")),
    ],
)
def test_an_address_in_one_cell_is_taken_apart_where_its_end_is_a_town(
    text: str, parts: tuple[str, ...]
) -> None:
    account, _ = only(
        f'Organization - ID,Organization - Name,Organization - Address\n1,J,"{text}"\n'
    )
    assert address(account) == parts


def test_an_address_that_is_taken_apart_is_told() -> None:
    _, found = only(exports.PIPEDRIVE)
    assert any('as "12 Sand Lane, Bend, OR 97701, USA"' in line for line in found.said)


def test_the_parts_that_the_system_gives_go_before_the_whole() -> None:
    heads = (
        "Organization - ID,Organization - Name,Organization - Address,"
        "Organization - Street/road name of Address,Organization - House number of Address,"
        "Organization - City/town/village/locality of Address,"
        "Organization - ZIP/Postal code of Address,Organization - Country of Address\n"
    )
    split, whole = imported(
        f'{heads}1,Apex,"Ring 9, 01067 Dresden, Germany",Ring,9,Dresden,01067,Germany\n'
        '2,Basis,"Ring 11, 01067 Dresden, Germany",,,,,\n'
    ).accounts
    assert address(split) == ("Ring 9", "Dresden", "", "01067", "DE")
    assert address(whole) == ("Ring 11", "Dresden", "", "01067", "DE")


def test_a_street_beside_a_town_of_its_own_stays_whole() -> None:
    account, _ = only('id,name,Address,City\nA-1,J,"1 Way, Bend, OR 97701",Portland\n')
    assert address(account) == ("1 Way, Bend, OR 97701", "Portland", "", "", "")


def test_contacts_of_two_accounts_of_one_name_are_found_by_the_id_that_zoho_writes() -> None:
    accounts = (
        "Record Id,Account Owner.id,Account Name,Billing City\n"
        "zcrm_1,zcrm_9,Juniper Works,Bend\nzcrm_2,zcrm_9,Juniper Works,Salem\n"
    )
    people = (
        "Record Id,First Name,Last Name,Account Name.id,Account Name\n"
        "zcrm_7,Ada,Okafor,zcrm_2,Juniper Works\n"
    )
    (ada,) = imported(accounts, people).contacts
    assert ada.account_id == "zcrm_2"


@pytest.mark.parametrize(
    ("country", "street"),
    [
        ("Australia", "1 George St"),
        ("United States", "1 George St"),
        ("France", "1 George St"),
        ("Germany", "George St 1"),
        ("Nederland", "George St 1"),
        ("", "George St 1"),
    ],
)
def test_the_number_of_a_house_stands_where_its_country_writes_it(
    country: str, street: str
) -> None:
    head = "Organization - Street/road name of Address,Organization - House number of Address"
    account, found = only(
        f"Organization - ID,Organization - Name,{head},Organization - Country of Address\n"
        f"1,J,George St,1,{country}\n"
    )
    assert account.street == street
    assert any("as the rest of" in line for line in found.said)
