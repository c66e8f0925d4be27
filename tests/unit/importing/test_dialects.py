"""Every dialect as its system exports it: recognised, read, and split where it has to be."""

import datetime as dt

import exports
import pytest
from exports import imported

from campaign.importing import Imported
from campaign.model.accounts import Consent


def ids(found: Imported) -> list[str]:
    return [account.account_id for account in found.accounts]


def names(found: Imported) -> list[tuple[str, str]]:
    return [(contact.name, contact.account_id) for contact in found.contacts]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (exports.SALESFORCE_API, "Salesforce (API names)"),
        (exports.SALESFORCE_REPORT, "Salesforce (report)"),
        (exports.SALESFORCE_CONTACT_REPORT, "Salesforce (report)"),
        (exports.HUBSPOT, "HubSpot"),
        (exports.DYNAMICS, "Dynamics 365"),
        (exports.PIPEDRIVE, "Pipedrive"),
        (exports.PIPEDRIVE_PEOPLE, "Pipedrive"),
        (exports.ZOHO, "Zoho CRM"),
        (exports.BY_HAND, ""),
    ],
)
def test_the_system_is_known_by_its_headings_and_told(text: str, dialect: str) -> None:
    found = imported(text)
    assert found.errors == ()
    assert found.dialect == dialect
    told = any(dialect in line for line in found.said)
    assert told or not dialect


def test_salesforce_api_names_are_read() -> None:
    juniper, mill = imported(exports.SALESFORCE_API).accounts
    assert juniper.street == "12 Sand Lane Unit 4"
    assert (juniper.city, juniper.region, juniper.postal_code) == ("Bend", "OR", "97701")
    assert (juniper.country, juniper.latitude, juniper.longitude) == ("US", 44.05, -121.31)
    assert (juniper.potential, juniper.last_contact) == (186000, dt.date(2026, 9, 30))
    assert juniper.extra["Fleet__c"] == "7"
    assert (juniper.status, mill.status) == ("active", "deleted")


def test_salesforce_contacts_are_linked_named_and_refuse() -> None:
    found = imported(exports.SALESFORCE_API, exports.SALESFORCE_API_CONTACTS)
    (ada,) = found.contacts
    assert (ada.name, ada.account_id) == ("Ada Okafor", "001Aa00000BcDeFIAV")
    assert ada.phone == "5415550199"
    assert ada.consents == {"email": Consent.NO}
    told = [finding for finding in found.findings if finding.column == "account_id"]
    assert [finding.problem for finding in told] == [
        "1 contact belongs to no account at all (row 3)"
    ]


def test_a_salesforce_report_loses_its_totals_and_footer_and_says_so() -> None:
    found = imported(exports.SALESFORCE_REPORT, dates="month-first")
    assert ids(found) == ["001Aa00000BcDeF", "001Aa00000BcDeG"]
    assert [account.potential for account in found.accounts] == [186000, 54000]
    assert [account.last_contact for account in found.accounts] == [
        dt.date(2026, 9, 30),
        dt.date(2026, 8, 4),
    ]
    rows = [finding.row for finding in found.findings if "total or a footer" in finding.problem]
    assert rows == [5, 7, 8, 9, 10]


def test_contacts_with_long_ids_find_the_accounts_of_a_report_with_short_ones() -> None:
    found = imported(exports.SALESFORCE_REPORT, exports.SALESFORCE_API_CONTACTS)
    assert names(found) == [("Ada Okafor", "001Aa00000BcDeF")]


def test_a_salesforce_contact_report_becomes_accounts_and_contacts() -> None:
    found = imported(exports.SALESFORCE_CONTACT_REPORT)
    assert ids(found) == ["001Aa00000BcDeF", "001Aa00000BcDeG"]
    assert [account.name for account in found.accounts] == ["Juniper Works", "Old Mill Feed"]
    assert [account.street for account in found.accounts] == ["12 Sand Lane", "3 Grain St"]
    assert names(found) == [
        ("Ada Okafor", "001Aa00000BcDeF"),
        ("Lin Sato", "001Aa00000BcDeF"),
        ("Max Grün", "001Aa00000BcDeG"),
    ]
    ada, lin, max_ = found.contacts
    assert (ada.contact_id, ada.city, ada.title) == ("003Aa00000QwErT", "Redmond", "Plant manager")
    assert (lin.phone, max_.phone) == ("5415550111", "5415550122")
    assert (ada.consents, lin.consents) == ({"email": Consent.NO}, {})


def test_hubspot_companies_and_contacts_are_read() -> None:
    found = imported(exports.HUBSPOT, exports.HUBSPOT_CONTACTS)
    assert ids(found) == ["9001000001", "9001000002"]
    assert found.accounts[0].last_contact == dt.date(2026, 9, 30)
    assert names(found) == [("Ada Okafor", "9001000001"), ("Max Grün", "9001000002")]
    assert found.contacts[0].consents == {"email": Consent.NO}


def test_hubspot_contacts_alone_become_accounts_and_contacts() -> None:
    found = imported(exports.HUBSPOT_CONTACTS)
    assert [account.name for account in found.accounts] == ["Juniper Works", "Old Mill Feed"]
    assert [name for name, _ in names(found)] == ["Ada Okafor", "Max Grün"]


def test_dynamics_keeps_its_ids_and_what_an_account_refuses_holds_for_its_people() -> None:
    found = imported(exports.DYNAMICS)
    assert [account.status for account in found.accounts] == ["active", "active", "inactive"]
    assert ids(found)[0] == "8c0f1d62-0001-4a7e-9f00-000000000001"
    assert "(Do Not Modify) Row Checksum" in found.accounts[0].extra
    ada, itself = found.contacts
    assert (ada.name, ada.email) == ("Ada Okafor", "ada@juniper.example")
    assert (itself.contact_id, itself.name) == (ids(found)[1], "Old Mill Feed")
    assert ada.consents == itself.consents == {"call": Consent.NO}


def test_pipedrive_organizations_and_people_are_read() -> None:
    found = imported(exports.PIPEDRIVE, exports.PIPEDRIVE_PEOPLE)
    assert ids(found) == ["17", "18"]
    juniper, mill = found.accounts
    assert (juniper.street, juniper.city, juniper.region) == ("12 Sand Lane", "Bend", "OR")
    assert (juniper.postal_code, juniper.country, mill.street) == ("97701", "US", "")
    assert names(found) == [("Ada Okafor", "17"), ("Lin Sato", "17"), ("Max Grün", "18")]
    assert found.contacts[0].phone == "+1 541 555 0199"


def test_pipedrive_people_alone_become_accounts_and_contacts() -> None:
    found = imported(exports.PIPEDRIVE_PEOPLE)
    assert ids(found) == ["juniper-works", "old-mill-feed"]
    assert names(found)[0] == ("Ada Okafor", "juniper-works")
    assert found.contacts[0].contact_id == "501"


def test_zoho_accounts_and_contacts_are_read() -> None:
    found = imported(exports.ZOHO, exports.ZOHO_CONTACTS)
    assert ids(found) == ["zcrm_400001", "zcrm_400002"]
    assert found.accounts[0].postal_code == "97701"
    assert found.accounts[0].last_contact == dt.date(2026, 9, 30)
    (ada,) = found.contacts
    assert (ada.name, ada.account_id, ada.postal_code) == ("Ada Okafor", "zcrm_400001", "97701")
    assert (ada.phone, ada.consents) == ("541 555 0199", {"email": Consent.NO})


def test_a_list_made_by_hand_is_read_with_its_contacts() -> None:
    found = imported(exports.BY_HAND)
    oehl, weiss = found.accounts
    assert (oehl.account_id, weiss.account_id) == ("backerei-ohl-dresden", "hofladen-weiss-leipzig")
    assert (oehl.postal_code, weiss.postal_code) == ("01099", "04109")
    assert (oehl.value, weiss.value) == (1234.5, 250000)
    assert (oehl.country, oehl.street) == ("DE", "Am Anger 3")
    assert names(found) == [("Grete Öhl", "backerei-ohl-dresden")]
    assert any("row 3" in line and "Kundenliste" in line for line in found.said)
