"""Where the rep sleeps: what makes a day's tour start or end elsewhere than at home."""

from collections.abc import Container, Iterator
from functools import cached_property
from itertools import groupby

import numpy as np
from attrs import evolve, field, frozen

from campaign.model.territory import Territory
from campaign.planner.instance.horizon import Days, Horizon
from campaign.planner.instance.travel_times import HOME, TravelTimes

Ends = tuple[int, int]
"""The place where a tour starts and the one where it ends."""


@frozen
class Trip:
    """Nights in a row at one place of the roads: its first and its last day.

    `is_under_way` says that the night before the first day is spent there as well. Such a
    trip may be nothing more than the way home.
    """

    first: int
    last: int
    place: int
    is_under_way: bool = False

    @property
    def days(self) -> range:
        """The positions of the trip; after each but the last there is a night."""
        return range(self.first, self.last + 1)

    @property
    def nights(self) -> int:
        """How many nights it has still to come."""
        return self.last - self.first

    @property
    def start(self) -> int:
        """The first of its days that starts at its place."""
        return self.first if self.is_under_way else self.first + 1

    def beside(self, idle: Container[int]) -> Iterator["Trip"]:
        """What is left of it where the rep is not away on some of its days."""
        # An idle day cuts a trip in two; what is left counts where it still has a night.
        for is_idle, days in groupby(self.days, key=idle.__contains__):
            first, *others = days
            is_under_way = self.is_under_way and first == self.first
            if is_idle and is_under_way:
                yield evolve(self, last=first)
            elif not is_idle and (others or is_under_way):
                last = others[-1] if others else first
                yield Trip(first, last, self.place, is_under_way)


@frozen
class OvernightStays:
    """The trips of a plan over so many positions; no day belongs to two of them.

    `bases` are the places where days start and end that belong to none, by position; all at
    home without any.
    """

    size: int
    trips: tuple[Trip, ...] = field(default=(), converter=tuple[Trip, ...])
    bases: tuple[int, ...] = field(default=(), kw_only=True, converter=tuple[int, ...])

    @cached_property
    def away(self) -> frozenset[int]:
        """The positions that belong to a trip."""
        return frozenset(position for trip in self.trips for position in trip.days)

    @cached_property
    def busy(self) -> frozenset[int]:
        """The positions on which a visit has to stand: no night without one."""
        return frozenset(p for trip in self.trips if trip.nights for p in trip.days)

    @cached_property
    def count(self) -> int:
        """How many nights are spent away."""
        return sum(trip.nights for trip in self.trips)

    @cached_property
    def homes(self) -> Days:
        """By position, the place where the day would start and end without trips."""
        return np.array(self.bases or [HOME] * self.size, dtype=np.int64)

    @cached_property
    def starts(self) -> Days:
        """By position, the place where the day starts."""
        places = self.homes.copy()
        for trip in self.trips:
            places[trip.start : trip.last + 1] = trip.place
        return places

    @cached_property
    def ends(self) -> Days:
        """By position, the place where the day ends."""
        places = self.homes.copy()
        for trip in self.trips:
            places[trip.first : trip.last] = trip.place
        return places

    def of(self, position: int) -> Ends:
        """Where the tour of a day starts and ends."""
        if position not in self.away:
            base = self.bases[position] if self.bases else HOME
            return base, base
        return int(self.starts[position]), int(self.ends[position])

    def with_trip(self, trip: Trip) -> "OvernightStays":
        """The same nights and those of one trip more."""
        return evolve(self, trips=sorted((*self.trips, trip), key=lambda each: each.first))

    def without(self, trip: Trip) -> "OvernightStays":
        """The same nights without those of a trip."""
        return evolve(self, trips=[other for other in self.trips if other != trip])

    def beside(self, idle: Container[int]) -> "OvernightStays":
        """The same nights without those before or after some days."""
        return evolve(self, trips=[part for trip in self.trips for part in trip.beside(idle)])


def nights_at_bases(territory: Territory, horizon: Horizon, roads: TravelTimes) -> OvernightStays:
    """No night away: each day starts and ends at its base."""
    rep = territory.rep
    if not rep.bases:
        return OvernightStays(horizon.size)
    days = (rep.base_on(day) for day in horizon.dates)
    return OvernightStays(horizon.size, bases=(HOME, *(roads.bases[number] for number in days)))


def possible_days(territory: Territory, horizon: Horizon) -> frozenset[tuple[int, int]]:
    """The first and the last day of every trip that the calendar allows.

    All its days are working days without meetings of the rep's own, one right after the other.
    """
    found: set[tuple[int, int]] = set()
    for first in range(1, horizon.size):
        last = first + 1
        # Every stretch of free days, from its first on, as long as the rep may be away.
        while last - first <= territory.travel.most_nights and may_sleep(
            territory, horizon, last - 1
        ):
            found.add((first, last))
            last += 1
    return frozenset(found)


def may_sleep(territory: Territory, horizon: Horizon, evening: int) -> bool:
    """Whether a night may be spent away after a position: on it and the next the rep is free."""
    morning = evening + 1
    if morning >= horizon.size or not horizon.works[evening] or not horizon.works[morning]:
        return False
    days = horizon.date(evening), horizon.date(morning)
    has_meetings = any(territory.rep.meetings_on(day) for day in days)
    return (days[1] - days[0]).days == 1 and not has_meetings
