"""Whom a row is about, and the names by which accounts are told apart."""

import pendulum

from campaign.model.accounts import Account
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.outputs.people import names_apart


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
