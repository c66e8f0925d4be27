"""Whom a row is about, and the names by which accounts are told apart."""

import pendulum

from campaign.model.accounts import Account, Contact
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.outputs.whom import names_apart, whom


def test_accounts_of_one_name_are_told_apart_by_town_then_street_then_id() -> None:
    accounts = [
        Account("A-1", "Fern Hill Bakery", city="Salem"),
        Account("A-2", "Juniper Works", city="Bend", street="1 Way"),
        Account("A-3", "Juniper Works", city="Bend", street="2 Way"),
        Account("A-4", "JUNIPER WORKS", city="Salem"),
        Account("A-5", "Old Mill", city="Bend"),
        Account("A-6", "Old Mill", city="Bend"),
        Account("A-7", "Old Mill"),
        Account("A-8", "Old Mill"),
    ]
    territory = Territory(rep=Rep("Rep"), accounts=accounts, start=pendulum.date(2027, 1, 4))
    assert dict(names_apart(territory)) == {
        "A-1": "Fern Hill Bakery",
        "A-2": "Juniper Works, 1 Way, Bend",
        "A-3": "Juniper Works, 2 Way, Bend",
        "A-4": "JUNIPER WORKS, Salem",
        "A-5": "Old Mill (A-5)",
        "A-6": "Old Mill (A-6)",
        "A-7": "Old Mill (A-7)",
        "A-8": "Old Mill (A-8)",
    }


def test_an_address_names_its_country_where_it_is_not_the_reps() -> None:
    accounts = [
        Account("A-1", "Mill", street="1 Way", city="Salem", region="OR", country="US"),
        Account("A-2", "Werk", street="Am Rain 2", city="Graz", postal_code="8010", country="AT"),
        Account("A-3", "Nowhere", country="AT"),
    ]
    own = Contact("C-1", "A-1", name="Ann", street="Rue 3", city="Lyon", country="FR")
    rep = Rep("Rep", country="US")
    start = pendulum.date(2027, 1, 4)
    territory = Territory(rep=rep, accounts=accounts, contacts=[own], start=start)
    assert [whom(territory, one, one).address for one in ("A-1", "A-2", "A-3")] == [
        "1 Way, Salem, OR",
        "Am Rain 2, Graz, 8010, Austria",
        "",
    ]
    assert whom(territory, "A-1", "C-1").address == "Rue 3, Lyon, France"
    nowhere = Territory(rep=Rep("Rep"), accounts=accounts, start=start)
    assert whom(nowhere, "A-2", "A-2").address == "Am Rain 2, Graz, 8010"
