"""The residual resources while a plan fills: minutes, channel counts and tours, day by day.

    day_free[p]   = capacity(p) - sum of minutes on p - drive(p)         >= 0 where a plan fits
    week_free[w]  = capacity(w) - the same over the days of w            >= 0
    day_room[c, p], week_room[c, w]   the touches that channel c has left >= 0

All of it is kept as touches are entered and taken back, so that to ask costs no more than to look.
"""

import numpy as np

from campaign.model.objective import FULL_WEEK, thousandths
from campaign.planner.day_schedule import CallKind, DayLoad
from campaign.planner.instance.horizon import Days, Mask, Values
from campaign.planner.instance.jobs import NO_LINE, Way
from campaign.planner.instance.travel_times import Tour
from campaign.planner.problem.problem import Problem, Rung

_COPIED = (
    "day_free",
    "week_free",
    "week_load",
    "day_room",
    "week_room",
    "drive",
    "written",
    "writing",
    "tours",
    "rings",
)


class Resources:
    """What is used of each day and week; touches are entered and taken back.

    Two visits to one account on one day are one stop: the second costs nothing.
    """

    def __init__(self, problem: Problem) -> None:
        horizon, positions = problem.horizon, range(problem.horizon.size)
        self._problem, self._week = problem, problem.horizon.week
        self._rates, self._gap = problem.territory.comfort, problem.territory.courtesy.gap
        self.day_free: Days = horizon.day_capacity.copy()
        self.week_free: Days = horizon.week_capacity.copy()
        self.day_room: Days = np.repeat(problem.per_day[:, None], horizon.size, axis=1)
        self.week_room: Days = np.repeat(problem.per_week[:, None], len(self.week_free), axis=1)
        self.tours: list[tuple[int, ...]] = [problem.timing.own_stops(p) for p in positions]
        self.stops: list[dict[int, tuple[int, ...]]] = [{} for _ in positions]
        self.calls: list[dict[CallKind, int]] = [{} for _ in positions]
        self.rings: dict[int, tuple[Rung, ...]] = dict(problem.rung)
        self.week_load: Days = np.zeros_like(self.week_free)
        self.drive: Days = np.zeros(horizon.size, dtype=np.int64)
        self.written: Days = np.zeros(horizon.size, dtype=np.int64)
        self.writing: Days = np.zeros(horizon.size, dtype=np.int64)
        if problem.resumed is not None:
            # What is used up already.
            for position, week, minutes, channel in problem.resumed.spent:
                self._spend(position, week, minutes)
                self.writing[position] += minutes
                if channel >= 0:
                    self.day_room[channel, position] -= 1
                    self.week_room[channel, week] -= 1
            self.forgive()

    def forgive(self) -> None:
        """Leave nothing where more is used than there is: facts win over limits."""
        # What is done cannot be undone, even where it was too much.
        for room in (self.day_free, self.week_free, self.day_room, self.week_room):
            np.maximum(room, 0, out=room)

    def copy(self) -> "Resources":
        """The same state, to be changed apart."""
        # Copied some ten thousand times a search: what changes, and no more.
        twin = object.__new__(Resources)
        twin.__dict__.update(self.__dict__)
        twin.__dict__.update((name, getattr(self, name).copy()) for name in _COPIED)
        twin.stops = [stops.copy() for stops in self.stops]
        twin.calls = [calls.copy() for calls in self.calls]
        return twin

    def sleep(self, problem: Problem) -> None:
        """Go by the nights of another problem, else the same; whether all fits is not asked."""
        changed = problem.nights.away | self._problem.nights.away
        self._problem = problem
        for position in sorted(changed):
            self._spend(position, self._week[position], self._drive_anew(position))

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
        rates, weeks = self._rates, (self.week_load.tolist(), self._problem.even.tolist())
        return (
            thousandths(rates.drive) * self.travel
            + thousandths(rates.write) * int((self.written > 0).sum())
            + thousandths(rates.call) * sum(map(bool, self.calls))
            + thousandths(rates.visit) * sum(map(bool, self.stops))
            + sum(rates.of_week(minutes, even) for minutes, even in zip(*weeks, strict=True))
        )

    def discomfort(self, way: Way, detours: Days | None) -> Values:
        """What a touch more on each position adds to that, in minutes."""
        rates, (low, high) = self._rates, self._rates.uneven
        load, even = self.week_load[self._week], self._problem.even[self._week]
        then = load + (way.minutes if detours is None else way.minutes + detours)
        # Unevenness is piecewise linear: dearer still where a week is nearly full.
        full = (even * FULL_WEEK).astype(np.int64)
        more = low * (np.maximum(then - even, 0) - np.maximum(load - even, 0)).astype(float)
        more += (high - low) * (np.maximum(then - full, 0) - np.maximum(load - full, 0))
        if detours is not None:
            return np.asarray(more + rates.drive * detours + rates.visit * self.without_visit())
        if way.is_call:
            return np.asarray(more + rates.call * np.array([not calls for calls in self.calls]))
        return np.asarray(more + rates.write * (self.written == 0))

    def without_visit(self) -> Mask:
        """The positions on which no account is visited."""
        return np.array([not stops for stops in self.stops])

    def free(self) -> Days:
        """The minutes left on each day, its week considered."""
        return np.minimum(self.day_free, self.week_free[self._week])

    def has_touch(self, way: Way) -> Mask:
        """The positions on which the limits of the channel of a way leave a touch."""
        by_week = self.week_room[way.channel] > 0
        return np.asarray((self.day_room[way.channel] > 0) & by_week[self._week])

    def detours(self, account: int) -> Days:
        """What a visit to the account would add to each day's tour, in minutes."""
        nights = self._problem.nights
        return self._problem.roads.detours(account, self.tours, nights.starts, nights.ends)

    def room(self, account: int, way: Way, detours: Days | None) -> Mask:
        """The positions with room for any touch of an account by the channel of a way."""
        cost: Days | int = way.minutes if detours is None else way.minutes + detours
        # Minutes by the cheapest detour known; the true tour is asked for where a day is chosen.
        room = self.has_touch(way) & (self.free() >= cost) & self.quiet(account, way)
        if way.travels:
            # Where the rep calls already, a second touch by the same channel is part of that stop.
            for position, stops in enumerate(self.stops):
                if account in stops:
                    room[position] = way.channel in stops[account]
        return np.asarray(room)

    def quiet(self, account: int, way: Way) -> Mask:
        """The positions on which no other account is called nearby at the same number.

        Whoever answers a shared telephone is rung once within the gap, whomever the call is for
        (R5).
        """
        quiet, gap = np.ones(self._week.shape, dtype=bool), self._gap
        for other, position in self.rings.get(way.line, ()):
            if other != account and gap:
                quiet[max(0, position - gap + 1) : max(0, position + gap)] = False
        return quiet

    @property
    def is_quiet(self) -> bool:
        """Whether each number that several accounts share is rung once within the gap."""
        return not any(
            one < other and abs(day - there) < self._gap
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
        return self._problem.timing.holds(position, load)

    def _meets(self, account: int, way: Way, position: int) -> bool:
        """Whether the rep is there already by the same channel."""
        return way.travels and way.channel in self.stops[position].get(account, ())

    def load(self, position: int) -> DayLoad:
        """What a day holds, as it is to be timed."""
        calls, writing = self.calls[position].copy(), int(self.writing[position])
        return DayLoad(self._visits(position), calls, writing)

    def _visits(self, position: int) -> dict[int, int]:
        """The minutes of each visit of a day, by place."""
        minutes, stops = self._problem.visits, self.stops[position]
        return {account + 1: minutes[account][channels[0]] for account, channels in stops.items()}

    def untimed(self) -> list[int]:
        """The positions that cannot be timed."""
        positions = range(self._problem.first, self._problem.horizon.size)
        return [p for p in positions if not self._problem.timing.holds(p, self.load(p))]

    def _tour(self, position: int, stops: dict[int, int]) -> Tour:
        """The tour that the clock allows, else the shortest of all, which it does not."""
        problem, nights = self._problem, self._problem.nights
        # The last day of a trip under way may be the way home alone: it takes nothing.
        if not stops and position in nights.away - nights.busy:
            return 0, ()
        tour = problem.timing.tour(position, stops)
        return tour or problem.roads.shortest(tuple(stops), *nights.of(position))

    def enter(self, account: int, way: Way, position: int, sign: int = 1) -> None:
        """Enter a touch, or take it back; nothing is checked."""
        minutes = sign * way.minutes
        if way.travels:
            stops, here = self.stops[position], self.stops[position].get(account, ())
            stops[account] = (*here, way.channel) if sign > 0 else here[1:]
            # A second row at a stop takes nothing: it is the same visit.
            if here and stops[account]:
                return
            if not stops[account]:
                del stops[account]
            minutes += self._drive_anew(position)
        week = self._week[position]
        self._spend(position, week, minutes)
        self.day_room[way.channel, position] -= sign
        self.week_room[way.channel, week] -= sign
        if way.line != NO_LINE:
            rung, this = self.rings.get(way.line, ()), (account, position)
            place = len(rung) if sign > 0 else rung.index(this)
            new = (this,) if sign > 0 else ()
            self.rings[way.line] = (*rung[:place], *new, *rung[place + 1 :])
        if way.is_call:
            calls, kind = self.calls[position], (way.hours, way.minutes)
            calls[kind] = calls.get(kind, 0) + sign
            if not calls[kind]:
                del calls[kind]
        elif not way.travels:
            self.written[position] += sign
            self.writing[position] += minutes

    def _spend(self, position: int, week: int, minutes: int) -> None:
        self.day_free[position] -= minutes
        self.week_free[week] -= minutes
        self.week_load[week] += minutes

    def _drive_anew(self, position: int) -> int:
        """Drive the tour of a day anew; the minutes that it takes more than before."""
        before = int(self.drive[position])
        self.drive[position], self.tours[position] = self._tour(position, self._visits(position))
        return int(self.drive[position]) - before
