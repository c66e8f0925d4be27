import pytest

from campaign.model.accounts import Account
from campaign.model.rep import Rep
from campaign.model.values import Coordinates
from campaign.reading.places.assumed import completed

UNSAID = Rep("Rep", timezone="")


def account(number: int, **given: object) -> Account:
    return Account(f"A-{number}", f"Account {number}", **given)  # type: ignore[arg-type] # by name


def test_what_is_said_is_left_alone() -> None:
    rep = Rep("Ann", home=(1.0, 2.0), timezone="Europe/Berlin", country="DE")
    assert completed(rep, [account(1, country="US")], 2027) == (rep, ())


def test_the_zone_of_most_accounts_goes_before_that_of_their_places() -> None:
    accounts = [
        account(1, latitude=45.5, longitude=-122.7),
        account(2, latitude=45.6, longitude=-122.7, timezone="America/Boise"),
    ]
    assert completed(UNSAID, accounts, 2027)[0].timezone == "America/Boise"


def test_the_zone_of_the_home_serves_where_no_account_has_a_place() -> None:
    rep = Rep("Rep", home=(52.5, 13.4), timezone="", country="DE")
    assert completed(rep, [account(1)], 2027)[0].timezone == "Europe/Berlin"


def test_a_country_without_known_holidays_is_not_taken() -> None:
    accounts = [
        account(1, country="Narnia"),
        account(2, country="Narnia"),
        account(3, country="FR"),
    ]
    assert completed(UNSAID, accounts, 2027)[0].country == "FR"


def test_accounts_that_are_not_worked_do_not_move_the_home() -> None:
    accounts = [
        account(1, latitude=45.0, longitude=-123.0),
        account(2, latitude=30.0, longitude=-90.0, status="closed"),
        account(3, latitude=30.0, longitude=-90.1, status="closed"),
    ]
    assert completed(UNSAID, accounts, 2027)[0].home == Coordinates(45.0, -123.0)


@pytest.mark.parametrize(
    ("country", "home", "region"),
    [
        ("GB", (53.80, -1.55), "ENG"),
        ("GB", (55.95, -3.19), "SCT"),
        ("DE", (49.45, 11.08), "BY"),
        ("CH", (46.20, 6.14), "GE"),
        ("CA", (45.50, -73.57), "QC"),
        ("AU", (-27.47, 153.03), "QLD"),
        ("ES", (41.39, 2.17), "CT"),
    ],
)
def test_the_region_is_that_of_the_home(
    country: str, home: tuple[float, float], region: str
) -> None:
    rep = Rep("Ann", home=home, timezone="UTC", country=country)
    found, (said,) = completed(rep, [account(1)], 2027)
    assert found.region == region
    assert said.startswith(f"no region is given: {country}-{region}, where the home is")


def test_a_region_that_is_given_or_does_not_count_is_left_alone() -> None:
    home = Coordinates(53.80, -1.55)
    given = Rep("Ann", home=home, timezone="UTC", country="GB", region="SCT")
    assert completed(given, [account(1)], 2027) == (given, ())
    american = Rep("Ann", home=(34.05, -118.24), timezone="UTC", country="US")
    assert completed(american, [account(1)], 2027) == (american, ())
    at_sea = Rep("Ann", home=(0.0, 0.0), timezone="UTC", country="GB")
    assert completed(at_sea, [account(1)], 2027) == (at_sea, ())
