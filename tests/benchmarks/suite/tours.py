"""The shortest tour of a handful of stops, with its order."""

from collections.abc import Iterator
from functools import lru_cache

from campaign.geography.travel import drive_minutes
from campaign.model.rep import Travel
from campaign.model.values import Place

Order = tuple[int, ...]
Part = tuple[int, Order]
"""The minutes of a tour's beginning, and the order of its stops."""


@lru_cache(maxsize=200_000)
def best_tour(travel: Travel, home: Place, places: tuple[Place, ...]) -> Order:
    """The order in which a tour from home through all places and back is shortest.

    Exact, over the sets of stops (Held and Karp 1962), as the rules reckon: the effort
    doubles with each stop.
    """
    if not places:
        return ()
    parts: dict[tuple[int, int], Part] = {
        (1 << stop, stop): (drive_minutes(travel, home, place), (stop,))
        for stop, place in enumerate(places)
    }
    for met in range(1, 1 << len(places)):
        for last in range(len(places)):
            if (met, last) in parts:
                _go_on(parts, travel, places, (met, last))
    everybody = (1 << len(places)) - 1
    whole = (_back(parts[everybody, n], travel, home, place) for n, place in enumerate(places))
    return min(whole)[1]


def _go_on(
    parts: dict[tuple[int, int], Part],
    travel: Travel,
    places: tuple[Place, ...],
    key: tuple[int, int],
) -> None:
    met, last = key
    minutes, order = parts[key]
    for following in _missing(met, len(places)):
        leg = drive_minutes(travel, places[last], places[following])
        longer = minutes + leg, (*order, following)
        there = met | 1 << following, following
        parts[there] = min(parts.get(there, longer), longer)


def _missing(met: int, count: int) -> Iterator[int]:
    return (stop for stop in range(count) if not met >> stop & 1)


def _back(part: Part, travel: Travel, home: Place, last: Place) -> Part:
    minutes, order = part
    return minutes + drive_minutes(travel, last, home), order
