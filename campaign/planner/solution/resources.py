"""The residual resources while a plan fills: minutes, channel counts and tours, day by day.

    day_free[p]   = capacity(p) - sum of minutes on p - drive(p)         >= 0 where a plan fits
    week_free[w]  = capacity(w) - the same over the days of w            >= 0
    day_room[c, p], week_room[c, w]   the touches that channel c has left >= 0

All of it is kept as touches are entered and taken back, so that to ask costs no more than to look.
"""

import numpy as np

from campaign.model.objective import FULL_WEEK, thousandths
from campaign.planner.day_schedule import CallKind, DayLoad, Tour
from campaign.planner.instance.horizon import Days, Mask, Values
from campaign.planner.instance.jobs import NO_LINE, Way
from campaign.planner.problem import Problem, Rung, Spent

_COPIED = (
    "day_free",
    "week_free",
    "week_load",
    "day_room",
    "week_room",
    "drive",
    "written",
    "writing",
)


class Resources:
    """What is used of each day and week; touches are entered and taken back.

    Two visits to one account on one day are one stop: the second costs nothing.
    """

    def __init__(self, problem: Problem) -> None:
        size, weeks = problem.horizon.size, len(problem.horizon.week_capacity)
        self._problem = problem
        self._timing = problem.timing
        self._minutes = problem.visits
        self._week = problem.horizon.week
        self.day_free: Days = problem.horizon.day_capacity.copy()
        self.week_free: Days = problem.horizon.week_capacity.copy()
        self.day_room: Days = np.repeat(problem.per_day[:, None], size, axis=1)
        self.week_room: Days = np.repeat(problem.per_week[:, None], weeks, axis=1)
        self.tours: list[tuple[int, ...]] = [
            problem.timing.own_stops(position) for position in range(size)
        ]
        self.stops: list[dict[int, tuple[int, ...]]] = [{} for _ in range(size)]
        self.drive: Days = np.zeros(size, dtype=np.int64)
        self.written: Days = np.zeros(size, dtype=np.int64)
        self.week_load: Days = np.zeros(weeks, dtype=np.int64)
        self._rates = problem.territory.comfort
        self._even = problem.even
        self.calls: list[dict[CallKind, int]] = [{} for _ in range(size)]
        self.writing: Days = np.zeros(size, dtype=np.int64)
        self.rings: dict[int, tuple[Rung, ...]] = dict(problem.rung)
        if problem.resumed is not None:
            self._spend(problem.resumed.spent)

    def _spend(self, spent: Spent) -> None:
        """Take away what is used up already."""
        self.day_free -= spent.day
        self.week_free -= spent.week
        self.day_room -= spent.day_uses
        self.week_room -= spent.week_uses
        self.writing += spent.day
        self.week_load += spent.week
        self.forgive()

    def forgive(self) -> None:
        """Leave nothing where more is used than there is: facts win over limits."""
        # What is done cannot be undone, even where it was too much.
        for room in (self.day_free, self.week_free, self.day_room, self.week_room):
            np.maximum(room, 0, out=room)

    def copy(self) -> "Resources":
        """The same state, to be changed apart."""
        # Copied some ten thousand times a search: the arrays that change, and no more.
        twin = object.__new__(Resources)
        twin.__dict__.update(self.__dict__)
        for name in _COPIED:
            setattr(twin, name, getattr(self, name).copy())
        twin.tours = self.tours.copy()
        twin.stops = [stops.copy() for stops in self.stops]
        twin.calls = [calls.copy() for calls in self.calls]
        twin.rings = self.rings.copy()
        return twin

    def with_nights(self, problem: Problem) -> "Resources":
        """The same touches where the rep sleeps elsewhere; whether they fit is not asked."""
        twin = self.copy()
        twin.sleep(problem)
        return twin

    def sleep(self, problem: Problem) -> None:
        """Go by the nights of another problem, which is the same otherwise."""
        changed = problem.nights.away | self._problem.nights.away
        self._problem, self._timing = problem, problem.timing
        for position in sorted(changed):
            self._drive_there(position)

    def _drive_there(self, position: int) -> None:
        """Drive the tour of a day anew and enter what it takes more than before."""
        added = self._drive_anew(position)
        self._spend_minutes(position, added)

    @property
    def excess(self) -> int:
        """The minutes that days and weeks hold beyond what they have."""
        return -int(np.minimum(self.day_free, 0).sum() + np.minimum(self.week_free, 0).sum())

    @property
    def idle(self) -> list[int]:
        """The positions beside a night to come that have no visit."""
        return [p for p in sorted(self._problem.nights.busy) if not self.stops[p]]

    @property
    def travel(self) -> int:
        """All driving minutes."""
        return int(self.drive.sum())

    @property
    def comfort(self) -> int:
        """What drives, uneven weeks and set-ups count, in thousandths of a minute."""
        rates = self._rates
        called = sum(1 for calls in self.calls if calls)
        uneven = (
            rates.of_week(minutes, even)
            for minutes, even in zip(self.week_load.tolist(), self._even.tolist(), strict=True)
        )
        return (
            thousandths(rates.drive) * self.travel
            + thousandths(rates.write) * int((self.written > 0).sum())
            + thousandths(rates.call) * called
            + thousandths(rates.visit) * sum(map(bool, self.stops))
            + sum(uneven)
        )

    def discomfort(self, way: Way, detours: Days | None) -> Values:
        """What a touch more on each position adds to that, in minutes."""
        rates = self._rates
        minutes = np.broadcast_to(
            way.minutes if detours is None else way.minutes + detours, self._week.shape
        )
        load, even = self.week_load[self._week], self._even[self._week]
        # Unevenness is piecewise linear: dearer still where a week is nearly full.
        low, high = rates.uneven
        more = low * _above(load, minutes, even)
        more += (high - low) * _above(load, minutes, (even * FULL_WEEK).astype(np.int64))
        if detours is not None:
            return np.asarray(more + rates.drive * detours + rates.visit * self.without_visit())
        if way.is_call:
            idle = np.array([not calls for calls in self.calls])
            return np.asarray(more + rates.call * idle)
        return np.asarray(more + rates.write * (self.written == 0))

    def without_visit(self) -> Mask:
        """The positions on which no account is visited."""
        return np.array([not stops for stops in self.stops])

    def free(self) -> Days:
        """The minutes left on each day, its week considered."""
        return np.minimum(self.day_free, self.week_free[self._week])

    def detours(self, account: int) -> Days:
        """What a visit to the account would add to each day's tour, in minutes."""
        nights = self._problem.nights
        return self._problem.roads.detours(account, self.tours, nights.starts, nights.ends)

    def open(self, account: int, way: Way, detours: Days | None) -> Mask:
        """The positions that are open to a touch by a way and still have room for it."""
        return np.asarray(way.open & self.room(account, way, detours))

    def room(self, account: int, way: Way, detours: Days | None) -> Mask:
        """The positions with room for any touch of an account by the channel of a way."""
        cost: Days | int = way.minutes if detours is None else way.minutes + detours
        room = (self.day_room[way.channel] > 0) & (self.week_room[way.channel][self._week] > 0)
        # Minutes by the cheapest detour known; the true tour is asked for where a day is chosen.
        room &= (self.free() >= cost) & self.quiet(account, way)
        if way.travels:
            # Where the rep calls already, a second touch by the same channel is part of that stop.
            for position, stops in enumerate(self.stops):
                if account in stops:
                    room[position] = way.channel in stops[account]
        return np.asarray(room)

    def quiet(self, account: int, way: Way) -> Mask:
        """The positions on which no other account is called nearby at the same number."""
        quiet = np.ones(self._week.shape, dtype=bool)
        gap = self._problem.territory.courtesy.gap
        # Whoever answers a shared telephone is rung once within the gap, whomever the call is for
        # (R5).
        for other, position in self.rings.get(way.line, ()):
            if other != account and gap:
                quiet[max(0, position - gap + 1) : max(0, position + gap)] = False
        return quiet

    @property
    def is_quiet(self) -> bool:
        """Whether each number that several accounts share is rung once within the gap."""
        gap = self._problem.territory.courtesy.gap
        return not any(
            one < other and abs(day - there) < gap
            for rung in self.rings.values()
            for one, day in rung
            for other, there in rung
        )

    def fits(self, account: int, way: Way, position: int) -> bool:
        """Whether a touch has room on a day: its minutes, its true detour, its hours."""
        return self.has_room(account, way, position) and self.has_time(account, way, position)

    def has_room(self, account: int, way: Way, position: int) -> bool:
        """Whether minutes and limits hold a touch, whatever the clock says."""
        if not way.open[position]:
            return False
        if self._meets(account, way, position):
            return True
        if way.travels and account in self.stops[position]:
            return False
        week = self._week[position]
        if min(self.day_room[way.channel, position], self.week_room[way.channel, week]) < 1:
            return False
        if way.line != NO_LINE and not self.quiet(account, way)[position]:
            return False
        cost = way.minutes
        if way.travels:
            stops = {**self._visits(position), account + 1: way.minutes}
            cost += int(self._tour(position, stops)[0] - self.drive[position])
        return bool(cost <= self.day_free[position] and cost <= self.week_free[week])

    def has_time(self, account: int, way: Way, position: int) -> bool:
        """Whether the day can still be timed with a touch; its minutes are not asked."""
        if self._meets(account, way, position):
            return True
        load = self.load(position)
        load.add(account, way)
        return self._timing.holds(position, load)

    def _meets(self, account: int, way: Way, position: int) -> bool:
        """Whether the rep is there already by the same channel."""
        return way.travels and way.channel in self.stops[position].get(account, ())

    def load(self, position: int) -> DayLoad:
        """What a day holds, as it is to be timed."""
        return DayLoad(
            self._visits(position), dict(self.calls[position]), int(self.writing[position])
        )

    def _visits(self, position: int) -> dict[int, int]:
        """The minutes of each visit of a day, by place."""
        minutes = self._minutes
        return {
            account + 1: minutes[account][channels[0]]
            for account, channels in self.stops[position].items()
        }

    @property
    def is_timed(self) -> bool:
        """Whether every day can be timed."""
        return not self.untimed()

    def untimed(self) -> list[int]:
        """The positions that cannot be timed."""
        positions = range(self._problem.first, self._problem.horizon.size)
        return [p for p in positions if not self._timing.holds(p, self.load(p))]

    def _tour(self, position: int, stops: dict[int, int]) -> Tour:
        """The tour that the clock allows, else the shortest of all, which it does not."""
        nights, roads = self._problem.nights, self._problem.roads
        # The last day of a trip under way may be the way home alone: it takes nothing.
        if not stops and position in nights.away - nights.busy:
            return 0, ()
        ends = nights.of(position)
        return self._timing.tour(position, stops) or roads.shortest(tuple(stops), *ends)

    def enter(self, account: int, way: Way, position: int) -> None:
        """Enter a touch; nothing is checked."""
        self._book(account, way, position, 1)

    def take_back(self, account: int, way: Way, position: int) -> None:
        """Take back a touch that was entered."""
        self._book(account, way, position, -1)

    def _book(self, account: int, way: Way, position: int, sign: int) -> None:
        # A second row at a stop takes nothing: it is the same visit.
        if way.travels and not self._changes_stops(account, way, position, sign):
            return
        week = self._week[position]
        minutes = sign * way.minutes
        if way.travels:
            minutes += self._drive_anew(position)
        self._spend_minutes(position, minutes)
        self.day_room[way.channel, position] -= sign
        self.week_room[way.channel, week] -= sign
        if way.line != NO_LINE:
            self._ring(account, way, position, sign)
        if way.is_call:
            calls, kind = self.calls[position], (way.hours, way.minutes)
            calls[kind] = calls.get(kind, 0) + sign
            if not calls[kind]:
                del calls[kind]
        elif not way.travels:
            self.written[position] += sign
            self.writing[position] += minutes

    def _ring(self, account: int, way: Way, position: int, sign: int) -> None:
        rung, this = self.rings.get(way.line, ()), (account, position)
        if sign > 0:
            self.rings[way.line] = (*rung, this)
        else:
            place = rung.index(this)
            self.rings[way.line] = (*rung[:place], *rung[place + 1 :])

    def _spend_minutes(self, position: int, minutes: int) -> None:
        week = self._week[position]
        self.day_free[position] -= minutes
        self.week_free[week] -= minutes
        self.week_load[week] += minutes

    def _changes_stops(self, account: int, way: Way, position: int, sign: int) -> bool:
        """Count a visit in or out; whether the day's stops are others now."""
        stops = self.stops[position]
        here = stops.get(account, ())
        if sign > 0:
            stops[account] = (*here, way.channel)
            return not here
        left = here[1:]
        if left:
            stops[account] = left
        else:
            del stops[account]
        return not left

    def _drive_anew(self, position: int) -> int:
        minutes, order = self._tour(position, self._visits(position))
        added = minutes - int(self.drive[position])
        self.drive[position], self.tours[position] = minutes, order
        return added


def _above(load: Days, minutes: Days, line: Days) -> Values:
    """How many of the minutes lie above a line if they come on top of a load."""
    return np.asarray(
        np.maximum(load + minutes - line, 0) - np.maximum(load - line, 0), dtype=float
    )
