"""Whatever the hours: every day of a plan can be lived by the clock."""

from clocked import clocked_territories, not_there, timed, tours_differ, unlived
from hypothesis import given
from tries import few

from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.rules import violations


@few(4)
@given(clocked_territories())
def test_every_visit_and_call_has_a_time_that_keeps_the_rules(territory: Territory) -> None:
    campaign = plan(territory, effort=15)
    assert violations(campaign) == ()
    assert all((t.start is not None) == timed(t) for t in campaign.touches)
    assert list(unlived(campaign)) == []
    assert list(tours_differ(campaign)) == []
    assert list(not_there(campaign)) == []
