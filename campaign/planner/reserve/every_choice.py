"""The least that promises and openings take of a week, by trying every choice of visits.

The calls and letters of those who are not visited may stand on any day. They must fill each
day on which one visit more would fit, or the week must be full. For each set of visits a
dynamic programme over the days puts together one tour for each.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from campaign.planner.problem import Problem
from campaign.planner.reserve.cases import Case, Cases
from campaign.planner.reserve.day_tours import NEVER, DayTours, TooMany, TourBook, Whole

MOST_VISITS, MOST_STEPS = 15, 6_000_000
"""Among more visits than these, or in more steps, not every choice is tried."""

Step = tuple[int, int, int]
"""The visits of a tour, as bits, its minutes, and those of calls and letters beside it."""
Tours = tuple[int, ...]
"""The visits of each day, as bits."""
States = dict[tuple[int, int], tuple[int, Tours]]
"""By visits and minutes so far: the least minutes beside them, and how."""


@frozen
class Choice:
    """The tours of a week, and the `minutes` that everything takes then at the least.

    What is `asked`, by number, must find no room.
    """

    minutes: int
    tours: Tours
    asked: tuple[int, ...]


class EveryChoice:
    """All choices in some cases.

    A call that stands in place of a visit would make way for it, and what is promised has its
    own best day. So a `careful` choice counts on the minutes of neither to fill another day,
    nor on what may stand later.
    """

    def __init__(self, problem: Problem, cases: Cases, *, careful: bool = False) -> None:
        self._cases = cases
        self._book = TourBook(problem, cases.items, cases.asked)
        self._own = np.array([asked.now * careful for asked in cases.asked], dtype=np.int64)
        self._promised = cases.promised if careful else [0 for _ in cases.positions]
        self._careful = careful
        self._steps = 0

    def best(self) -> Choice | None:
        """The choice that takes the least; None where they are too many, or nobody can tell."""
        if self._cases.visits > MOST_VISITS or not self._cases.can_tell:
            return None
        try:
            return self._best()
        except TooMany:
            return None

    @cached_property
    def days(self) -> list[DayTours]:
        """The tours of each day; TooMany where there are many."""
        return [self._book.of(position) for position in self._cases.positions]

    def _best(self) -> Choice | None:
        """The least of all cases: first of those in which no week is full."""
        bands, best = self._bands(), None
        cases = sorted(self._cases.all(self._shortest()), key=lambda case: case.least - case.given)
        for part in [part for part in (bands[:2], bands[1:]) if len(part) > 1]:
            for case in cases:
                below = best.minutes + case.given if best else NEVER
                if case.least < min(below, part[-1]):
                    best = self._least(case, part, below) or best
        return best

    def _least(self, case: Case, bands: Sequence[int], below: int) -> Choice | None:
        """The least of a case, the week between two totals, which are brought ever closer."""
        low, *inner, high = bands
        if low - case.free >= below:
            return None
        found = self._woven(case, range(low, high), below)
        if found is None or not inner:
            return found
        middle = len(bands) // 2
        lower = self._least(case, bands[: middle + 1], below)
        below = lower.minutes + case.given if lower else below
        return self._least(case, bands[middle:], below) or lower

    def _shortest(self) -> Whole:
        """By set of visits, the least minutes of tours that make them all."""
        sets = np.arange(1 << self._cases.visits)
        found = np.where(sets == 0, 0, NEVER)
        for day in self.days:
            before = found.copy()
            for visited, minutes in zip(day.visited, day.minutes, strict=True):
                holds = sets & visited == visited
                found[holds] = np.minimum(found[holds], before[sets[holds] ^ visited] + minutes)
        return found

    def _bands(self) -> list[int]:
        """Totals of the week, between two of which the same has no room in it."""
        found = np.unique(np.concatenate([day.in_week.ravel() for day in self.days]))
        inner = found[(found > 0) & (found <= self._cases.minutes)]
        return [0, *inner.tolist(), self._cases.minutes + 1]

    def _woven(self, case: Case, week: range, below: int) -> Choice | None:
        """The least minutes below some that a case takes in such a week, a tour a day.

        What may stand later as well fills the week, but is not counted.
        """
        most = case.certain + case.spare * (not self._careful)
        days = list(zip(self.days, self._promised, strict=True))
        known = {day: self._steps_of(*day, case, week[-1]) for day in days}
        steps = [known[day] for day in days]
        if not all(steps) or sum(min(b + m for _, m, b in step) for step in steps) > week[-1]:
            return None
        states: States = {(0, 0): (0, ())}
        for number, step in enumerate(steps):
            later = steps[number + 1 :]
            minutes = range(
                week[0] - most - sum(max(m for _, m, _ in step) for step in later),
                min(below, week.stop)
                - case.certain
                - sum(min(m for _, m, _ in step) for step in later),
            )
            beside = most - sum(self._promised) - sum(min(b for *_, b in step) for step in later)
            states = self._longer(states, step, minutes, beside)
            states = states if week[0] else _undominated(states)
        found = [
            (max(week[0] - case.free, minutes + case.certain) - case.given, tours)
            for (visited, minutes), (_, tours) in states.items()
            if visited == case.visited and week[0] <= minutes + most
        ]
        return Choice(*min(found), case.asked) if found else None

    def _steps_of(self, day: DayTours, promised: int, case: Case, high: int) -> list[Step]:
        """The tours of a day that may be part of a case, with what else they need beside them."""
        columns = list(case.asked)
        beside = day.beside[:, columns]
        beside = beside + np.where(beside > 0, self._own[columns], 0)
        beside = np.where(day.in_week[:, columns] > high, beside, 0).max(axis=1, initial=0)
        beside = np.clip(beside - promised, 0, len(self._sums) - 1)
        beside = self._sums[beside]
        fits = (day.visited & ~case.visited == 0) & self._cases.in_turn[day.visited]
        fits &= day.minutes + promised + beside <= day.free
        fits &= beside <= min(day.at_most, case.certain + case.spare)
        rows = (values[fits].tolist() for values in (day.visited, day.minutes, beside))
        return list(zip(*rows, strict=True))

    @cached_property
    def _sums(self) -> Whole:
        """By minutes, the next number that some calls and letters take together."""
        sums = {0}
        for minutes in filter(None, self._cases.others):
            sums |= {found + minutes for found in sums}
        every = np.array([*sorted(sums), NEVER])
        return every[np.searchsorted(every, np.arange(every[-2] + 2))]

    def _longer(self, states: States, step: Sequence[Step], minutes: range, beside: int) -> States:
        """Partial weeks with one day more, of certain minutes and at the most so many beside."""
        self._steps += len(states) * len(step)
        if self._steps > MOST_STEPS:
            raise TooMany
        found: States = {}
        in_order = self._cases.in_order
        for (visited, driven), (taken, tours) in states.items():
            for more, way, calls in step:
                if more & visited or driven + way not in minutes or taken + calls > beside:
                    continue
                if not in_order[visited | more]:
                    continue
                key = visited | more, driven + way
                if key not in found or found[key][0] > taken + calls:
                    found[key] = taken + calls, (*tours, more)
        return found


def _undominated(states: States) -> States:
    """Partial weeks of which no other makes the same visits in less, and with less beside."""
    found: States = {}
    least: dict[int, int] = {}
    for visited, minutes in sorted(states):
        taken = states[visited, minutes][0]
        if taken < least.get(visited, NEVER):
            found[visited, minutes] = states[visited, minutes]
            least[visited] = taken
    return found
