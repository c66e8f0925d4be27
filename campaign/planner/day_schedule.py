"""Whether one day can be lived by the clock: hours, the tour through them, its timetable.

The tour is the travelling salesman's problem with time windows, each stop in its hours:

    minimise  sum of legs   over orders of the stops with   t_j >= t_i + minutes_i + leg(i, j),
                                                            t_j within the hours of j

First the shortest tour of all is tried, either way round. Where both come too late somewhere,
tours grow stop by stop: of two with the same stops and the same last one, the one that is neither
shorter nor sooner is dominated and forgotten (Dumas et al. 1995). Exact as long as no more tours
are on the way than are kept.

Whether a day can be timed is asked by the calendar while it fills, some ten thousand times a
search; each answer is kept. Most days need no search: minutes alone decide where nobody has hours,
and a plain order of tour and calls fits where somebody has.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import define, evolve, field, frozen

from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.frames import (
    CALLS_AT_A_TIME,
    Frame,
    Span,
    Spans,
    earliest,
    frame_of,
    leaving,
    shared,
    without,
)
from campaign.model.hours import OpeningHours, Together, opened
from campaign.model.territory import Territory
from campaign.planner.instance.jobs import Way
from campaign.planner.instance.overnight_stays import OvernightStays
from campaign.planner.instance.travel_times import HOME, HOMES, Ends, Tour, TravelTimes
from campaign.timetable.day import Calls, Stop, UntimedDay, driven, surely_fits, with_own_drives
from campaign.timetable.labelling import can_be_timed

if TYPE_CHECKING:
    from campaign.model.busy import Meeting

ALWAYS = 0
"""The hours of somebody who has given none."""

ANOTHER_HOUR = 60
"""A further attempt keeps so many minutes from the times at which it was tried before."""
_ENOUGH = 30


@frozen
class _Hours:
    """Opening hours in a time zone, and times by the rep's clock that were tried in vain.

    Or the very time that the rep has `given`, whoever is open then. Hours that read the same are
    the same.
    """

    opening: OpeningHours | Together | None = field(eq=str)
    zone: str = ""
    tried: tuple[int, ...] = ()
    given: Span | None = None


class DayClock:
    """Who may be met when, on each position, in minutes by the rep's clock.

    Hours are given by a number, `ALWAYS` for none.
    """

    def __init__(self, territory: Territory, dates: Sequence[dt.date]) -> None:
        self._territory, self._dates = territory, dates
        self._rep = rep = territory.rep
        self._numbers: dict[_Hours, int] = {_Hours(None): ALWAYS}
        self.frames: list[Frame] = [Frame((), (), 0), *(frame_of(rep, date) for date in dates)]
        works = territory.calendar.is_working_day
        self.meetings: list[tuple[Meeting, ...]] = [
            (),
            *(rep.meetings_on(day) if works(day) else () for day in dates),
        ]
        self.visits: list[int] = [self.hours_of_visits(a) for a in territory.active_accounts]
        # By position and account, the time of a visit that the rep has pinned.
        self.appointments: dict[tuple[int, int], Span] = {}
        self.spans: Callable[[int, int], Spans] = cache(self._spans)

    def _number(self, hours: _Hours) -> int:
        return self._numbers.setdefault(hours, len(self._numbers))

    def hours_of_visits(self, account: Account) -> int:
        """The number of an account's visit hours, which hold for everybody met there."""
        people = self._territory.contacts_of(account.account_id)
        own = dict.fromkeys(each.visit_hours for each in people if each.visit_hours)
        hours = Together(account.visit_hours, tuple(own)) if own else account.visit_hours
        return self._number(_Hours(hours, account.timezone)) if hours else ALWAYS

    def meets(self, position: int, account: Account, person: Contact) -> bool:
        """Whether a person is there whenever the account is visited on a position."""
        if person.visit_hours is None:
            return True
        theirs = self.spans(position, self._number(_Hours(person.visit_hours, account.timezone)))
        whole = self.spans(position, self.hours_of_visits(account))
        return bool(whole) and shared(whole, theirs) == whole

    def hours_of_calls(self, account: Account, person: Contact, tried: tuple[int, ...] = ()) -> int:
        """The number of the hours in which a person may be called.

        At another hour than was `tried`, on days that leave one.
        """
        hours, zone = self._territory.call_hours_of(account, person), person.timezone
        is_bound = hours is not None or tried
        return self._number(_Hours(hours, zone or account.timezone, tried)) if is_bound else ALWAYS

    def hours_of_appointment(self, given: Span) -> int:
        """The number of the one time at which the rep has pinned a touch."""
        return self._number(_Hours(None, given=given))

    def appoint(self, position: int, account: int, given: Span) -> None:
        """Let a visit that the rep has pinned keep its time.

        An account is one stop of a day: at a second time there the rep does nothing else.
        """
        if self.appointments.setdefault((position, account), given) == given:
            return
        frame = self.frames[position]
        self.frames[position] = evolve(
            frame, work=without(frame.work, (given,)), road=without(frame.road, (given,))
        )
        self.spans = cache(self._spans)

    def _spans(self, position: int, number: int) -> Spans:
        """The parts of the rep's own hours in which such hours are open."""
        work = self.frames[position].work
        if number == ALWAYS or not position:
            return work
        hours = list(self._numbers)[number]
        if hours.given:
            return (hours.given,)
        open_ = work
        if hours.opening is not None:
            there = zone_named(hours.zone) or self._rep.zone
            date = self._dates[position - 1]
            open_ = shared(work, tuple(opened(hours.opening, date, self._rep.zone, there)))
        # Where nothing else is left of their hours, the same hour again is better than none.
        tried = [(time - ANOTHER_HOUR, time + ANOTHER_HOUR) for time in hours.tried]
        others = without(open_, tried)
        return others if earliest(others, 0, _ENOUGH) >= 0 else open_

    def holds(self, position: int, number: int, minutes: int) -> bool:
        """Whether somebody with such hours is open for so many minutes at a time."""
        return number == ALWAYS or earliest(self.spans(position, number), 0, minutes) >= 0


KEPT = 2_000

Legs = Sequence[Sequence[int]]


class WindowedStop(NamedTuple):
    """A stop before the tour is known: its hours and its minutes."""

    spans: Spans
    minutes: int


class _Part(NamedTuple):
    """A tour as far as it goes."""

    length: int
    time: int
    order: tuple[int, ...]


def stops_of(
    legs: Legs, order: Sequence[int], places: Mapping[int, WindowedStop], start: int = HOME
) -> tuple[Stop, ...]:
    """The stops of a tour, each with its drive."""
    return tuple(
        Stop(*places[stop], legs[origin][stop])
        for origin, stop in zip((start, *order), order, strict=False)
    )


def is_possible(
    frame: Frame,
    legs: Legs,
    order: Sequence[int],
    places: Mapping[int, WindowedStop],
    ends: Ends = HOMES,
) -> bool:
    """Whether the clock allows a tour in this order, nothing else being done."""
    back = legs[order[-1]][ends[1]] if order else 0
    return driven(frame, stops_of(legs, order, places, ends[0]), back) >= 0


def shortest_by_clock(
    frame: Frame, legs: Legs, places: Mapping[int, WindowedStop], ends: Ends = HOMES
) -> tuple[int, ...] | None:
    """The order of the shortest tour over the places that the clock allows, None for none."""
    parts = [_Part(0, 0, ())]
    # One more stop in every round: all tours of a round have as many.
    for _ in places:
        found: dict[tuple[frozenset[int], int], list[_Part]] = {}
        for part in parts:
            for longer in _longer(frame, legs, places, part, ends[0]):
                alike = found.setdefault((frozenset(longer.order), longer.order[-1]), [])
                if not any(o.length <= longer.length and o.time <= longer.time for o in alike):
                    alike[:] = [
                        o for o in alike if o.length < longer.length or o.time < longer.time
                    ]
                    alike.append(longer)
        parts = sorted(part for alike in found.values() for part in alike)[:KEPT]
    closed = [
        (part.length + legs[part.order[-1]][ends[1]], part.time, part.order)
        for part in parts
        if part.order and is_possible(frame, legs, part.order, places, ends)
    ]
    return min(closed)[2] if closed else None


def _longer(
    frame: Frame, legs: Legs, places: Mapping[int, WindowedStop], part: _Part, origin: int
) -> list[_Part]:
    """A part with each stop more that can still be in time; waiting is free here."""
    found, last = list[_Part](), part.order[-1] if part.order else origin
    for stop, (spans, minutes) in places.items():
        leg = legs[last][stop]
        left = leaving(frame.road, part.time, leg) if stop not in part.order else -1
        # A stop begins as soon as it is reached and open.
        start = earliest(spans, left + leg, minutes) if left >= 0 else -1
        if start >= 0:
            found.append(_Part(part.length + leg, start + minutes, (*part.order, stop)))
    return found


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
        self._roads, self._nights = roads, nights
        self.clock: DayClock = clock
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
        clock, places = self.clock, dict[int, WindowedStop]()
        for stop, minutes in stops.items():
            given = clock.appointments.get((position, stop - 1))
            spans = (given,) if given else clock.spans(position, clock.visits[stop - 1])
            places[stop] = WindowedStop(spans, minutes)
        for meeting in clock.meetings[position]:
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
