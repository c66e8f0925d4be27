"""Driving minutes between many places at once, as `travel` reckons them one by one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from campaign.geography.travel import EARTH_RADIUS_KM, TOLERANCE, Place
from campaign.model.rep import Travel

Minutes = npt.NDArray[np.int64]


def drives(travel: Travel, places: Sequence[Place]) -> Minutes:
    """Whole minutes of driving between all places, a row an origin."""
    known = np.array([place is not None for place in places])
    degrees = np.array(
        [(place.latitude, place.longitude) if place else (0.0, 0.0) for place in places]
    )
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
    return np.where(both, minutes, travel.unknown_minutes).astype(np.int64)
