"""Whether days can be timed, asked by the calendar while it fills; each answer is kept.

Most days need no search: minutes alone decide where nobody has hours, and a plain order of tour
and calls fits where somebody has. The question is asked some ten thousand times a search, mostly
about days that were asked about before.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from attrs import define, field

from campaign.model.frames import CALLS_AT_A_TIME
from campaign.planner.day_schedule.opening_hours import DayClock
from campaign.planner.day_schedule.tsp_time_windows import (
    WindowedStop,
    is_possible,
    shortest_by_clock,
    stops_of,
)
from campaign.planner.instance.jobs import Way
from campaign.planner.instance.overnight_stays import OvernightStays
from campaign.planner.instance.travel_times import Tour, TravelTimes
from campaign.timetable.day import Calls, UntimedDay, surely_fits, with_own_drives
from campaign.timetable.labelling import can_be_timed

CallKind = tuple[int, int]
"""The hours and the minutes of a call: calls of the same two are alike."""


@define(eq=False)
class DayLoad:
    """What a day holds: the minutes of visits by place, alike calls counted, writing."""

    stops: dict[int, int] = field(factory=dict)
    calls: dict[CallKind, int] = field(factory=dict)
    sitting: int = 0

    def add(self, account: int, way: Way) -> None:
        """Add a touch of an account."""
        if way.travels:
            self.stops[account + 1] = way.minutes
        elif way.is_call:
            alike = way.hours, way.minutes
            self.calls[alike] = self.calls.get(alike, 0) + 1
        else:
            self.sitting += way.minutes


class Timing:
    """Tours by the clock, and days that can be timed, on the positions of one problem."""

    def __init__(self, clock: DayClock, roads: TravelTimes, nights: OvernightStays) -> None:
        self.clock, self._roads, self._nights = clock, roads, nights
        self._tours: dict[object, Tour | None] = {}
        self._days: dict[UntimedDay, bool] = {}
        self._loads: dict[object, bool] = {}
        self._bound = {stop for stop, hours in enumerate(clock.visits, start=1) if hours}

    def with_nights(self, nights: OvernightStays) -> "Timing":
        """The same clock where the rep sleeps elsewhere; all that is known stays known."""
        twin = Timing(self.clock, self._roads, nights)
        twin.__dict__.update(_tours=self._tours, _days=self._days)
        return twin

    def tour(self, position: int, stops: Mapping[int, int]) -> Tour | None:
        """The minutes and the order of the shortest tour that the clock allows.

        `stops` are places with the minutes of their visits. None where no order is in time;
        where nobody has hours it is the shortest tour there is.
        """
        own, ends = self.own_stops(position), self._nights.of(position)
        if not stops and own:
            return 0, own
        if not stops or self._is_plain(position, stops):
            return self._roads.shortest(tuple(stops), *ends)
        places = self._places(position, stops)
        # By what the tour depends on, not by its day: many days have the same frame and stops.
        key = self.clock.frames[position], ends, tuple(sorted(places.items()))
        if key not in self._tours:
            self._tours[key] = self._found(position, places)
        return self._tours[key]

    def own_stops(self, position: int) -> tuple[int, ...]:
        """The places of the rep's own meetings of a position, in their order."""
        return tuple(map(self._roads.meetings.__getitem__, self.clock.meetings[position]))

    def _places(self, position: int, stops: Mapping[int, int]) -> dict[int, WindowedStop]:
        places = {
            stop: WindowedStop(self.clock.visit_spans(position, stop - 1), minutes)
            for stop, minutes in stops.items()
        }
        for meeting in self.clock.meetings[position]:
            span = meeting.start, meeting.end
            places[self._roads.meetings[meeting]] = WindowedStop((span,), span[1] - span[0])
        return places

    def _found(self, position: int, places: Mapping[int, WindowedStop]) -> Tour | None:
        roads, frame, ends = self._roads, self.clock.frames[position], self._nights.of(position)
        minutes, order = roads.shortest(tuple(places), *ends)
        # The shortest tour of all, if hours allow it one way round or the other: no search needed.
        for way in (order, order[::-1]):
            is_shortest = roads.length(way, *ends) == minutes
            if is_shortest and is_possible(frame, roads.rows, way, places, ends):
                return minutes, way
        found = shortest_by_clock(frame, roads.rows, places, ends)
        return (roads.length(found, *ends), found) if found else None

    def day(self, position: int, load: DayLoad) -> UntimedDay | None:
        """The day of a position as it is to be timed; None where its tour cannot be driven."""
        tour = self.tour(position, load.stops)
        if tour is None:
            return None
        (start, end), order, legs = self._nights.of(position), tour[1], self._roads.rows
        day = UntimedDay(
            self.clock.frames[position],
            stops_of(legs, order, self._places(position, load.stops), start),
            legs[order[-1]][end] if order else 0,
            tuple(
                Calls(self.clock.spans(position, hours), minutes, count)
                for (hours, minutes), count in sorted(load.calls.items())
            ),
            load.sitting,
        )
        if not self.clock.meetings[position]:
            return day
        # Between base and own meetings the rep drives anyway: by the number of the stop.
        mine = set(self._roads.mine)
        own = {
            number: int(self._roads.own[leg])
            for number, leg in enumerate(pairwise((start, *order, end)))
            if mine.issuperset(leg)
        }
        return with_own_drives(day, own)

    def holds(self, position: int, load: DayLoad) -> bool:
        """Whether a day whose minutes suffice can be timed as well; an empty one always."""
        if not (load.stops or load.calls or load.sitting):
            return True
        if self._is_plain(position, load.stops, load.calls):
            return True
        key = position, frozenset(load.stops.items()), frozenset(load.calls.items()), load.sitting
        if key not in self._loads:
            day = self.day(position, load)
            if day is not None and day not in self._days:
                self._days[day] = surely_fits(day) or can_be_timed(day)
            self._loads[key] = day is not None and self._days[day]
        return self._loads[key]

    def _is_plain(
        self, position: int, stops: Iterable[int], calls: Mapping[CallKind, int] | None = None
    ) -> bool:
        """Whether minutes alone decide: one span of time, nobody has hours, and no break is due."""
        clock, calls = self.clock, calls or {}
        return (
            clock.frames[position].is_whole
            and not clock.meetings[position]
            and not any(there == position for there, _ in clock.appointments)
            and self._bound.isdisjoint(stops)
            and sum(calls.values()) <= CALLS_AT_A_TIME
            and not any(hours for hours, _ in calls)
        )


def most_held(most: int, holds: Callable[[int], bool]) -> int:
    """The most from 0 on that a day holds, by halving: more is never easier."""
    low, high = 0, most
    while low < high:
        # The most is tried first: mostly the day holds it.
        middle = high if low == 0 and high == most else (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
