"""Bounds that are proved: what no plan can exceed at the first four levels.

First by counting, days left aside: a touch counts if any day is open to it, and all open
touches together must fit the minutes of the whole campaign, each by its shortest way, drives
left out. That holds whatever the levels before are. Then by the relaxation, among the plans
that keep the figures of the levels before.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve

from campaign.planner.due_days import can_open, day_alone, promise_days
from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem
from campaign.planner.relaxation import Relaxation
from campaign.planner.reserve import reserve_of
from campaign.planner.scope import scope_of_proof
from campaign.planner.search import Found
from campaign.planner.work import Job, Work
from campaign.planner.worth import Standing
from campaign.touches import Level


def with_bounds(found: Found, levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels, each of the first four with its bound.

    Of the levels that the search proved the figure itself is the bound. Where counting
    leaves a gap, the relaxation is asked as well, unless the search was stopped. What is
    owed before all else takes a part of the first week: that is reckoned in.
    """
    bounds = _Counting(found.standing.problem).bounds()
    owed = levels[0].name
    missing = bounds[owed] - levels[0].figure
    wide = [
        number
        for number, level in enumerate(levels[1:4])
        if number + 1 >= found.proved and level.figure < bounds[level.name]
    ]
    if (wide or missing) and not found.stopped:
        reserve = reserve_of(found.standing.problem, missing)
        bounds[owed] -= reserve.missing
        relaxation = Relaxation(scope_of_proof(found.duties, reserve, forced=found.forced))
        figures = [level.figure for level in levels[1:4]]
        for number in wide:
            name = levels[1 + number].name
            bounds[name] = min(bounds[name], relaxation.bound(number, figures))
    return tuple(
        evolve(level, bound=level.figure if number < found.proved else bounds[level.name])
        if level.name in bounds
        else level
        for number, level in enumerate(levels)
    )


def counted(problem: Problem) -> dict[str, int]:
    """The bounds of the first four levels by counting alone.

    Of a campaign that has begun: what stands already, and at most what the days left hold,
    the frozen ones as they are.
    """
    return _Counting(problem).bounds()


class _Counting:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._minutes = _minutes_left(problem)
        self._facts = [
            (work, fact)
            for work in problem.works
            for placed in work.settled
            if (fact := problem.jobs[placed.job]).counts
        ]

    def bounds(self) -> dict[str, int]:
        """The bound of each of the first four levels."""
        return {
            "owed": self._owed(),
            "floor": self._floor(),
            "required": self._fitting(required=True),
            "optional": self._fitting(required=False),
        }

    def _owed(self) -> int:
        done = sum(
            fact.index == work.opening or (fact.fact is not None and fact.fact.row.is_promise)
            for work, fact in self._facts
        )
        return done + sum(
            self._problem.jobs[number].behind is not None or self._may_stand(work, number)
            for work in self._problem.works
            for number in (*work.promises, work.opening)
            if number >= 0 and self._problem.jobs[number].fact is None
        )

    def _may_stand(self, work: Work, number: int) -> bool:
        """Whether a promise or an opening has a day; one that holds it alone where that is known.

        Where others may shorten the way there, a day that is too short alone proves nothing.
        """
        problem, ways = self._problem, self._problem.jobs[number].ways
        is_fresh = problem.resumed is None and not problem.territory.travel.overnight
        if is_fresh and problem.roads.only_grow:
            if number == work.opening:
                return can_open(problem, self._empty, work)
            return day_alone(problem, self._empty, number) is not None
        if number == work.opening:
            return any(way.open.any() for way in ways)
        days = promise_days(problem, number)
        return any(ways[placed.way].open[placed.position] for placed in days)

    @cached_property
    def _empty(self) -> Ledger:
        return Ledger(self._problem)

    def _shortest(self, work: Work, job: Job) -> float | None:
        """The least minutes of a touch; a stop that several rows may share counts in part."""
        minutes = (
            way.minutes / (work.sharing if way.travels else 1) for way in job.ways if way.open.any()
        )
        return min(minutes, default=None)

    def _floor(self) -> int:
        return sum(
            work.weight * len(self._open_months(work) | self._touched_months(work))
            for work in self._problem.works
            if work.has_floor
        )

    def _touched_months(self, work: Work) -> set[int]:
        """The months that are touched already, in a campaign that has begun."""
        if self._problem.resumed is None:
            return set()
        month, jobs = self._problem.horizon.month, self._problem.jobs
        touched = {int(month[row.position]) for row in work.settled if jobs[row.job].reaches}
        return (touched | work.credited) - {0}

    def _open_months(self, work: Work) -> set[int]:
        """The months that a touch of the rep's could add to those that count already."""
        month = self._problem.horizon.month
        return {
            int(number)
            for job in work.jobs
            for way in self._problem.jobs[job].ways
            for number in set(month[way.open].tolist())
        } - work.credited

    def _fitting(self, *, required: bool) -> int:
        """The weight of touches that fits all minutes, the best weight a minute first."""
        stands = sum(work.weight for work, fact in self._facts if fact.required is required)
        touches = []
        for work in self._problem.works:
            for job in (self._problem.jobs[number] for number in work.jobs):
                minutes = 0 if job.behind is not None else self._shortest(work, job)
                if job.required is required and minutes is not None:
                    touches.append((work.weight, minutes))
        return stands + _most_weight(touches, self._minutes)


def _minutes_left(problem: Problem) -> int:
    """The minutes of the campaign, those of days that are over and of facts left out.

    Where there are nights away, drives to what is pinned may be saved: they are not counted.
    """
    ledger, horizon = Standing(problem).ledger, problem.horizon
    days, weeks = np.zeros_like(ledger.week_free), ledger.week_free.copy()
    here = slice(problem.first, horizon.size)
    np.add.at(days, horizon.week[here], ledger.day_free[here])
    if problem.roads.nights:
        for minutes in (days, weeks):
            np.add.at(minutes, horizon.week[here], ledger.drive[here])
    return int(np.minimum(days, weeks).sum())


def _most_weight(touches: Iterable[tuple[int, float]], minutes: int) -> int:
    """The fractional knapsack: an upper bound on the weight that the minutes hold."""
    total, left = 0.0, float(minutes)
    for weight, needed in sorted(touches, key=lambda touch: (touch[1] / touch[0], touch)):
        part = 1.0 if needed <= left else left / needed
        total += weight * part
        left -= needed * part
        if part < 1:
            break
    return int(total + 1e-6)
