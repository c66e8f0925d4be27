"""The calendar while it fills: minutes, channel counts and tours, day by day."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from campaign.planner.horizon import Days, Mask
from campaign.planner.problem import Problem
from campaign.planner.work import Way


@frozen
class Placed:
    """One job on a position, by one of its ways."""

    job: int
    way: int
    position: int


Placement = tuple[Placed, ...]


class Ledger:
    """What is used of each day and week; touches are entered and taken back.

    Two visits to one account on one day are one stop: the second costs nothing.
    """

    def __init__(self, problem: Problem) -> None:
        size, weeks = problem.horizon.size, len(problem.horizon.week_capacity)
        self._problem = problem
        self._week = problem.horizon.week
        self.day_free = problem.horizon.day_capacity.copy()
        self.week_free = problem.horizon.week_capacity.copy()
        self.day_room = np.repeat(problem.per_day[:, None], size, axis=1)
        self.week_room = np.repeat(problem.per_week[:, None], weeks, axis=1)
        self.tours: list[tuple[int, ...]] = [()] * size
        self.stops: list[dict[int, tuple[int, ...]]] = [{} for _ in range(size)]
        self.drive: Days = np.zeros(size, dtype=np.int64)
        self.posts: Days = np.zeros(size, dtype=np.int64)

    def copy(self) -> "Ledger":
        """The same state, to be changed apart."""
        twin = object.__new__(Ledger)
        twin.__dict__.update(self.__dict__)
        for name in ("day_free", "week_free", "day_room", "week_room", "drive", "posts"):
            setattr(twin, name, getattr(self, name).copy())
        twin.tours = self.tours.copy()
        twin.stops = [stops.copy() for stops in self.stops]
        return twin

    @property
    def travel(self) -> int:
        """All driving minutes."""
        return int(self.drive.sum())

    @property
    def sittings(self) -> int:
        """Days on which something is written for the post."""
        return int((self.posts > 0).sum())

    def free(self) -> Days:
        """The minutes left on each day, its week considered."""
        return np.minimum(self.day_free, self.week_free[self._week])

    def detours(self, account: int) -> Days:
        """What a visit to the account would add to each day's tour, in minutes."""
        return self._problem.roads.detours(account, self.tours)

    def open(self, account: int, way: Way, detours: Days | None) -> Mask:
        """The positions on which a touch still has room by a way."""
        cost: Days | int = way.minutes if detours is None else way.minutes + detours
        room = (self.day_room[way.channel] > 0) & (self.week_room[way.channel][self._week] > 0)
        opened = way.open & room & (self.free() >= cost)
        if way.travels:
            for position, stops in enumerate(self.stops):
                if account in stops:
                    opened[position] = way.open[position] and way.channel in stops[account]
        return np.asarray(opened)

    def fits(self, account: int, way: Way, position: int) -> bool:
        """Whether a touch has room on a day, its true detour reckoned."""
        if not way.open[position]:
            return False
        if way.travels and account in self.stops[position]:
            return way.channel in self.stops[position][account]
        if self.day_room[way.channel, position] < 1:
            return False
        week = self._week[position]
        if self.week_room[way.channel, week] < 1:
            return False
        cost = way.minutes + (self._added_drive(account, position) if way.travels else 0)
        return bool(cost <= self.day_free[position] and cost <= self.week_free[week])

    def _added_drive(self, account: int, position: int) -> int:
        minutes, _ = self._problem.roads.shortest((*self.tours[position], account + 1))
        return int(minutes - self.drive[position])

    def enter(self, account: int, way: Way, position: int) -> None:
        """Enter a touch; nothing is checked."""
        self._book(account, way, position, 1)

    def take_back(self, account: int, way: Way, position: int) -> None:
        """Take back a touch that was entered."""
        self._book(account, way, position, -1)

    def _book(self, account: int, way: Way, position: int, sign: int) -> None:
        if way.travels and not self._changes_stops(account, way, position, sign):
            return
        week = self._week[position]
        minutes = sign * way.minutes
        if way.travels:
            minutes += self._drive_anew(position)
        self.day_free[position] -= minutes
        self.week_free[week] -= minutes
        self.day_room[way.channel, position] -= sign
        self.week_room[way.channel, week] -= sign
        if way.is_post:
            self.posts[position] += sign

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
        stops = [account + 1 for account in self.stops[position]]
        minutes, order = self._problem.roads.shortest(stops)
        added = minutes - int(self.drive[position])
        self.drive[position], self.tours[position] = minutes, order
        return added

    def enter_all(self, problem: Problem, placement: Sequence[Placed]) -> None:
        """Enter every touch of a placement."""
        for placed in placement:
            job = problem.jobs[placed.job]
            self.enter(job.account, job.ways[placed.way], placed.position)

    def take_back_all(self, problem: Problem, placement: Sequence[Placed]) -> None:
        """Take back every touch of a placement."""
        for placed in placement:
            job = problem.jobs[placed.job]
            self.take_back(job.account, job.ways[placed.way], placed.position)
