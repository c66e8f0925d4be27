"""Plans that many tests look at, each made once."""

from functools import cache
from typing import Any

from campaign.answer import Campaign
from campaign.model.territory import Territory
from campaign.planner.progress import effort_of
from campaign.planning import plan


def planned_once(
    territory: Territory,
    *,
    effort: str | int = "normal",
    progress: object = None,  # noqa: ARG001 (what is known already makes no progress)
    **more: Any,  # noqa: ANN401 (passed on)
) -> Campaign:
    """What `campaign.planning.plan` gives, made once for each territory and effort."""
    if any(value is not None for value in more.values()):
        return plan(territory, effort=effort_of(effort, len(territory.active_accounts)), **more)
    return _planned(territory, effort_of(effort, len(territory.active_accounts)))


@cache
def _planned(territory: Territory, effort: int) -> Campaign:
    return plan(territory, effort=effort)
