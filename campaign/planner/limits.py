"""Everything of which the calendar has only so much, in one row of numbers.

Minutes of each day, minutes of each week, touches by channel and day, touches by channel
and week: each has its place in the row. Of calls a day holds no more than there is time for
while anybody may be called.
"""

from collections.abc import Iterable
from itertools import chain

import numpy as np
from attrs import field, frozen

from campaign.model.frames import Span
from campaign.planner.horizon import Days
from campaign.planner.ledger import Ledger
from campaign.planner.problem import NO_LIMIT, Problem
from campaign.planner.ranges import Values
from campaign.planner.timetable.clock import ALWAYS
from campaign.planner.work import Way
from campaign.planner.worth import Prices


@frozen
class Limits:
    """The places of the limits in the row, and how much there is of each."""

    room: Values = field(eq=False, repr=False)
    size: int
    weeks: int
    channels: int
    week: Days = field(eq=False, repr=False)

    @classmethod
    def of(cls, problem: Problem, ledger: Ledger) -> "Limits":
        """What a ledger has left."""
        day_room = np.minimum(ledger.day_room, _calls_by_the_clock(problem, ledger))
        parts = (ledger.day_free, ledger.week_free, day_room, ledger.week_room)
        room = np.concatenate([part.ravel() for part in parts]).astype(float)
        room[room >= NO_LIMIT // 2] = np.inf
        horizon = problem.horizon
        return cls(
            room,
            horizon.size,
            len(horizon.week_capacity),
            channels=len(problem.channels),
            week=horizon.week,
        )

    def taken(self, way: Way, position: Days) -> tuple[Days, Days]:
        """By position, the places of the minutes (two) and of the touches (two) of a way."""
        week = self.week[position]
        minutes = np.stack([position, self.size + week])
        first = self.size + self.weeks
        by_day = first + way.channel * self.size + position
        by_week = first + self.channels * self.size + way.channel * self.weeks + week
        return minutes, np.stack([by_day, by_week])

    def prices(self, duals: Values) -> Prices:
        """What a minute and a touch of each position cost at the prices of the limits."""
        ends = np.cumsum([self.size, self.weeks, self.channels * self.size])
        day, week, by_day, by_week = np.split(np.maximum(duals, 0.0), ends)
        return Prices(
            day + week[self.week],
            by_day.reshape(self.channels, self.size)
            + by_week.reshape(self.channels, self.weeks)[:, self.week],
        )


def _calls_by_the_clock(problem: Problem, ledger: Ledger) -> Days:
    """By channel and position, the calls for which the hours of those to be called leave time."""
    room = np.full(ledger.day_room.shape, NO_LIMIT, dtype=np.int64)
    for channel, hours in _calling_hours(problem).items():
        for position in () if ALWAYS in hours else problem.horizon.works.nonzero()[0].tolist():
            spans = chain.from_iterable(problem.timing.clock.spans(position, h) for h in hours)
            calls = ledger.calls[position].items()
            used = sum(minutes * count for (_, minutes), count in calls)
            left = max(0, _covered(spans) - used)
            room[channel, position] = left // max(1, problem.minutes[channel])
    return room


def _calling_hours(problem: Problem) -> dict[int, set[int]]:
    """By channel, the numbers of the hours of all who may be called by it."""
    found: dict[int, set[int]] = {}
    for job in problem.jobs:
        for way in job.ways:
            if way.is_call:
                found.setdefault(way.channel, set()).add(way.hours)
    return found


def _covered(spans: Iterable[Span]) -> int:
    """The minutes that lie in any of the spans."""
    covered, until = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, until))
        until = max(until, end)
    return covered
