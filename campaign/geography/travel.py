"""Driving minutes between places: great circle, a detour factor and a mean speed."""

from collections.abc import Sequence
from functools import lru_cache
from math import asin, ceil, cos, radians, sin, sqrt

from attrs import frozen

from campaign.model.rep import Travel
from campaign.model.values import Coordinates, Place

__all__ = ["Place", "Tour", "drive_minutes", "kilometres", "leg_minutes", "tour", "way_home"]

EARTH_RADIUS_KM = 6371.009
TOLERANCE = 1e-9


def kilometres(one: Coordinates, other: Coordinates) -> float:
    """The great-circle distance in kilometres (haversine formula, mean earth radius)."""
    north = sin(radians(other.latitude - one.latitude) / 2)
    east = sin(radians(other.longitude - one.longitude) / 2)
    square = north**2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * east**2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(square)))


@lru_cache(maxsize=1_000_000)
def drive_minutes(travel: Travel, origin: Place, destination: Place) -> int:
    """Whole minutes of driving, rounded up, without the minutes per stop or of the places.

    Those of the table of drives, where it has them. Else a place that is not known is
    `unknown_minutes` away from everywhere.
    """
    known = travel.drives.between(origin.name, destination.name) if travel.drives else None
    if known is not None:
        return known
    if origin.coordinates is None or destination.coordinates is None:
        return travel.unknown_minutes
    hours = kilometres(origin.coordinates, destination.coordinates) * travel.detour
    return ceil(hours / travel.speed_kmh * 60 - TOLERANCE)


def leg_minutes(travel: Travel, origin: Place, stop: Place) -> int:
    """The minutes of a leg that ends at a stop: its minutes and those per stop are counted."""
    return drive_minutes(travel, origin, stop) + travel.minutes_per_stop + stop.extra_minutes


def way_home(travel: Travel, stop: Place, end: Place) -> int:
    """The minutes from a stop to where the day ends, or to a place of the rep's own."""
    return drive_minutes(travel, stop, end) + stop.extra_minutes


@frozen
class Tour:
    """The drives of one day: to each stop in its order, and the way home, in minutes.

    After the last stop of a day that ends elsewhere, `home` is the way to the night's place.
    """

    to_stops: tuple[int, ...]
    home: int

    @property
    def minutes(self) -> int:
        """All driving of the day, with the minutes per stop."""
        return sum(self.to_stops) + self.home


def tour(travel: Travel, home: Place, stops: Sequence[Place]) -> Tour:
    """The drives of a tour from one place through the stops in this order and back."""
    return tour_between(travel, (home, home), stops)


def tour_between(travel: Travel, ends: tuple[Place, Place], stops: Sequence[Place]) -> Tour:
    """The drives of a tour through the stops in this order, from its own start to its own end."""
    if not stops:
        return Tour((), 0)
    start, end = ends
    origins = (start, *stops[:-1])
    legs = tuple(
        leg_minutes(travel, origin, stop) for origin, stop in zip(origins, stops, strict=True)
    )
    return Tour(legs, way_home(travel, stops[-1], end))
