"""What visits add to the minutes of a day: at the most, and in several ways at the least.

A tour takes at the most each visit's own way there and back. At the least it takes

- half of each leg to a neighbour in the tour, and the whole of a leg to or from home;
- half of every leg, and half of two legs at home.

Where all places are equally far it takes the leg to each, and one way home.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from campaign.planner.problem import Problem
from campaign.planner.reserve.items import Item
from campaign.planner.roads import HOME
from campaign.planner.work import Way


@frozen
class Least:
    """Half minutes that a day has at the least: for each visit to an item, and for any at all."""

    visits: dict[int, int]
    any: int


class Drives:
    """The visits to certain items, of which a day holds at most so many minutes."""

    def __init__(self, problem: Problem, items: Sequence[Item], most: int) -> None:
        self._legs = problem.roads.legs
        self._roads = problem.roads
        self._items = items
        self._longest = most

    @cached_property
    def way_home(self) -> int:
        """The way home of a day's tour, where it is the same from everywhere."""
        return int(self._legs[-1, HOME]) if self._roads.is_uniform else 0

    def most(self, number: int) -> int:
        """The minutes by which a visit lengthens its day at the most, that way home apart."""
        way = self._roads.there_and_back(self._items[number].work.account)
        return minutes_of(self._items[number].visit) + way - self.way_home

    def least(self, number: int) -> int:
        """The half minutes of a visit with what is surely its part of the tour."""
        return self._whole[number]

    def bounds(self, numbers: Sequence[int]) -> Iterator[Least]:
        """All that is known of a day on which certain items may be visited."""
        yield Least({n: self._whole[n] for n in numbers}, 2 * self.way_home)
        if numbers and not self._roads.is_uniform:
            stops = [self._items[n].work.account + 1 for n in numbers]
            home = int(self._legs[HOME, stops].min() + self._legs[stops, HOME].min())
            yield Least({n: self._halves[n] for n in numbers}, home)

    @cached_property
    def _whole(self) -> list[int]:
        return [self._in_tour(number, from_home=2) for number in range(len(self._items))]

    @cached_property
    def _halves(self) -> list[int]:
        return [self._in_tour(number, from_home=1) for number in range(len(self._items))]

    def _is_another(self, number: int) -> bool:
        """Whether an earlier item is of the same account: one visit may do for both."""
        work = self._items[number].work
        return any(other.visit and other.work is work for other in self._items[:number])

    def _in_tour(self, number: int, *, from_home: int) -> int:
        """Twice the minutes of a visit, and the least of the legs to and from it.

        Of a leg between two stops each has a half, of one `from_home` or back a half or two.
        """
        item = self._items[number]
        if item.visit is None or self._is_another(number):
            return 0
        if self._roads.is_uniform:
            return 2 * self.most(number)
        stop, near = item.work.account + 1, self._neighbours(item)
        there = np.array([from_home * self._legs[HOME, stop], *self._legs[near, stop]])
        back = np.array([from_home * self._legs[stop, HOME], *self._legs[stop, near]])
        both = there[:, None] + back[None, :]
        np.fill_diagonal(both[1:, 1:], both.max() + 1)
        return 2 * minutes_of(item.visit) + int(both.min())

    def _neighbours(self, item: Item) -> list[int]:
        """The places of those that may be visited in the same tour."""
        stop, shortest = item.work.account + 1, self._roads.shortest
        others = {
            other.work.account + 1: minutes_of(other.visit)
            for other in self._items
            if other.visit and other.work is not item.work
        }
        most = self._longest - minutes_of(item.visit)
        return [
            other
            for other, minutes in others.items()
            if shortest((stop, other))[0] + minutes <= most
        ]


def minutes_of(way: Way | None) -> int:
    """The minutes of a touch by a way, none where there is none."""
    return way.minutes if way is not None else 0
