"""Why a touch goes by another channel than the one that is wanted first."""

import datetime as dt
from collections.abc import Sequence

from attrs import frozen

from campaign.demand import Owed, open_days
from campaign.explaining.putting import best_place
from campaign.geography.travel import tour
from campaign.model.channels import Channel
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.facts import Facts, PlanRow


@frozen(eq=False)
class Instead:
    """One touch of a plan that goes by another channel than the first that is possible."""

    facts: Facts
    row: PlanRow
    owed: Owed

    def told(self, first: dt.date, last: dt.date) -> str:
        """The two channels, and why, where one thing holds for all days of the window."""
        why = self._why(first, last)
        words = f"By {self.row.touch.channel} in place of {_one(self._wanted.name)}"
        return f"{words}: {why}" if why else words

    @property
    def _wanted(self) -> Channel:
        return self.facts.territory.channels[self.owed.channels[0]]

    @property
    def _minutes(self) -> int:
        return self.owed.account.minutes_by(self._wanted)

    def _why(self, first: dt.date, last: dt.date) -> str:
        days = [
            day
            for day in self.facts.working_days
            if first <= day <= last and day.weekday() in self._wanted.weekdays
        ]
        possible = set(open_days(self.facts.territory, self.owed, self._wanted.name))
        opened = [day for day in days if day in possible]
        if not opened:
            return "it is closed then" if days else ""
        if self._wanted.travels and all(map(self._is_too_far, opened)):
            return "too far"
        if any(map(self._has_room, opened)):
            return ""
        return "no room for the drive" if self._wanted.travels else "no room then"

    def _is_too_far(self, day: dt.date) -> bool:
        """Whether the day would be too short if nothing else stood on it."""
        territory = self.facts.territory
        base = territory.rep.place_on(day)
        way = tour(territory.travel, base, [self.owed.account.place]).minutes
        return self._minutes <= self._room(day) < self._minutes + way

    def _room(self, day: dt.date) -> int:
        """The minutes of the day, and of its week where that has fewer."""
        territory, week = self.facts.territory, self.facts.calendar.week(day)
        return min(capacity_of_day(territory, day), capacity_of_week(territory, week))

    def _has_room(self, day: dt.date) -> bool:
        """Whether the minutes hold the touch by the wanted channel, the tour kept in order."""
        facts, own, week = self.facts, self.row.touch.day_minutes, self.facts.calendar.week(day)
        of_day = facts.minutes_by_day[day] - own * (day == self.row.day)
        of_week = facts.minutes_by_week[week]
        of_week -= own * (week == facts.calendar.week(self.row.day))
        left = min(
            capacity_of_day(facts.territory, day) - of_day,
            capacity_of_week(facts.territory, week) - of_week,
        )
        if left < self._minutes:
            return False
        here = [row for row in facts.by_day.get(day, ()) if row is not self.row]
        return self._minutes + self._detour(here, day) <= left

    def _detour(self, rows: Sequence[PlanRow], day: dt.date) -> int:
        """The minutes that the drive adds to a day, put in where it adds least."""
        if not self._wanted.travels:
            return 0
        stops = sorted((row for row in rows if row.touch.stop), key=lambda row: row.touch.stop)
        there = {row.account_id: row.place for row in stops if row.account}
        place = self.owed.account.place
        if self.owed.account.account_id in there:
            return -self._minutes
        ends = self.facts.plan.tour_ends(day)
        return best_place(self.facts.territory, ends, tuple(there.values()), place)[1]


def _one(name: str) -> str:
    return f"an {name}" if name[:1] in "aeiou" else f"a {name}"
