"""Solvers of Team Orienteering instances, each within CPU seconds of its own process."""

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from math import dist
from typing import Any

from attrs import field, frozen

from suite.children import ChildFailed, costing, in_child
from suite.top import Instance, Routes, Score, total

SEARCH, PYVRP = "tour search", "pyvrp"
ORIENTEERING = "campaign.planner.orienteering"
SCALE = 1_000_000
"""PyVRP reckons in whole numbers: so many make a unit of distance."""
PRIZE = 1000 * SCALE
"""What a point of score is worth to it: far above the detours, which only break ties."""
FIRST_EFFORT = 10
TRIAL_SHARE = 0.04
"""A trial that takes this part of the seconds tells how much effort the rest will hold."""
RESERVE = 0.95
MOST_EFFORT = 1 << 30
"""A search that takes no time at this effort has nothing left to search."""


@frozen
class Question:
    """One instance for one solver, with the seconds it has and the best score known."""

    instance: Instance
    solver: str
    cpu_seconds: float = field(kw_only=True)
    best: int | None = field(default=None, kw_only=True)


@frozen
class Answer:
    """Routes, and the counted effort they took; 0 where a solver is timed and not counted."""

    routes: Routes
    effort: int = 0


def answered(question: Question) -> Score:
    """The score that a solver reaches, judged by the coordinates alone."""
    with costing() as cost:
        answer = SOLVERS[question.solver](question.instance, question.cpu_seconds)
    score, fault = 0, ""
    try:
        score = total(question.instance, answer.routes)
    except ValueError as error:
        fault = str(error)
    return Score(
        question.instance.name,
        question.solver,
        score=score,
        best=question.best,
        effort=answer.effort,
        cost=cost[0],
        fault=fault,
    )


def answered_in_child(question: Question) -> Score:
    """The same in a process of its own; a failure is a score that says so."""
    try:
        return in_child(answered, question)
    except ChildFailed as error:
        name = question.instance.name
        return Score(name, question.solver, best=question.best, fault=str(error))


def has_search() -> bool:
    """Whether this version of the library has the tour search."""
    return find_spec(ORIENTEERING) is not None


def has_peer() -> bool:
    """Whether PyVRP is installed (the extra `benchmark`)."""
    return find_spec(PYVRP) is not None


def by_search(instance: Instance, cpu_seconds: float) -> Answer:
    """The project's tour search, which is counted: short trials tell the effort to give."""
    orienteering: Any = import_module(ORIENTEERING)
    asked = orienteering.Orienteering(
        points=instance.points,
        scores=instance.scores,
        start=instance.start,
        end=instance.end,
        tours=instance.tours,
        longest=instance.longest,
    )

    def solve(effort: int) -> Routes:
        found: Routes = orienteering.solve(asked, effort=effort).routes
        return found

    return within(solve, cpu_seconds)


def within(solve: Callable[[int], Routes], cpu_seconds: float) -> Answer:
    """What a counted search gives in so many CPU seconds, the trials among them.

    The effort is doubled until a trial takes a small part of the seconds; the last search
    has the effort that the rest should hold at that rate. The answer is the last one's.
    """
    begun, effort = time.process_time(), FIRST_EFFORT
    while True:
        before = time.process_time()
        routes = solve(effort)
        now = time.process_time()
        left = RESERVE * cpu_seconds - (now - begun)
        taken = now - before
        if taken >= TRIAL_SHARE * cpu_seconds or left <= 0 or effort >= MOST_EFFORT:
            break
        effort *= 2
    rest = min(MOST_EFFORT, int(effort * left / taken)) if taken > 0 else 0
    return Answer(solve(rest), rest) if rest > effort else Answer(routes, effort)


def by_pyvrp(instance: Instance, cpu_seconds: float) -> Answer:
    """PyVRP: prizes far above distances, distances as a small cost, one seed."""
    model: Any = import_module(PYVRP).Model()
    places = [model.add_location(x * SCALE, y * SCALE) for x, y in instance.points]
    start = model.add_depot(places[instance.start])
    end = model.add_depot(places[instance.end])
    stops = [at for at in range(len(places)) if at not in (instance.start, instance.end)]
    for stop in stops:
        model.add_client(places[stop], prize=instance.scores[stop] * PRIZE, required=False)
    model.add_vehicle_type(
        instance.tours,
        start_depot=start,
        end_depot=end,
        max_distance=int(instance.longest * SCALE),
        unit_distance_cost=1,
    )
    for one, here in zip(instance.points, places, strict=True):
        for other, there in zip(instance.points, places, strict=True):
            model.add_edge(here, there, distance=_rounded_up(dist(one, other)))
    result = model.solve(_CpuSeconds(cpu_seconds), seed=1, collect_stats=False, display=False)
    return Answer(_routes(result, stops))


def _rounded_up(distance: float) -> int:
    """Never shorter than it is, so that no route is too long by rounding."""
    return -int(-distance * SCALE // 1)


class _CpuSeconds:
    """Stops PyVRP when this process has used so many CPU seconds from now on."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    def __call__(self, _best_cost: int) -> bool:
        return time.process_time() >= self._end


def _routes(result: Any, stops: list[int]) -> Routes:  # noqa: ANN401 (of a package not there)
    return tuple(
        tuple(stops[visit.idx] for visit in route.schedule() if visit.is_client())
        for route in result.best.routes()
    )


SOLVERS: dict[str, Callable[[Instance, float], Answer]] = {SEARCH: by_search, PYVRP: by_pyvrp}
