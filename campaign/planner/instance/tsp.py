"""The travelling salesman's problem over a few stops: exact, or improved by small moves.

    C(S, i) = min over j in S of  d(i, j) + C(S - {j}, j),   C({}, i) = d(i, end)

Legs are a matrix, a row an origin, in whole minutes or in any other unit; between stops they
are the same both ways (up to a constant for each stop arrived at). A route is a list of places
with its own start first and its own end last; both stay where they are.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]
Leg = TypeVar("Leg", int, float)

GAIN = 1e-9
SEGMENTS = (1, 2, 3)
BARRED = 1e18


def length(rows: Sequence[Sequence[Leg]], route: Sequence[int]) -> Leg:
    """The legs of a route added up, from its first place to its last."""
    return sum([rows[origin][target] for origin, target in pairwise(route)])


def added(legs: Matrix, origins: Matrix, stops: Matrix | int, targets: Matrix) -> Matrix:
    """What stops add to legs when they are put in between; the arrays are broadcast."""
    put_in: Matrix = legs[origins, stops] + legs[stops, targets] - legs[origins, targets]
    return put_in


def improved(legs: Matrix, route: Sequence[int]) -> list[int]:
    """The route after 2-opt and or-opt moves, the best first, until none shortens it.

    A 2-opt move turns a part round; an or-opt move puts one to three stops, one after
    another, elsewhere, either way round (Or 1976).
    """
    best, other = list(route), _moved(legs, list(route))
    # Not shorter: a part that is longer the other way round, as a table of drives has it.
    while legs[other[:-1], other[1:]].sum() < legs[best[:-1], best[1:]].sum():
        best, other = other, _moved(legs, other)
    return best


def _moved(legs: Matrix, route: list[int]) -> list[int]:
    """The route after its best move; as it is where none gains anything."""
    square = legs[np.ix_(route, route)]
    steps, leg = square.diagonal(1), np.arange(len(route) - 1)[:, None]
    # A part is turned round between two legs, given by where they begin.
    turned = square[:-1, :-1] + square[1:, 1:] - steps - steps[:, None]
    changes = {0: np.where(leg + 1 < leg.T, turned, BARRED)}
    for size in (size for size in SEGMENTS if size < len(route) - 2):
        # Stops from `start` to `last` leave their place for any leg that is not one of their own.
        start = np.arange(1, len(route) - size)
        last = start + size - 1
        won = steps[start - 1] + steps[last] - square[start - 1, last + 1]
        ahead = square[leg, start] + square[last, leg + 1]
        back = square[leg, last] + square[start, leg + 1]
        is_own = (leg >= start - 1) & (leg <= last)
        change = np.minimum(ahead, back) - steps[:, None] - won
        changes[size] = np.where(is_own, BARRED, change)
    gain, size, place = min((float(c.min()), size, int(c.argmin())) for size, c in changes.items())
    first, second = divmod(place, changes[size].shape[1])
    if gain >= -GAIN:
        return route
    if not size:
        return route[: first + 1] + route[second:first:-1] + route[second + 1 :]
    begin, stops = second + 1, route[second + 1 : second + 1 + size]
    origin, target = route[first], route[first + 1]
    # The stops go between the two ends of the leg, whichever way round is shorter.
    straight = legs[origin, stops[0]] + legs[stops[-1], target]
    if legs[origin, stops[-1]] + legs[stops[0], target] < straight:
        stops.reverse()
    if first < begin:
        return route[: first + 1] + stops + route[first + 1 : begin] + route[begin + size :]
    return route[:begin] + route[begin + size : first + 1] + stops + route[first + 1 :]


def shortest(legs: Matrix, stops: Sequence[int], start: int, end: int) -> list[int]:
    """The shortest route from start to end over the stops; of equal ones the first by stops.

    Held and Karp's dynamic programme (1962) over sets of stops, from the end backwards:
    exact. Time and memory double with each stop: about 3 ms for twelve.
    """
    if len(stops) < 2:  # noqa: PLR2004  # one stop has one order
        return [start, *stops, end]
    between = legs[np.ix_(stops, stops)]
    # By set of stops and the one of it visited first: the least length from there on.
    count, last = len(stops), legs[list(stops), end]
    left = np.full((1 << count, count), BARRED)
    single = np.arange(count)
    left[1 << single, single] = last
    for sets, firsts in _layers(count):
        rest = sets ^ 1 << firsts
        left[sets, firsts] = (left[rest] + between[firsts]).min(axis=1)
    route, here, from_here = [start], (1 << count) - 1, legs[start, list(stops)]
    for _ in stops:
        # Forwards through the table: argmin takes the first of equals, so ties fall the same way.
        choice = int((from_here + left[here]).argmin())
        route.append(stops[choice])
        here, from_here = here ^ 1 << choice, between[choice]
    return [*route, end]


@cache
def _layers(count: int) -> tuple[tuple[Matrix, Matrix], ...]:
    """For two stops and more: all sets of so many stops, each with each of its stops.

    By the size of the sets: each needs only those with one stop fewer.
    """
    return tuple(
        tuple(
            np.array(
                [
                    (sum(1 << stop for stop in members), first)
                    for members in combinations(range(count), size)
                    for first in members
                ]
            ).T
        )
        for size in range(2, count + 1)
    )
