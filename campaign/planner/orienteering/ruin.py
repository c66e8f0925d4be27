"""What to take out of tours before they are filled again."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

from campaign.planner.orienteering.ground import FIRST
from campaign.planner.orienteering.standing import Standing

Ruin = Callable[[Standing, Random, int], set[int]]

MOST = 40
MOST_SHARE = 0.5
SKIPPED = 0.2


def some(standing: Standing, rng: Random) -> set[int]:
    """A few to many of the points visited, chosen in one of four ways."""
    inside = standing.inside
    if not inside:
        return set()
    size = 1 + int(rng.random() * min(MOST, len(inside) * MOST_SHARE))
    (ruin,) = rng.choices(tuple(SHARES), tuple(SHARES.values()))
    return ruin(standing, rng, size)


def around_a_point(standing: Standing, rng: Random, size: int) -> set[int]:
    """Most of the visited points nearest to any point."""
    centre, inside, gone = _any_point(standing, rng), set(standing.inside), set[int]()
    for point in (centre, *standing.ground.near[centre]):
        if point in inside and rng.random() >= SKIPPED:
            gone.add(point)
            if len(gone) == size:
                break
    return gone


def strings(standing: Standing, rng: Random, size: int) -> set[int]:
    """Strings of stops, in one tour or several, that pass near any point.

    After the strings of Christiaens and Vanden Berghe 2020 (SISR).
    """
    centre = _any_point(standing, rng)
    tour_of = {point: n for n, route in enumerate(standing.routes) for point in route[1:-1]}
    strings = 1 + int(rng.random() * len(standing.routes))
    gone, broken = set[int](), set[int]()
    for point in (centre, *standing.ground.near[centre]):
        tour = tour_of.get(point)
        if tour is None or tour in broken:
            continue
        gone.update(_string(standing.routes[tour], point, max(1, round(size / strings)), rng))
        broken.add(tour)
        if len(broken) == strings:
            break
    return gone


def _string(route: list[int], point: int, size: int, rng: Random) -> list[int]:
    stops = len(route) - 2
    size = min(size, stops)
    place = route.index(point)
    low, high = max(1, place - size + 1), min(place, stops - size + 1)
    first = low + int(rng.random() * (high - low + 1))
    return route[first : first + size]


def dearest(standing: Standing, rng: Random, size: int) -> set[int]:
    """Points with a long detour for their score, by lot."""
    rows, scores = standing.ground.rows, standing.ground.scores
    lots = []
    for route in standing.routes:
        for (before, point), after in zip(pairwise(route), route[2:], strict=False):
            detour = rows[before][point] + rows[point][after] - rows[before][after]
            lots.append((detour / scores[point] * rng.random(), point))
    lots.sort(reverse=True)
    return {point for _, point in lots[:size]}


def anywhere(standing: Standing, rng: Random, size: int) -> set[int]:
    """Any points."""
    return set(rng.sample(standing.inside, size))


def _any_point(standing: Standing, rng: Random) -> int:
    return FIRST + int(rng.random() * (standing.ground.count - FIRST))


SHARES: dict[Ruin, float] = {around_a_point: 0.3, strings: 0.4, dearest: 0.15, anywhere: 0.15}
