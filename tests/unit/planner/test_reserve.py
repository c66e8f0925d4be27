"""What is in reserve for what is owed is never more than some plan needs for it."""

import random
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from attrs import evolve
from grieving import PLACES, aggrieved, grieving, otherwise
from small import small

from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planner import plan
from campaign.planner.bounds import counted
from campaign.planner.duties import Duties, Manner, with_duties
from campaign.planner.ledger import Ledger
from campaign.planner.problem import Problem, problem_of
from campaign.planner.reserve import Reserve, reserve_of
from campaign.planner.reserve.crowding import Crowding, has_hours
from campaign.planner.reserve.items import items_of, kinds_of


@pytest.mark.parametrize("made", [grieving, otherwise])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("seed", range(8))
def test_no_choice_of_visits_takes_less_than_the_reserve(
    seed: int, place: str, made: Callable[[int, str], Territory]
) -> None:
    problem = problem_of(made(seed, place))
    reserve, owed = reserve_of(problem), counted(problem)["owed"]
    dice, used = random.Random(seed), []
    for leaning in (0, 1, -1) * 4:
        duties = with_duties(problem, Manner([dice.random() for _ in problem.works], leaning))
        if duties.owed == owed:
            used.append(taken(problem, duties, reserve))
    assert all(minutes >= reserve.minutes[0] for minutes in used)


def taken(problem: Problem, duties: Duties, reserve: Reserve) -> int:
    """The minutes of the first week that are paid for with the reserve.

    What else is owed stands there too, of which only the drives are, and visits that are met.
    """
    apart = 0
    for account, placement in enumerate(duties.standing.placements):
        for placed in placement:
            way = problem.jobs[placed.job].ways[placed.way]
            is_paid = placed.job in reserve.paid or (way.travels and reserve.met[account])
            apart += 0 if is_paid or not reserve.driven[placed.position] else way.minutes
    return int(problem.horizon.week_capacity[0]) - duties.weeks[0] - apart


@pytest.mark.parametrize("place", PLACES)
def test_a_day_that_holds_less_than_may_crowd_it_is_timed_with_one_more(place: str) -> None:
    asked = [is_timed for seed in range(6) for is_timed in timed_with_one_more(seed, place)]
    assert len(asked) > 10
    assert all(asked)


def timed_with_one_more(seed: int, place: str) -> Iterator[bool]:
    """Days filled by the dice, of those that could surely be timed whether they can."""
    whole = Capacity(minutes_per_day=480, minutes_per_week=2400, ramp=())
    problem = problem_of(evolve(grieving(seed, place), capacity=whole))
    dice = random.Random(seed)
    first = problem.horizon.works & (problem.horizon.week == problem.horizon.week[1])
    kinds = kinds_of(problem, items_of(problem, np.asarray(first)))
    items = [item for kind in kinds for item in kind]
    for _ in range(60):
        position = dice.choice(first.nonzero()[0].tolist())
        ledger = Ledger(problem)
        crowding = Crowding(problem, kinds, position, int(ledger.free()[position]))
        visits = calls = 0
        for item in dice.sample(items, len(items) // 2):
            way = dice.choice((item.visit, item.other))
            if way and ledger.fits(item.work.account, way, position):
                ledger.enter(item.work.account, way, position)
                visits += has_hours(way)
                calls += crowding.is_common(way)
        one = dice.choice(items)
        way, account = one.visit or one.other, one.work.account
        if way is None or not ledger.has_room(account, way, position):
            continue
        alone = way.minutes + way.travels * problem.roads.there_and_back(account)
        taken = int(problem.horizon.day_capacity[position] - ledger.day_free[position]) + alone
        if not any(
            visits + has_hours(way) >= least.visits
            and calls >= least.calls
            and taken >= least.minutes
            for least in crowding.beyond(way)
        ):
            yield ledger.has_time(account, way, position)


def test_neighbours_far_from_home_are_reckoned_to_share_the_way() -> None:
    there = [
        Account(f"G-{n}", "G", grievance="late", latitude=45.4, longitude=-123.0) for n in (1, 2)
    ]
    whole = Capacity(minutes_per_day=480, minutes_per_week=1200, ramp=())
    problem = problem_of(small(*there, capacity=whole))
    duties = with_duties(problem).standing
    used = int((problem.horizon.week_capacity - duties.ledger.week_free)[0])
    assert 0 < reserve_of(problem).minutes[0] <= used


def test_what_can_never_stand_is_not_reckoned_with() -> None:
    dice = random.Random(1)
    far = Account("G-0", "Far away", grievance="late", latitude=41.0, longitude=-123.0)
    nobody = Contact("P-0", "G-0", name="Ann", consents={"call": Consent.NO})
    problem = problem_of(small(far, *(aggrieved(n, dice) for n in (1, 2, 3)), contacts=[nobody]))
    reserve = reserve_of(problem)
    assert counted(problem)["owed"] == 3
    assert len(reserve.paid) == 3
    assert reserve.minutes[0] > 0
    assert reserve_of(problem, 1).missing == 0


def test_visits_that_surely_come_are_reckoned_with_their_drives() -> None:
    dice = random.Random(1)
    near = [
        Account(f"G-{n}", "G", grievance="late", latitude=44.95, longitude=-123.0 + n / 100)
        for n in range(3)
    ]
    territory = small(
        *near,
        aggrieved(9, dice),
        capacity=Capacity(minutes_per_day=480, minutes_per_week=2400),
    )
    problem = problem_of(territory)
    visit = territory.channels["visit"].minutes
    assert reserve_of(problem).minutes[0] > 4 * visit
    assert reserve_of(problem).paid == {work.opening for work in problem.works}


def test_a_first_week_full_of_grievances_lowers_what_can_be_required() -> None:
    dice = random.Random(3)
    key = [
        Account(f"A-{n}", f"Key {n}", tier="A", latitude=44.95, longitude=-123.0) for n in range(20)
    ]
    sad = [aggrieved(n, dice) for n in range(5)]
    campaign = plan(
        small(*key, *sad, capacity=Capacity(minutes_per_day=480, minutes_per_week=1000)), effort=100
    )
    required = campaign.level("required")
    assert required.bound is not None
    assert required.possible is not None
    assert required.figure <= required.bound < required.possible


def test_two_visits_to_one_account_are_one_stop_of_a_day_that_may_have_one() -> None:
    channels = dict(small().channels)
    channels["visit"] = evolve(channels["visit"], per_day=1)
    sad = Account("G-1", "G", grievance="late", latitude=44.95, longitude=-123.0)
    visit = Promise("P-1", "G-1", what="the drawing", due="2027-01-06", channel="visit")
    problem = problem_of(small(sad, channels=channels, promises=[visit]))
    duties = with_duties(problem)
    used = int(problem.horizon.week_capacity[0]) - duties.weeks[0]
    assert duties.owed == 2
    assert reserve_of(problem).minutes[0] == used


def test_a_promise_that_a_full_week_sends_into_the_first_is_not_part_of_the_reserve() -> None:
    channels = dict(small().channels)
    channels["visit"] = evolve(channels["visit"], minutes=200)
    channels["call"] = evolve(channels["call"], minutes=100)
    near = {"latitude": 44.95, "longitude": -123.03}
    territory = small(
        Account("A-1", "A", tier="C", **near),  # type: ignore[arg-type]
        Account("B-1", "B", tier="C", closed_dates=("2027-01-04/2027-01-10",), **near),  # type: ignore[arg-type]
        Account("G-1", "G", tier="C", grievance="late", **near),  # type: ignore[arg-type]
        channels=channels,
        capacity=Capacity(minutes_per_day=300, minutes_per_week=300, ramp=()),
        promises=[
            Promise("P-A", "A-1", what="a word", due="2027-01-15", channel="call"),
            Promise("P-B", "B-1", what="a word", due="2027-01-11", channel="visit"),
        ],
    )
    problem = problem_of(territory)
    reserve, duties = reserve_of(problem), with_duties(problem)
    assert duties.owed == 3
    assert reserve.minutes[0] == taken(problem, duties, reserve) == 100
