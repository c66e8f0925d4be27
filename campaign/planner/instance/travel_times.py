"""Drives between all places of a territory, and shortest tours over a few of them.

    leg(i, j) = ceil(great circle(i, j) x detour / speed) + minutes per stop + extra minutes of j

or, where a table of drives is given, its minutes in the place of the first term. The travelling
salesman's problem over the stops of a day is solved exactly, or improved by small moves:

    C(S, i) = min over j in S of  d(i, j) + C(S - {j}, j),   C({}, i) = d(i, end)

Legs are a matrix, a row an origin, in whole minutes or in any other unit; between stops they
are the same both ways (up to a constant for each stop arrived at). A route is a list of places
with its own start first and its own end last; both stay where they are.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import evolve

from campaign.geography.drives import drives
from campaign.geography.travel import drive_minutes
from campaign.model.busy import Meeting
from campaign.model.territory import Territory
from campaign.model.values import Place

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


Minutes = npt.NDArray[np.int64]
Ends = tuple[int, int]
"""The place where a tour starts and the one where it ends."""
Tour = tuple[int, tuple[int, ...]]
"""The minutes of a tour, and its stops in their order."""

HOME = 0
HOMES = (HOME, HOME)
EXACT_STOPS = 12
NO_MEETINGS: Mapping[Meeting, int] = MappingProxyType({})
# How far apart the places of two nights lie at least, and how many are looked at.
NEAR_MINUTES, MOST_PLACES = 5, 100


class TravelTimes:
    """Minutes between places: 0 is home, account `a` is `a + 1`.

    A leg to a stop holds the minutes per stop; the way home does not. The drives are
    `is_metric` where no stop more can shorten a tour: where every place is known. After the
    accounts come the places of the rep's own `meetings`: between these and home the rep
    drives anyway, so that such legs are 0 here, and stand in `own`.

    Then follow so many `bases`, the other places where tours start and end, and last the places
    where nights may be spent, `nights` by the account that each is near: to arrive at these
    takes no minutes per stop, as at home.
    """

    def __init__(
        self,
        legs: Minutes,
        *,
        is_metric: bool = True,
        meetings: Mapping[Meeting, int] = NO_MEETINGS,
        nights: Sequence[int] = (),
        bases: int = 0,
    ) -> None:
        self.own: Minutes = legs
        self.meetings: Mapping[Meeting, int] = meetings
        self.is_metric: bool = is_metric
        self.first_night: int = len(legs) - len(nights)
        self.nights: tuple[int, ...] = tuple(nights)
        self.bases: tuple[int, ...] = (HOME, *range(self.first_night - bases, self.first_night))
        self.mine: list[int] = [*self.bases, *sorted(set(meetings.values()))]
        self.legs: Minutes = legs.copy()
        self.legs[np.ix_(self.mine, self.mine)] = 0
        self.rows: list[list[int]] = self.legs.tolist()
        self._shortest: Callable[[tuple[int, ...], int, int], Tour] = cache(self._find_shortest)

    def there_and_back(self, account: int, bases: Minutes | int = HOME) -> Minutes:
        """The minutes of a tour to one account alone, from each of some bases."""
        return np.asarray(self.legs[bases, account + 1] + self.legs[account + 1, bases])

    def length(self, stops: Sequence[int], start: int = HOME, end: int = HOME) -> int:
        """The minutes of a tour from its start through the stops in this order to its end.

        A tour without stops that ends where it starts takes none.
        """
        return length(self.rows, (start, *stops, end)) if stops or start != end else 0

    def shortest(self, stops: Sequence[int], start: int = HOME, end: int = HOME) -> Tour:
        """The minutes and the order of the shortest tour over the stops.

        Exact up to twelve stops; beyond, the best of many tours that neither turning a part
        round nor moving up to three stops shortens.
        """
        return self._shortest(tuple(sorted(stops)), start, end)

    def _find_shortest(self, stops: tuple[int, ...], start: int, end: int) -> Tour:
        if len(stops) <= EXACT_STOPS:
            route = shortest(self.legs, stops, start, end)
        else:
            # From each first stop on to the nearest that is left, then improved.
            routes = []
            for first in stops:
                left, nearest = [stop for stop in stops if stop != first], [first]
                while left:
                    row = self.rows[nearest[-1]]
                    nearest.append(min((row[stop], stop) for stop in left)[1])
                    left.remove(nearest[-1])
                routes.append(improved(self.legs, [start, *nearest, end]))
            route = min(routes, key=lambda route: (length(self.rows, route), route))
        order = tuple(route[1:-1])
        return self.length(order, start, end), order

    def detours(
        self,
        account: int,
        tours: Sequence[Sequence[int]],
        starts: Minutes | int = HOME,
        ends: Minutes | int = HOME,
    ) -> Minutes:
        """What a visit to the account adds to each of the tours at its best place.

        `starts` and `ends` are the places where the tours start and end.
        """
        width = max(map(len, tours), default=0) + 2
        routes = np.empty((len(tours), width), dtype=np.int64)
        routes[:] = np.broadcast_to(ends, len(tours))[:, None]
        routes[:, 0] = starts
        for row, tour in enumerate(tours):
            routes[row, 1 : len(tour) + 1] = tour
        put_in = added(self.legs, routes[:, :-1], account + 1, routes[:, 1:])
        return np.asarray(put_in.min(axis=1), dtype=np.int64)

    def night_near(self, account: int) -> int:
        """The place of a night that is nearest to an account; home where there is none."""
        legs = self.legs[account + 1, self.first_night :]
        return self.first_night + int(legs.argmin()) if self.nights else HOME


def travel_times_of(territory: Territory, slept_near: Sequence[int] = ()) -> TravelTimes:
    """The drives between home, all active accounts, and the places of nights if asked for.

    Nights may be spent `slept_near` these accounts in any case.
    """
    travel, rep, accounts = territory.travel, territory.rep, territory.active_accounts
    home, *bases = rep.places
    places = [home, *(account.place for account in accounts)]
    # The rep's own meetings on working days come next, each place with its number.
    days = territory.calendar.working_days
    own = dict.fromkeys(meeting for day in days for meeting in rep.meetings_on(day))
    meetings = {meeting: number for number, meeting in enumerate(own, start=len(places))}
    places += [Place(meeting.place) for meeting in meetings]
    count = len(places)
    nights = list(slept_near)
    if travel.overnight:
        nights = list(dict.fromkeys([*_places_of_nights(territory), *slept_near]))
    places += [*bases, *(evolve(places[account + 1], extra_minutes=0) for account in nights)]
    legs, extra = drives(travel, places), np.array([place.extra_minutes for place in places])
    # What a stop takes beside its visit is added to the legs that lead there.
    legs[:, 1:count] += travel.minutes_per_stop + extra[1:count]
    # the way home, and to any other place of the rep's own, takes what a place takes extra, too
    mine = [HOME, *range(len(accounts) + 1, len(places))]
    legs[:, mine] += extra[:, None]
    np.fill_diagonal(legs, 0)
    is_metric = not travel.drives and all(place.coordinates for place in places)
    return TravelTimes(
        legs, is_metric=is_metric, meetings=meetings, nights=nights, bases=len(bases)
    )


def worth_a_night(territory: Territory) -> list[int]:
    """The accounts so far away that a night near them could be worth it, the farthest first.

    A night saves at most the way there and back.
    """
    travel, home = territory.travel, territory.rep.places[0]
    there = {
        number: drive_minutes(travel, home, account.place) + account.extra_minutes
        for number, account in enumerate(territory.active_accounts)
        if home.coordinates is not None and account.coordinates is not None
    }
    far = [number for number, way in there.items() if way and 2 * way >= travel.night_saves]
    return sorted(far, key=lambda number: (-there[number], number))


def _places_of_nights(territory: Territory) -> list[int]:
    """The accounts near which nights may be spent: far ones, no two of them close together."""
    travel, accounts, found = territory.travel, territory.active_accounts, list[int]()
    for number in worth_a_night(territory):
        place = accounts[number].place
        others = (accounts[other].place for other in found)
        if all(drive_minutes(travel, other, place) > NEAR_MINUTES for other in others):
            found.append(number)
    return found[:MOST_PLACES]
