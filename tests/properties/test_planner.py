"""Whatever the territory: every plan keeps every rule, and says what it leaves out."""

from hypothesis import HealthCheck, given, settings
from territories import territories

from campaign.demand import demand
from campaign.model.territory import Territory
from campaign.planner import plan
from campaign.planner.duties import duties_are_forced, with_duties
from campaign.planner.problem import problem_of
from campaign.planner.relaxation import Relaxation
from campaign.planner.scope import scope_of_proof
from campaign.planner.search import search
from campaign.rules import violations
from campaign.rules.levels import levels

SLOW = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(territories())
def test_every_plan_keeps_every_rule(territory: Territory) -> None:
    campaign = plan(territory, effort=20)
    assert violations(campaign) == ()


@SLOW
@given(territories())
def test_every_touch_owed_stands_once(territory: Territory) -> None:
    campaign = plan(territory, effort=0)
    ids = [touch.touch_id for touch in campaign.touches]
    ids += [left.touch_id for left in campaign.left_out]
    assert sorted(ids) == sorted(owed.touch_id for owed in demand(territory).owed)


@SLOW
@given(territories())
def test_no_plan_exceeds_what_the_relaxation_says(territory: Territory) -> None:
    figures = [level.figure for level in plan(territory, effort=60).levels[1:4]]
    duties, _ = with_duties(problem_of(territory))
    relaxation = Relaxation(scope_of_proof(duties, forced=duties_are_forced(duties)))
    for level, figure in enumerate(figures):
        assert relaxation.bound(level, figures) >= figure


@SLOW
@given(territories())
def test_no_level_exceeds_its_bound(territory: Territory) -> None:
    campaign = plan(territory, effort=20)
    for level in campaign.levels:
        assert level.bound is None or level.figure <= level.bound
        assert level.possible is None or level.figure <= level.possible


@SLOW
@given(territories(most_accounts=5))
def test_the_search_and_the_rules_count_the_same(territory: Territory) -> None:
    problem = problem_of(territory)
    found = search(problem, 10, None)
    campaign = plan(territory, effort=10)
    counted = {level.name: level.figure for level in levels(campaign)}
    score = found.standing.score
    assert [counted[name] for name in ("owed", "floor", "required", "optional")] == list(score[:4])
    assert [counted[name] for name in ("prompt", "travel", "sittings")] == [-n for n in score[6:]]


@SLOW
@given(territories(most_accounts=4))
def test_the_same_territory_gives_the_same_plan(territory: Territory) -> None:
    assert plan(territory, effort=15) == plan(territory, effort=15)
