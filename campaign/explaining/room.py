"""Whether a day has room for one touch more: minutes, limits of its channel, a time of day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import frozen

from campaign.geography.travel import tour_between
from campaign.model.accounts import Account
from campaign.model.channels import CALL, Channel
from campaign.model.territory import Territory
from campaign.rules.capacity import capacity_of_day, capacity_of_week, count_of
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow
from campaign.rules.sequence import Use, can_follow, starts_of


@frozen(eq=False)
class Room:
    """The rows of a plan, and what one touch more would ask of their days and weeks.

    Asked by a territory that may be a changed one; the rows stay as they are.
    """

    facts: Facts

    def short(
        self, territory: Territory, account: Account, channel: Channel, day: dt.date
    ) -> tuple[int, int]:
        """By how many minutes one touch more exceeds its day, and its week; below 0 are free."""
        facts, week = self.facts, territory.calendar.week(day)
        added = self.added_minutes(account, channel, day)
        of_day = facts.minutes_by_day[day] + added - capacity_of_day(territory, day)
        return of_day, facts.minutes_by_week[week] + added - capacity_of_week(territory, week)

    def held(self, territory: Territory, day: dt.date) -> int:
        """The minutes that an empty day holds: its own, or its week's where those are fewer."""
        week = capacity_of_week(territory, territory.calendar.week(day))
        return min(capacity_of_day(territory, day), week)

    def added_minutes(
        self, account: Account, channel: Channel, day: dt.date, *, without: str = ""
    ) -> int:
        """The minutes of one touch more, and of its drive where it is put in best.

        As if the row with the id `without` did not stand. A second visit to an account adds
        nothing.
        """
        minutes = account.minutes_by(channel)
        if not channel.travels:
            return minutes
        rows = [row for row in self._visits(day) if row.touch_id != without]
        there = {row.account_id: row.place for row in rows}
        if account.account_id in there:
            return 0
        travel, ends = self.facts.territory.travel, self.facts.plan.tour_ends(day)
        way, driven = list(there.values()), sum(row.touch.day_minutes for row in rows)
        longer = min(
            tour_between(travel, ends, [*way[:at], account.place, *way[at:]]).minutes
            for at in range(len(way) + 1)
        )
        return minutes + longer + sum(row.touch.minutes for row in rows) - driven

    def _visits(self, day: dt.date) -> Sequence[PlanRow]:
        rows = (row for row in self.facts.by_day.get(day, ()) if row.travels)
        return sorted(rows, key=lambda row: (row.touch.stop, row.touch_id))

    def is_driven(self, channel: Channel, day: dt.date) -> bool:
        """Whether it is a visit on a day of which one has been logged, so that its tour stands."""
        return channel.travels and any(not row.is_planned for row in self._visits(day))

    def limits(self, channel: Channel, account: Account, day: dt.date) -> Iterator[tuple[str, int]]:
        """The limits, a `day` and a `week`, that one use more exceeds: what they would have to be.

        The channel may be a changed one.
        """
        week = self.facts.calendar.week(day)
        if channel.travels and any(
            row.account_id == account.account_id for row in self._visits(day)
        ):
            return
        of_day, of_week = self._uses[channel.name, day] + 1, self._uses[channel.name, week] + 1
        if channel.per_day is not None and of_day > channel.per_day:
            yield "day", of_day
        if channel.per_week is not None and of_week > channel.per_week:
            yield "week", of_week

    @cached_property
    def _uses(self) -> Counter[tuple[str, dt.date | int]]:
        """How often each channel is used, by day and by week."""
        found = Counter[tuple[str, dt.date | int]]()
        for day, rows in self.facts.by_day.items():
            for channel in {row.channel.name: row.channel for row in rows if row.channel}.values():
                count = count_of(channel, rows)
                found[channel.name, day] += count
                found[channel.name, self.facts.calendar.week(day)] += count
        return found

    def has_time(self, due: Due, channel: Channel, day: dt.date, *, without: str = "") -> bool:
        """Whether one touch more can be in time on a day: in some order of that day, or in a gap.

        As if the row with the id `without` did not stand. Only calls and visits have a time.
        False where it would take too long to know, as for a visit more where somebody met that
        day has hours.
        """
        if not channel.travels and channel.name != CALL:
            return True
        territory = self.facts.territory
        on_day = [row for row in self.facts.by_day.get(day, ()) if row.touch_id != without]
        rows = [(row, row.channel) for row in on_day if row.channel]
        new = Use(due.account, due.person, channel)
        uses = [Use(row.account, row.person, used) for row, used in rows]
        if day not in self.facts.away and can_follow(territory, day, (*uses, new)):
            return True
        untimed = [row for row, _ in rows if row.touch.start is None]
        if channel.travels or any(row.travels or row.touch.channel == CALL for row in untimed):
            return False
        taken = [_taken(row) for row, _ in rows if row.touch.start is not None]
        return any(
            all(start >= end or start + new.minutes <= since for since, end in taken)
            for start in starts_of(territory, day, new)
        )


def _taken(row: PlanRow) -> tuple[int, int]:
    """From when until when a row takes the rep, the drives to it and home from it included."""
    touch = row.touch
    start = touch.start or 0
    end = start + touch.minutes if touch.end is None else touch.end
    return start - touch.travel_minutes, end + touch.home_minutes
