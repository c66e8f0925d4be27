"""Whatever the territory: every plan keeps every rule, and says what it leaves out."""

from hypothesis import given, settings
from territories import territories
from tries import only_long

from campaign.demand import demand
from campaign.model.territory import Territory
from campaign.planner.problem.problem import problem_of
from campaign.planner.relaxation.lagrangian import LagrangianRelaxation
from campaign.planner.relaxation.pricing import SERVED, TOUCHES
from campaign.planner.relaxation.relaxed_problem import relaxed_for_proof
from campaign.planner.search import search
from campaign.planning import plan
from campaign.rules import violations
from campaign.rules.levels import levels

pytestmark = only_long


@settings(max_examples=40)
@given(territories())
def test_every_plan_keeps_every_rule_holds_each_touch_owed_once_and_stays_within_its_bounds(
    territory: Territory,
) -> None:
    campaign = plan(territory, effort=20)
    assert violations(campaign) == ()
    ids = [touch.touch_id for touch in campaign.touches]
    ids += [left.touch_id for left in campaign.left_out]
    assert sorted(ids) == sorted(owed.touch_id for owed in demand(territory).owed)
    for level in campaign.levels:
        sign = -1 if level.is_less_better else 1
        assert level.bound is None or sign * level.figure <= sign * level.bound
        assert level.possible is None or sign * level.figure <= sign * level.possible


@settings(max_examples=15)
@given(territories())
def test_no_plan_exceeds_what_the_relaxation_says(territory: Territory) -> None:
    campaign, problem = plan(territory, effort=60), problem_of(territory)
    most = sum(work.weight * work.could_serve for work in problem.works)
    required, lost = (campaign.level(name).figure for name in ("required", "service"))
    relaxation = LagrangianRelaxation(relaxed_for_proof(problem))
    assert relaxation.bound(TOUCHES, required) >= required
    assert relaxation.bound(SERVED, most - lost, held=required) >= most - lost


@settings(max_examples=25)
@given(territories(most_accounts=5))
def test_the_same_territory_gives_the_same_plan_and_search_and_rules_count_the_same(
    territory: Territory,
) -> None:
    found = search(problem_of(territory), 10, None)
    campaign = plan(territory, effort=10)
    assert plan(territory, effort=10) == campaign
    figures = [level.figure for level in levels(campaign)]
    assert figures[:5] == [abs(figure) for figure in found.solution.score[:5]]
