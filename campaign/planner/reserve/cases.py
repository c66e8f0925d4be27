"""Who may be visited in a week, and what everybody else takes then.

Who is not visited is called or written to, or waits. A call tells that there is no room for
the visit (R8), and waiting that there is none for anything.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt
from attrs import frozen

from campaign.planner.due_days import promise_days
from campaign.planner.horizon import Mask
from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem
from campaign.planner.reserve.day_tours import Asked, Whole
from campaign.planner.reserve.items import Item, Kind, Waits
from campaign.planner.work import Way


@frozen
class Case:
    """Certain visits, as bits, and what all else takes then: `certain` minutes and `spare` ones.

    Of the spare minutes the `free` ones do not count, and `given` ones of the visits. It takes
    the `least` minutes as far as is known. What is `asked`, by number, must find no room.
    """

    visited: int
    least: int
    certain: int
    spare: int
    free: int
    given: int
    asked: tuple[int, ...]


class Cases:
    """The items that stand, or may, in the week of some days: first those that may be visited."""

    def __init__(self, problem: Problem, kinds: Sequence[Kind], days: Mask) -> None:
        self._problem = problem
        self.positions: list[int] = days.nonzero()[0].tolist()
        self._empty = Ledger(problem)
        self._number = int(problem.horizon.week[self.positions[0]])
        self.minutes = int(self._empty.week_free[self._number])
        kinds = sorted(kinds, key=lambda kind: not self._fits(kind[0], kind[0].visit))
        self.items = [item for kind in kinds for item in kind]
        self._sizes = [len(kind) for kind in kinds if self._fits(kind[0], kind[0].visit)]
        self.visits = sum(self._sizes)
        self.others = [
            item.other.minutes if item.other and self._fits(item, item.other) else None
            for item in self.items
        ]

    def _fits(self, item: Item, way: Way | None) -> bool:
        """Whether any day would hold an item by a way, and nothing else."""
        return way is not None and bool(self.days_of(item, way))

    def days_of(self, item: Item, way: Way) -> list[int]:
        """The positions that would hold an item by a way, and nothing else."""
        return [p for p in self.positions if self._empty.fits(item.work.account, way, p)]

    def best_days_of(self, item: Item) -> list[int]:
        """Where an item may be called or written to; a promise on the best day for it (R7)."""
        days = self.days_of(item, item.other) if item.other else []
        if item.opens:
            return days
        best = [placed.position for placed in promise_days(self._problem, item.job.index)]
        return sorted(days, key=best.index)[:1]

    @property
    def promised(self) -> list[int]:
        """By day, the minutes of promised calls and letters, each on the best day for it."""
        minutes = dict.fromkeys(self.positions, 0)
        for item, other in list(zip(self.items, self.others, strict=True))[self.visits :]:
            if not item.opens and item.waits is not Waits.FREELY:
                for position in self.best_days_of(item):
                    minutes[position] += other or 0
        return list(minutes.values())

    @cached_property
    def in_order(self) -> npt.NDArray[np.bool_]:
        """By set of visits, whether of each kind it has the first ones.

        Which of a kind are visited is all the same.
        """
        return self._are_so(lambda ones: ones & (ones + 1) == 0)

    @cached_property
    def in_turn(self) -> npt.NDArray[np.bool_]:
        """By set of visits, whether those of each kind follow each other."""
        return self._are_so(lambda ones: ones & (ones + (ones & -ones)) == 0)

    def _are_so(self, are: Callable[[Whole], npt.NDArray[np.bool_]]) -> npt.NDArray[np.bool_]:
        """By set of visits, whether it is so for those of each kind."""
        sets = np.arange(1 << self.visits)
        found = np.ones(len(sets), dtype=bool)
        for last, size in zip(accumulate(self._sizes), self._sizes, strict=True):
            found &= are(sets >> (last - size) & (1 << size) - 1)
        return found

    @property
    def can_tell(self) -> bool:
        """Whether everything has a day, and the week has no limit but its minutes."""
        ways = [way for item in self.items for way in (item.visit, item.other) if way]
        rooms = [self._empty.week_room[way.channel, self._number] for way in ways]
        stands = [
            item.waits is not Waits.NEVER or self._is_else(number) or number < self.visits
            for number, item in enumerate(self.items)
        ]
        return all(stands) and all(room >= len(self.items) for room in rooms)

    def _is_else(self, number: int) -> bool:
        """Whether an item may stand without a visit."""
        return self.others[number] is not None

    @cached_property
    def asked(self) -> list[Asked]:
        """What must find no room where something else is done in its place.

        An account's own promise may keep a visit from opening it, so that a call proves nothing.
        """
        return list(self._all_asked())

    def _all_asked(self) -> Iterator[Asked]:
        accounts = Counter(item.work.account for item in self.items)
        for number, item in enumerate(self.items):
            is_only = accounts[item.work.account] == 1
            opens = item.opens and item.waits is Waits.NEVER and is_only and self._is_else(number)
            waits = item.waits is Waits.IF_FULL
            if item.visit and number < self.visits and (waits or opens):
                yield Asked(number, item.visit, (self.others[number] or 0) * opens)
            if item.other and waits and self._is_else(number):
                yield Asked(number, item.other, 0)

    def all(self, least: Whole) -> Iterator[Case]:
        """All cases that the week can hold; `least` are the minutes of tours by set of visits.

        Nothing waits that can be called or written to, or a certain one does.
        """
        waiting = [asked.number for asked in self.asked if not asked.way.travels]
        for number in (None, *waiting):
            yield from self._where(number, least)

    def _where(self, waiting: int | None, least: Whole) -> Iterator[Case]:
        """The cases in which a certain item waits, or none has to."""
        taken = [self._taken_else(number, waiting) for number in range(len(self.items))]
        certain, spare, free = (
            sum(every) - _by_set(every[: self.visits]) for every in zip(*taken, strict=True)
        )
        given = _by_set(
            [
                item.visit.minutes if item.visit and item.waits is Waits.FREELY else 0
                for item in self.items[: self.visits]
            ]
        )
        asked = [n for n in range(len(self.asked)) if self._is_asked(n, waiting)]
        for visited in ((least + certain <= self.minutes) & self.in_order).nonzero()[0].tolist():
            if self._may_be(visited, waiting):
                yield Case(
                    visited,
                    int(least[visited] + certain[visited]),
                    int(certain[visited]),
                    int(spare[visited]),
                    int(free[visited]),
                    int(given[visited]),
                    tuple(n for n in asked if not visited >> self.asked[n].number & 1),
                )

    def _taken_else(self, number: int, waiting: int | None) -> tuple[int, int, int]:
        """What an item takes if it is not visited: certain, spare, and free minutes."""
        minutes, waits = self.others[number] or 0, self.items[number].waits
        if number == waiting:
            return 0, 0, 0
        if waits is Waits.NEVER or (waits is Waits.IF_FULL and waiting is None):
            return minutes, 0, 0
        return 0, minutes, minutes * (waits is Waits.FREELY)

    def _is_asked(self, number: int, waiting: int | None) -> bool:
        """Whether something must find no room where its item is not visited."""
        asked = self.asked[number]
        if asked.number == waiting:
            return True
        return asked.way.travels and (
            not self._is_else(asked.number) or self.items[asked.number].opens
        )

    def _may_be(self, visited: int, waiting: int | None) -> bool:
        """Whether all that have to be visited are, and what waits is not."""
        if waiting is not None and visited >> waiting & 1:
            return False
        return all(
            visited >> number & 1
            for number in range(self.visits)
            if not self._is_else(number) and self.items[number].waits is Waits.NEVER
        )


def _by_set(values: Sequence[int]) -> Whole:
    """The sum of values for each set of them."""
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums
