"""Drives between all places of a territory, and shortest tours over a few of them."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from campaign.geography.matrix import drives
from campaign.model.territory import Territory

if TYPE_CHECKING:
    from campaign.geography.travel import Place

Minutes = npt.NDArray[np.int64]

HOME = 0
EXACT_STOPS = 9


class Roads:
    """Minutes between places: 0 is home, account `a` is `a + 1`.

    A leg to a stop holds the minutes per stop; the way home does not. The drives are
    `is_metric` where no stop more can shorten a tour: where every place is known.
    """

    def __init__(self, legs: Minutes, *, is_metric: bool = True) -> None:
        self.legs = legs
        self.is_metric = is_metric
        self._rows: list[list[int]] = legs.tolist()
        self._shortest = cache(self._find_shortest)

    def length(self, stops: Sequence[int]) -> int:
        """The minutes of a tour from home through the stops in this order and back."""
        if not stops:
            return 0
        route = (HOME, *stops, HOME)
        return sum(self._rows[origin][stop] for origin, stop in pairwise(route))

    def shortest(self, stops: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """The minutes and the order of the shortest tour over the stops.

        Exact up to nine stops; beyond, improved by 2-opt and by moving single stops.
        """
        return self._shortest(tuple(sorted(stops)))

    def _find_shortest(self, stops: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        if len(stops) <= EXACT_STOPS:
            return self._exact(stops)
        order = self._improved(self._nearest(stops))
        return self.length(order), order

    def _exact(self, stops: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        """Held and Karp's dynamic programme over subsets of stops."""
        rows = self._rows
        best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {
            (1 << n, n): (rows[HOME][stop], (stop,)) for n, stop in enumerate(stops)
        }
        for subset in range(1, 1 << len(stops)):
            for last in range(len(stops)):
                known = best.get((subset, last))
                if known is None:
                    continue
                for following, stop in enumerate(stops):
                    if subset >> following & 1:
                        continue
                    key = (subset | 1 << following, following)
                    found = (known[0] + rows[stops[last]][stop], (*known[1], stop))
                    if key not in best or found < best[key]:
                        best[key] = found
        whole = (1 << len(stops)) - 1
        closed = [
            (best[whole, last][0] + rows[stop][HOME], best[whole, last][1])
            for last, stop in enumerate(stops)
        ]
        return min(closed, default=(0, ()))

    def _nearest(self, stops: tuple[int, ...]) -> tuple[int, ...]:
        left, here, order = list(stops), HOME, list[int]()
        while left:
            here = min(left, key=lambda stop: (self._rows[here][stop], stop))
            left.remove(here)
            order.append(here)
        return tuple(order)

    def _improved(self, order: tuple[int, ...]) -> tuple[int, ...]:
        length = self.length(order)
        while True:
            better = min(
                ((self.length(other), other) for other in _neighbours(order)),
                default=(length, order),
            )
            if better[0] >= length:
                return order
            length, order = better

    def detours(self, account: int, tours: Sequence[Sequence[int]]) -> Minutes:
        """What a visit to the account adds to each of the tours at its best place."""
        stop = account + 1
        width = max(map(len, tours), default=0) + 2
        routes = np.zeros((len(tours), width), dtype=np.int64)
        for row, tour in enumerate(tours):
            routes[row, 1 : len(tour) + 1] = tour
        origins, targets = routes[:, :-1], routes[:, 1:]
        added = self.legs[origins, stop] + self.legs[stop, targets] - self.legs[origins, targets]
        return np.asarray(added.min(axis=1), dtype=np.int64)


def _neighbours(order: tuple[int, ...]) -> list[tuple[int, ...]]:
    count = len(order)
    turned = [
        order[:i] + order[i:j][::-1] + order[j:]
        for i in range(count)
        for j in range(i + 2, count + 1)
    ]
    moved = [
        (*(rest := order[:i] + order[i + 1 :])[:j], order[i], *rest[j:])
        for i in range(count)
        for j in range(count)
        if i != j
    ]
    return turned + moved


def roads_of(territory: Territory) -> Roads:
    """The drives between home and all active accounts."""
    places: list[Place] = [territory.rep.home]
    places += [account.coordinates for account in territory.active_accounts]
    legs = drives(territory.travel, places)
    legs[:, 1:] += territory.travel.minutes_per_stop
    np.fill_diagonal(legs, 0)
    return Roads(legs, is_metric=None not in places)
