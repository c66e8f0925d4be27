"""Driving minutes between many places at once, as `travel` reckons them one by one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from campaign.geography.travel import EARTH_RADIUS_KM, TOLERANCE, Place
from campaign.model.known_drives import Drives
from campaign.model.rep import Travel

Minutes = npt.NDArray[np.int64]


def drives(travel: Travel, places: Sequence[Place]) -> Minutes:
    """Whole minutes of driving between all places, a row an origin."""
    where = [place.coordinates for place in places]
    known = np.array([each is not None for each in where])
    degrees = np.array([(each.latitude, each.longitude) if each else (0.0, 0.0) for each in where])
    north, east = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    square = (
        np.sin((north[None, :] - north[:, None]) / 2) ** 2
        + np.cos(north)[:, None]
        * np.cos(north)[None, :]
        * np.sin((east[None, :] - east[:, None]) / 2) ** 2
    )
    kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(square)))
    minutes = np.ceil(kilometres * travel.detour / travel.speed_kmh * 60 - TOLERANCE)
    both = known[:, None] & known[None, :]
    found = np.where(both, minutes, travel.unknown_minutes).astype(np.int64)
    if not travel.drives:
        return found
    of_table = minutes_of(travel.drives, places)
    return np.where(of_table >= 0, of_table, found)


def minutes_of(table: Drives, places: Sequence[Place]) -> Minutes:
    """The minutes that a table has between places, -1 where it does not know them."""
    found = np.full((len(places), len(places)), -1, dtype=np.int64)
    if table:
        given = np.frombuffer(table.packed, dtype=np.int32).reshape(len(table.places), -1)
        numbers = np.array([table.numbers.get(place.name, -1) for place in places])
        there = np.flatnonzero(numbers >= 0)
        found[np.ix_(there, there)] = given[np.ix_(numbers[there], numbers[there])]
    return found
