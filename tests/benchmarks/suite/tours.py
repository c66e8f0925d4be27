"""The shortest tour of a handful of stops, with its order."""

from functools import lru_cache
from itertools import pairwise, permutations

from campaign.geography.travel import Place, drive_minutes
from campaign.model.rep import Travel

MOST_TRIED = 5
"""Up to so many stops every order is tried; a longer tour is built stop by stop."""


@lru_cache(maxsize=200_000)
def best_tour(travel: Travel, home: Place, places: tuple[Place, ...]) -> tuple[int, ...]:
    """The order in which a tour from home through all places and back is shortest.

    Of more places than are tried in every order: each put in where it adds the least, then
    pieces turned round until that shortens nothing.
    """
    if len(places) <= MOST_TRIED:
        return min(
            permutations(range(len(places))),
            key=lambda order: (_minutes(travel, home, places, order), order),
        )
    order: tuple[int, ...] = ()
    for number in range(len(places)):
        tried = [(*order[:at], number, *order[at:]) for at in range(len(order) + 1)]
        order = min(tried, key=lambda way: _minutes(travel, home, places, way))
    return _turned(travel, home, places, order)


def _turned(
    travel: Travel, home: Place, places: tuple[Place, ...], order: tuple[int, ...]
) -> tuple[int, ...]:
    while True:
        ends = [(i, j) for i in range(len(order)) for j in range(i + 2, len(order) + 1)]
        tried = [(*order[:i], *order[i:j][::-1], *order[j:]) for i, j in ends]
        best = min(tried, key=lambda way: _minutes(travel, home, places, way))
        if _minutes(travel, home, places, best) >= _minutes(travel, home, places, order):
            return order
        order = best


def _minutes(travel: Travel, home: Place, places: tuple[Place, ...], order: tuple[int, ...]) -> int:
    """The drives of an order, without what is the same for each: the minutes per stop."""
    stops = [home, *(places[number] for number in order), home]
    return sum(drive_minutes(travel, one, other) for one, other in pairwise(stops))
