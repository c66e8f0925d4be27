"""O1: what the delivery team does with an account counts to the floor, and only there."""

import datetime as dt

import pytest
from attrs import evolve
from byhand import START, a_plan, a_territory, several
from rows import a_touch, day

from campaign.model.accounts import Delivered
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity
from campaign.outputs.coverage import coverage
from campaign.outputs.summary import Count, months_touched, summary
from campaign.rules import capacity_of_day, capacity_of_week, levels, violations
from campaign.touches import Plan


def with_team(*touches: Delivered) -> Plan:
    """Two accounts, the first of which the rep calls in the first month."""
    territory = a_territory(*several(2), delivered=touches)
    return a_plan(a_touch("A-1/A-1/call", "01-12", of=territory), of=territory)


def floor_of(plan: Plan) -> int:
    return next(level.figure for level in levels(plan) if level.name == "floor")


def test_a_month_in_which_the_team_was_there_is_touched() -> None:
    plan = with_team(Delivered("A-1", "2027-02-10"), Delivered("A-2", day("03-31")))
    assert floor_of(plan) == 9 * 3
    assert months_touched(plan) == {"A-1": frozenset({1, 2}), "A-2": frozenset({3})}


@pytest.mark.parametrize("date", ["2027-01-20", "2027-01-03", "2027-04-04"])
def test_a_month_counts_once_and_no_day_outside_the_campaign_does(date: str) -> None:
    assert floor_of(with_team(Delivered("A-1", date))) == 9


def test_the_figures_of_the_other_levels_stay() -> None:
    team = Delivered("A-2", "2027-01-05", channel="visit", who="Ben")
    own, both = levels(with_team()), levels(with_team(team))
    assert [one.name for one, other in zip(own, both, strict=True) if one != other] == ["floor"]


def test_a_tier_without_a_floor_gains_nothing() -> None:
    tiers = (Tier("A", weight=9, cadence="own", others="", floor=False),)
    territory = a_territory(tiers=tiers, delivered=[Delivered("A-1", "2027-01-05")])
    assert floor_of(a_plan(of=territory)) == 0


def test_the_coverage_counts_the_team_and_says_where() -> None:
    days = ("2027-02-10", "2027-03-10")
    plan = with_team(*(Delivered("A-1", each) for each in days))
    found = coverage(plan, {"call": None})  # type: ignore[dict-item]
    rows = {row.account.account_id: row for row in found.tiers[0].rows}
    assert found.has_team
    assert (rows["A-1"].misses, rows["A-1"].team) == (False, frozenset({2, 3}))
    assert (rows["A-2"].misses, rows["A-2"].team) == (True, frozenset())
    assert found.tiers[0].by_month == (Count(1, 2), Count(1, 2), Count(1, 2))
    assert summary(plan).every_month == Count(1, 2)


def test_no_rule_looks_at_what_the_team_does() -> None:
    plan = with_team(Delivered("A-1", "2027-01-12"))
    bare = evolve(plan, territory=evolve(plan.territory, delivered=()))
    assert violations(plan) == violations(bare)


def test_more_minutes_on_a_date_are_more_on_that_day_and_in_its_week() -> None:
    more = {START + dt.timedelta(days=8): 25, START: 5}
    territory = a_territory(capacity=Capacity(more=more))
    assert [capacity_of_day(territory, day(d)) for d in ("01-04", "01-05", "01-12")] == [
        185,
        180,
        295,
    ]
    assert [capacity_of_week(territory, week) for week in range(3)] == [365, 565, 720]


def test_more_minutes_do_not_make_the_working_hours_longer() -> None:
    capacity = Capacity(minutes_per_day=500, ramp=(), more={START: 60})
    assert capacity_of_day(a_territory(capacity=capacity), START) == 510


def test_minutes_that_no_day_has_are_refused() -> None:
    with pytest.raises(ValueError, match="minutes that no day has"):
        Capacity(more={START: 2000})
