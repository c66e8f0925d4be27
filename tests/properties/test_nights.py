"""Whatever the territory: nights away break no rule, and never make a plan worse."""

from again import holds, planned_again
from attrs import evolve
from far import far_territories
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import only_long

from campaign.model.territory import Territory
from campaign.outputs.plan_table import encode, in_order, render_campaign
from campaign.planning import plan
from campaign.reading.parsing.table import parse_table
from campaign.reading.plans.campaign_csv import read_touches
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.touches import Plan

pytestmark = only_long


def by_day_tours(territory: Territory) -> Territory:
    return evolve(territory, travel=evolve(territory.travel, overnight=False))


def worth(found: Plan) -> list[int]:
    """The figures of the levels before service, the greater the better."""
    return [-one.figure if one.is_less_better else one.figure for one in levels(found)[:4]]


@settings(max_examples=15)
@given(far_territories())
def test_nights_keep_every_rule_and_never_make_a_plan_worse(territory: Territory) -> None:
    away, by_day = plan(territory, effort=10), plan(by_day_tours(territory), effort=10)
    assert violations(away) == ()
    assert worth(away) >= worth(by_day)
    for level in away.levels:
        sign = -1 if level.is_less_better else 1
        assert level.bound is None or sign * level.figure <= sign * level.bound


@settings(max_examples=5)
@given(far_territories())
def test_plans_with_nights_repeat_and_are_read_back_as_they_were(territory: Territory) -> None:
    found = plan(territory, effort=10)
    assert found == plan(territory, effort=10)
    table = parse_table(encode(render_campaign(found)), "campaign.csv")
    read = read_touches(table, territory.start, territory)
    assert [(t.touch_id, t.night, t.home_minutes) for t in read.items] == [
        (t.touch_id, t.night, t.home_minutes) for t in in_order(found.touches)
    ]


@settings(max_examples=8)
@given(far_territories(), st.integers(0, 10_000))
def test_plans_with_nights_made_anew_keep_every_rule_and_every_fact(
    everybody: Territory, seed: int
) -> None:
    for made, logged, day in planned_again(everybody, seed, effort=3, longest=8):
        holds(made, logged, day)
