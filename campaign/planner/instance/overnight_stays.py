"""Where the rep sleeps: what makes a day's tour start or end elsewhere than at home.

Of a campaign that has begun its nights are held while they may be. A night that was spent, or
will be tonight, makes the next day start at its place. One that is planned is held as long as
both its days may still be those of a trip; whether visits stand on them is for the search to find.
"""

import datetime as dt
from collections.abc import Container, Mapping
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.model.territory import Territory
from campaign.planner.instance.horizon import Days, Horizon
from campaign.planner.instance.travel_times import HOME, Ends, TravelTimes
from campaign.touches import Status, Touch
from campaign.workdays import plain

_A_DAY = dt.timedelta(days=1)


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
    def homes(self) -> Days:
        """By position, the place where the day would start and end without trips."""
        return np.array(self.bases or [HOME] * self.size, dtype=np.int64)

    @cached_property
    def starts(self) -> Days:
        """By position, the place where the day starts."""
        places = self.homes.copy()
        for trip in self.trips:
            places[trip.first + (not trip.is_under_way) : trip.last + 1] = trip.place
        return places

    @cached_property
    def ends(self) -> Days:
        """By position, the place where the day ends."""
        places = self.homes.copy()
        for trip in self.trips:
            places[trip.first : trip.last] = trip.place
        return places

    @cached_property
    def _by_day(self) -> list[Ends]:
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def of(self, position: int) -> Ends:
        """Where the tour of a day starts and ends."""
        return self._by_day[position]

    def with_trip(self, trip: Trip) -> "OvernightStays":
        """The same nights and those of one trip more."""
        return evolve(self, trips=sorted((*self.trips, trip), key=lambda each: each.first))

    def without(self, trip: Trip) -> "OvernightStays":
        """The same nights without those of a trip."""
        return evolve(self, trips=[other for other in self.trips if other != trip])

    def beside(self, idle: Container[int]) -> "OvernightStays":
        """The same nights without the trips that hold some days, but for the way home of one."""
        return evolve(
            self,
            trips=[
                evolve(trip, last=trip.first) if any(day in idle for day in trip.days) else trip
                for trip in self.trips
                if trip.is_under_way or not any(day in idle for day in trip.days)
            ],
        )


def nights_at_bases(territory: Territory, horizon: Horizon, roads: TravelTimes) -> OvernightStays:
    """No night away: each day starts and ends at its base."""
    days = [territory.rep.base_on(day) for day in horizon.dates] if territory.rep.bases else []
    bases = [HOME, *(roads.bases[number] for number in days)] if days else []
    return OvernightStays(horizon.size, bases=bases)


def possible_days(territory: Territory, horizon: Horizon) -> frozenset[tuple[int, int]]:
    """The first and the last day of every trip that the calendar allows.

    All its days are working days without meetings of the rep's own, one right after the other.
    """
    found: set[tuple[int, int]] = set()
    for first in range(1, horizon.size):
        last = first + 1
        # Every stretch of free days, from its first on, as long as the rep may be away.
        while last - first <= territory.travel.most_nights and _may_sleep(
            territory, horizon, last - 1
        ):
            found.add((first, last))
            last += 1
    return frozenset(found)


def _may_sleep(territory: Territory, horizon: Horizon, evening: int) -> bool:
    """Whether a night may be spent away after a position: on it and the next the rep is free."""
    if evening + 1 >= horizon.size or not horizon.works[evening : evening + 2].all():
        return False
    days = horizon.dates[evening - 1 : evening + 1]
    return days[1] - days[0] == _A_DAY and not any(map(territory.rep.meetings_on, days))


class FixedNights:
    """The nights of the rows of a campaign that has begun: spent ones, and those to come."""

    def __init__(self, begun: Begun) -> None:
        self._begun, now = begun, begun.now
        places = enumerate(now.active_accounts)
        self._accounts: Mapping[str, int] = {
            account.account_id: number
            for number, account in places
            if account.coordinates is not None
        }
        slept = [row for row in begun.rows if row.night]
        rows = sorted(slept, key=lambda row: (row.date, row.stop, row.touch_id))
        self._evenings = {plain(row.date) for row in rows}
        last = begun.day - _A_DAY
        # The night before today and the one after it, where facts hold them.
        self._spent = {
            plain(row.date): row.night
            for row in rows
            if row.status is not Status.PLANNED and self.keeps(row) and row.date >= last
        }
        self._planned = {
            plain(row.date): row.night
            for row in rows
            if row.status is Status.PLANNED
            and now.travel.overnight
            and row.date not in self._spent
            and row.night in self._accounts
        }
        # The accounts near which the rep may sleep from now on, by their numbers.
        nights = (*self._spent.values(), *self._planned.values())
        self.places: tuple[int, ...] = tuple(dict.fromkeys(self._accounts[each] for each in nights))

    def keeps(self, row: Touch) -> bool:
        """Whether a row that nobody plans any more keeps its night.

        It does where the night is over, and after a visit made today. The last night has to
        be near an account that is still worked, as the day starts there.
        """
        day = self._begun.day
        if plain(row.date) < day - _A_DAY:
            return True
        is_over = row.date < day or (row.is_done and row.day == row.date)
        return is_over and row.night in self._accounts

    def nights(self, horizon: Horizon, roads: TravelTimes) -> OvernightStays:
        """The nights on the positions of a horizon, the other days at their bases."""
        now, trips = self._begun.now, list[Trip]()

        def _place(account_id: str) -> int:
            return roads.first_night + roads.nights.index(self._accounts[account_id])

        for night, account_id in self._spent.items():
            # The day after starts where this night was spent.
            morning = night + _A_DAY
            position = horizon.positions.get(morning)
            if position and not now.rep.meetings_on(morning):
                trips.append(Trip(position, position, _place(account_id), is_under_way=True))
        for evening, day in enumerate(horizon.dates, start=1):
            if day not in self._planned or not _may_sleep(now, horizon, evening):
                continue
            there = _place(self._planned[day])
            # Evenings in a row at one place grow into one trip, as far as so many nights are
            # allowed.
            before = trips[-1] if trips else None
            if before is None or before.last < evening:
                trips.append(Trip(evening, evening + 1, there))
            elif before.place == there and self._nights_before(horizon, before) < (
                now.travel.most_nights
            ):
                trips[-1] = evolve(before, last=evening + 1)
        return evolve(nights_at_bases(now, horizon, roads), trips=trips)

    def _nights_before(self, horizon: Horizon, trip: Trip) -> int:
        """How many nights in a row a trip has with those that were spent before it."""
        nights, evening = trip.nights, horizon.dates[trip.first - 1] - _A_DAY
        while evening in self._evenings:
            nights, evening = nights + 1, evening - _A_DAY
        return nights
