"""Alike runs dated at once, shares of drives, cutting planes, the linear programme."""

from itertools import combinations

import numpy as np
import pytest
from byhand import a_territory, an_account
from hypothesis import given
from hypothesis import strategies as st
from small import small
from territories import territories
from tries import few

from campaign.model.accounts import Account
from campaign.model.cadences import Step
from campaign.model.channels import Channel
from campaign.model.rep import Capacity, Rep, Travel
from campaign.model.territory import Territory
from campaign.planner.insertion import CadenceDP, fill, heaviest_first
from campaign.planner.instance.horizon import Values
from campaign.planner.instance.jobs import Job, TimeWindow, Tree
from campaign.planner.mandatory import with_mandatory
from campaign.planner.problem.problem import problem_of
from campaign.planner.relaxation.cutting_planes import CuttingPlanes, Lowest, Plane
from campaign.planner.relaxation.diving import dive
from campaign.planner.relaxation.glop import LinearProgramme
from campaign.planner.relaxation.lagrangian import LagrangianRelaxation
from campaign.planner.relaxation.pricing import PLAN_WORTH, PricingProblem, PricingRates
from campaign.planner.relaxation.relaxed_problem import (
    RelaxedProblem,
    drive_lower_bound,
    relaxed_beside,
)
from campaign.planner.relaxation.restricted_master import ResourceRows, RestrictedMaster
from campaign.planner.solution.resources import Resources
from campaign.planner.solution.solution import Prices

pytestmark = pytest.mark.no_cover  # whole searches: the tracer takes minutes


def relaxed_of(territory: Territory) -> RelaxedProblem:
    mandatory, dropped = with_mandatory(problem_of(territory))
    return relaxed_beside(mandatory, dropped)


def gain_by_itself(
    relaxed: RelaxedProblem, run: Tree, row: tuple[int, int], prices: Prices
) -> float:
    """What one run gains when it is worked out without any other."""
    problem, alike = relaxed.problem, relaxed.alike[row[0]]
    like = dict(zip((job.index for job in run.jobs), alike.tree.jobs, strict=True))
    work = problem.works[run.jobs[0].account]
    floor = PLAN_WORTH[0] * work.weight * work.has_floor

    def offer(job: Job, rank: int) -> Values:
        way = like[job.index].ways[rank]
        drive = relaxed.drives[work.account] if way.travels else 0.0
        part = 1.0 / work.sharing if way.travels else 1.0
        cost = part * ((way.minutes + drive) * prices.minute + prices.touch[way.channel])
        served = problem.gaps.served(required=job.required, is_second=way.is_second)
        gain = work.weight * (PLAN_WORTH[1] * job.required + PLAN_WORTH[2] * served)
        paid = 0.0 if like[job.index].index in alike.free else cost
        return np.asarray(gain - paid + alike.open[like[job.index].index, rank][row[1]])

    def lost(job: Job, window: TimeWindow, post: int) -> Values:
        rates = 0.0, float(PLAN_WORTH[2] * work.weight), 0.0
        return problem.gaps.cost(window, job.kind, rates, post)

    tree = Tree.of([like[job.index] for job in run.jobs])
    mine = {job.index: own for own, job in zip(run.jobs, tree.jobs, strict=True)}
    dp = CadenceDP(
        tree,
        problem.horizon,
        lambda job, rank: offer(mine[job.index], rank),
        lost,
        np.where(problem.horizon.month > 0, floor, 0.0),
    )
    return float(dp.gain)


@few(10)
@given(territories(most_accounts=5), st.sampled_from([0.0, 1e-3, 1e-1]))
def test_runs_dated_at_once_gain_what_each_gains_by_itself(
    territory: Territory, price: float
) -> None:
    relaxed = relaxed_of(territory)
    prices = Prices.flat(relaxed.problem, price)
    for number, alike in enumerate(relaxed.alike):
        rates = PricingRates(prices, PLAN_WORTH, relaxed.drives)
        gains = PricingProblem(relaxed.problem, alike, rates).gains
        for row, runs in enumerate(alike.members):
            for run in runs:
                alone = gain_by_itself(relaxed, run, (number, row), prices)
                assert gains[row] == pytest.approx(alone)


@few(10)
@given(territories(most_accounts=5), st.sampled_from([0.0, 1e-3, 1e-1]))
def test_the_dates_chosen_are_worth_what_was_foretold(territory: Territory, price: float) -> None:
    relaxed = relaxed_of(territory)
    prices = Prices.flat(relaxed.problem, price)
    for alike in relaxed.alike:
        rates = PricingRates(prices, PLAN_WORTH, relaxed.drives)
        alone = PricingProblem(relaxed.problem, alike, rates)
        usage = alone.usage
        minutes = float(usage.weeks.sum())
        assert usage.gain == pytest.approx(float(usage.figures @ PLAN_WORTH) - price * minutes)


PLACES = st.tuples(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5))


@few(10)
@given(
    st.lists(st.none() | PLACES, min_size=1, max_size=6),
    st.integers(0, 9),
    st.sampled_from([240, 360, 700]),
)
def test_shares_of_a_day_never_exceed_its_drives(
    places: list[tuple[float, float] | None], stop: int, minutes: int
) -> None:
    accounts = [
        Account(f"A-{n}", f"Account {n}", latitude=45 + place[0], longitude=-123 + place[1])
        if place
        else Account(f"A-{n}", f"Account {n}")
        for n, place in enumerate(places)
    ]
    problem = problem_of(
        small(
            *accounts,
            rep=Rep("Ann", home=(45.0, -123.0), hours={"mon": "06:00-22:00"}),
            capacity=Capacity(minutes_per_day=minutes, minutes_per_week=minutes, ramp=()),
            travel=Travel(minutes_per_stop=stop),
        )
    )
    shares = drive_lower_bound(problem)
    visit = problem.territory.channels["visit"].minutes
    for count in range(1, min(len(accounts), 5) + 1):
        for stops in combinations(range(len(accounts)), count):
            drive, _ = problem.roads.shortest([stop + 1 for stop in stops])
            if drive + count * visit <= minutes:
                assert sum(shares[list(stops)]) <= drive + 1e-9


def test_a_descent_finds_where_planes_are_lowest() -> None:
    def ask(point: Values) -> list[Plane]:
        away = point - np.array([3.0, 40.0])
        return [Plane(float(abs(away).sum()), np.sign(away))]

    planes = CuttingPlanes(np.zeros(2), ask)
    found = planes.descend([np.zeros(2)], 60, is_enough=_is_close)
    assert found.value == pytest.approx(0.0, abs=1e-6)
    assert found.point == pytest.approx(np.array([3.0, 40.0]), abs=1e-6)
    assert planes.mixture[0]


def test_a_descent_keeps_what_it_met_where_the_programme_comes_to_no_end() -> None:
    def ask(point: Values) -> list[Plane]:
        height = 5.0 if point[0] <= 0 else np.nan
        return [Plane(height, np.array([-1.0]))]

    planes = CuttingPlanes(np.zeros(1), ask)
    found = planes.descend([np.zeros(1)], 10, is_enough=_is_close)
    assert (found.value, found.point.tolist()) == (5.0, [0.0])
    assert [points[0].tolist() for points in planes.mixture] == [[0.0]]


def _is_close(low: Lowest) -> bool:
    return low.value - low.floor < 1e-9


def test_a_programme_that_grows_prices_its_rows() -> None:
    programme = LinearProgramme(is_maximum=True)
    row = programme.add_row(-np.inf, 10.0)
    programme.add_column(1.0, [(row, 1.0)])
    assert programme.solve()
    assert [programme.value, *programme.values] == pytest.approx([10.0, 10.0])
    programme.add_column(3.0, [(row, 2.0)])
    assert programme.solve()
    assert programme.values == pytest.approx([0.0, 5.0])
    assert programme.duals == pytest.approx([1.5])


def crowd(count: int, minutes: int) -> Territory:
    return small(
        *(Account(f"A-{n}", f"Account {n}", tier="ABC"[n % 3]) for n in range(count)),
        capacity=Capacity(minutes_per_week=minutes),
    )


def test_dates_of_the_programme_stay_within_each_week() -> None:
    relaxed = relaxed_of(crowd(40, 200))
    master = RestrictedMaster(relaxed)
    for number, mixed in enumerate(LagrangianRelaxation(relaxed).prices()):
        for prices in mixed:
            master.grow_group(number, prices, 1e-2)
    for _ in range(20):
        master.grow(master.solve())
    master.solve()
    used = np.zeros(len(relaxed.week_room))
    for dated in master.dated():
        for placed in dated.placement:
            way = relaxed.problem.jobs[placed.job].ways[placed.way]
            drive = relaxed.drives[0] if way.travels else 0.0
            used[relaxed.problem.horizon.week[placed.position]] += way.minutes + drive
    a_cadence_more = 8 * 60
    assert (used <= relaxed.week_room + a_cadence_more).all()
    assert used.sum() <= relaxed.week_room.sum() + a_cadence_more


def test_the_linear_start_is_better_than_filling_account_by_account() -> None:
    mandatory, dropped = with_mandatory(problem_of(crowd(60, 180)))
    accounts = [work.account for work in mandatory.problem.works]
    greedy = mandatory.copy()
    fill(greedy, heaviest_first(mandatory.problem, accounts), Prices.flat(mandatory.problem))
    start, _ = dive(mandatory, dropped, accounts)
    assert start.fits
    assert start.score[:4] >= greedy.score[:4]


def test_days_have_room_for_the_calls_that_their_hours_leave_time_for() -> None:
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "06:00-22:00")
    territory = a_territory(
        *(an_account(f"A-{n}") for n in range(3)),
        steps=[Step("call", "call", "listen", within=20)],
        rep=Rep("Ann", home=(44.94, -123.03), hours=hours),
        capacity=Capacity(minutes_per_day=900, minutes_per_week=4000, ramp=()),
        channels={"call": Channel("call", 16)},
    )
    problem = problem_of(territory)
    resources, (way,) = Resources(problem), problem.jobs[0].ways
    (_, (by_day, _)) = ResourceRows.of(problem, resources).taken(way, np.array([3]))
    morning, afternoon = 6 + 4, 6 + 6 + 1
    assert ResourceRows.of(problem, resources).room[by_day] == morning + afternoon
    for account in range(3):
        resources.enter(account, way, 3)
    assert ResourceRows.of(problem, resources).room[by_day] == morning + afternoon - 3


@few(10)
@given(territories(most_accounts=5))
def test_the_programme_never_leaves_out_what_stands_already(territory: Territory) -> None:
    mandatory, dropped = with_mandatory(problem_of(territory))
    relaxed = relaxed_beside(mandatory, dropped)
    master = RestrictedMaster(relaxed)
    master.grow(Prices.flat(relaxed.problem))
    master.solve()
    dated = {placed.job: placed for run in master.dated() for placed in run.placement}
    for work in relaxed.problem.works:
        opening = [p for p in mandatory.placements[work.account] if p.job == work.opening]
        if work.account not in dropped:
            assert [dated[placed.job] for placed in opening] == opening
