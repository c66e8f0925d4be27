"""Exports as the vendors' own documentation has them, each imported without an edit."""

import datetime as dt

import pytest
from exports import imported

PLACE = ("1 Mill Lane", "Salem", "97301")
FRENCH = (
    "Titre,Prénom,Nom,Société,Titre professionnel,Rue (bureau),Ville (bureau),"
    "Code postal (bureau),Pays/Région (bureau),Téléphone (bureau),Adresse de messagerie\n"
    "Mme,Zoé,Roux,Four Roux,Directrice,12 rue du Four,Lyon,69002,France,+33 4 1,z@roux.example\n"
)
SPANISH = (
    "Nombre,Apellidos,Organización,Puesto,Calle del trabajo,Ciudad de trabajo,"
    "Código postal del trabajo,País o región del trabajo,Teléfono del trabajo,"
    "Dirección de correo electrónico\n"
    "Eva,Gil,Horno Gil,Gerente,Calle Sol 3,Sevilla,41001,España,+34 9 1,e@gil.example\n"
)
ITALIAN = (
    "Nome,Cognome,Società,Posizione,Via (uff.),Città (uff.),CAP (uff.),Paese (uff.),"
    "Telefono (uff.),Indirizzo posta elettronica\n"
    "Ugo,Neri,Forno Neri,Titolare,Via Sole 3,Bari,70121,Italia,+39 0 1,u@neri.example\n"
)


@pytest.mark.parametrize(
    ("text", "person", "place"),
    [
        (FRENCH, "Zoé Roux", ("12 rue du Four", "Lyon", "69002", "FR")),
        (SPANISH, "Eva Gil", ("Calle Sol 3", "Sevilla", "41001", "ES")),
        (ITALIAN, "Ugo Neri", ("Via Sole 3", "Bari", "70121", "IT")),
    ],
)
def test_the_contacts_of_outlook_come_in_other_languages(
    text: str, person: str, place: tuple[str, ...]
) -> None:
    found = imported(text)
    ((firm,), (who,)) = found.accounts, found.contacts
    assert (firm.street, firm.city, firm.postal_code, firm.country) == place
    assert (who.name, bool(who.title and who.phone and "@" in who.email)) == (person, True)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "Id,Name,Phone,Address,City,State,Zipcode,Country,Sales owner,Last contacted time",
            "7,Mill,5035550101,1 Mill Lane,Salem,OR,97301,US,Eric,2026-11-03T14:22:05-08:00",
        ),
        (
            (
                "Copper ID,Name,Work Phone,Street,City,State,Postal Code,Country,Owned By,"
                "Last Contacted"
            ),
            "7,Mill,5035550101,1 Mill Lane,Salem,OR,97301,US,Eric,2026-11-03",
        ),
        (
            (
                "RecordId,OrganizationName,Phone,BillingAddressStreet,BillingAddressCity,"
                "BillingAddressState,BillingAddressPostalCode,BillingAddressCountry,OwnerUser,"
                "LastActivityDate"
            ),
            "7,Mill,5035550101,1 Mill Lane,Salem,OR,97301,US,Eric,2026-11-03 14:22:05",
        ),
        (
            (
                "ID,Name,Office Phone,Billing Street,Billing City,Billing State,Billing Code,"
                "Billing Country,Assigned to,Last Activity Date"
            ),
            "7,Mill,5035550101,1 Mill Lane,Salem,OR,97301,US,Eric,2026-11-03 02:22pm",
        ),
        (
            (
                "id,display_name,primary_contact_name,primary_contact_primary_phone,"
                "primary_address_address_1,primary_address_city,primary_address_state,"
                "primary_address_zipcode,primary_address_country,Owner,last_communication_date"
            ),
            "7,Mill,Ada,5035550101,1 Mill Lane,Salem,OR,97301,US,Eric,2026-11-03T14:22:05+00:00",
        ),
    ],
)
def test_what_a_system_calls_its_columns_is_known(head: str, row: str) -> None:
    found = imported(f"{head}\n{row}\n")
    assert found.errors == ()
    (firm,) = found.accounts
    assert (firm.account_id, firm.name, firm.owner) == ("7", "Mill", "Eric")
    assert (firm.street, firm.city, firm.postal_code) == PLACE
    assert firm.last_contact == dt.date(2026, 11, 3)
    assert "5035550101" in {firm.phone, *(one.phone for one in found.contacts)}


@pytest.mark.parametrize(
    ("kind", "firm", "person", "company"),
    [
        ("Type", "Organisation", "Person", "Organisation"),
        ("Is a Company", "True", "False", "Related Company"),
        ("Record Type", "Company", "Contact", "Company"),
    ],
)
def test_companies_and_people_in_one_list_are_taken_apart(
    kind: str, firm: str, person: str, company: str
) -> None:
    found = imported(
        f"Id,{kind},Name,{company},City,Phone\n1,{firm},Mill,,Salem,1\n2,{person},Ada,Mill,,2\n"
    )
    assert [(one.account_id, one.name) for one in found.accounts] == [("1", "Mill")]
    assert [(one.account_id, one.name, one.phone) for one in found.contacts] == [("1", "Ada", "2")]


def test_the_last_activity_of_a_person_is_one_of_the_account() -> None:
    people = (
        "Person - ID,Person - Name,Person - Organization,Person - Last activity date\n"
        "5,Ada,Mill,2026-11-01\n6,Bo,Mill,2026-10-01\n7,Cy,Oak,2025-01-01\n8,Di,Oak,soon\n"
    )
    accounts = (
        "Organization - ID,Organization - Name,Organization - Last activity date\n"
        "1,Mill,\n2,Oak,2026-02-02\n"
    )
    found = imported(accounts, people)
    assert [one.last_contact for one in found.accounts] == [
        dt.date(2026, 11, 1),
        dt.date(2026, 2, 2),
    ]
    assert any("1 account was last touched by what is said there" in one for one in found.said)
