import random

import pytest

from campaign.geography.places import medoid
from campaign.geography.travel import kilometres
from campaign.model.values import Coordinates

SALEM, ALBANY, EUGENE = (
    Coordinates(44.94, -123.03),
    Coordinates(44.63, -123.10),
    Coordinates(44.05, -123.09),
)


def total(places: list[Coordinates], middle: Coordinates) -> float:
    return sum(kilometres(middle, place) for place in places)


def test_of_no_places_there_is_no_middle() -> None:
    assert medoid([]) is None


def test_the_middle_of_a_line_is_its_middle_place() -> None:
    assert medoid([SALEM, EUGENE, ALBANY]) == ALBANY


def test_many_at_one_place_pull_the_middle_there() -> None:
    assert medoid([SALEM, ALBANY, EUGENE, EUGENE, EUGENE]) == EUGENE


def test_of_two_places_it_is_the_first() -> None:
    assert medoid([EUGENE, SALEM]) == EUGENE
    assert medoid([SALEM, EUGENE]) == SALEM


@pytest.mark.parametrize("seed", range(40))
def test_no_place_has_a_smaller_sum_of_distances(seed: int) -> None:
    dice = random.Random(seed)
    wide = dice.choice([1.0, 89.0])
    places = [
        Coordinates(dice.uniform(-wide, wide), dice.uniform(-2 * wide, 2 * wide)) for _ in range(60)
    ]
    middle = medoid(places)
    assert middle is not None
    assert total(places, middle) == pytest.approx(min(total(places, place) for place in places))
