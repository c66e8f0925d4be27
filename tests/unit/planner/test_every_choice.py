"""Of all choices of visits the one that takes the least of the first week, and as it stands."""

import random
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from attrs import evolve
from grieving import PLACES, aggrieved, grieving
from small import small

from campaign.model.accounts import Account, Promise
from campaign.model.rep import Capacity, Rep
from campaign.planner import plan
from campaign.planner.bounds import counted
from campaign.planner.due_days import talks
from campaign.planner.duties import heaviest_first, with_duties
from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem, problem_of
from campaign.planner.reserve import arrangement_of, reserve_of
from campaign.planner.reserve.cases import Cases
from campaign.planner.reserve.every_choice import Choice, EveryChoice
from campaign.planner.reserve.first_week import FirstWeek
from campaign.planner.reserve.items import items_of, kinds_of
from campaign.planner.work import Way
from campaign.rules import violations

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


@pytest.mark.parametrize(("visits", "calls"), [({1}, {2}), ({2}, {1})])
def test_days_for_visits_alone_and_for_calls_alone_are_kept_apart(
    visits: set[int], calls: set[int]
) -> None:
    channels = dict(small().channels)
    channels["visit"] = evolve(channels["visit"], weekdays=visits, minutes=20)
    channels["call"] = evolve(channels["call"], weekdays=calls, minutes=90)
    near = {"latitude": 44.95, "longitude": -123.03}
    problem = problem_of(
        small(
            Account("G-1", "G", tier="C", grievance="late", **near),  # type: ignore[arg-type]
            Account("A-1", "A", tier="C", **near),  # type: ignore[arg-type]
            channels=channels,
            promises=[Promise("P", "A-1", what="a word", due="2027-01-08", channel="letter")],
        )
    )
    duties = with_duties(problem, evolve(heaviest_first(problem), start=arrangement_of(problem)))
    used = int(problem.horizon.week_capacity[0]) - duties.weeks[0]
    assert best(problem).minutes == used


@pytest.mark.parametrize("minutes", [100, 140, 220])
def test_promises_that_overfill_their_day_are_arranged_as_far_as_can_be(minutes: int) -> None:
    since = {"grievance": "late", "grievance_since": "2027-01-06"}
    sad = [Account(f"G-{n}", "G", latitude=44.9, longitude=-123.0, **since) for n in (1, 2)]  # type: ignore[arg-type]
    others = [Account(f"A-{n}", "A", latitude=44.95, longitude=-123.0) for n in range(5)]
    promises = [
        Promise(
            f"P-{n}",
            f"A-{n}",
            what="a word",
            due="2027-01-04",
            channel="call" if n else "visit",
        )
        for n in range(5)
    ]
    capacity = Capacity(minutes_per_day=minutes, minutes_per_week=900, ramp=())
    problem = problem_of(small(*sad, *others, promises=promises, capacity=capacity))
    begun = evolve(heaviest_first(problem), start=arrangement_of(problem))
    assert with_duties(problem, begun).owed >= with_duties(problem).owed


@pytest.mark.parametrize("leave", [(), ("2027-01-04/2027-01-10",)])
def test_nothing_is_arranged_where_the_first_week_holds_nothing(leave: tuple[str, ...]) -> None:
    since = {"grievance": "late", "grievance_since": None if leave else "2027-02-01"}
    sad = [Account(f"G-{n}", "G", latitude=44.9, longitude=-123.0, **since) for n in (1, 2)]  # type: ignore[arg-type]
    rep = Rep("Ann", home=(44.94, -123.03), leave=leave)
    assert arrangement_of(problem_of(small(*sad, rep=rep))) == ()


def test_a_territory_whose_first_week_is_all_leave_plans() -> None:
    mills = [Account(f"A-{n}", "Mill", latitude=44.94, longitude=-123.0) for n in (1, 2)]
    owed = [Promise(f"P-{n}", f"A-{n}", what="it", due="2027-01-15") for n in (1, 2)]
    rep = Rep("Ann", home=(44.94, -123.03), leave=["2027-01-04/2027-01-10"])
    narrow = Capacity(minutes_per_day=20, minutes_per_week=60, ramp=())
    territory = small(*mills, rep=rep, promises=owed, capacity=narrow)
    problem = problem_of(territory)
    assert arrangement_of(problem) == ()
    assert not reserve_of(problem).minutes.any()
    campaign = plan(territory, effort=5)
    assert violations(campaign) == ()
    assert {"A-1/A-1/P-1", "A-2/A-2/P-2"} <= {row.touch_id for row in campaign.touches}


def test_a_grievance_is_arranged_to_be_heard_even_where_a_letter_may_come_first() -> None:
    territory = small(*(aggrieved(number, random.Random(number)) for number in range(6)))
    cadences = {
        name: evolve(
            cadence, steps=[evolve(cadence.steps[0], channels=channels), *cadence.steps[1:]]
        )
        for name, cadence in territory.cadences.items()
        for channels in (("letter", "visit", "call"),)
    }
    narrow = Capacity(minutes_per_day=150, minutes_per_week=300, ramp=())
    problem = problem_of(evolve(territory, cadences=cadences, capacity=narrow))
    ways = [problem.jobs[placed.job].ways[placed.way] for placed in arrangement_of(problem)]
    assert ways
    assert all(talks(problem, way) for way in ways)
