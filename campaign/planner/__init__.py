"""The scheduler: from a territory to a verified campaign."""

from collections.abc import Sequence

from attrs import evolve

from campaign.answer import Campaign
from campaign.consequences import Begun
from campaign.errors import PlannerDefect
from campaign.explaining import with_remedies
from campaign.model.territory import Territory
from campaign.planner.bounds import counted, with_bounds
from campaign.planner.credit import credit_of, with_credit, without_credit
from campaign.planner.finish import left_out_of, touches_of
from campaign.planner.problem import problem_of
from campaign.planner.progress import EFFORTS, Progress, Watch, effort_of
from campaign.planner.search import Found, search
from campaign.planner.timetable.mending import mended
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.touches import LeftOut, Level, Plan

__all__ = ["EFFORTS", "Progress", "plan"]


def plan(
    territory: Territory,
    *,
    effort: str | int = "normal",
    hint: Plan | None = None,
    progress: Watch | None = None,
    begun: Begun | None = None,
) -> Campaign:
    """Plan a whole campaign and verify it.

    `effort` is `quick`, `normal`, `thorough` or a number of accounts to put in while
    improving; it is counted, not timed, so that the same input gives the same plan. The
    search starts from a `hint`, another plan of much the same territory, where it is better.
    A campaign that has `begun` is planned on from what stands in it, with as few changes as
    possible. `progress` is called while the search runs. Ctrl-C ends the search and gives the best
    plan so far, with `stopped`. Raises `ValueError` for an effort that is none, and
    `PlannerDefect` if the plan breaks a rule.
    """
    problem = problem_of(begun.now if begun else territory, begun)
    found = _in_time(search(problem, effort_of(effort), progress, hint))
    bare = Plan(
        territory,
        touches_of(found.standing),
        left_out=left_out_of(found.standing, found.dropped),
        before=begun.before if begun else (),
        day=begun.day if begun else None,
    )
    broken = violations(bare)
    if broken:
        raise PlannerDefect(broken)
    return _campaign(bare, found, _left_out(bare, found, begun))


def _left_out(bare: Plan, found: Found, begun: Begun | None) -> tuple[LeftOut, ...]:
    """What is left out, with what would let it in; without that where the search was stopped."""
    if found.stopped:
        return bare.left_out
    return with_remedies(bare, not_before=begun.first_free if begun else bare.territory.start)


def _in_time(found: Found) -> Found:
    """What was found, each day of it timed; what is no better than before is not proved."""
    standing = mended(found.standing)
    same = [one == other for one, other in zip(standing.score, found.standing.score, strict=True)]
    kept = [*same, False].index(False)
    return evolve(found, standing=standing, proved=min(found.proved, kept))


def _campaign(bare: Plan, found: Found, left_out: tuple[LeftOut, ...]) -> Campaign:
    return Campaign(
        bare.territory,
        bare.touches,
        left_out=left_out,
        levels=_bounded(found, levels(bare)),
        before=bare.before,
        day=bare.day,
        effort=found.effort,
        stopped=found.stopped,
    )


def _bounded(found: Found, measured: Sequence[Level]) -> tuple[Level, ...]:
    """The levels with what is proved of them; of a campaign that has begun, by counting."""
    if found.standing.problem.resumed is not None:
        bounds = counted(found.standing.problem)
        return tuple(
            evolve(level, bound=min(bounds[level.name], level.possible or 0))
            if level.name in bounds
            else level
            for level in measured
        )
    credit = credit_of(found.standing.problem)
    return with_credit(with_bounds(found, without_credit(measured, credit)), credit)
