"""Driving minutes between places: great circle, a detour factor and a mean speed."""

from collections.abc import Sequence
from functools import lru_cache
from math import asin, ceil, cos, radians, sin, sqrt

from attrs import frozen

from campaign.model.accounts import Account
from campaign.model.rep import Travel
from campaign.model.territory import Territory
from campaign.model.values import Coordinates, Place

EARTH_RADIUS_KM = 6371.009
TOLERANCE = 1e-9
FAR_MINUTES = 120
"""An account is far from so many minutes there and back on: what a night away has to save."""
STOPS_A_DAY = 2.5
"""Stops that usually share the way out and back: our own guess."""
NEIGHBOURS = 3
"""So many of the nearest other places tell how far the next stop is."""


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
    legs = zip((start, *stops[:-1]), stops, strict=True)
    to_stops = tuple(leg_minutes(travel, origin, stop) for origin, stop in legs)
    return Tour(to_stops, way_home(travel, stops[-1], end))


def far_accounts(territory: Territory) -> tuple[Account, ...]:
    """The active accounts whose way there and back alone takes two hours, in their order."""
    bases, travel = territory.rep.places, territory.travel
    if all(base.coordinates is None for base in bases):
        return ()
    return tuple(
        one
        for one in territory.active_accounts
        if one.coordinates is not None
        and min(tour(travel, base, [one.place]).minutes for base in bases) >= FAR_MINUTES
    )


@lru_cache(maxsize=32)
def usual_drives(
    travel: Travel, bases: tuple[Place, ...], places: tuple[Place, ...]
) -> tuple[int, ...]:
    """The minutes of driving that a visit to each place is reckoned with, minutes per stop too.

    From the places alone, before any tour is known: a day's tour goes out to where several
    accounts lie and comes home again, so a stop pays a part of its own way there and back,
    and the way from its nearest neighbours, as in the formula for tours through many stops in
    an area far from the depot (Daganzo 1984: tour length is twice the line haul divided by the
    stops of a tour, plus a term for the distance between stops). Never more than the way there
    and back alone, from the nearest of the rep's `bases`.
    """
    if not places:
        return ()
    import numpy as np  # noqa: PLC0415 (a tenth of a second: only where something is measured)

    from campaign.geography.drives import drives  # noqa: PLC0415 (the same)

    legs, own = drives(travel, [*bases, *places]).astype(float), len(bases)
    extra = np.array([place.extra_minutes for place in places])
    alone = (legs[:own, own:] + legs[own:, :own].T).min(axis=0) + 2 * extra
    between = legs[own:, own:] + extra
    np.fill_diagonal(between, np.inf)
    between.sort(axis=1)
    nearest = between[:, : min(NEIGHBOURS, len(places) - 1)]
    steps = nearest.mean(axis=1) if nearest.size else np.zeros(len(places))
    shared = alone / STOPS_A_DAY + steps * (1 - 1 / STOPS_A_DAY)
    minutes = travel.minutes_per_stop + np.minimum(alone, shared)
    return tuple(int(each) for each in np.rint(minutes).tolist())
