"""Team Orienteering by trying everything, and instances to try it on."""

from itertools import chain, combinations, pairwise, permutations, product
from math import dist

from hypothesis import strategies as st

from campaign.planner.orienteering import Orienteering

GRID = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda p: (float(p[0]), float(p[1])))


def driven(instance: Orienteering, route: tuple[int, ...]) -> float:
    """The length of a tour from the instance's start through the points to its end."""
    places = [instance.points[n] for n in (instance.start, *route, instance.end)]
    return sum(dist(origin, target) for origin, target in pairwise(places))


def greatest_score(instance: Orienteering) -> int:
    """The highest score that tours can collect: every choice of points for every tour."""
    others = [n for n in range(len(instance.points)) if n not in (instance.start, instance.end)]
    every = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    fitting = [set(chosen) for chosen in every if _fits(instance, chosen)]
    return max(
        sum(instance.scores[n] for n in set[int]().union(*tours))
        for tours in product(fitting, repeat=instance.tours)
    )


def _fits(instance: Orienteering, chosen: tuple[int, ...]) -> bool:
    return not chosen or any(
        driven(instance, route) <= instance.longest for route in permutations(chosen)
    )


@st.composite
def instances(draw: st.DrawFn, most: int = 12) -> Orienteering:
    """Points on a grid, start and end among them, the same or not."""
    points = draw(st.lists(GRID, min_size=1, max_size=most))
    scores = draw(st.lists(st.integers(0, 9), min_size=len(points), max_size=len(points)))
    place = st.integers(0, len(points) - 1)
    return Orienteering(
        tuple(points),
        tuple(scores),
        start=draw(place),
        end=draw(place),
        tours=draw(st.integers(0, 3)),
        longest=draw(st.integers(0, 40)) / 2,
    )
