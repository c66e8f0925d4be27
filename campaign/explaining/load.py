"""What the days and weeks of a plan hold, and what one touch more would ask of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import frozen

from campaign.explaining.clock import Clock
from campaign.explaining.putting import Coming, Spot, day_of_visits
from campaign.model.channels import Channel
from campaign.model.territory import Territory
from campaign.rules.capacity import capacity_of_day, capacity_of_week, count_of
from campaign.rules.dues import Due
from campaign.rules.facts import Facts


@frozen(eq=False)
class Fit:
    """By how much one touch more at a spot exceeds the minutes and the limits of the rep.

    `limits` are those of its channel that it exceeds, each with what it would have to be.
    """

    spot: Spot
    short_of_day: int
    short_of_week: int
    limits: tuple[tuple[str, int], ...]
    due: Due
    clock: Clock

    @property
    def short(self) -> int:
        """The minutes that are missing."""
        return max(0, self.short_of_day, self.short_of_week)

    @property
    def in_time(self) -> bool:
        """Whether the day has a time of day for it: asked last, as it takes longest."""
        return self.clock.holds(self.due, self.spot)

    @property
    def has_room(self) -> bool:
        """Whether minutes and limits hold it, whatever the clock says."""
        return not self.short and not self.limits

    @property
    def fits(self) -> bool:
        """Whether nothing is exceeded."""
        return self.has_room and self.in_time


@frozen(eq=False)
class Load:
    """The rows of a plan, summed once by day, week and channel."""

    facts: Facts

    @cached_property
    def _clock(self) -> Clock:
        return Clock(self.facts)

    def fit(self, territory: Territory, due: Due, spot: Spot) -> Fit:
        """One touch more at a spot; the territory may be one that is changed."""
        week = territory.calendar.week(spot.date)
        added = self.added_minutes(territory, due, spot)
        return Fit(
            spot,
            self.facts.minutes_by_day[spot.date] + added - capacity_of_day(territory, spot.date),
            self.facts.minutes_by_week[week] + added - capacity_of_week(territory, week),
            tuple(self._beyond_limits(territory.channels[spot.channel], due, spot)),
            due,
            self._clock,
        )

    def added_minutes(self, territory: Territory, due: Due, spot: Spot) -> int:
        """The minutes of the touch, and of its drive where it is put in best."""
        channel = territory.channels[spot.channel]
        if not channel.travels:
            return channel.minutes
        new = Coming(due.touch_id, spot.date, spot.date).at(territory, due, spot)
        before = sum(
            row.touch.day_minutes for row in self.facts.by_day.get(spot.date, ()) if row.travels
        )
        return sum(touch.day_minutes for touch in day_of_visits(self.facts.plan, new)) - before

    def is_fact_in_part(self, spot: Spot) -> bool:
        """Whether it is a visit on a day of which one has been logged, so that its tour stands."""
        return spot.date in self._driven and self.facts.territory.channels[spot.channel].travels

    def _beyond_limits(self, channel: Channel, due: Due, spot: Spot) -> Iterator[tuple[str, int]]:
        """The limits that one more use exceeds, with what they would have to be."""
        known = self.facts.territory.channels[channel.name]
        of_day = self.facts.by_day.get(spot.date, [])
        met = {row.account_id for row in of_day if row.channel is known}
        if channel.travels and due.account.account_id in met:
            return
        used = self._uses_of_day[known.name, spot.date] + 1
        if channel.per_day is not None and used > channel.per_day:
            yield "day", used
        week = self.facts.calendar.week(spot.date)
        used = self._uses_of_week[known.name, week] + 1
        if channel.per_week is not None and used > channel.per_week:
            yield "week", used

    @cached_property
    def _uses_of_day(self) -> Mapping[tuple[str, dt.date], int]:
        found: dict[tuple[str, dt.date], int] = defaultdict(int)
        for day, rows in self.facts.by_day.items():
            for channel in {row.channel.name: row.channel for row in rows if row.channel}.values():
                found[channel.name, day] = count_of(channel, rows)
        return found

    @cached_property
    def _uses_of_week(self) -> Mapping[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = defaultdict(int)
        for (channel, day), count in self._uses_of_day.items():
            found[channel, self.facts.calendar.week(day)] += count
        return found

    @cached_property
    def _driven(self) -> frozenset[dt.date]:
        """The days of which a visit has been logged."""
        rows = (row for row in self.facts.rows if row.travels and not row.is_planned)
        return frozenset(row.touch.date for row in rows)
