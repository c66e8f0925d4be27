"""What is said to be the most is never exceeded."""

import pytest
from far import far_territory
from small import small

from campaign.answer import Campaign
from campaign.model.accounts import Account, Contact
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Rep, Travel
from campaign.model.territory import Territory
from campaign.planner.mandatory import with_mandatory
from campaign.planner.problem.problem import problem_of
from campaign.planner.relaxation.lagrangian import LagrangianRelaxation
from campaign.planner.relaxation.pricing import SERVED, TOUCHES
from campaign.planner.relaxation.relaxed_problem import relaxed_beside, relaxed_for_proof
from campaign.planner.solution.solution import Prices
from campaign.planning import plan

pytestmark = pytest.mark.no_cover  # whole searches: the tracer takes minutes

PLACE = {"latitude": 44.95, "longitude": -123.0}
TALK = Cadence("talk", [Step("talk", "visit", "listen", within=1)])


def crowded(count: int, minutes: int) -> Territory:
    return small(
        *(
            Account(
                f"A-{n}",
                f"Account {n}",
                tier="ABC"[n % 3],
                latitude=44.9 + n / 90,
                longitude=-123.0,
            )
            for n in range(count)
        ),
        capacity=Capacity(minutes_per_week=minutes),
    )


def test_a_visit_that_meets_two_people_stays_within_its_bound() -> None:
    people = [Contact(f"P-{n}", "A-1", name="Ann", cadence="talk") for n in range(2)]
    territory = small(
        Account("A-1", "Cascade Dental", cadence="talk", **PLACE),  # type: ignore[arg-type]
        contacts=people,
        cadences={"talk": TALK},
        capacity=Capacity(minutes_per_day=90, minutes_per_week=90, ramp=()),
    )
    for effort in (0, 500):
        required = plan(territory, effort=effort).level("required")
        assert required.figure == 2 * territory.tiers[-1].weight
        assert required.bound is not None
        assert required.bound >= required.figure


def test_what_is_too_far_for_any_day_bounds_the_floor() -> None:
    levels = plan(far_territory(1.9, 0.1, travel=Travel()), effort=0).levels
    assert [(one.name, one.figure, one.bound) for one in levels if one.possible] == [
        ("floor", 9, 9),
        ("required", 9, 9),
    ]


def proving(territory: Territory) -> LagrangianRelaxation:
    return LagrangianRelaxation(relaxed_for_proof(problem_of(territory)))


def figures_of(campaign: Campaign) -> list[int]:
    """What a plan reaches of required touches, and what it gains of service."""
    works = problem_of(campaign.territory).works
    most = sum(work.weight * work.could_serve for work in works)
    return [campaign.level("required").figure, most - campaign.level("service").figure]


def prices_of(territory: Territory) -> list[Prices]:
    mandatory, dropped = with_mandatory(problem_of(territory))
    return [
        price
        for prices in LagrangianRelaxation(relaxed_beside(mandatory, dropped)).prices()
        for price in prices
    ]


@pytest.mark.parametrize("minutes", [60, 150, 700])
def test_the_relaxation_bounds_what_plans_reach(minutes: int) -> None:
    territory = crowded(6, minutes)
    campaign = plan(territory, effort=30)
    required, gained = figures_of(campaign)
    relaxation = proving(territory)
    assert relaxation.bound(TOUCHES, required) >= required
    assert relaxation.bound(SERVED, gained, held=required) >= gained


def test_the_relaxation_is_tighter_than_counting_where_weeks_are_scarce() -> None:
    territory = crowded(8, 10)
    possible = plan(territory, effort=0).level("required").possible
    assert possible is not None
    assert proving(territory).bound(TOUCHES, 0) < possible


def test_prices_are_free_where_everything_fits_and_dear_in_scarce_weeks() -> None:
    assert not any(prices.minute.any() for prices in prices_of(crowded(2, 700)))
    assert any(prices.minute[1] > prices.minute[-1] for prices in prices_of(crowded(18, 90)))


@pytest.mark.parametrize("weight", [9, 1000])
def test_ideal_days_of_heavy_accounts_are_met(weight: int) -> None:
    steps = [
        Step("a", "call", "listen", within=1),
        Step("b", "call", "share", after="a", gap=[2, 4, 30]),
        Step("c", "call", "share", after="b", gap=[5, 25, 35]),
    ]
    territory = small(
        Account("A-1", "Cascade Dental", cadence="own"),
        cadences={"own": Cadence("own", steps)},
        tiers=[Tier("A", weight=weight, floor=False)],
    )
    positions = [territory.calendar.position(row.date) for row in plan(territory).touches]
    assert positions == [1, 5, 30]


def test_a_day_of_nine_visits_keeps_the_rules() -> None:
    territory = small(
        *(
            Account(
                f"A-{n}",
                f"Account {n}",
                cadence="talk",
                latitude=44.94 + (n * 7 % 5) / 40,
                longitude=-123.03 + (n * 3 % 7) / 40,
            )
            for n in range(9)
        ),
        rep=Rep("Ann", home=(44.94, -123.03), hours={"mon": "06:00-22:00"}),
        channels={"visit": Channel("visit", 30, per_day=12, travels=True)},
        cadences={"talk": TALK},
        capacity=Capacity(minutes_per_day=900, minutes_per_week=900, ramp=()),
    )
    campaign = plan(territory, effort=200)
    assert campaign.violations() == ()
    assert len(campaign.touches) == 9
