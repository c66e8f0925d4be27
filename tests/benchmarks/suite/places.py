"""Where the accounts of a generated territory lie: in a city, in the country, in both."""

import random
from math import cos, radians
from typing import Literal, get_args

Geography = Literal["city", "rural", "mixed", "none"]
GEOGRAPHIES: tuple[str, ...] = get_args(Geography)
Place = tuple[float, float]

HOME: Place = (44.94, -123.03)
KM_A_DEGREE = 111.2
CITY_KM = 6.0
"""The spread of a city: two accounts in three lie within it of the middle."""
COUNTRY_KM = 60.0
"""How far the towns of the country lie from home at most, along either axis."""
TOWN_KM = 1.5
ACCOUNTS_A_TOWN = 6
COUNTRY_SHARE = 0.4
"""The part of a mixed territory that lies in the country."""


def places(
    dice: random.Random, geography: str, count: int
) -> tuple[Place | None, list[Place | None]]:
    """The rep's home and the places of so many accounts; none where nothing is known."""
    if geography == "none":
        return None, [None] * count
    far = {"city": 0.0, "rural": 1.0, "mixed": COUNTRY_SHARE}[geography]
    towns = [_around(dice, HOME, COUNTRY_KM) for _ in range(max(3, count // ACCOUNTS_A_TOWN))]
    return HOME, [_place(dice, towns, far) for _ in range(count)]


def _place(dice: random.Random, towns: list[Place], far: float) -> Place:
    if dice.random() < far:
        return _near(dice, dice.choice(towns), TOWN_KM)
    return _near(dice, HOME, CITY_KM)


def _around(dice: random.Random, middle: Place, reach: float) -> Place:
    return _moved(middle, dice.uniform(-reach, reach), dice.uniform(-reach, reach))


def _near(dice: random.Random, middle: Place, spread: float) -> Place:
    return _moved(middle, dice.gauss(0, spread), dice.gauss(0, spread))


def _moved(place: Place, north: float, east: float) -> Place:
    latitude, longitude = place
    width = KM_A_DEGREE * cos(radians(latitude))
    return round(latitude + north / KM_A_DEGREE, 5), round(longitude + east / width, 5)
