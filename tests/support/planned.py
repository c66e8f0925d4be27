"""Plans of the planner that many tests ask for, each worked out once."""

from functools import cache

from campaign.consequences import Begun
from campaign.model.territory import Territory
from campaign.planner import Solved, Watch, solve
from campaign.touches import Plan


def solved_once(
    territory: Territory,
    effort: int,
    *,
    hint: Plan | None = None,
    watch: Watch | None = None,  # noqa: ARG001 (what is known already makes no progress)
    begun: Begun | None = None,
) -> Solved:
    """What `campaign.planner.solve` gives, once for each question of a process."""
    return _solved(territory, effort, hint, begun)


@cache
def _solved(territory: Territory, effort: int, hint: Plan | None, begun: Begun | None) -> Solved:
    return solve(territory, effort, hint=hint, begun=begun)
