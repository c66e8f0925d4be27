"""Drives between all places of a territory, and shortest tours over a few of them."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from campaign.geography.matrix import drives
from campaign.model.meetings import Meeting
from campaign.model.territory import Territory
from campaign.planner.tours import added, improved, length, shortest

if TYPE_CHECKING:
    from campaign.geography.travel import Place

Minutes = npt.NDArray[np.int64]

HOME = 0
EXACT_STOPS = 12
NO_MEETINGS: Mapping[Meeting, int] = MappingProxyType({})


class Roads:
    """Minutes between places: 0 is home, account `a` is `a + 1`.

    A leg to a stop holds the minutes per stop; the way home does not. The drives are
    `is_metric` where no stop more can shorten a tour: where every place is known. After the
    accounts come the places of the rep's own `meetings`: between these and home the rep
    drives anyway, so that such legs are 0 here, and stand in `own`.
    """

    def __init__(
        self,
        legs: Minutes,
        *,
        is_metric: bool = True,
        meetings: Mapping[Meeting, int] = NO_MEETINGS,
    ) -> None:
        self.own = legs
        self.meetings = meetings
        mine = [HOME, *sorted(set(meetings.values()))]
        self.legs = legs.copy()
        self.legs[np.ix_(mine, mine)] = 0
        self.mine = mine
        self.is_metric = is_metric
        self._rows: list[list[int]] = self.legs.tolist()
        self._shortest = cache(self._find_shortest)

    def length(self, stops: Sequence[int], start: int = HOME, end: int = HOME) -> int:
        """The minutes of a tour from its start through the stops in this order to its end.

        A tour without stops that ends where it starts takes none. The leg to an end other
        than home holds the minutes per stop.
        """
        return length(self._rows, (start, *stops, end)) if stops or start != end else 0

    def shortest(
        self, stops: Sequence[int], start: int = HOME, end: int = HOME
    ) -> tuple[int, tuple[int, ...]]:
        """The minutes and the order of the shortest tour over the stops.

        Exact up to twelve stops; beyond, the best of many tours that neither turning a part
        round nor moving up to three stops shortens.
        """
        return self._shortest(tuple(sorted(stops)), start, end)

    def _find_shortest(
        self, stops: tuple[int, ...], start: int, end: int
    ) -> tuple[int, tuple[int, ...]]:
        if len(stops) <= EXACT_STOPS:
            route = shortest(self.legs, stops, start, end)
        else:
            routes = (
                improved(self.legs, [start, *self._nearest(stops, first), end]) for first in stops
            )
            route = min(routes, key=lambda route: (length(self._rows, route), route))
        order = tuple(route[1:-1])
        return self.length(order, start, end), order

    def _nearest(self, stops: tuple[int, ...], first: int) -> list[int]:
        """The stops, after the first always the nearest that is left."""
        left, order = [stop for stop in stops if stop != first], [first]
        while left:
            row = self._rows[order[-1]]
            order.append(min(left, key=lambda stop: (row[stop], stop)))
            left.remove(order[-1])
        return order

    def detours(self, account: int, tours: Sequence[Sequence[int]]) -> Minutes:
        """What a visit to the account adds to each of the tours at its best place."""
        stop = account + 1
        width = max(map(len, tours), default=0) + 2
        routes = np.zeros((len(tours), width), dtype=np.int64)
        for row, tour in enumerate(tours):
            routes[row, 1 : len(tour) + 1] = tour
        origins, targets = routes[:, :-1], routes[:, 1:]
        put_in = added(self.legs, origins, stop, targets)
        return np.asarray(put_in.min(axis=1), dtype=np.int64)


def roads_of(territory: Territory) -> Roads:
    """The drives between home and all active accounts."""
    places: list[Place] = [territory.rep.home]
    places += [account.coordinates for account in territory.active_accounts]
    meetings = _numbered(territory, len(places))
    places += [meeting.place for meeting in meetings]
    legs = drives(territory.travel, places)
    legs[:, 1:] += territory.travel.minutes_per_stop
    np.fill_diagonal(legs, 0)
    return Roads(legs, is_metric=None not in places, meetings=meetings)


def _numbered(territory: Territory, first: int) -> dict[Meeting, int]:
    """The rep's own meetings on working days, each with the number of its place."""
    days = territory.calendar.working_days
    found = dict.fromkeys(meeting for day in days for meeting in territory.rep.meetings_on(day))
    return {meeting: number for number, meeting in enumerate(found, start=first)}
