"""Address books, primary contacts, domains, roles: whoever stands behind the accounts."""

import pytest
from exports import imported

from campaign.importing import Imported
from campaign.model.accounts import Consent
from campaign.reading.exports.links import domain_of, role_of

OUTLOOK = (
    '"First Name","Last Name","Title","E-mail Address","E-mail 2 Address","Business Phone",'
    '"Company","Job Title","Business Street","Business City","Business State",'
    '"Business Postal Code","Business Country/Region","Home Street","Home City","Categories"\n'
    '"Ida","Moe","Dr.","ida@fjord.example","","22 33 44 55","Fjord AS","Buyer","Kaigata 1",'
    '"Oslo","","0150","Norway","Hjem 2","Asker","Customer"\n'
    '"Pål","Lie","","","pal@fjord.example","","Fjord AS","Daglig leder","Kaigata 1","Oslo","",'
    '"0150","Norway","","",""\n'
    '"Mum","","","","","11 22 33 44","","","","","","","","","",""\n'
)
IN_GERMAN = (
    "Anrede,Vorname,Nachname,Firma,Position,Straße geschäftlich,Ort geschäftlich,"
    "Postleitzahl geschäftlich,Land/Region geschäftlich,Telefon geschäftlich,E-Mail-Adresse\n"
    "Frau,Eva,Kern,Kern GmbH,Geschäftsführerin,Weg 3,Bonn,53111,Deutschland,0228 1,e@kern.example\n"
)
GOOGLE = (
    "First Name,Last Name,Name Prefix,Organization Name,Organization Title,Notes,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,"
    "Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Region,"
    "Address 1 - Postal Code,Address 1 - Country\n"
    "Rui,Melo,,Melo Lda,Gerente,,* myContacts,Work,rui@melo.example ::: r@melo.example,Work,"
    '+351 21 000 ::: +351 21 111,Work,"Rua 5, Porto",Rua 5,Porto,,4000-001,Portugal\n'
)
PIPEDRIVE = (
    "Person - ID,Person - Name,Person - Email - Work,Person - Marketing status,"
    "Person - Last activity date,Organization - ID,Organization - Name\n"
    "1,Ann Lee,a@x.example,unsubscribed,2026-03-01,10,Alder\n"
    "2,Bo Hay,b@x.example,subscribed,2026-05-01,10,Alder\n"
    "3,Cy Orr,c@x.example,no_consent,,11,Birch\n"
)


def test_the_contacts_of_outlook_are_accounts_and_people() -> None:
    found = imported(OUTLOOK)
    assert found.errors == ()
    (firm,) = found.accounts
    place = (firm.name, firm.street, firm.city, firm.postal_code, firm.country)
    assert place == ("Fjord AS", "Kaigata 1", "Oslo", "0150", "NO")
    ida, pal = found.contacts
    assert (ida.title, ida.email, ida.phone) == ("Buyer", "ida@fjord.example", "22 33 44 55")
    assert (pal.role, pal.email) == ("decision_maker", "pal@fjord.example")
    assert any("1 person names no company: not taken over" in line for line in found.said)


def test_the_contacts_of_outlook_in_german_are_read() -> None:
    found = imported(IN_GERMAN)
    ((firm,), (eva,)) = found.accounts, found.contacts
    assert (firm.name, firm.street, firm.city, firm.country) == ("Kern GmbH", "Weg 3", "Bonn", "DE")
    assert (eva.name, eva.title, eva.phone) == ("Eva Kern", "Geschäftsführerin", "0228 1")
    assert eva.role == "decision_maker"


def test_the_contacts_of_google_are_accounts_and_people() -> None:
    found = imported(GOOGLE)
    ((firm,), (rui,)) = found.accounts, found.contacts
    place = (firm.name, firm.street, firm.city, firm.postal_code, firm.country)
    assert place == ("Melo Lda", "Rua 5", "Porto", "4000-001", "PT")
    assert (rui.name, rui.title) == ("Rui Melo", "Gerente")
    assert (rui.email, rui.phone) == ("rui@melo.example", "+351 21 000")


def test_people_of_pipedrive_keep_their_last_activity_and_that_they_are_unsubscribed() -> None:
    found = imported(PIPEDRIVE)
    assert found.errors == ()
    days = {account.name: str(account.last_contact) for account in found.accounts}
    assert days == {"Alder": "2026-05-01", "Birch": "None"}
    wishes = {person.name: person.consents.get("email") for person in found.contacts}
    assert wishes == {"Ann Lee": Consent.NO, "Bo Hay": None, "Cy Orr": Consent.NO}


@pytest.mark.parametrize("titles", [("Ms.", "Mr."), ("Frau", "Herr"), ("Mme", "Dr")])
def test_a_title_that_is_a_form_of_address_is_no_job(titles: tuple[str, str]) -> None:
    people = "".join(f"{n},{title},A{n},B,1\n" for n, title in enumerate(titles))
    found = imported(
        "Account ID,Account Name\n1,Alder\n", f"Id,Title,First Name,Last Name,AccountId\n{people}"
    )
    assert [(one.title, one.role) for one in found.contacts] == [("", "")] * 2


ACCOUNTS = "Account Name,Main Phone,Address 1: City,Primary Contact,Email (Primary Contact)\n"
PEOPLE = "Company Name,First Name,Last Name,Job Title\n"


def deciding(found: Imported) -> dict[str, list[tuple[str, str]]]:
    named: dict[str, list[tuple[str, str]]] = {}
    for one in found.contacts:
        named.setdefault(one.account_id, []).append((one.name, one.role))
    return named


def test_the_primary_contact_comes_first_and_decides_and_is_made_where_missing() -> None:
    accounts = (
        f"{ACCOUNTS}Oak,1,Salem,Zoe Boss,\nElm,2,Bend,Yan Chief,yan@elm.example\nFir,3,Bend,,\n"
    )
    people = f"{PEOPLE}Oak,Adam,Clerk,CEO\nOak,Zoe,Boss,Clerk\nFir,Ned,Rowe,Owner\n"
    found = imported(accounts, people)
    assert found.errors == ()
    assert deciding(found) == {
        "oak-salem": [("Zoe Boss", "decision_maker"), ("Adam Clerk", "")],
        "elm-bend": [("Yan Chief", "decision_maker")],
        "fir-bend": [("Ned Rowe", "decision_maker")],
    }
    (yan,) = (one for one in found.contacts if one.name == "Yan Chief")
    assert yan.email == "yan@elm.example"
    assert any(
        "2 primary contacts are taken as who decides there; 1 of them" in s for s in found.said
    )


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("CEO", "decision_maker"),
        ("CEO & Founder", "decision_maker"),
        ("Co-Owner", "decision_maker"),
        ("Geschäftsführer", "decision_maker"),
        ("Directrice générale", "decision_maker"),
        ("Titolare", "decision_maker"),
        ("VD", "decision_maker"),
        ("代表取締役", "decision_maker"),
        ("Chief Financial Officer", "finance"),
        ("Leiter Buchhaltung", "finance"),
        ("Assistant to the CEO", ""),
        ("Sekretariat Geschäftsführung", ""),
        ("Product Owner", ""),
        ("Buyer", ""),
        ("Cfoo", ""),
        ("", ""),
    ],
)
def test_a_title_shows_a_role_or_none(title: str, role: str) -> None:
    assert role_of(title) == role


def test_roles_of_titles_are_told_and_can_be_refused() -> None:
    accounts, people = "Account ID,Account Name\n1,Alder\n", "Id,Name,Account ID,Job Title,Role\n"
    rows = "7,Ann,1,Owner,\n8,Bo,1,CFO,\n9,Cy,1,CEO,user\n"
    found = imported(accounts, people + rows)
    assert [one.role for one in found.contacts] == ["decision_maker", "finance", "user"]
    (said,) = (line for line in found.said if "guessed" in line)
    assert said.startswith('people.csv role: 2 roles are guessed from titles ("Owner" is decision')
    refused = imported(accounts, people + rows, roles=False)
    assert [one.role for one in refused.contacts] == ["", "", "user"]


def test_no_title_shows_another_who_decides_where_the_list_says_who_does() -> None:
    people = "Id,Name,Account ID,Job Title,Role\n7,Ann,1,CEO,\n8,Bo,1,Buyer,decision maker\n"
    found = imported("Account ID,Account Name\n1,Alder\n", people)
    assert [one.role for one in found.contacts] == ["", "decision_maker"]


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Acme.com/about?x=1", "acme.com"),
        ("acme.co.uk", "acme.co.uk"),
        ("ann@acme.com", "acme.com"),
        ("http://shop.acme.com:8080", "shop.acme.com"),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_a_domain_is_that_of_a_site_or_an_address(text: str, domain: str) -> None:
    assert domain_of(text) == domain


SITES = (
    "Record ID,Company name,Company Domain Name\n"
    "1,Alder,alder.example\n2,Birch,https://www.birch.example/\n3,Twin,x.example\n4,Two,x.example\n"
)


def test_people_are_joined_by_the_domain_of_their_company_else_of_their_address() -> None:
    people = (
        "Record ID,First Name,Last Name,Email,Associated Company Domain\n"
        "7,Ann,Lee,ann@mail.example,alder.example\n"
        "8,Bo,Hay,bo@birch.example,\n"
        "9,Cy,Orr,cy@x.example,\n"
    )
    found = imported(SITES, people)
    assert [(one.name, one.account_id) for one in found.contacts] == [
        ("Ann Lee", "1"),
        ("Bo Hay", "2"),
    ]
    assert any("2 contacts are joined to accounts by the domain" in line for line in found.said)
    assert "1 contact belongs to no account at all" in str([*map(str, found.findings)])


def test_people_whose_company_is_not_found_by_name_are_joined_by_domain() -> None:
    people = "Record ID,Name,Email,Company name\n7,Ann,ann@alder.example,Alder Inc.\n8,Bo,,Birch\n"
    found = imported(SITES, people)
    assert [one.account_id for one in found.contacts] == ["1", "2"]


OWNED = "Account ID,Account Name,Account Owner\n1,Alder,Eric Boocock\n2,Birch,Jo Quist\n3,Cedar,\n"


@pytest.mark.parametrize("heading", ["Account Owner", "account owner", "owner"])
def test_the_rows_of_one_owner_alone_are_taken_and_told(heading: str) -> None:
    found = imported(OWNED, only={heading: ("eric boocock",)})
    assert [account.name for account in found.accounts] == ["Alder"]
    assert any("1 of 3 rows are taken" in line for line in found.said)
    several = imported(OWNED, only={heading: ("Eric Boocock", "Jo Quist")})
    assert len(several.accounts) == 2


def test_the_people_of_rows_that_are_not_taken_are_not_taken_either() -> None:
    people = "Contact ID,Account ID,Name\n7,1,Ann\n8,2,Bo\n"
    found = imported(OWNED, people, only={"owner": ("Eric Boocock",)})
    assert [one.name for one in found.contacts] == ["Ann"]


@pytest.mark.parametrize(
    ("heading", "word", "problem", "remedy"),
    [
        ("Ownr", "Eric", 'there is no column "Ownr"', "the headings are"),
        ("Owner", "Eric Bocock", "no row has Eric Bocock", "did you mean Eric Boocock?"),
        ("Owner", "Zed", "no row has Zed", "there are Eric Boocock, Jo Quist"),
    ],
)
def test_a_part_that_is_not_there_is_an_error(
    heading: str, word: str, problem: str, remedy: str
) -> None:
    found = imported(OWNED, only={heading: (word,)})
    (error,) = found.errors
    assert (error.file, error.problem.startswith(problem)) == ("--only", True)
    assert error.remedy.startswith(remedy)
