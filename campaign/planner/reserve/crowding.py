"""How much a day may hold so that it can surely be timed, whatever it is.

Who has given no hours may be visited or written to at any time: all of that goes into one
block, or two. Blocks as long as may be are timed beside so many calls, and beside each choice
of some visits to those who have hours. If none of these days fails, no day does that holds
less.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, product
from math import comb

from attrs import frozen

from campaign.planner.problem import Problem
from campaign.planner.reserve.items import Item, Kind
from campaign.planner.timetable.clock import ALWAYS
from campaign.planner.timetable.timing import Alike, Load, most_held
from campaign.planner.work import Way

MOST_CHOICES, MOST_POSSIBLE = 130, 500
"""More choices of visits than this are not tried for one day, nor counted."""
_MOST_ALIKE = 3_000

Visit = tuple[Item, Way]
Choice = tuple[Visit, ...]


@frozen
class Sure:
    """A day can be timed that holds no more than this: of everything, or of one thing beside.

    `visits` are those to people with hours, `calls` those in the commonest hours.
    """

    visits: int
    calls: int
    minutes: int


def has_hours(way: Way | None) -> bool:
    """Whether a way is a visit to somebody who has given hours."""
    return way is not None and way.travels and way.hours != ALWAYS


class Crowding:
    """What one day of a week may hold, of at most so many minutes."""

    def __init__(self, problem: Problem, kinds: Sequence[Kind], position: int, most: int) -> None:
        self._day = _Beside(problem, kinds, position)
        self._most = most

    def beyond(self, way: Way) -> list[Sure]:
        """The least that the day must hold so that one thing more by a way may not be timed.

        So many visits, calls and minutes, each list at its least; that one thing counts in.
        """
        sure = self._bound if has_hours(way) else self._free
        visits = sorted({0, *(each.visits + 1 for each in sure)})
        calls = sorted({0, *(each.calls + 1 for each in sure)})
        found: list[Sure] = []
        for some, others in product(visits, calls):
            left = [each.minutes for each in sure if some <= each.visits and others <= each.calls]
            least = Sure(some, others, max(left) + 1 if left else 0)
            if not any(_is_less(other, least) for other in found):
                found.append(least)
        return found

    @property
    def sure(self) -> tuple[object, ...]:
        """All that is sure of the day."""
        return (*self._bound, *self._free, self.most_visits, self._day.common)

    def is_common(self, way: Way | None) -> bool:
        """Whether a way is a call in the commonest hours."""
        return way is not None and way.is_call and (way.hours, way.minutes) == self._day.common

    @cached_property
    def _bound(self) -> list[Sure]:
        """What may be whatever visits they are, ever more of them, in ever less time."""
        return list(self._growing(self._day.choices()))

    @cached_property
    def _free(self) -> list[Sure]:
        """The same beside visits that can all be made on one day: no others are there already."""
        return list(self._growing(filter(None, self._day.possible)))

    @property
    def most_visits(self) -> int:
        """The most visits to those who have hours that a day can hold, as far as is known."""
        *possible, last = self._day.possible
        return self._day.visits if last else len(possible) - 1

    def _growing(self, choices: Iterable[Sequence[Choice]]) -> Iterator[Sure]:
        for visits, each in enumerate(choices):
            found = self._sure(visits, each)
            if not found:
                return
            yield from found

    def _sure(self, visits: int, choices: Sequence[Choice]) -> list[Sure]:
        """What surely can be timed beside each of some choices and all calls, or half of them."""
        found: list[Sure] = []
        for calls in (self._day.calls, self._day.calls // 2, self._day.calls // 4):
            minutes = self._most
            for choice in choices:
                minutes = self._day.most_minutes(choice, calls, minutes)
            if minutes > max((sure.minutes for sure in found), default=0):
                found.append(Sure(visits, calls, minutes))
        return found


class _Beside:
    """One day, and what may stand there besides a block."""

    def __init__(self, problem: Problem, kinds: Sequence[Kind], position: int) -> None:
        self._problem = problem
        self._kinds = kinds
        self._position = position
        visits = [(item, item.visit) for kind in kinds for item in kind if item.visit]
        visits = [(item, way) for item, way in visits if way.open[position]]
        self._bound = [(item, way) for item, way in visits if has_hours(way)]
        self._others = [(item, way) for item, way in visits if not has_hours(way)]
        self.visits = len(self._bound)

    def choices(self) -> Iterator[list[Choice]]:
        """The choices of no visit to those who have hours, of one, of two, and so on."""
        for count in range(self.visits + 1):
            if comb(self.visits, count) > _MOST_ALIKE:
                return
            found = {self._likeness(choice): choice for choice in combinations(self._bound, count)}
            if len(found) > MOST_CHOICES:
                return
            yield list(found.values())

    @cached_property
    def possible(self) -> list[list[Choice]]:
        """The choices that can be of one day: no visit, one, two; empty at last if that is all."""
        found: list[list[Choice]] = [[()]]
        while found[-1] and sum(map(len, found)) <= MOST_POSSIBLE:
            longer = [
                (*choice, visit)
                for choice in found[-1]
                for visit in self._bound[self._bound.index(choice[-1]) + 1 if choice else 0 :]
            ]
            alike = {self._likeness(choice): choice for choice in reversed(longer)}
            found.append([choice for choice in alike.values() if self.is_possible(choice)])
        return found

    def is_possible(self, choice: Choice) -> bool:
        """Whether a day can hold some visits, and nothing else."""
        return self._problem.timing.holds(self._position, _load_of(choice))

    def _likeness(self, choice: Choice) -> object:
        if self._problem.roads.is_uniform:
            return tuple(sorted((way.hours, way.minutes) for _, way in choice))
        return tuple(item.work.account for item, _ in choice)

    @cached_property
    def _hours_of_calls(self) -> dict[Alike, int]:
        """All calls to those who have hours that may stand on the day."""
        load = Load()
        for kind in self._kinds:
            way = kind[0].other
            if way is not None and way.is_call and way.hours and way.open[self._position]:
                load.add(kind[0].work.account, way, len(kind))
        return load.calls

    @cached_property
    def common(self) -> Alike | None:
        """The commonest hours of calls."""
        counts = self._hours_of_calls
        return max(counts, key=lambda alike: (counts[alike], alike), default=None)

    @property
    def calls(self) -> int:
        """How many calls there may be in the commonest hours."""
        return self._hours_of_calls[self.common] if self.common else 0

    def most_minutes(self, choice: Choice, calls: int, most: int) -> int:
        """The most minutes of a day with such visits and calls that can surely be timed."""
        return most_held(most, lambda minutes: self.holds(choice, calls, minutes))

    def holds(self, choice: Choice, calls: int, minutes: int) -> bool:
        """Whether a day is timed beside visits and calls, as long as its minutes could be."""
        more = max(0, minutes - sum(self._certain(*visit) for visit in choice))
        return any(
            self._problem.timing.holds(self._position, self._with_blocks(choice, calls, blocks))
            for blocks in self._blocks(more)
        )

    def _certain(self, item: Item, way: Way) -> int:
        """The minutes by which a visit surely lengthens its day."""
        roads = self._problem.roads
        return way.minutes + (int(roads.legs[0, item.work.account + 1]) if roads.is_uniform else 0)

    def _blocks(self, minutes: int) -> Iterator[tuple[int, ...]]:
        """How a tour to those who have no hours, and all else, can be cut.

        Cut in two it is longer by no more than the visit at which it is cut, from home and back.
        """
        yield (minutes,)
        if len(self._others) > 1 and not self._problem.roads.is_uniform:
            back = self._problem.roads.there_and_back
            cut = max(way.minutes + back(item.work.account) for item, way in self._others)
            yield minutes // 2, minutes - minutes // 2 + cut

    def _with_blocks(self, choice: Choice, calls: int, blocks: Sequence[int]) -> Load:
        """A day with blocks that start and end at home.

        Where all places are equally far each visit is a piece by itself. Else a block is a
        stop at some place, longer by the way from there to home and back.
        """
        load, roads = _load_of(choice), self._problem.roads
        load.calls.update(self._hours_of_calls)
        if self.common:
            load.calls[self.common] = calls
        if not self._others:
            load.sitting = sum(blocks)
        elif roads.is_uniform:
            _, way = self._others[0]
            each = way.minutes + int(roads.legs[0, 1])
            load.calls[ALWAYS, each] = -(-sum(blocks) // each)
        else:
            for minutes, (item, _) in zip(blocks, self._others, strict=False):
                account = item.work.account
                load.stops[account + 1] = minutes + roads.there_and_back(account)
        return load


def _is_less(one: Sure, other: Sure) -> bool:
    """Whether one holds no more of anything than the other."""
    return one.visits <= other.visits and one.calls <= other.calls and one.minutes <= other.minutes


def _load_of(choice: Choice) -> Load:
    load = Load()
    for item, way in choice:
        load.add(item.work.account, way)
    return load
