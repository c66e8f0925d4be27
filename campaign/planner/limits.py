"""Everything of which the calendar has only so much, in one row of numbers.

Minutes of each day, minutes of each week, touches by channel and day, touches by channel
and week: each has its place in the row. Days that are nearly full hold no more than the clock
allows.
"""

from collections import Counter
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
from campaign.planner.timetable.timing import most_held
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
        day_free, day_room = _ByTheClock(problem, ledger).rooms()
        parts = (day_free, ledger.week_free, day_room, ledger.week_room)
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


@frozen
class _ByTheClock:
    """What days hold beside what stands, each asked for the most of one thing that goes in.

    Of calls a day holds no more than there is time for while anybody may be called.
    """

    problem: Problem
    ledger: Ledger

    def rooms(self) -> tuple[Days, Days]:
        """Minutes by position, touches by channel and position, at most those of the ledger."""
        minutes, touches = self.ledger.day_free.copy(), self.ledger.day_room.copy()
        calling = _calling_hours(self.problem)
        for position in self.problem.horizon.works.nonzero()[0].tolist():
            most = minutes[position]
            if most <= 0:
                continue
            written, called = self._written(position, int(most)), 0
            for channel, hours in calling.items():
                each = max(1, self.problem.minutes[channel])
                count = self._called(position, (hours[-1], each), int(most) // each)
                if ALWAYS not in hours:
                    count = min(count, self._open_minutes(position, hours) // each)
                touches[channel, position] = min(count, touches[channel, position])
                called = max(called, count * each)
            minutes[position] = max(written, called)
        return minutes, touches

    def _written(self, position: int, most: int) -> int:
        def holds(more: int) -> bool:
            load = self.ledger.load(position)
            load.sitting += more
            return self.problem.timing.holds(position, load)

        return most_held(most, holds)

    def _called(self, position: int, alike: tuple[int, int], most: int) -> int:
        def holds(more: int) -> bool:
            load = self.ledger.load(position)
            load.calls[alike] = load.calls.get(alike, 0) + more
            return self.problem.timing.holds(position, load)

        return most_held(most, holds)

    def _open_minutes(self, position: int, hours: Iterable[int]) -> int:
        """The minutes in which any of the hours are open, less those of the calls that stand."""
        clock = self.problem.timing.clock
        spans = chain.from_iterable(clock.spans(position, number) for number in hours)
        calls = self.ledger.calls[position].items()
        return max(0, _covered(spans) - sum(minutes * count for (_, minutes), count in calls))


def _calling_hours(problem: Problem) -> dict[int, list[int]]:
    """By channel, the numbers of the hours of all who may be called by it, the rarest first."""
    found: dict[int, Counter[int]] = {}
    for job in problem.jobs:
        for way in job.ways:
            if way.is_call:
                found.setdefault(way.channel, Counter())[way.hours] += 1
    return {
        channel: sorted(counts, key=lambda hours: (counts[hours], hours))
        for channel, counts in found.items()
    }


def _covered(spans: Iterable[Span]) -> int:
    """The minutes that lie in any of the spans."""
    covered, until = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, until))
        until = max(until, end)
    return covered
