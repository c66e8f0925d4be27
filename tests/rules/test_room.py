"""The shortest tour over a handful of stops, against every order of them."""

from itertools import permutations
from random import Random

import pytest
from byhand import HOME, a_plan, a_territory, a_touch, an_account, day
from campaign.rules.room import MOST_STOPS, shortest_tour

from campaign.geography.travel import Place, tour
from campaign.model.accounts import Promise
from campaign.model.rep import Capacity, Travel
from campaign.model.values import Coordinates
from campaign.rules import violations

TRAVEL = Travel()
ROBINS_HOME = Coordinates(*HOME)


def best_of_all_orders(stops: tuple[Place, ...]) -> int:
    return min(tour(TRAVEL, ROBINS_HOME, order).minutes for order in permutations(stops))


def test_no_stops_take_no_time() -> None:
    assert shortest_tour(TRAVEL, ROBINS_HOME, ()) == 0


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_the_shortest_tour_is_that_of_the_best_order(number: int) -> None:
    random = Random(number)
    for _ in range(5):
        stops = tuple(
            Coordinates(45 + random.random(), -123 + random.random()) for _ in range(number)
        )
        assert shortest_tour(TRAVEL, ROBINS_HOME, stops) == best_of_all_orders(stops)


def test_places_that_are_not_known_are_part_of_a_tour() -> None:
    stops = (Coordinates(46, -123), None, Coordinates(44, -123), None)
    assert shortest_tour(TRAVEL, ROBINS_HOME, stops) == best_of_all_orders(stops)


def test_with_more_stops_than_are_tried_nobody_is_accused() -> None:
    number = MOST_STOPS + 1
    roomy = Capacity(minutes_per_day=1440, minutes_per_week=7200, ramp=())
    promises = [
        Promise(
            f"P-{n}",
            f"A-{n}",
            what="a list",
            due=day("01-20"),
            channel="postcard" if n == 1 else "visit",
        )
        for n in range(1, number + 2)
    ]
    territory = a_territory(
        *[an_account(f"A-{n}") for n in range(1, number + 2)], promises=promises, capacity=roomy
    )
    early = a_touch("A-1/A-1/P-1", "01-19", "postcard", of=territory)
    visits = [
        a_touch(f"A-{n}/A-{n}/P-{n}", "01-20", "visit", of=territory) for n in range(2, number + 2)
    ]
    assert "R7" not in {each.rule for each in violations(a_plan(early, *visits, of=territory))}
    fewer = a_plan(early, *visits[:1], of=territory)
    assert any(each.touch_id == early.touch_id for each in violations(fewer))
