"""Promises and openings arranged so that they leave the first week as many minutes as can be.

The visits are those of the choice that takes the least. Calls and letters then go where they
fill the days, so that no visit more has room beside them: a small integer programme.
"""

from collections.abc import Callable, Iterator

import numpy as np
from ortools.sat.python import cp_model

from campaign.planner.cpsat import maximised, weighted
from campaign.planner.problem import Problem
from campaign.planner.reserve.cases import Cases
from campaign.planner.reserve.day_tours import DayTours
from campaign.planner.reserve.every_choice import Choice, EveryChoice
from campaign.planner.reserve.items import Item, Waits
from campaign.planner.work import Placed, Way

WORK = 0.5
"""CP-SAT's deterministic time."""


def arranged(problem: Problem, cases: Cases) -> tuple[Placed, ...]:
    """Who is visited, called and written to on which day; nothing where nobody can tell."""
    every = EveryChoice(problem, cases, careful=True)
    choice = every.best()
    if choice is None:
        return ()
    return (*_visits(cases, choice), *_Calls(cases, choice, every.days).placed())


def _visits(cases: Cases, choice: Choice) -> Iterator[Placed]:
    for position, tour in zip(cases.positions, choice.tours, strict=True):
        for number, item in enumerate(cases.items):
            if item.visit and tour >> number & 1 and item.waits is not Waits.FREELY:
                yield _placed(item, item.visit, position)


def _placed(item: Item, way: Way, position: int) -> Placed:
    channels = [each.channel for each in item.job.ways]
    return Placed(item.job.index, channels.index(way.channel), position)


class _Calls:
    """On which day each call and each letter stands: as few visits as can be have room then."""

    def __init__(self, cases: Cases, choice: Choice, days: list[DayTours]) -> None:
        self._cases = cases
        self._choice = choice
        self._cp = cp_model.CpModel()
        visited = sum(choice.tours)
        self._stands = {
            (number, position): self._cp.new_bool_var("")
            for number, item in enumerate(cases.items)
            if item.waits is not Waits.FREELY and not visited >> number & 1
            for position in cases.best_days_of(item)
        }
        self._stand_once()
        self._full = [
            self._filled(position, day, tour, number)
            for position, day, tour in zip(cases.positions, days, choice.tours, strict=True)
            for number in choice.asked
            if cases.asked[number].way.travels
        ]

    def placed(self) -> Iterator[Placed]:
        """Where they stand."""
        found = maximised(self._cp, [(variable, 1) for variable in self._full], WORK)
        for (number, position), variable in self._stands.items():
            item = self._cases.items[number]
            if found and item.other and found.holds(variable):
                yield _placed(item, item.other, position)

    def _stand_once(self) -> None:
        """Each stands on a day, what is promised not before the opening of its account."""
        positions = {number: self._position(number) for number in range(len(self._cases.items))}
        for number in sorted({number for number, _ in self._stands}):
            self._cp.add(self._sum(number, lambda _: 1) == 1)
            item = self._cases.items[number]
            for opening, other in enumerate(self._cases.items):
                if other.opens and not item.opens and other.work is item.work:
                    self._cp.add(positions[opening] <= positions[number])

    def _position(self, number: int) -> cp_model.LinearExprT:
        """Where something stands: where it is visited, else where it is called or written to."""
        tours = zip(self._cases.positions, self._choice.tours, strict=True)
        visited = [position for position, tour in tours if tour >> number & 1]
        return visited[0] if visited else self._sum(number, int)

    def _sum(self, number: int, of: Callable[[int], int]) -> cp_model.LinearExpr:
        """A number of the position on which something stands."""
        days = [(variable, of(at)) for (n, at), variable in self._stands.items() if n == number]
        return weighted(days)

    def _filled(self, position: int, day: DayTours, tour: int, number: int) -> cp_model.IntVar:
        """Whether a day has no room for what is asked, of which its own call would make way."""
        row, asked = int(np.flatnonzero(day.visited == tour)[0]), self._cases.asked[number]
        own = {asked.number: asked.now}
        minutes = [
            (variable, (self._cases.others[n] or 0) - own.get(n, 0))
            for (n, at), variable in self._stands.items()
            if at == position
        ]
        is_full = self._cp.new_bool_var("")
        if day.in_week[row, number] > self._choice.minutes:
            least = int(day.beside[row, number])
            self._cp.add(weighted(minutes) >= least).only_enforce_if(is_full)
        return is_full
