"""Tours over a few stops: lengths, the shortest, and improvements."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.planner.instance.travel_times import Matrix, added, improved, length, shortest

LINE = np.abs(np.subtract.outer(np.arange(6), np.arange(6)))
PLACES = st.tuples(st.integers(0, 50), st.integers(0, 50))


def _legs(places: list[tuple[int, int]]) -> Matrix:
    return np.array([[abs(a - c) + abs(b - d) for c, d in places] for a, b in places])


def test_the_length_of_a_route_is_that_of_its_legs() -> None:
    rows = [[0, 3, 5], [2, 0, 4], [7, 1, 0]]
    assert length(rows, (0, 1, 2)) == 3 + 4
    assert length(rows, (2, 1, 0)) == 1 + 2
    assert length(rows, (0,)) == 0


def test_a_stop_on_the_way_adds_nothing_and_one_beyond_adds_both_ways() -> None:
    origins, targets = np.array([0, 2]), np.array([3, 4])
    assert added(LINE, origins, 3, targets).tolist() == [0, 0]
    assert added(LINE, origins, 5, targets).tolist() == [4, 2]


def test_a_part_that_is_driven_backwards_is_turned_round() -> None:
    assert improved(LINE, [0, 4, 3, 2, 1, 5]) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("route", [[0, 4, 1, 2, 3, 5], [0, 2, 3, 4, 1, 5], [0, 3, 4, 1, 2, 5]])
def test_stops_out_of_their_order_are_put_in_their_place(route: list[int]) -> None:
    assert improved(LINE, route) == [0, 1, 2, 3, 4, 5]


@given(st.lists(PLACES, min_size=2, max_size=14))
def test_an_improved_route_keeps_its_stops_and_ends_and_is_no_longer(
    places: list[tuple[int, int]],
) -> None:
    legs, route = _legs(places), list(range(len(places)))
    better = improved(legs, route)
    assert (better[0], better[-1]) == (route[0], route[-1])
    assert sorted(better) == route
    assert length(legs.tolist(), better) <= length(legs.tolist(), route)
    assert improved(legs, better) == better


@given(st.lists(PLACES, min_size=4, max_size=9))
def test_no_turn_and_no_move_of_up_to_three_stops_shortens_an_improved_route(
    places: list[tuple[int, int]],
) -> None:
    legs = _legs(places)
    better = improved(legs, range(len(places)))
    reached = length(legs.tolist(), better)
    for other in (*_turned(better), *_moved(better)):
        assert length(legs.tolist(), other) >= reached


def _turned(route: list[int]) -> list[list[int]]:
    count = len(route)
    return [
        route[:i] + route[i:j][::-1] + route[j:]
        for i in range(1, count - 1)
        for j in range(i + 2, count)
    ]


def _moved(route: list[int]) -> list[list[int]]:
    moved = []
    for size in (1, 2, 3):
        for i in range(1, len(route) - size):
            part, rest = route[i : i + size], route[:i] + route[i + size :]
            for j in range(1, len(rest)):
                moved += [rest[:j] + part + rest[j:], rest[:j] + part[::-1] + rest[j:]]
    return moved


@given(st.lists(PLACES, min_size=2, max_size=7), st.integers(0, 1))
def test_the_shortest_route_is_the_first_of_the_shortest_orders(
    places: list[tuple[int, int]], end: int
) -> None:
    legs, stops = _legs(places), range(2, len(places))
    rows = legs.tolist()
    expected = min(
        (length(rows, (0, *order, end)), [0, *order, end]) for order in permutations(stops)
    )
    assert shortest(legs, stops, 0, end) == expected[1]


def test_twelve_stops_on_a_circle_are_driven_round_it() -> None:
    turns = np.exp(2j * np.pi * np.array([0, 5, 3, 11, 8, 1, 10, 2, 7, 12, 4, 6, 9]) / 13)
    legs = np.abs(np.subtract.outer(turns, turns))
    route = shortest(legs, range(1, 13), 0, 0)
    assert length(legs.tolist(), route) == pytest.approx(13 * abs(turns[0] - turns[5]))
