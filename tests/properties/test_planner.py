"""Whatever the territory: every plan keeps every rule, and says what it leaves out."""

from campaign.planner.reserve import reserve_of
from hypothesis import HealthCheck, given, settings
from territories import territories

from campaign.demand import demand
from campaign.model.territory import Territory
from campaign.planner import plan
from campaign.planner.bounds import counted
from campaign.planner.duties import duties_are_forced, with_duties
from campaign.planner.problem import problem_of
from campaign.planner.relaxation import Relaxation
from campaign.planner.scope import scope_of_proof
from campaign.planner.search import search
from campaign.rules import violations
from campaign.rules.levels import levels

SLOW = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(SLOW, max_examples=40)
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
        assert level.bound is None or level.figure <= level.bound
        assert level.possible is None or level.figure <= level.possible


@settings(SLOW, max_examples=15)
@given(territories())
def test_no_plan_exceeds_what_the_relaxation_says(territory: Territory) -> None:
    owed, *others = plan(territory, effort=60).levels[:4]
    figures = [level.figure for level in others]
    problem = problem_of(territory)
    duties = with_duties(problem).standing
    reserve = reserve_of(problem, counted(problem)["owed"] - owed.figure)
    relaxation = Relaxation(scope_of_proof(duties, reserve, forced=duties_are_forced(duties)))
    for level, figure in enumerate(figures):
        assert relaxation.bound(level, figures) >= figure


@SLOW
@given(territories(most_accounts=5))
def test_the_same_territory_gives_the_same_plan_and_search_and_rules_count_the_same(
    territory: Territory,
) -> None:
    found = search(problem_of(territory), 10, None)
    campaign = plan(territory, effort=10)
    assert plan(territory, effort=10) == campaign
    counted = {level.name: level.figure for level in levels(campaign)}
    score = found.standing.score
    assert [counted[name] for name in ("owed", "floor", "required", "optional")] == list(score[:4])
    assert [counted[name] for name in ("prompt", "travel", "sittings")] == [-n for n in score[6:]]
