"""Where addresses are and which zone they are in, by the data that ships."""

import pytest

from campaign.geography.places import (
    cities,
    countries_of,
    find,
    find_city,
    find_postal_code,
    key_of,
    located,
    zone_at,
)
from campaign.geography.travel import kilometres
from campaign.model.accounts import Account
from campaign.model.values import Coordinates, Precision


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((48.2, 16.4), "Europe/Vienna"),
        ((40.7, -74.0), "America/New_York"),
        ((33.45, -112.07), "America/Phoenix"),
        ((27.7, 85.32), "Asia/Kathmandu"),
        ((-31.55, 159.08), "Australia/Lord_Howe"),
        ((30.0, -140.0), ""),
        ((0.0, 0.0), ""),
        ((90.0, 180.0), ""),
    ],
)
def test_a_place_has_its_zone_and_the_sea_has_none(place: tuple[float, float], zone: str) -> None:
    assert zone_at(Coordinates(*place)) == zone


@pytest.mark.parametrize(
    ("country", "code", "near", "zone"),
    [
        ("US", "97301", (44.95, -123.0), "America/Los_Angeles"),
        ("US", "97301-4321", (44.95, -123.0), "America/Los_Angeles"),
        ("US", " 85001 ", (33.45, -112.07), "America/Phoenix"),
        ("US", "2108", (42.36, -71.06), "America/New_York"),
        ("DE", "80331", (48.14, 11.57), "Europe/Berlin"),
        ("DE", "1099", (51.08, 13.78), "Europe/Berlin"),
    ],
)
def test_a_postal_code_is_found_with_its_zone(
    country: str, code: str, near: tuple[float, float], zone: str
) -> None:
    spot = find_postal_code(country, code)
    assert spot is not None
    assert kilometres(spot.coordinates, Coordinates(*near)) < 10
    assert (spot.precision, spot.timezone) == (Precision.POSTAL_CODE, zone)


@pytest.mark.parametrize(
    ("country", "code"),
    [
        *(("US", "00000"), ("US", "09001"), ("US", "x"), ("US", "123456"), ("US", "١٢٣٤٥")),
        *(("DE", "00000"), ("FR", "75001"), ("", "97301"), ("US", "")),
    ],
)
def test_a_postal_code_that_is_not_known_is_no_place(country: str, code: str) -> None:
    assert find_postal_code(country, code) is None


@pytest.mark.parametrize(
    ("country", "city", "region", "near", "zone"),
    [
        ("US", "Salem", "OR", (44.94, -123.03), "America/Los_Angeles"),
        ("US", "SALEM", "Massachusetts", (42.52, -70.9), "America/New_York"),
        ("US", "Saint Louis", "MO", (38.63, -90.2), "America/Chicago"),
        ("US", "Salem, Oregon", "OR", (44.94, -123.03), "America/Los_Angeles"),
        ("DE", "München", "", (48.14, 11.58), "Europe/Berlin"),
        ("DE", "Muenchen", "Bayern", (48.14, 11.58), "Europe/Berlin"),
        ("DE", "Lörrach", "", (47.61, 7.66), "Europe/Berlin"),
        ("DE", "Loerrach", "", (47.61, 7.66), "Europe/Berlin"),
        ("CA", "London", "Ontario", (42.98, -81.24), "America/Toronto"),
        ("AU", "Newcastle", "NSW", (-32.93, 151.78), "Australia/Sydney"),
        ("NP", "Kathmandu", "", (27.7, 85.32), "Asia/Kathmandu"),
        ("CH", "Genf", "", (46.2, 6.15), "Europe/Zurich"),
        ("AT", "Sankt Pölten", "3", (48.2, 15.63), "Europe/Vienna"),
    ],
)
def test_a_city_is_found_with_its_zone(
    country: str, city: str, region: str, near: tuple[float, float], zone: str
) -> None:
    spot = find_city(country, city, region)
    assert spot is not None
    assert kilometres(spot.coordinates, Coordinates(*near)) < 10
    assert (spot.precision, spot.timezone, spot.others) == (Precision.CITY, zone, 0)


def test_of_several_cities_the_largest_is_taken_and_the_others_are_counted() -> None:
    spot = find_city("US", "Springfield")
    assert spot is not None
    assert spot.name == "Springfield, MO"
    assert spot.others > 10
    there = find_city("US", "Springfield", "IL")
    assert there is not None
    assert (there.name, there.others) == ("Springfield, IL", 0)


def test_a_region_in_which_there_is_no_such_city_is_not_insisted_on() -> None:
    assert cities("US", "Springfield", "Middle-earth") == cities("US", "Springfield")


@pytest.mark.parametrize(
    ("country", "city"),
    [("US", "Minas Tirith"), ("XX", "Paris"), ("", "Paris"), ("US", ""), ("US", "-")],
)
def test_a_city_that_is_not_known_is_no_place(country: str, city: str) -> None:
    assert find_city(country, city) is None


def test_the_postal_code_goes_before_the_city() -> None:
    by_code = find("US", postal_code="97301", city="Portland", region="OR")
    assert by_code is not None
    assert by_code.precision is Precision.POSTAL_CODE
    by_city = find("US", postal_code="00000", city="Portland", region="OR")
    assert by_city is not None
    assert by_city.precision is Precision.CITY
    assert find("US") is None


def test_names_are_compared_without_case_accents_and_signs() -> None:
    assert key_of("Saint-Étienne") == key_of("ST. ETIENNE") == "stetienne"
    assert key_of("Straße") == "strasse"


def test_an_account_keeps_what_it_has_and_gets_what_its_address_tells() -> None:
    given = Account("A-1", "A", latitude=44.0, longitude=-123.0, postal_code="10001", country="US")
    assert located(given).coordinates == Coordinates(44.0, -123.0)
    assert located(given).timezone == "America/Los_Angeles"
    assert located(given).precision is Precision.GIVEN
    named = Account("A-1", "A", city="Salem", region="OR", timezone="America/Boise")
    assert located(named, "US").precision is Precision.CITY
    assert located(named, "US").timezone == "America/Boise"
    unknown = Account("A-1", "A", city="Minas Tirith")
    assert located(unknown, "US") == unknown
    assert unknown.precision is Precision.UNKNOWN
    assert located(located(named, "US")) == located(named, "US")


def test_the_countries_that_have_a_town_are_known() -> None:
    assert countries_of("Köln") == ("DE",)
    assert countries_of("leeds") == ("GB", "US")
    assert countries_of("Salem", "OR") == ("US",)
    assert countries_of("Nowhereville") == countries_of("  ") == ()
