"""The tours of the baselines are the shortest, as the rules reckon them."""

import random
from itertools import pairwise, permutations

import numpy as np
import pytest
from suite.tours import best_tour

from campaign import Travel
from campaign.geography.travel import drive_minutes
from campaign.model.values import Coordinates, Place
from campaign.planner.instance.travel_times import shortest

HOME = Place(Coordinates(45.0, -123.0))
TRAVEL = Travel()


def somewhere(seed: int, count: int) -> tuple[Place, ...]:
    dice = random.Random(seed)
    return tuple(Place(Coordinates(45 + dice.random(), -123 + dice.random())) for _ in range(count))


def minutes(places: tuple[Place, ...], order: tuple[int, ...]) -> int:
    stops: list[Place] = [HOME, *(places[stop] for stop in order), HOME]
    return sum(drive_minutes(TRAVEL, one, other) for one, other in pairwise(stops))


@pytest.mark.parametrize("count", range(6))
def test_no_other_order_is_shorter(count: int) -> None:
    places = somewhere(count, count)
    shortest = min(minutes(places, order) for order in permutations(range(count)))
    assert minutes(places, best_tour(TRAVEL, HOME, places)) == shortest


def test_a_long_tour_is_as_short_as_the_planner_says() -> None:
    places = somewhere(7, 9)
    order = best_tour(TRAVEL, HOME, places)
    everywhere = [HOME, *places]
    legs = np.array([[drive_minutes(TRAVEL, a, b) for b in everywhere] for a in everywhere])
    route = shortest(legs, range(1, 10), 0, 0)
    length = sum(int(legs[one, other]) for one, other in pairwise(route))
    assert sorted(order) == list(range(9))
    assert minutes(places, order) == length
