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
Indices = npt.NDArray[np.int64]
Leg = TypeVar("Leg", int, float)
Move = tuple[float, int, int, int]

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
    best = list(route)
    while (move := _best_move(legs, best)) is not None:
        if _minutes(legs, move) >= _minutes(legs, best):
            break  # a part that is longer the other way round, as a table of drives has it
        best = move
    return best


def _minutes(legs: Matrix, route: list[int]) -> float:
    return float(legs[route[:-1], route[1:]].sum())


def _best_move(legs: Matrix, route: list[int]) -> list[int] | None:
    if len(route) < 4:  # noqa: PLR2004  # start, end and one stop have one order
        return None
    square = legs.take(route, axis=0).take(route, axis=1)
    steps = square.diagonal(1)
    # A part is turned round between two legs, given by where they begin.
    turned = square[:-1, :-1] + square[1:, 1:] - steps - steps[:, None]
    moves = [_least(turned + _barred_turns(len(square)), 0)]
    moves += [_shift(square, steps, size) for size in SEGMENTS if size < len(route) - 2]
    gain, size, first, second = min(moves)
    if gain >= -GAIN:
        return None
    if not size:
        return route[: first + 1] + route[second:first:-1] + route[second + 1 :]
    # The stops go between the two ends of the leg, whichever way round is shorter.
    start, leg = second + 1, first
    stops = route[start : start + size]
    origin, target = route[leg], route[leg + 1]
    ahead = legs[origin, stops[0]] + legs[stops[-1], target]
    if legs[origin, stops[-1]] + legs[stops[0], target] < ahead:
        stops.reverse()
    if leg < start:
        return route[: leg + 1] + stops + route[leg + 1 : start] + route[start + size :]
    return route[:start] + route[start + size : leg + 1] + stops + route[leg + 1 :]


def _shift(square: Matrix, steps: Matrix, size: int) -> Move:
    """The best stops to put elsewhere: the leg they go to, and where they are now."""
    count = len(square) - 1 - size
    won = steps[:count] + steps[size:] - square.diagonal(size + 1)
    change = square[:-1, 1 : count + 1] + square[size:-1, 1:].T
    if size > 1:
        turned = square[:-1, size:-1] + square[1 : count + 1, 1:].T
        change = np.minimum(change, turned)
    change = change - steps[:, None] - won + _barred_shifts(len(square), size)
    return _least(change, size)


def _least(change: Matrix, size: int) -> Move:
    at = int(change.argmin())
    first, second = divmod(at, change.shape[1])
    return float(change.item(at)), size, first, second


@cache
def _barred_turns(places: int) -> Matrix:
    """Two legs with a part between them, the first before the second; others are barred."""
    leg = np.arange(places - 1)
    return np.where(leg[:, None] + 1 < leg, 0.0, BARRED)


@cache
def _barred_shifts(places: int, size: int) -> Matrix:
    """A leg that is not one of the stops' own; others are barred."""
    leg = np.arange(places - 1)[:, None]
    start = np.arange(1, places - size)
    return np.where((leg >= start - 1) & (leg < start + size), BARRED, 0.0)


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
    everything = (1 << len(stops)) - 1
    route, here, from_here = [start], everything, legs[start, list(stops)]
    for _ in stops:
        # Forwards through the table: argmin takes the first of equals, so ties fall the same way.
        choice = int((from_here + left[here]).argmin())
        route.append(stops[choice])
        here, from_here = here ^ 1 << choice, between[choice]
    return [*route, end]


@cache
def _layers(count: int) -> tuple[tuple[Indices, Indices], ...]:
    """For two stops and more: all sets of so many stops, each with each of its stops."""
    layers = []
    # By the size of the sets: each needs only those with one stop fewer.
    for size in range(2, count + 1):
        pairs = [
            (sum(1 << stop for stop in members), first)
            for members in combinations(range(count), size)
            for first in members
        ]
        sets, firsts = np.array(pairs, dtype=np.int64).T
        layers.append((sets, firsts))
    return tuple(layers)
