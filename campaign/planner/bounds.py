"""Bounds that are proved: what no plan can exceed at the levels before comfort.

First by counting, days left aside: a touch counts if any day is open to it, and all open
touches together must fit the minutes `B` of the whole campaign, each by its shortest way, drives
left out; what is owed before all else is late by no less than on its best day, were it alone:

    maximise  sum_j w_j x_j   subject to  sum_j minutes_j x_j <= B,  0 <= x_j <= 1

(the fractional knapsack, Dantzig 1957). That holds whatever the levels before are. Then by the
Lagrangian relaxation, among the plans that keep the figures of the levels before.
"""

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from campaign.model.objective import CALL_FOR_VISIT
from campaign.planner.instance.jobs import Job, Work
from campaign.planner.instance.time_windows import Anchor
from campaign.planner.problem import Problem
from campaign.planner.relaxation import LagrangianRelaxation, relaxed_for_proof
from campaign.planner.solution import Incumbent, Solution
from campaign.touches import Level, LevelName

_RELAXED: tuple[LevelName, ...] = ("floor", "required", "service")
"""The levels of which the relaxation knows, in its order."""


def with_bounds(found: Incumbent, levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels with what is proved of them; of a campaign that has begun, by counting.

    A bound speaks of what the rep's touches can reach. The floor that the delivery team's
    touches reach is set apart meanwhile: no plan reaches more months than those and the
    delivery team's together, so that the sum of the two is a bound again.
    """
    problem = found.solution.problem
    if problem.resumed is not None:
        bounds = counted(problem)
        return tuple(
            evolve(level, bound=min(bounds[level.name], level.possible or 0))
            if level.name in bounds
            else level
            for level in levels
        )
    credit = sum(work.weight * len(work.credited) for work in problem.works if work.has_floor)
    bounded = _bounded(found, [_floor_less(level, credit) for level in levels])
    return tuple(_floor_less(level, -credit) for level in bounded)


def _floor_less(level: Level, credit: int) -> Level:
    """The level of the floor without so much of it; any other as it is."""
    if level.name != "floor":
        return level
    possible = (level.possible or 0) - credit
    bound = None if level.bound is None else min(level.bound - credit, possible)
    return evolve(level, figure=level.figure - credit, possible=possible, bound=bound)


def _bounded(found: Incumbent, levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels of a fresh campaign, each before comfort with its bound.

    Where counting leaves a gap, the relaxation is asked as well, unless the search was stopped.
    """
    problem = found.solution.problem
    by_name = {level.name: level for level in levels}
    bounds = counted(problem, by_name["owed"].figure)
    wide = [
        name
        for name in _RELAXED
        if name not in bounds or not evolve(by_name[name], bound=bounds[name]).is_proved_best
    ]
    if wide and not found.stopped:
        gained = _could_serve(problem) - by_name["service"].figure
        figures = [by_name["floor"].figure, by_name["required"].figure, gained]
        relaxation = LagrangianRelaxation(relaxed_for_proof(problem))
        # Only where counting and plan still differ: the relaxation takes most of the proof's time.
        for name in wide:
            most = _could_serve(problem) - bounds[name] if name == "service" else bounds[name]
            bound = relaxation.bound(_RELAXED.index(name), figures, most)
            # Service is what is lost, so its bound is from below: what could be gained less what
            # can.
            if name == "service":
                bounds[name] = max(bounds[name], _could_serve(problem) - bound)
            else:
                bounds[name] = min(bounds[name], bound)
    return tuple(
        evolve(level, bound=bounds[level.name]) if level.name in bounds else level
        for level in levels
    )


def _could_serve(problem: Problem) -> int:
    """What all optional touches count as service, weighted."""
    return sum(work.weight * work.could_serve for work in problem.works)


def counted(problem: Problem, owed: int = 0) -> dict[str, int]:
    """The bounds by counting alone; of lateness where so much is placed of what is owed.

    Of a campaign that has begun: what stands already, and at most what the days left hold,
    the frozen ones as they are; nothing is known of its lateness then.
    """
    return _Counting(problem, owed).bounds()


class _Counting:
    def __init__(self, problem: Problem, placed: int) -> None:
        self._problem = problem
        self._placed = placed
        self._minutes = _minutes_left(problem)
        self._facts = [
            (work, fact)
            for work in problem.works
            for placed in work.settled
            if (fact := problem.jobs[placed.job]).counts
        ]

    def bounds(self) -> dict[str, int]:
        """The bound of each level that counting knows."""
        bounds = {
            "owed": self._owed(),
            "floor": self._floor(),
            "required": self._fitting(required=True),
        }
        if self._problem.resumed is None:
            bounds |= self._late(bounds["owed"])
        return bounds

    def _owed(self) -> int:
        done = sum(fact.is_duty for _, fact in self._facts)
        return done + sum(
            job.behind is not None or any(way.open.any() for way in job.ways)
            for work in self._problem.works
            for job in (self._problem.jobs[number] for number in work.jobs)
            if job.is_duty and job.fact is None
        )

    def _late(self, owed: int) -> dict[str, int]:
        """By how much is late what is owed, each alone on its best day, and not served at all.

        What is not placed is not late: of the latest as many are left aside as are missing.
        """
        works, jobs, days = self._problem.works, self._problem.jobs, list[int]()
        for number in (n for work in works for n in (work.opening, *work.promises) if n >= 0):
            anchor = Anchor(-1, 0, 0, jobs[number].window)
            late = (
                anchor.days_late(int(way.open.argmax())) + CALL_FOR_VISIT * way.is_instead
                for way in jobs[number].ways
                if way.open.any()
            )
            days.append(min(late, default=0))
        missing = max(0, owed - self._placed)
        optional = self._problem.territory.service.optional
        without = sum(
            work.weight * optional
            for work in works
            for job in (jobs[number] for number in work.jobs)
            if not job.required and not any(way.open.any() for way in job.ways)
        )
        return {"in_time": sum(sorted(days)[: max(0, len(days) - missing)]), "service": without}

    def _shortest(self, work: Work, job: Job) -> float | None:
        """The least minutes of a touch; a stop that several rows may share counts in part."""
        minutes = (
            way.minutes / (work.sharing if way.travels else 1) for way in job.ways if way.open.any()
        )
        return min(minutes, default=None)

    def _floor(self) -> int:
        """The months that a touch of the rep's could add, and those that are touched already."""
        month, jobs, total = self._problem.horizon.month, self._problem.jobs, 0
        # A month that some open day could make counts, whatever else has to stand on that day.
        for work in (work for work in self._problem.works if work.has_floor):
            months = {
                int(number)
                for job in work.jobs
                for way in jobs[job].ways
                for number in set(month[way.open].tolist())
            } - work.credited
            if self._problem.resumed is not None:
                touched = {int(month[r.position]) for r in work.settled if jobs[r.job].reaches}
                months |= (touched | work.credited) - {0}
            total += work.weight * len(months)
        return total

    def _fitting(self, *, required: bool) -> int:
        """The weight of touches that fits all minutes: the fractional knapsack's bound."""
        stands = sum(work.weight for work, fact in self._facts if fact.required is required)
        touches = []
        for work in self._problem.works:
            for job in (self._problem.jobs[number] for number in work.jobs):
                # An attempt that already stands is kept for nothing.
                minutes = 0 if job.behind is not None else self._shortest(work, job)
                if job.required is required and minutes is not None:
                    touches.append((work.weight, minutes))
        total, left = 0.0, float(self._minutes)
        # The best weight a minute first; the one that does not fit any more counts in part.
        for weight, needed in sorted(touches, key=lambda touch: (touch[1] / touch[0], touch)):
            part = 1.0 if needed <= left else left / needed
            total += weight * part
            left -= needed * part
            if part < 1:
                break
        return stands + int(total + 1e-6)


def _minutes_left(problem: Problem) -> int:
    """The minutes of the campaign, those of days that are over and of facts left out.

    Where there are nights away, drives to what is pinned may be saved: they are not counted.
    """
    resources, horizon = Solution(problem).resources, problem.horizon
    days, weeks = np.zeros_like(resources.week_free), resources.week_free.copy()
    here = slice(problem.first, horizon.size)
    np.add.at(days, horizon.week[here], resources.day_free[here])
    if problem.roads.nights:
        for minutes in (days, weeks):
            np.add.at(minutes, horizon.week[here], resources.drive[here])
    return int(np.minimum(days, weeks).sum())
