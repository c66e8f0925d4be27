"""Of all choices of visits the one that takes the least of the first week, and as it stands."""

import random
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from attrs import evolve
from grieving import PLACES, aggrieved, grieving
from small import small

from campaign.model.rep import Capacity, Rep
from campaign.planner.bounds import counted
from campaign.planner.due_days import talks
from campaign.planner.duties import heaviest_first, with_duties
from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem, problem_of
from campaign.planner.reserve import arrangement_of
from campaign.planner.reserve.cases import Cases
from campaign.planner.reserve.every_choice import Choice, EveryChoice
from campaign.planner.reserve.first_week import FirstWeek
from campaign.planner.reserve.items import items_of, kinds_of
from campaign.planner.work import Way

SEEDS = range(6)


def first_week(problem: Problem) -> Cases:
    first = np.asarray(problem.horizon.works & (problem.horizon.week == problem.horizon.week[1]))
    return Cases(problem, kinds_of(problem, items_of(problem, first)), first)


def best(problem: Problem, *, careful: bool = False) -> Choice:
    found = EveryChoice(problem, first_week(problem), careful=careful).best()
    assert found is not None
    return found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_choice_takes_less_than_the_integer_programme_proves(seed: int, place: str) -> None:
    problem = problem_of(grieving(seed, place))
    first = np.asarray(problem.horizon.week == problem.horizon.week[1]) & problem.horizon.works
    items = items_of(problem, first)
    proved = FirstWeek(problem, kinds_of(problem, items), first, 0).least()
    assert best(problem).minutes >= proved


@pytest.mark.parametrize("seed", SEEDS)
def test_a_careful_choice_takes_no_less_than_the_least(seed: int) -> None:
    problem = problem_of(grieving(seed, "apart"))
    assert best(problem, careful=True).minutes >= best(problem).minutes


@pytest.mark.parametrize("seed", range(8))
def test_the_least_of_three_openings_is_the_least_of_all_ways_to_settle_them(seed: int) -> None:
    dice = random.Random(seed)
    problem = problem_of(
        small(
            *(aggrieved(number, dice) for number in range(3)),
            rep=Rep("Ann", home=(44.94, -123.03)),
            capacity=Capacity(
                minutes_per_day=dice.randrange(200, 300), minutes_per_week=dice.randrange(260, 700)
            ),
        )
    )
    openings = [problem.jobs[work.opening] for work in problem.works]
    days = first_week(problem).positions
    each = [
        [(way, day) for way in job.ways if talks(problem, way) for day in days] for job in openings
    ]
    found = [minutes for ways in product(*each) if (minutes := settled(problem, ways)) is not None]
    assert best(problem).minutes == min(found)


def settled(problem: Problem, ways: Sequence[tuple[Way, int]]) -> int | None:
    """The minutes of the week if all accounts are opened so; None where that may not be."""
    ledger = Ledger(problem)
    for account, (way, day) in enumerate(ways):
        if not ledger.fits(account, way, day):
            return None
        ledger.enter(account, way, day)
    for account, (way, day) in enumerate(ways):
        if not way.travels:
            ledger.take_back(account, way, day)
            visits = [
                other
                for other in problem.jobs[problem.works[account].opening].ways
                if other.travels
            ]
            if any(ledger.fits(account, visit, at) for visit in visits for at in range(1, 6)):
                return None
            ledger.enter(account, way, day)
    return int((problem.horizon.week_capacity - ledger.week_free)[0])


def test_what_is_arranged_takes_less_of_the_first_week_than_heavy_accounts_first() -> None:
    arranged: list[int] = []
    usual: list[int] = []
    least: list[int] = []
    for seed in range(12):
        problem = problem_of(grieving(seed, "apart"))
        begun = evolve(heaviest_first(problem), start=arrangement_of(problem))
        for found, manner in ((arranged, begun), (usual, None)):
            duties = with_duties(problem, manner).standing
            assert duties.score[0] == counted(problem)["owed"]
            found.append(int((problem.horizon.week_capacity - duties.ledger.week_free)[0]))
        least.append(best(problem).minutes)
    assert all(minutes >= at_least for minutes, at_least in zip(arranged, least, strict=True))
    assert sum(arranged) < 0.95 * sum(usual)
