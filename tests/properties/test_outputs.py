"""Whatever the territory: its plan can be shown, with every touch of it."""

from hypothesis import HealthCheck, given, settings
from territories import territories

from campaign.model.territory import Territory
from campaign.outputs.report import render_report
from campaign.planner import plan


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(territories())
def test_every_plan_has_a_report_with_all_of_its_touches(territory: Territory) -> None:
    campaign = plan(territory, effort=0)
    page = render_report(campaign)
    assert page.count("<li data-c=") == sum(touch.stands for touch in campaign.touches)
    left = page[page.index('id="left-out"') : page.index('id="levels"')]
    assert left.count("<li>") == len(campaign.left_out)
