"""Drives and tours."""

from itertools import permutations

import numpy as np
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tries import few

from campaign.geography.drives import drives
from campaign.geography.travel import drive_minutes, tour
from campaign.model.known_drives import Drives
from campaign.model.rep import Travel
from campaign.model.values import Coordinates, Place
from campaign.planner.instance.travel_times import EXACT_STOPS, HOME, TravelTimes

PLACES = st.builds(Coordinates, st.floats(44, 46), st.floats(-124, -122)).map(Place)


TABLE = Drives.of(["a", "b", "c"], [[0, 9, None], [7, 0, 30], [None, 0, 0]])
NAMES = st.sampled_from(["", "a", "b", "c", "nobody's"])


@given(st.lists(st.just(Place()) | PLACES, min_size=1, max_size=6), st.data())
def test_the_matrix_agrees_with_the_plain_drives(places: list[Place], data: st.DataObject) -> None:
    travel = Travel(drives=TABLE)
    places = [evolve(place, name=data.draw(NAMES)) for place in places]
    legs = drives(travel, places)
    for i, origin in enumerate(places):
        for j, target in enumerate(places):
            assert legs[i, j] == drive_minutes(travel, origin, target)


def _roads(places: list[Place]) -> TravelTimes:
    legs = drives(Travel(), places)
    legs[:, 1:] += Travel().minutes_per_stop
    np.fill_diagonal(legs, 0)
    return TravelTimes(legs)


@given(st.lists(PLACES, min_size=2, max_size=6))
def test_a_tour_of_few_stops_is_the_shortest(places: list[Place]) -> None:
    roads = _roads(places)
    stops = range(1, len(places))
    minutes, order = roads.shortest(tuple(stops))
    assert minutes == min(roads.length(other) for other in permutations(stops))
    assert roads.length(order) == minutes
    assert tour(Travel(), places[HOME], [places[stop] for stop in order]).minutes == minutes


@given(st.lists(PLACES, min_size=EXACT_STOPS + 2, max_size=EXACT_STOPS + 4))
def test_a_tour_of_many_stops_visits_each_and_has_no_crossing_left(
    places: list[Place],
) -> None:
    roads = _roads(places)
    minutes, order = roads.shortest(tuple(range(1, len(places))))
    assert sorted(order) == list(range(1, len(places)))
    turned = (
        order[:i] + order[i:j][::-1] + order[j:]
        for i in range(len(order))
        for j in range(i + 2, len(order) + 1)
    )
    assert all(roads.length(other) >= minutes for other in turned)


@given(st.lists(PLACES, min_size=4, max_size=7))
def test_a_detour_is_what_the_best_insertion_adds(places: list[Place]) -> None:
    roads = _roads(places)
    last = len(places) - 1
    route = tuple(range(1, last))
    added = min(
        roads.length((*route[:place], last, *route[place:])) - roads.length(route)
        for place in range(len(route) + 1)
    )
    assert roads.detours(last - 1, [route, ()]).tolist() == [added, roads.length((last,))]


def test_no_stop_is_no_drive() -> None:
    roads = _roads([Place(Coordinates(45, -123))])
    assert roads.length(()) == 0
    assert roads.shortest(()) == (0, ())


@given(st.lists(PLACES, min_size=3, max_size=7), st.booleans())
def test_a_tour_may_have_its_own_start_and_end(
    places: list[Place],
    ends_at_home: bool,  # noqa: FBT001  # Hypothesis names it
) -> None:
    roads = _roads(places)
    start, stops = len(places) - 1, range(2, len(places) - 1)
    end = HOME if ends_at_home else 1
    minutes, order = roads.shortest(stops, start, end)
    assert minutes == roads.length(order, start, end)
    assert minutes == min(roads.length(other, start, end) for other in permutations(stops))


@few(10)
@given(st.lists(PLACES, min_size=EXACT_STOPS + 4, max_size=EXACT_STOPS + 4))
def test_a_tour_of_many_stops_may_have_its_own_start_and_end(places: list[Place]) -> None:
    roads = _roads(places)
    minutes, order = roads.shortest(range(3, len(places)), 1, 2)
    assert sorted(order) == list(range(3, len(places)))
    assert minutes == roads.length(order, 1, 2)
    assert minutes <= roads.length(range(3, len(places)), 1, 2)


def test_a_drive_without_stops_from_one_place_to_another_takes_its_leg() -> None:
    roads = _roads([Place(Coordinates(45, -123)), Place(Coordinates(45.2, -123))])
    assert roads.shortest((), HOME, 1) == (roads.legs[HOME, 1], ())
    assert roads.shortest((), 1, 1) == (0, ())
