"""The scheduler: from a territory to a verified campaign."""

from attrs import evolve

from campaign.answer import Campaign
from campaign.errors import PlannerDefect
from campaign.model.territory import Territory
from campaign.planner.bounds import with_bounds
from campaign.planner.credit import credit_of, with_credit, without_credit
from campaign.planner.finish import left_out_of, touches_of
from campaign.planner.problem import problem_of
from campaign.planner.progress import EFFORTS, Progress, Watch, effort_of
from campaign.planner.search import Found, search
from campaign.planner.timetable.mending import mended
from campaign.planner.trips import with_trips
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.touches import Plan

__all__ = ["EFFORTS", "Progress", "plan"]


def plan(
    territory: Territory,
    *,
    effort: str | int = "normal",
    hint: Plan | None = None,
    progress: Watch | None = None,
) -> Campaign:
    """Plan a whole campaign and verify it.

    `effort` is `quick`, `normal`, `thorough` or a number of accounts to put in while
    improving; it is counted, not timed, so that the same input gives the same plan. The
    search starts from a `hint`, another plan of much the same territory, where it is better.
    `progress` is called while the search runs. Ctrl-C ends the search and gives the best
    plan so far, with `stopped`. Raises `ValueError` for an effort that is none, and
    `PlannerDefect` if the plan breaks a rule.
    """
    found = _found(territory, effort_of(effort), progress, hint)
    bare = Plan(
        territory, touches_of(found.standing), left_out=left_out_of(found.standing, found.dropped)
    )
    broken = violations(bare)
    if broken:
        raise PlannerDefect(broken)
    return _campaign(bare, found)


def _found(territory: Territory, effort: int, progress: Watch | None, hint: Plan | None) -> Found:
    """What the search finds by day tours; then with nights away, if they are asked for."""
    travel = territory.travel
    by_day = evolve(territory, travel=evolve(travel, overnight=False))
    problem = problem_of(by_day if travel.overnight else territory)
    found = _in_time(search(problem, effort, progress, hint))
    if not travel.overnight:
        return found
    return with_trips(found, problem_of(territory), effort, progress)


def _in_time(found: Found) -> Found:
    """What was found, each day of it timed; what is no better than before is not proved."""
    standing = mended(found.standing)
    same = [one == other for one, other in zip(standing.score, found.standing.score, strict=True)]
    kept = [*same, False].index(False)
    return evolve(found, standing=standing, proved=min(found.proved, kept))


def _campaign(bare: Plan, found: Found) -> Campaign:
    credit = credit_of(found.standing.problem)
    return Campaign(
        bare.territory,
        bare.touches,
        left_out=bare.left_out,
        levels=with_credit(with_bounds(found, without_credit(levels(bare), credit)), credit),
        effort=found.effort,
        stopped=found.stopped,
    )
