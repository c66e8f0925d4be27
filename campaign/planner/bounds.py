"""Bounds that are proved: what no plan can exceed at the levels before comfort.

First by counting, days left aside: a touch counts if any day is open to it, and all open
touches together must fit the minutes `B` of the whole campaign, each by its shortest way, drives
left out; what is owed before all else is late by no less than on its best day, were it alone:

    maximise  sum_j w_j x_j   subject to  sum_j minutes_j x_j <= B,  0 <= x_j <= 1

(the fractional knapsack, Dantzig 1957). That holds whatever the levels before are. Then, of
required touches and of service, by the Lagrangian relaxation; of service among the plans that
keep the required touches.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

import numpy as np
from attrs import evolve

from campaign.model.objective import CALL_FOR_VISIT
from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Anchor, Job, Way, Work
from campaign.planner.problem.problem import Problem
from campaign.planner.relaxation.lagrangian import LagrangianRelaxation
from campaign.planner.relaxation.pricing import SERVED, TOUCHES
from campaign.planner.relaxation.relaxed_problem import Opening, open_alone, relaxed_for_proof
from campaign.planner.solution.solution import Incumbent, Solution
from campaign.touches import Level, LevelName

_RELAXED: tuple[LevelName, ...] = ("required", "service")
"""The levels about which the relaxation is asked."""


def with_bounds(found: Incumbent, levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels with what is proved of them; of a campaign that has begun, by counting.

    Where counting leaves a gap, the relaxation is asked as well, unless the search was stopped.
    """
    problem = found.solution.problem
    by_name: dict[str, Level] = {level.name: level for level in levels}
    bounds = counted(problem, by_name["owed"].figure)
    if problem.resumed is None and not found.stopped:
        _relaxed(problem, by_name, bounds)
    # The delivery team's touches reach months as well: no plan reaches more than these and the
    # rep's together.
    fresh = problem.works if problem.resumed is None else ()
    bounds["floor"] += sum(work.weight * len(work.credited) for work in fresh if work.has_floor)
    for name in ("owed", "floor", "required") if problem.resumed else ("floor",):
        bounds[name] = min(bounds[name], by_name[name].possible or 0)
    return tuple(evolve(level, bound=bounds.get(level.name)) for level in levels)


def _relaxed(problem: Problem, levels: Mapping[str, Level], bounds: dict[str, int]) -> None:
    """Draw bounds of required touches and of service closer by the relaxation."""
    wide = [
        name for name in _RELAXED if not evolve(levels[name], bound=bounds[name]).is_proved_best
    ]
    if not wide:
        return
    relaxation = LagrangianRelaxation(relaxed_for_proof(problem))
    required = levels["required"].figure
    if "required" in wide:
        most = bounds["required"]
        bounds["required"] = min(most, relaxation.bound(TOUCHES, required, most))
    if "service" in wide:
        # Service is what is lost, so its bound is from below: what could be gained less what can.
        could = sum(work.weight * work.could_serve for work in problem.works)
        gained, most = could - levels["service"].figure, could - bounds["service"]
        gain = relaxation.bound(SERVED, gained, most, held=required)
        bounds["service"] = max(bounds["service"], could - gain)


def counted(problem: Problem, placed: int = 0) -> dict[str, int]:
    """The bounds by counting alone; of lateness where so much is placed of what is owed.

    Of a campaign that has begun: what stands already, and at most what the days left hold,
    the frozen ones as they are; nothing is known of its lateness then.
    """
    jobs, is_begun = problem.jobs, problem.resumed is not None
    alone = open_alone(problem)

    def _opening(work: Work, job: Job, way: Way) -> Mask:
        # A visit that is too far for any day counts for nothing.
        return alone(work, job, way) if way.travels and not is_begun else way.open

    touches, months = list[tuple[int, float]](), list[tuple[int, float]]()
    duties = stands = floor = without = 0
    for work in problem.works:
        weight, least = work.weight, np.inf
        for job in (jobs[row.job] for row in work.settled if jobs[row.job].counts):
            duties += job.is_duty
            stands += weight * job.required
        for job in (jobs[number] for number in work.jobs):
            ways = [way for way in job.ways if way.open.any()]
            duties += job.is_duty and (bool(ways) or job.behind is not None)
            without += 0 if job.required or ways else weight * problem.territory.service.optional
            ways = [way for way in ways if _opening(work, job, way).any()]
            # A stop that several rows may share counts in part; an attempt that stands for nothing.
            needed = [way.minutes / (work.sharing if way.travels else 1) for way in ways]
            if job.behind is not None:
                needed.append(0)
            if needed:
                least = min(least, *needed)
                touches += [(weight, min(needed))] * job.required
        made, more = _months(problem, work, _opening)
        floor += weight * made * work.has_floor
        months += [(weight, least)] * (more * work.has_floor)
    minutes = _minutes_left(problem)
    bounds = {
        "owed": duties,
        "floor": floor + _knapsack(months, minutes),
        "required": stands + _knapsack(touches, minutes),
    }
    if not is_begun:
        late = sorted(_days_late(problem))
        # What is not placed is not late: of the latest as many are left aside as are missing.
        counting = len(late) - max(0, duties - placed)
        bounds |= {"in_time": sum(late[: max(0, counting)]), "service": without}
    return bounds


def _months(problem: Problem, work: Work, opening: Opening) -> tuple[int, int]:
    """The months of the floor that are made already, and how many more an account could make.

    Each touch makes one, on an open day between the sums of the least and of the last gaps down to
    it. So of any months no more are made than there are touches that could make one of them (Hall
    1935).
    """
    month, jobs = problem.horizon.month, problem.jobs
    able, touched = list[set[int]](), set[int]()
    spans = {-1: (0, 0)}
    if problem.resumed is not None:
        touched = {int(month[r.position]) for r in work.settled if jobs[r.job].reaches}
        touched = (touched | work.credited) - {0}
    for job in (jobs[number] for number in work.jobs):
        # Behind an earlier attempt that stands it may count from there.
        since, until = spans[job.parent]
        behind = jobs[job.parent].behind if job.parent >= 0 else None
        if behind is not None:
            since, until = min(since, behind.position), max(until, behind.position)
        since, until = max(0, since + job.window.least), until + job.window.last
        spans[job.index] = since, until + max((way.days_in_post for way in job.ways), default=0)
        here = slice(since, max(0, until + 1))
        days = (month[here][opening(work, job, way)[here]].tolist() for way in job.ways)
        able.append(set[int]().union(*days) - {0} - work.credited - touched)
    months = set[int]().union(*able)
    choices = chain.from_iterable(combinations(months, n) for n in range(len(months) + 1))
    return len(touched), min(
        sum(not made.isdisjoint(some) for made in able) + len(months) - len(some)
        for some in choices
    )


def _days_late(problem: Problem) -> Iterator[int]:
    """By how much is late what is owed and has a day of its own, each alone on its best day."""
    numbers = (n for work in problem.works for n in (work.opening, *work.promises) if n >= 0)
    for job in (problem.jobs[number] for number in numbers):
        anchor = Anchor(job.window)
        late = (
            anchor.days_late(int(way.open.argmax())) + CALL_FOR_VISIT * way.is_instead
            for way in job.ways
            if way.open.any()
        )
        yield min(late, default=0)


def _knapsack(touches: Sequence[tuple[int, float]], minutes: int) -> int:
    """The most weight of touches that fits so many minutes, the last one in part."""
    total, left = 0.0, float(minutes)
    # The best weight a minute first.
    for weight, needed in sorted(touches, key=lambda touch: (touch[1] / touch[0], touch)):
        part = 1.0 if needed <= left else left / needed
        total += weight * part
        left -= needed * part
        if part < 1:
            break
    return int(total + 1e-6)


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
