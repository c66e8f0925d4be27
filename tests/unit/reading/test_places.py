"""Accounts and home put on the map by their addresses; every doubt in that is said."""

import datetime as dt
from pathlib import Path

import pytest
from folders import SETTINGS, sound_folder, write_folder

from campaign.model.accounts import Account
from campaign.model.values import Coordinates, Precision
from campaign.reading import Reading, load

HOME = "home = { latitude = 44.94, longitude = -123.03 }"
GOOD = "good to some kilometres; fill in latitude and longitude for exact drives"
WRITE = "planned without it; write { latitude = 44.94, longitude = -123.03 }"
HEAD = "account_id,name,street,city,region,postal_code,country,latitude,longitude,phone\n"


def loaded(tmp_path: Path, *rows: str, home: str = HOME, contacts: str = "") -> Reading:
    """A folder of accounts, each by its city, region, postal code, country and coordinates."""
    text = HEAD + "".join(
        f"A-{number},Firm {number},1 Oak St,{row},503 555 0101\n"
        for number, row in enumerate(rows, start=1)
    )
    people = contacts or "contact_id,account_id,name\n"
    settings = SETTINGS.replace(HOME, home)
    files = {"accounts": text, "contacts": people, "settings": settings}
    folder = sound_folder(tmp_path / "t", promises="promise_id,account_id,what,due\n", **files)
    return load(folder)


def accounts(reading: Reading) -> tuple[Account, ...]:
    assert reading.territory is not None
    return reading.territory.accounts


def notices(reading: Reading) -> list[str]:
    found = [one for one in reading.findings if one.column in ("latitude", "city", "rep.home")]
    return [f"{one.row} {one.column}: {one.problem}; {one.remedy}" for one in found]


def test_accounts_stand_where_their_address_is_and_it_is_said_how_well_that_is_known(
    tmp_path: Path,
) -> None:
    reading = loaded(
        tmp_path,
        "Salem,OR,97301,US,,",
        "Salem,OR,,,,",
        "Salem,OR,97301,US,44.94,-123.03",
    )
    assert [account.precision for account in accounts(reading)] == [
        Precision.POSTAL_CODE,
        Precision.CITY,
        Precision.GIVEN,
    ]
    assert {account.timezone for account in accounts(reading)} == {"America/Los_Angeles"}
    assert accounts(reading)[0].coordinates == Coordinates(44.949, -123.004)
    how = "(1 by postal code, 1 by city)"
    assert notices(reading) == [
        f"0 latitude: 2 of 3 active accounts are placed by their address {how}; {GOOD}"
    ]


def test_a_place_that_is_not_known_is_a_notice_with_what_was_looked_for(tmp_path: Path) -> None:
    reading = loaded(tmp_path, "Minas Tirith,,00000,US,,", ",,,,,", "Paris,,,FR,,")
    summary, first, second = notices(reading)
    assert summary.startswith("0 latitude: 1 of 3 active accounts is placed by its address")
    assert first == (
        "2 latitude: the place of Firm 1 is not known: "
        '"00000 Minas Tirith" is not known in US; '
        "a drive of unknown length is reckoned; fill in latitude and longitude, "
        "or postal_code or city, and country"
    )
    assert second.startswith("3 latitude: the place of Firm 2 is not known; a drive of")
    assert accounts(reading)[0].coordinates is None


def test_zero_zero_is_no_place_and_the_address_is_taken(tmp_path: Path) -> None:
    reading = loaded(tmp_path, "Salem,OR,97301,US,0,0")
    assert accounts(reading)[0].precision is Precision.POSTAL_CODE
    assert any("0, 0 lies in the ocean" in notice for notice in notices(reading))


def test_a_city_of_which_there_are_several_is_doubted(tmp_path: Path) -> None:
    (_, notice) = notices(loaded(tmp_path, "Springfield,,,US,,"))
    assert notice.startswith('2 city: "Springfield" is also the name of ')
    assert "taken as Springfield, MO; write the postal code, the region" in notice


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,97301,US,47.61,-122.33", '300 km from "97301"; check them, or the address'),
        (",,97301,US,-123.03,44.94", None),
        (",,97301,US,44.94,123.03", "; the sign of the longitude looks wrong"),
        (",,97301,US,-44.94,-123.03", "; the sign of the latitude looks wrong"),
        ("München,,,DE,11.58,48.14", "; latitude and longitude look exchanged"),
        ("München,,,DE,50.1,8.7", 'km from "München"; check them, or the address'),
        (",,,,30.0,-140.0", "30.0, -140.0 lies in the sea; check latitude and longitude"),
        (",,10001,US,30.0,-140.0", 'km from "10001"'),
        (",,97301,US,44.6,-123.1", ""),
        (",,,,44.6,-123.1", ""),
        ("Springfield,,,US,39.78,-89.65", ""),
    ],
)
def test_coordinates_that_do_not_fit_the_address_or_lie_in_the_sea_are_doubted(
    tmp_path: Path, row: str, said: str | None
) -> None:
    reading = loaded(tmp_path, row)
    if said is None:
        assert reading.territory is None
        return
    found = notices(reading)
    assert len(found) == bool(said)
    assert all(said in notice for notice in found)
    assert accounts(reading)[0].precision is Precision.GIVEN


def test_coordinates_may_lie_near_any_city_of_the_name(tmp_path: Path) -> None:
    assert notices(loaded(tmp_path, "Springfield,,,US,42.1,-72.59")) == []


@pytest.mark.parametrize(
    ("home", "place", "precision", "said"),
    [
        ('{ postal_code = "97301", country = "US" }', (44.949, -123.004), Precision.POSTAL_CODE,
         "home is taken at 97301 Salem, OR (44.9490, -123.0040), by its postal code"),
        ('{ city = "Salem", region = "OR" }', (44.94, -123.04), Precision.CITY,
         "home is taken at Salem, OR (44.9400, -123.0400), by its city"),
        ('{ city = "Wien", country = "Austria" }', (48.21, 16.37), Precision.CITY,
         "home is taken at Vienna (48.2100, 16.3700), by its city"),
    ],
)  # fmt: skip
def test_a_home_may_be_a_postal_code_or_a_city(
    tmp_path: Path, home: str, place: tuple[float, float], precision: Precision, said: str
) -> None:
    reading = loaded(tmp_path, "Salem,OR,97301,US,44.94,-123.03", home=f"home = {home}")
    assert reading.territory is not None
    rep = reading.territory.rep
    assert (rep.home, rep.home_located_by) == (Coordinates(*place), precision)
    assert said in reading.said
    assert notices(reading) == []


def test_a_home_that_is_not_known_is_a_notice_and_the_middle_is_taken(tmp_path: Path) -> None:
    row = "Salem,OR,97301,US,44.94,-123.03"
    reading = loaded(tmp_path, row, home='home = { city = "Minas Tirith" }')
    assert reading.territory is not None
    assert reading.territory.rep.home == Coordinates(44.94, -123.03)
    assert notices(reading) == [f'5 rep.home: the place "Minas Tirith" is not known in US; {WRITE}']


def test_a_home_in_a_city_of_which_there_are_several_is_doubted(tmp_path: Path) -> None:
    row = "Salem,OR,97301,US,44.94,-123.03"
    (notice,) = notices(loaded(tmp_path, row, home='home = { city = "Springfield" }'))
    assert "taken as Springfield, MO" in notice


THREE = ("Salem,OR,97301,US,,", "Portland,OR,97204,US,,", "Eugene,OR,97401,US,,")


@pytest.mark.parametrize(
    ("home", "said"),
    [
        ("44.94, longitude = 123.03", "the sign of the longitude looks wrong; planned as it is"),
        ("-44.94, longitude = -123.03", "the sign of the latitude looks wrong; planned as it is"),
        ("52.52, longitude = 13.4", "check them, or the address; planned by latitude and lon"),
    ],
)
def test_a_home_far_from_every_account_is_doubted(tmp_path: Path, home: str, said: str) -> None:
    reading = loaded(tmp_path, *THREE, home=f"home = {{ latitude = {home} }}")
    (notice, _) = notices(reading)
    assert notice.startswith(f"5 rep.home: {home.replace(' longitude =', '')} lies ")
    assert f" km from the nearest account; {said}" in notice


def test_an_exchanged_home_is_told_as_one(tmp_path: Path) -> None:
    rows = ("München,,,DE,,", "Augsburg,,,DE,,", "Ulm,,,DE,,")
    (notice, _) = notices(
        loaded(tmp_path, *rows, home="home = { latitude = 11.58, longitude = 48.14 }")
    )
    assert notice.endswith("latitude and longitude look exchanged; planned as they are")


def test_a_home_some_way_off_or_beside_two_accounts_alone_is_not_doubted(tmp_path: Path) -> None:
    near = "home = { latitude = 34.05, longitude = -118.24 }"
    wrong = "home = { latitude = 44.94, longitude = 123.03 }"
    for rows, home in ((THREE, near), (THREE[:2], wrong)):
        assert not any("rep.home" in one for one in notices(loaded(tmp_path, *rows, home=home)))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Salem,OR,79401,US,,", "Salem, OR;79401 Lubbock, TX"),
        ("Salem,Oregon,01970,US,,", "Salem, Oregon;01970 Salem, MA"),
        ("Nowhereville,OR,79401,US,,", "Nowhereville, OR;79401 Lubbock, TX"),
        (",OR,79401,US,,", "OR;79401 Lubbock, TX"),
        ("Berlin,,80331,DE,,", "Berlin;80331"),
    ],
)
def test_a_postal_code_elsewhere_than_the_address_is_doubted(
    tmp_path: Path, row: str, said: str
) -> None:
    address, code = said.split(";")
    reading = loaded(tmp_path, row)
    (found,) = (one for one in reading.findings if one.column == "postal_code")
    assert (found.row, found.problem) == (
        2,
        f'the address says "{address}", and the postal code is {code}',
    )


@pytest.mark.parametrize(
    "row",
    [
        "Salem,OR,97301,US,,",
        "Nowhereville,OR,97301,US,,",
        "Vancouver,WA,97201,US,,",
        "Nowhereville,Marion County,97301,US,,",
        "Salem,OR,79401,US,44.94,-123.03",
        ",,80331,DE,,",
    ],
)
def test_a_postal_code_that_may_belong_to_the_address_is_not(tmp_path: Path, row: str) -> None:
    assert not any(one.column == "postal_code" for one in loaded(tmp_path, row).findings)


def test_people_elsewhere_are_in_the_zone_of_their_own_address(tmp_path: Path) -> None:
    people = (
        "contact_id,account_id,name,city,region,postal_code,latitude,longitude,timezone\n"
        "C-1,A-1,Ito,,,10001,,,\n"
        "C-2,A-1,Ono,Phoenix,AZ,,,,\n"
        "C-3,A-1,Abe,,,,27.7,85.32,\n"
        "C-4,A-1,Eda,,,10001,,,Europe/Berlin\n"
        "C-5,A-1,Ogi,,,,,,\n"
    )
    reading = loaded(tmp_path, "Salem,OR,97301,US,44.94,-123.03", contacts=people)
    assert reading.territory is not None
    assert [contact.timezone for contact in reading.territory.contacts] == [
        "America/New_York",
        "America/Phoenix",
        "Asia/Kathmandu",
        "Europe/Berlin",
        "",
    ]


@pytest.mark.parametrize(
    "home",
    [
        "{ latitude = 444.94, longitude = -123.03 }",
        "{ latitude = 44.94 }",
        '" , "',
    ],
)
def test_of_a_home_that_cannot_be_read_nothing_is_said_but_that(tmp_path: Path, home: str) -> None:
    reading = loaded(tmp_path, "Salem,OR,97301,US,44.94,-123.03", home=f"home = {home}")
    (error,) = (one for one in reading.findings if one.is_error)
    assert error.column == "rep.home"
    assert not any("home" in line for line in reading.said)


@pytest.mark.parametrize("place", ["444,-123", "x,-123", "44,", "0,0"])
def test_of_coordinates_that_cannot_be_used_nothing_is_said_but_that(
    tmp_path: Path, place: str
) -> None:
    reading = loaded(tmp_path, "Salem,OR,97301,US,44.94,-123.03", f",,,US,{place}")
    found = [one for one in reading.findings if one.column in ("latitude", "longitude")]
    assert len(found) == 1
    assert "is not known" not in found[0].problem


def test_an_account_without_an_address_is_at_that_of_a_person_there(tmp_path: Path) -> None:
    write_folder(
        tmp_path,
        {
            "accounts.csv": "account_id,name,city\nA-1,Mill,\nA-2,Oak,Bend\nA-3,Elm,\n",
            "contacts.csv": "contact_id,account_id,name,city,postal_code,country,lat,lon\n"
            "C-1,A-1,Ada,,,,,\nC-2,A-1,Bo,Salem,97301,US,,\nC-3,A-2,Cy,Salem,97301,US,,\n"
            "C-4,A-3,Di,,,,44.05,-121.31\n",
        },
    )
    reading = load(tmp_path, start=dt.date(2027, 1, 4))
    assert reading.territory is not None
    mill, oak, elm = reading.territory.accounts
    assert (mill.city, mill.located_by) == ("Salem", Precision.POSTAL_CODE)
    assert oak.city == "Bend"
    assert (elm.latitude, elm.longitude) == (44.05, -121.31)
    said = "2 accounts are without an address, and taken at that of a person there"
    assert f"accounts.csv: {said}" in reading.said
