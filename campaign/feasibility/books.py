"""What is owed, in minutes, by week and by channel, against what the rep gives."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf

from attrs import frozen

from campaign.demand import Owed
from campaign.feasibility.values import ChannelUse, Week, load
from campaign.model.cadences import Gap, Step
from campaign.model.channels import Channel
from campaign.model.post import days_in_post
from campaign.model.runs import asked_from
from campaign.model.territory import Territory
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.windows import OPENING_DAYS, gap_of

TRAVEL_A_VISIT = 25
"""The minutes of driving that each visit is reckoned with before any tour is known."""


@frozen
class Books:
    """What is owed, each by its first allowed channel, against the rep's minutes."""

    territory: Territory
    owed: tuple[Owed, ...]

    @cached_property
    def needed(self) -> int:
        """The minutes of all that is owed, travel reckoned."""
        return sum(self.minutes(owed) for owed in self.owed)

    @cached_property
    def available(self) -> int:
        """The minutes that the rep gives to the campaign."""
        return sum(self.capacities)

    @cached_property
    def capacities(self) -> tuple[int, ...]:
        """The minutes of each week of the campaign."""
        last = self.territory.calendar.week(self.territory.calendar.end)
        return tuple(self._capacity(week) for week in range(last + 1))

    def _capacity(self, week: int) -> int:
        """What the week's days hold, at most what the week does."""
        calendar = self.territory.calendar
        days = (day for day in calendar.working_days if calendar.week(day) == week)
        held = sum(capacity_of_day(self.territory, day) for day in days)
        return min(held, capacity_of_week(self.territory, week))

    @property
    def load(self) -> float:
        """Needed over available."""
        return load(self.needed, self.available)

    def minutes(self, owed: Owed) -> int:
        """The minutes of one touch by its first allowed channel, travel reckoned."""
        return minutes_of(owed, self._used(owed))

    def _used(self, owed: Owed) -> Channel:
        return self.territory.channels[owed.wanted_channels[0]]

    def channels(self) -> Iterator[ChannelUse]:
        """Every channel by which something is owed, in the order of the territory."""
        touches = Counter(self._used(owed).name for owed in self.owed)
        minutes_by = Counter[str]()
        for owed in self.owed:
            minutes_by[self._used(owed).name] += self.minutes(owed)
        for name, used in self.territory.channels.items():
            if touches[name]:
                minutes = minutes_by[name]
                room = self._room(used)
                yield ChannelUse(name, touches=touches[name], minutes=minutes, room=room)

    def _room(self, used: Channel) -> int | None:
        if used.per_day is None and used.per_week is None:
            return None
        calendar = self.territory.calendar
        days = Counter(
            calendar.week(day) for day in calendar.working_days if day.weekday() in used.weekdays
        )
        most = inf if used.per_week is None else used.per_week
        day = most if used.per_day is None else used.per_day
        return int(sum(min(most, count * day) for count in days.values()))

    def weeks(self) -> Iterator[Week]:
        """Every week, each touch spread evenly over those of its window."""
        needed = [0.0] * len(self.capacities)
        for owed in self.owed:
            weeks = self._weeks_of(owed)
            for week in weeks:
                needed[week] += self.minutes(owed) / len(weeks)
        for week, minutes in enumerate(needed):
            yield Week(week, available=self.capacities[week], needed=round(minutes))

    def _weeks_of(self, owed: Owed) -> Sequence[int]:
        """The weeks of the touch's window in which the rep works, else all of them."""
        calendar = self.territory.calendar
        first, last = (min(max(day, calendar.start), calendar.end) for day in self._window(owed))
        weeks = range(calendar.week(first), calendar.week(last) + 1)
        return [week for week in weeks if self.capacities[week]] or weeks

    def _window(self, owed: Owed) -> tuple[dt.date, dt.date]:
        """The earliest and the latest day, both perhaps outside the campaign."""
        if owed.promise:
            return owed.promise.due, owed.promise.due
        late = asked_from(self.territory, owed.sent) if owed.sent else self._opens_late(owed)
        if owed.opens:
            return self._date_at(1 + late), self._date_at(OPENING_DAYS + late)
        gap = self._from_the_eve(owed)
        return self._date_at(gap.least + late), self._date_at(gap.most + late)

    def _opens_late(self, owed: Owed) -> int:
        """The business days before a grievance of the campaign's own time, which comes first."""
        since = owed.account.grievance_since
        if since is None or not owed.account.has_grievance or since <= self.territory.start:
            return 0
        return max(0, self.territory.calendar.position(since) - 1)

    def _date_at(self, position: int) -> dt.date:
        """The business day of the campaign at a position, the last one for any later."""
        calendar = self.territory.calendar
        days = calendar.business_days[:position]
        return days[-1] if days else calendar.start

    def _from_the_eve(self, owed: Owed) -> Gap:
        """All gaps from the start, with the time in the post of the first wanted channels."""
        total = self._gap(owed.step)
        for step in owed.run.cadence.path(owed.step) if owed.run else ():
            post = days_in_post(self.territory, step.channels[0], owed.account, owed.person)
            total += self._gap(step) + Gap(post, post)
        return total

    def _gap(self, step: Step) -> Gap:
        return gap_of(step, len(self.territory.calendar.business_days))


def minutes_of(owed: Owed, used: Channel) -> int:
    """The minutes of one touch by a channel, travel reckoned."""
    return owed.account.minutes_by(used) + (TRAVEL_A_VISIT if used.travels else 0)
