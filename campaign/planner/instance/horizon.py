"""The business days of the campaign in integers, and what they hold."""

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from campaign.model.territory import Territory

Values = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

IMPOSSIBLE = -np.inf

_ROUNDING = 1e-9


@frozen
class Horizon:
    """The business days of the campaign, by position; index 0 is the eve.

    There are so many `months`, the eve's (0) left aside.
    """

    dates: tuple[dt.date, ...]
    works: Mask = field(eq=False)
    day_capacity: Days = field(eq=False)
    week: Days = field(eq=False)
    month: Days = field(eq=False)
    week_capacity: Days = field(eq=False)
    months: int

    @property
    def size(self) -> int:
        """How many positions there are, the eve included."""
        return len(self.dates) + 1

    @cached_property
    def week_room(self) -> Days:
        """The minutes that each week holds: its own limit, at most all its days together."""
        days = np.zeros_like(self.week_capacity)
        np.add.at(days, self.week, self.day_capacity)
        return np.minimum(self.week_capacity, days)

    @cached_property
    def day_room(self) -> Days:
        """The minutes that each day holds: its own limit, at most that of its week."""
        return np.minimum(self.day_capacity, self.week_capacity[self.week])

    @cached_property
    def positions(self) -> Mapping[dt.date, int]:
        """The positions from 1, by date."""
        return {date: position for position, date in enumerate(self.dates, start=1)}

    def position_from(self, day: dt.date) -> int:
        """The first position on or after a day; one beyond the last where there is none."""
        return bisect_left(self.dates, day) + 1

    @cached_property
    def places(self) -> Days:
        """Every position, the eve included."""
        return np.arange(self.size)


def horizon_of(territory: Territory) -> Horizon:
    """The horizon of a territory."""
    calendar, capacity = territory.calendar, territory.capacity
    dates, ramped = calendar.business_days, calendar.first_real_week
    works = np.array([False, *map(calendar.is_working_day, dates)])
    days, more = [0], Counter[int]()
    for date in dates:
        # The ramp counts from the first real week; minutes given beyond the limit are not ramped.
        share = capacity.share(calendar.week(date) - ramped)
        most = int(capacity.minutes_per_day * share + _ROUNDING) + capacity.more_on(date)
        days.append(min(most, territory.rep.free_minutes(date)))
    for date, minutes in capacity.more.items():
        more[calendar.week(date)] += minutes
    weeks = [
        int(capacity.minutes_per_week * capacity.share(week - ramped) + _ROUNDING) + more[week]
        for week in range(calendar.week(calendar.end) + 1)
    ]
    return Horizon(
        dates,
        works,
        np.where(works, np.array(days, dtype=np.int64), 0),
        np.array([0, *map(calendar.week, dates)], dtype=np.int64),
        np.array([0, *map(calendar.month, dates)], dtype=np.int64),
        np.array(weeks, dtype=np.int64),
        calendar.months,
    )
