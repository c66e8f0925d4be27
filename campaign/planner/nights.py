"""Where the rep sleeps: what makes a day's tour start or end elsewhere than at home."""

from functools import cached_property

import numpy as np
from attrs import field, frozen

from campaign.model.territory import Territory
from campaign.planner.horizon import Days, Horizon
from campaign.planner.roads import HOME

Ends = tuple[int, int]
"""The place where a tour starts and the one where it ends."""


@frozen
class Trip:
    """Nights in a row at one place of the roads: its first and its last day."""

    first: int
    last: int
    place: int

    @property
    def days(self) -> range:
        """The positions of the trip; after each but the last there is a night."""
        return range(self.first, self.last + 1)

    @property
    def nights(self) -> int:
        """How many nights it has."""
        return self.last - self.first


@frozen
class Nights:
    """The trips of a plan over so many positions; no day belongs to two of them."""

    size: int
    trips: tuple[Trip, ...] = field(default=(), converter=tuple[Trip, ...])

    @cached_property
    def away(self) -> frozenset[int]:
        """The positions that belong to a trip."""
        return frozenset(position for trip in self.trips for position in trip.days)

    @cached_property
    def count(self) -> int:
        """How many nights are spent away."""
        return sum(trip.nights for trip in self.trips)

    @cached_property
    def starts(self) -> Days:
        """By position, the place where the day starts."""
        places = np.full(self.size, HOME, dtype=np.int64)
        for trip in self.trips:
            places[trip.first + 1 : trip.last + 1] = trip.place
        return places

    @cached_property
    def ends(self) -> Days:
        """By position, the place where the day ends."""
        places = np.full(self.size, HOME, dtype=np.int64)
        for trip in self.trips:
            places[trip.first : trip.last] = trip.place
        return places

    def of(self, position: int) -> Ends:
        """Where the tour of a day starts and ends."""
        if position not in self.away:
            return HOME, HOME
        return int(self.starts[position]), int(self.ends[position])

    def with_trip(self, trip: Trip) -> "Nights":
        """The same nights and those of one trip more."""
        return Nights(self.size, sorted((*self.trips, trip), key=lambda each: each.first))

    def without(self, trip: Trip) -> "Nights":
        """The same nights without those of a trip."""
        return Nights(self.size, [other for other in self.trips if other != trip])


def possible_days(territory: Territory, horizon: Horizon) -> frozenset[tuple[int, int]]:
    """The first and the last day of every trip that the calendar allows.

    All its days are working days, one right after the other.
    """
    found: set[tuple[int, int]] = set()
    for first in horizon.works.nonzero()[0].tolist():
        last = first + 1
        while last - first <= territory.travel.most_nights and _follows(horizon, last):
            found.add((first, last))
            last += 1
    return frozenset(found)


def _follows(horizon: Horizon, position: int) -> bool:
    """Whether a position is a working day, and the day after the position before it."""
    if position >= horizon.size or not horizon.works[position]:
        return False
    return (horizon.date(position) - horizon.date(position - 1)).days == 1
