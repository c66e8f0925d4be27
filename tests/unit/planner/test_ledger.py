"""The calendar while it fills."""

import random
from collections.abc import Iterable

from small import small

from campaign.model.accounts import Account, Contact
from campaign.model.cadences import Cadence, Step
from campaign.model.policy import shipped_cadences
from campaign.planner.instance.jobs import Assignment
from campaign.planner.problem import Problem, problem_of
from campaign.planner.solution import Resources

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
            cadences={**shipped_cadences(), "visits": VISITS},
        )
    )


def state(ledger: Resources) -> tuple[object, ...]:
    return (
        ledger.day_free.tolist(),
        ledger.week_free.tolist(),
        ledger.day_room.tolist(),
        ledger.week_room.tolist(),
        ledger.tours,
        ledger.stops,
        ledger.drive.tolist(),
        ledger.written.tolist(),
        ledger.writing.tolist(),
        ledger.week_load.tolist(),
        ledger.calls,
        ledger.comfort,
    )


def enter_all(ledger: Resources, problem: Problem, placed: Iterable[Assignment]) -> None:
    for row in placed:
        job = problem.jobs[row.job]
        ledger.enter(job.account, job.ways[row.way], row.position)


def test_what_is_taken_back_leaves_no_trace() -> None:
    problem, dice = a_problem(), random.Random(1)
    ledger = Resources(problem)
    before = state(ledger.copy())
    entered = [
        Assignment(job.index, dice.randrange(len(job.ways)), dice.randrange(1, 6))
        for job in problem.jobs
    ]
    enter_all(ledger, problem, entered)
    assert state(ledger) != before
    dice.shuffle(entered)
    for row in entered:
        job = problem.jobs[row.job]
        ledger.take_back(job.account, job.ways[row.way], row.position)
    assert state(ledger) == before


def test_a_copy_does_not_change_with_its_original() -> None:
    problem = a_problem()
    ledger = Resources(problem)
    twin = ledger.copy()
    enter_all(ledger, problem, [Assignment(job.index, 0, 3) for job in problem.jobs])
    assert state(twin) == state(Resources(problem))


def test_two_people_at_one_stop_cost_one_visit() -> None:
    problem = a_problem()
    ledger = Resources(problem)
    first, second = [job for job in problem.jobs if job.account == 0 and job.ways[0].travels]
    ledger.enter(0, first.ways[0], 3)
    free = int(ledger.day_free[3])
    assert ledger.fits(0, second.ways[0], 3)
    ledger.enter(0, second.ways[0], 3)
    assert int(ledger.day_free[3]) == free
    ledger.take_back(0, first.ways[0], 3)
    assert int(ledger.day_free[3]) == free


def test_open_days_are_those_that_fit() -> None:
    problem, dice = a_problem(), random.Random(2)
    ledger = Resources(problem)
    for job in problem.jobs[:-1]:
        for position in dice.sample(range(1, problem.horizon.size), 25):
            way = job.ways[0]
            if ledger.fits(job.account, way, position):
                ledger.enter(job.account, way, position)
    last = problem.jobs[0]
    for way in last.ways:
        detours = ledger.detours(0) if way.travels else None
        opened = ledger.open(0, way, detours).tolist()
        fitting = [ledger.fits(0, way, position) for position in range(problem.horizon.size)]
        assert all(fits for was_open, fits in zip(opened, fitting, strict=True) if was_open)
        if not way.travels:
            assert opened == fitting
