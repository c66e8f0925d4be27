"""Whatever the territory: nights away break no rule, and never make a plan worse."""

from attrs import evolve
from far import far_territories
from hypothesis import HealthCheck, given, settings

from campaign.model.territory import Territory
from campaign.outputs.table import encode, render_campaign
from campaign.planner import plan
from campaign.reading.plan import read_touches
from campaign.reading.table import parse_table
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.touches import Plan

SLOW = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def by_day_tours(territory: Territory) -> Territory:
    return evolve(territory, travel=evolve(territory.travel, overnight=False))


def worth(found: Plan) -> list[int]:
    """The figures of the levels, the greater the better."""
    figures = [level.figure for level in levels(found)]
    return [*figures[:4], *(-figure for figure in figures[4:6])]


@SLOW
@given(far_territories())
def test_every_plan_with_nights_keeps_every_rule_and_its_bounds(territory: Territory) -> None:
    found = plan(territory, effort=20)
    assert violations(found) == ()
    for level in found.levels:
        assert level.bound is None or level.figure <= level.bound


@SLOW
@given(far_territories())
def test_nights_never_make_a_plan_worse_at_what_matters(territory: Territory) -> None:
    away, by_day = plan(territory, effort=10), plan(by_day_tours(territory), effort=10)
    assert worth(away)[:4] >= worth(by_day)[:4]


@SLOW
@given(far_territories())
def test_plans_with_nights_are_read_back_as_they_were(territory: Territory) -> None:
    found = plan(territory, effort=10)
    table = parse_table(encode(render_campaign(found)), "campaign.csv")
    read = read_touches(table, territory.start, territory)
    assert [(t.touch_id, t.night, t.home_minutes) for t in read.items] == [
        (t.touch_id, t.night, t.home_minutes) for t in found.touches
    ]


@SLOW
@given(far_territories())
def test_the_same_territory_gives_the_same_nights(territory: Territory) -> None:
    assert plan(territory, effort=10) == plan(territory, effort=10)
