"""On tiny territories trying everything finds nothing better at the first four levels."""

from brute import JUDGED, best_figures, choices_of, figures_of
from hypothesis import HealthCheck, assume, given, settings
from territories import tiny_territories

from campaign.model.territory import Territory
from campaign.planner import plan

MOST_CHOICES = 1500


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(tiny_territories())
def test_trying_everything_finds_nothing_better(territory: Territory) -> None:
    assume(choices_of(territory) <= MOST_CHOICES)
    campaign = plan(territory, effort=2000)
    assert figures_of(campaign) == best_figures(territory)
    assert all(campaign.level(name).is_proved_best for name in JUDGED)
