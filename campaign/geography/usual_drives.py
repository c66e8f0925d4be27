"""What a visit usually costs on the road, from the places alone, before any tour is known.

A day's tour goes out to where several accounts lie and comes home again: so a stop pays a part
of its own way there and back, and the way from its nearest neighbours, as in the formula for
tours through many stops in an area far from the depot (Daganzo 1984: tour length is twice the
line haul divided by the stops of a tour, plus a term for the distance between stops).
"""

from functools import lru_cache

from campaign.geography.travel import Place
from campaign.model.rep import Travel

STOPS_A_DAY = 2.5
"""Stops that usually share the way out and back: our own guess."""
NEIGHBOURS = 3
"""So many of the nearest other places tell how far the next stop is."""


@lru_cache(maxsize=32)
def usual_drives(
    travel: Travel, bases: tuple[Place, ...], places: tuple[Place, ...]
) -> tuple[int, ...]:
    """The minutes of driving that a visit to each place is reckoned with, minutes per stop too.

    Never more than the way there and back alone, from the nearest of the rep's `bases`.
    """
    if not places:
        return ()
    import numpy as np  # noqa: PLC0415 (a tenth of a second: only where something is measured)

    from campaign.geography.drive_matrix import drives  # noqa: PLC0415 (the same)

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
