"""Drives given in Python: a matrix, an engine's object, a callable, pairs."""

import pickle
from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np
import pytest
from byhand import FAR_NORTH, HOME, ROBIN, START, an_account

from campaign import Account, InvalidInput, Territory
from campaign.geography.travel import drive_minutes, kilometres
from campaign.model.known_drives import Drives
from campaign.model.values import Coordinates

NOWHERE = Account("A-0", "Nowhere")
ACCOUNTS = (NOWHERE, an_account(), an_account("A-2", **FAR_NORTH))
MINUTES = [[0, 20, 41], [21, 0, 22], [40, 23, 0]]


def given(drives: object) -> Territory:
    return Territory(ROBIN, ACCOUNTS, start=START, drives=drives)


def legs(territory: Territory) -> list[list[int]]:
    places = territory.places
    return [[drive_minutes(territory.travel, one, two) for two in places] for one in places]


def test_places_are_home_and_the_accounts_that_an_engine_can_be_asked_about() -> None:
    assert [place.name for place in given(None).places] == ["home", "A-1", "A-2"]


@pytest.mark.parametrize(
    "drives",
    [
        pytest.param(MINUTES, id="rows"),
        pytest.param(np.array(MINUTES) - 0.5 * (1 - np.eye(3)), id="numpy, rounded up"),
        pytest.param(SimpleNamespace(durations=[[60 * m for m in row] for row in MINUTES]), id="s"),
        pytest.param(Drives.of(("home", "A-1", "A-2"), MINUTES), id="its own kind"),
        pytest.param(
            {
                (one, two): MINUTES[i][j]
                for i, one in enumerate(("home", "A-1", "A-2"))
                for j, two in enumerate(("home", "A-1", "A-2"))
            },
            id="pairs",
        ),
    ],
)
def test_minutes_between_places_take_the_straight_lines_place(drives: object) -> None:
    assert legs(given(drives)) == MINUTES


def test_a_callable_is_asked_about_coordinates() -> None:
    def by_the_crow(one: Coordinates, other: Coordinates) -> float:
        return kilometres(one, other)

    found = legs(given(by_the_crow))
    assert found[0] == [0, 12, 23]


def test_what_is_not_known_goes_by_the_straight_line() -> None:
    found = legs(given([[0, None, 41], [float("nan"), 0, 22], [40, 23, 0]]))
    assert found == [[0, 15, 41], [15, 0, 22], [40, 23, 0]]
    nowhere = given(MINUTES).accounts[0].place
    assert drive_minutes(given(MINUTES).travel, nowhere, given(MINUTES).rep.places[0]) == 30


@pytest.mark.parametrize(
    ("drives", "problem"),
    [
        ([[0, 1], [1, 0]], "has 2 cells for 3 places"),
        ([[0, 20, 41]], "have not as many rows"),
        ("drives.csv", "no table of drives"),
        (7, "no table of drives"),
        ([["a", "b", "c"]] * 3, ""),
        ([[0, -1, 1]] * 3, "-1 minutes"),
        ([[0, 1, 2], [1, 0, 1], [2, 1, 0]], "faster than 150 km/h"),
        ([[60 * 60 * m for m in row] for row in MINUTES], "a drive of"),
        ([[60 * m for m in row] for row in MINUTES], "slower than a walk"),
        (SimpleNamespace(durations=MINUTES), "faster than 150 km/h"),
    ],
)
def test_what_is_no_table_of_minutes_is_refused(drives: object, problem: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        given(drives)
    assert problem in refused.value.findings[0].problem
    assert refused.value.findings[0].remedy or not problem


def test_exchanged_coordinates_are_refused() -> None:
    def turned(one: Coordinates, other: Coordinates) -> float:
        places = [Coordinates(max(-90.0, p.longitude), p.latitude) for p in (one, other)]
        return kilometres(*places)

    with pytest.raises(InvalidInput, match="faster than 150 km/h"):
        given(turned)


def test_drives_travel_to_other_processes() -> None:
    territory = given(MINUTES)
    twin = pickle.loads(pickle.dumps(territory))  # noqa: S301 (our own bytes)
    assert twin == territory
    assert legs(twin) == MINUTES
    assert len({territory.travel.drives, twin.travel.drives}) == 1


def test_a_place_stands_once() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        Drives.of(("home", "home"), [[0, 1], [1, 0]])


def test_home_is_none_that_is_not_known() -> None:
    territory = Territory(ROBIN, ACCOUNTS, start=START)
    assert territory.places[0].coordinates == Coordinates(*HOME)
    pairs: Mapping[tuple[str, str], int] = {("home", "A-0"): 44}
    there = given(pairs)
    assert drive_minutes(there.travel, there.rep.places[0], there.accounts[0].place) == 44
