"""The calendar while it fills."""

import random
from collections.abc import Iterable

from small import small

from campaign.model.accounts import Account, Contact
from campaign.model.cadences import Cadence, Step
from campaign.model.policy import Policy
from campaign.planner.instance.jobs import Assignment
from campaign.planner.problem.problem import Problem, problem_of
from campaign.planner.solution.resources import Resources

VISITS = Cadence(
    "visits", [Step("visit", ["visit", "call"], "listen"), Step("card", "postcard", "share")]
)


def a_problem() -> Problem:
    return problem_of(
        small(
            *(
                Account(
                    f"A-{n}",
                    f"Account {n}",
                    cadence="visits",
                    latitude=44.9 + n / 20,
                    longitude=-123,
                )
                for n in range(4)
            ),
            contacts=[
                Contact(f"P-{n}", "A-0", name=f"Person {n}", cadence="visits") for n in range(2)
            ],
            cadences={**Policy().cadences, "visits": VISITS},
        )
    )


def state(resources: Resources) -> tuple[object, ...]:
    return (
        resources.day_free.tolist(),
        resources.week_free.tolist(),
        resources.day_room.tolist(),
        resources.week_room.tolist(),
        resources.tours,
        resources.stops,
        resources.drive.tolist(),
        resources.written.tolist(),
        resources.writing.tolist(),
        resources.week_load.tolist(),
        resources.calls,
        resources.comfort,
    )


def enter_all(resources: Resources, problem: Problem, placed: Iterable[Assignment]) -> None:
    for row in placed:
        job = problem.jobs[row.job]
        resources.enter(job.account, job.ways[row.way], row.position)


def test_what_is_taken_back_leaves_no_trace() -> None:
    problem, dice = a_problem(), random.Random(1)
    resources = Resources(problem)
    before = state(resources.copy())
    entered = [
        Assignment(job.index, dice.randrange(len(job.ways)), dice.randrange(1, 6))
        for job in problem.jobs
    ]
    enter_all(resources, problem, entered)
    assert state(resources) != before
    dice.shuffle(entered)
    for row in entered:
        job = problem.jobs[row.job]
        resources.enter(job.account, job.ways[row.way], row.position, -1)
    assert state(resources) == before


def test_a_copy_does_not_change_with_its_original() -> None:
    problem = a_problem()
    resources = Resources(problem)
    twin = resources.copy()
    enter_all(resources, problem, [Assignment(job.index, 0, 3) for job in problem.jobs])
    assert state(twin) == state(Resources(problem))


def test_two_people_at_one_stop_cost_one_visit() -> None:
    problem = a_problem()
    resources = Resources(problem)
    first, second = [job for job in problem.jobs if job.account == 0 and job.ways[0].travels]
    resources.enter(0, first.ways[0], 3)
    free = int(resources.day_free[3])
    assert resources.fits(0, second.ways[0], 3)
    resources.enter(0, second.ways[0], 3)
    assert int(resources.day_free[3]) == free
    resources.enter(0, first.ways[0], 3, -1)
    assert int(resources.day_free[3]) == free


def test_open_days_are_those_that_fit() -> None:
    problem, dice = a_problem(), random.Random(2)
    resources = Resources(problem)
    for job in problem.jobs[:-1]:
        for position in dice.sample(range(1, problem.horizon.size), 25):
            way = job.ways[0]
            if resources.fits(job.account, way, position):
                resources.enter(job.account, way, position)
    last = problem.jobs[0]
    for way in last.ways:
        detours = resources.detours(0) if way.travels else None
        opened = (way.open & resources.room(0, way, detours)).tolist()
        fitting = [resources.fits(0, way, position) for position in range(problem.horizon.size)]
        assert all(fits for was_open, fits in zip(opened, fitting, strict=True) if was_open)
        if not way.travels:
            assert opened == fitting
