"""Territories made by rule: the same from the same seed, as loaded as they should be."""

from collections import Counter
from statistics import median

import pytest
from suite.generator import Shape, territory_of
from suite.load import load_of
from suite.places import Geography

from campaign import Territory, check
from campaign.geography.travel import drive_minutes
from campaign.model.accounts import Consent


def test_the_same_shape_makes_the_same_territory() -> None:
    assert territory_of(Shape(40, 0.9)) == territory_of(Shape(40, 0.9))


def test_another_seed_makes_another_territory() -> None:
    assert territory_of(Shape(40, 0.9, seed=2)).accounts != territory_of(Shape(40, 0.9)).accounts


def test_a_load_changes_the_capacity_and_nothing_else_of_a_short_list() -> None:
    light, heavy = territory_of(Shape(40, 0.6)), territory_of(Shape(40, 1.3))
    assert light.accounts == heavy.accounts
    assert light.promises == heavy.promises
    assert light.capacity.minutes_per_week > heavy.capacity.minutes_per_week


@pytest.mark.parametrize("load", [0.6, 0.9, 1.3])
@pytest.mark.parametrize("accounts", [50, 450])
def test_the_load_is_the_one_that_is_wanted(accounts: int, load: float) -> None:
    assert load_of(territory_of(Shape(accounts, load))) == pytest.approx(load, rel=0.01)


def test_a_list_beyond_one_pair_of_hands_takes_fewer_minutes_a_touch() -> None:
    territory = territory_of(Shape(1200, 0.9))
    assert load_of(territory) == pytest.approx(0.9, rel=0.01)
    assert territory.channels["letter"].minutes == 8
    assert territory.capacity.minutes_per_day <= 24 * 60


def test_tiers_are_seven_to_two_to_one() -> None:
    assert Counter(account.tier for account in territory_of(Shape(200, 0.9)).accounts) == {
        "C": 140,
        "B": 40,
        "A": 20,
    }


def test_all_that_makes_planning_hard_is_there() -> None:
    territory = territory_of(Shape(300, 0.9))
    contacts = Counter(contact.account_id for contact in territory.contacts)
    refused = [answer for c in territory.contacts for answer in c.consents.values()]
    assert sum(account.has_grievance for account in territory.accounts) >= 5
    assert sum(account.visit_hours is not None for account in territory.accounts) >= 30
    assert sum(bool(account.closed_dates) for account in territory.accounts) >= 15
    assert len(territory.promises) >= 6
    assert sum(count > 1 for count in contacts.values()) >= 30
    assert refused.count(Consent.NO) >= 15


def test_nothing_in_it_is_an_error() -> None:
    assert check(territory_of(Shape(60, 1.3))).errors == ()


def test_the_country_is_farther_than_the_city() -> None:
    city, mixed, rural = (_way(territory_of(Shape(60, 0.9, g))) for g in ("city", "mixed", "rural"))
    assert city < mixed < rural


def _way(territory: Territory) -> float:
    """Half of the accounts are nearer than this, in minutes."""
    home, travel = territory.rep.places[0], territory.travel
    return median(drive_minutes(travel, home, account.place) for account in territory.accounts)


def test_no_geography_is_no_coordinates_at_all() -> None:
    territory = territory_of(Shape(20, 0.9, "none"))
    assert territory.rep.home is None
    assert {account.coordinates for account in territory.accounts} == {None}


def test_a_name_tells_the_shape() -> None:
    geography: Geography = "rural"
    assert Shape(150, 1.3, geography, 4).name == "150-1.3-rural-4"
