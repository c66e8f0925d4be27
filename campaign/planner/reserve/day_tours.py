"""Every tour that one day of the first week can hold, and what would leave no room beside it.

A tour is a set of visits, bit by bit. Something more has no room on its day if so many minutes
of calls and letters stand there that the day is full, or could not surely be timed, or if so
much is planned in the whole week that the week is full.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from attrs import frozen

from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem
from campaign.planner.reserve.drives import minutes_of
from campaign.planner.reserve.items import Item
from campaign.planner.timetable.timing import Alike, Load
from campaign.planner.work import Way

MOST_TOURS = 600
"""Of a day that can hold more tours not every one is looked at."""

Whole = npt.NDArray[np.int64]

NEVER = 10**9
"""More minutes than there are."""


@frozen
class Asked:
    """Something that may have no room: a visit to, or another touch of, the item of a number.

    Where it has none, something else takes `now` minutes in its place.
    """

    number: int
    way: Way
    now: int


@frozen(eq=False)
class DayTours:
    """The tours of a day with `free` minutes: a row each, and in it a column for what is asked.

    Calls and letters of so many minutes may stand there `at_most`.
    It has no room `beside` so many minutes of calls and letters, or in a week of so many
    minutes `in_week`; none at all where the number is 0.
    """

    free: int
    at_most: int
    visited: Whole
    minutes: Whole
    beside: Whole
    in_week: Whole


class TooMany(Exception):  # noqa: N818  # no fault: there is another way
    """There are too many choices to try every one."""


class TourBook:
    """The days of one week, of which those that are alike are looked at once."""

    def __init__(self, problem: Problem, items: Sequence[Item], asked: Sequence[Asked]) -> None:
        self._problem = problem
        self._items = items
        self._asked = asked
        self._known: dict[object, DayTours] = {}

    def of(self, position: int) -> DayTours:
        """All tours that a day holds by itself; TooMany where there are many."""
        day = _Day(self._problem, self._items, position)
        if day.likeness not in self._known:
            self._known[day.likeness] = day.tours(self._asked)
        return self._known[day.likeness]


class _Day:
    """One day, and what may stand there by itself."""

    def __init__(self, problem: Problem, items: Sequence[Item], position: int) -> None:
        self._timing = problem.timing
        self._items = items
        self._position = position
        self._empty = Ledger(problem)
        self._capacity = int(self._empty.day_free[position])
        self._week = int(self._empty.week_free[problem.horizon.week[position]])
        self._visits = self._fitting([item.visit for item in items])
        self._others = self._fitting([item.other for item in items])

    def _fitting(self, ways: Sequence[Way | None]) -> list[int]:
        """The numbers of the items that may stand there by a way of theirs."""
        return [
            number
            for number, (item, way) in enumerate(zip(self._items, ways, strict=True))
            if way and self._empty.fits(item.work.account, way, self._position)
        ]

    @property
    def _free(self) -> int:
        return max(0, min(self._capacity, self._week))

    @property
    def likeness(self) -> object:
        """What is the same for days that are alike."""
        clock, position = self._timing.clock, self._position
        ways = [way for item in self._items for way in (item.visit, item.other) if way]
        hours = [tuple(clock.spans(position, way.hours)) for way in ways]
        rooms = self._empty.day_room[:, position].tobytes()
        frame = clock.frames[position]
        alone = tuple(self._visits), tuple(self._others)
        return self._capacity, alone, frame, tuple(hours), rooms

    def tours(self, asked: Sequence[Asked]) -> DayTours:
        """All tours that the day holds by itself."""
        found: list[tuple[int, int]] = []
        for tour in self._growing():
            found.append(tour)
            if len(found) > MOST_TOURS:
                raise TooMany
        shape = len(found), len(asked)
        room = [self._room(*tour, one) for tour in found for one in asked]
        beside, in_week = np.array(room, dtype=np.int64).reshape(*shape, 2).transpose(2, 0, 1)
        visited, minutes = np.array(found, dtype=np.int64).T
        at_most = sum(minutes_of(self._items[number].other) for number in self._others)
        return DayTours(self._free, at_most, visited, minutes, beside, in_week)

    def _growing(self) -> Iterator[tuple[int, int]]:
        """Sets of visits with their minutes, from none on."""
        longest = [(0, 0)]
        while longest:
            yield from longest
            longest = [
                (visited | 1 << number, minutes)
                for visited, _ in longest
                for number in self._visits
                if 1 << number > visited and self._has_room(visited, number)
                if (minutes := self._minutes(self._load(visited | 1 << number).stops)) <= self._free
            ]

    def _has_room(self, visited: int, number: int) -> bool:
        """Whether the day may hold one visit more; two to one account are one stop."""
        item = self._items[number]
        if item.visit is None:
            return False
        others = [self._items[other] for other in self._visits if visited >> other & 1]
        met = {
            other.work.account
            for other in others
            if other.visit and other.visit.channel == item.visit.channel
        }
        room = int(self._empty.day_room[item.visit.channel, self._position])
        return item.work.account in met or len(met) < room

    def _minutes(self, stops: Mapping[int, int]) -> int:
        """The minutes of a tour, as short as the clock allows; NEVER where it allows none."""
        tour = self._timing.tour(self._position, stops)
        return NEVER if tour is None else tour[0] + sum(stops.values())

    def _load(self, visited: int) -> Load:
        load = Load()
        for number in self._visits:
            way = self._items[number].visit
            if way and visited >> number & 1:
                load.add(self._items[number].work.account, way)
        return load

    def _room(self, visited: int, minutes: int, asked: Asked) -> tuple[int, int]:
        """The minutes on the day, and in the week, from which on it has no room for one more."""
        number, way = asked.number, asked.way
        if number not in (self._visits if way.travels else self._others):
            return 0, 0
        if visited >> number & 1:
            return NEVER, NEVER
        if way.travels:
            if not self._has_room(visited, number) or self._is_met(visited, number):
                return 0, 0
            load = self._load(visited | 1 << number)
            longer = self._minutes(load.stops)
        elif self._empty.day_room[way.channel][self._position] < len(self._items):
            return 0, 0
        else:
            load = self._load(visited)
            load.add(self._items[number].work.account, way)
            longer = minutes + way.minutes
        over = max(0, self._capacity + 1 - longer)
        in_week = self._week + 1 + asked.now - (longer - minutes)
        return min(over, self._untimed(load, over)), max(0, in_week)

    def _is_met(self, visited: int, number: int) -> bool:
        """Whether the account of an item is visited for another one."""
        account = self._items[number].work.account
        return any(
            visited >> other & 1 and self._items[other].work.account == account
            for other in self._visits
        )

    def _untimed(self, load: Load, most: int) -> int:
        """Beside how many minutes of calls and letters, fewer than `most`, it might not be timed.

        All that may stand there is timed with it, then half of the commonest calls, and so on.
        """
        more = {
            (hours, minutes): min(count, max(0, most - 1) // max(1, minutes))
            for (hours, minutes), count in self._else.calls.items()
        }
        common = max(more, key=lambda alike: (more[alike], alike), default=(0, 0))
        load.sitting += min(self._else.sitting, max(0, most - 1))
        calls = enough = more.get(common, 0)
        while not self._is_timed(load, {**more, common: calls}):
            if not calls:
                return 0
            calls //= 2
        return NEVER if calls == enough else (calls + 1) * common[1]

    def _is_timed(self, load: Load, more: Mapping[Alike, int]) -> bool:
        """Whether a day can be timed with some calls more."""
        calls = Counter(load.calls) + Counter(more)
        return self._timing.holds(self._position, Load(load.stops, dict(calls), load.sitting))

    @cached_property
    def _else(self) -> Load:
        """All calls and letters that may stand on the day."""
        load = Load()
        for number in self._others:
            item = self._items[number]
            if item.other:
                load.add(item.work.account, item.other)
        return load
