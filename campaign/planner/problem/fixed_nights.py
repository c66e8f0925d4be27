"""Nights that a campaign which has begun goes on with: those of its rows, while they hold.

A night that was spent, or will be tonight, makes the next day start at its place. One that
is planned is held as long as both its days may still be those of a trip; whether visits
stand on them is for the search to find.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences import Begun
from campaign.planner.instance.horizon import Horizon
from campaign.planner.instance.overnight_stays import (
    OvernightStays,
    Trip,
    may_sleep,
    nights_at_bases,
)
from campaign.planner.instance.travel_times import TravelTimes
from campaign.touches import Status, Touch
from campaign.workdays import plain

_A_DAY = dt.timedelta(days=1)


@frozen
class FixedNights:
    """The nights of the rows of a campaign that has begun."""

    begun: Begun = field(repr=False)

    def keeps(self, row: Touch) -> bool:
        """Whether a row that nobody plans any more keeps its night.

        It does where the night is over, and after a visit made today. The last night has to
        be near an account that is still worked, as the day starts there.
        """
        if plain(row.date) < self.begun.day - _A_DAY:
            return True
        is_over = row.date < self.begun.day or (row.is_done and row.day == row.date)
        return is_over and row.night in self._accounts

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The accounts near which the rep may sleep from now on, by their numbers."""
        nights = (*self._spent.values(), *self._planned.values())
        return tuple(dict.fromkeys(self._accounts[each] for each in nights))

    def nights(self, horizon: Horizon, roads: TravelTimes) -> OvernightStays:
        """The nights on the positions of a horizon, the other days at their bases."""
        accounts = {*self._spent.values(), *self._planned.values()}
        # The places of nights come last among the roads, in the order of their accounts.
        first, near = len(roads.legs) - len(roads.nights), roads.nights.index
        places = {each: first + near(self._accounts[each]) for each in accounts}
        trips = list[Trip]()
        for night, account_id in self._spent.items():
            # The day after starts where this night was spent.
            morning = night + _A_DAY
            position = horizon.positions.get(morning)
            if position and not self.begun.now.rep.meetings_on(morning):
                trips.append(Trip(position, position, places[account_id], is_under_way=True))
        for evening, day in enumerate(horizon.dates, start=1):
            if day not in self._planned or not may_sleep(self.begun.now, horizon, evening):
                continue
            account_id = self._planned[day]
            # Evenings in a row at one place grow into one trip, as far as so many nights are
            # allowed.
            before = trips[-1] if trips else None
            if before is None or before.last < evening:
                trips.append(Trip(evening, evening + 1, places[account_id]))
            elif before.place == places[account_id] and self._may_grow(horizon, before):
                trips[-1] = evolve(before, last=evening + 1)
        return evolve(nights_at_bases(self.begun.now, horizon, roads), trips=trips)

    @cached_property
    def _accounts(self) -> Mapping[str, int]:
        """The numbers of the accounts whose place is known, by id."""
        return {
            account.account_id: number
            for number, account in enumerate(self.begun.now.active_accounts)
            if account.coordinates is not None
        }

    @cached_property
    def _spent(self) -> Mapping[dt.date, str]:
        """By evening, the night before today and the one after it, where facts hold them."""
        rows = [row for row in self._rows if row.status is not Status.PLANNED and self.keeps(row)]
        last = self.begun.day - _A_DAY
        return {plain(row.date): row.night for row in rows if row.date >= last}

    @cached_property
    def _planned(self) -> Mapping[dt.date, str]:
        """The nights to come, by evening."""
        rows = [row for row in self._rows if row.status is Status.PLANNED]
        is_asked = self.begun.now.travel.overnight
        return {
            plain(row.date): row.night
            for row in rows
            if is_asked and row.date not in self._spent and row.night in self._accounts
        }

    @cached_property
    def _rows(self) -> list[Touch]:
        rows = [row for row in self.begun.rows if row.night]
        return sorted(rows, key=lambda row: (row.date, row.stop, row.touch_id))

    def _may_grow(self, horizon: Horizon, trip: Trip) -> bool:
        """Whether one night more would not be too many in a row."""
        nights, evening = trip.nights, horizon.date(trip.first) - _A_DAY
        evenings = {plain(row.date) for row in self._rows}
        while evening in evenings:
            nights, evening = nights + 1, evening - _A_DAY
        return nights < self.begun.now.travel.most_nights


def held_of(begun: Begun) -> FixedNights | None:
    """The nights that a campaign goes on with; None where no row has a night."""
    return FixedNights(begun) if any(row.night for row in begun.rows) else None
