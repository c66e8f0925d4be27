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
from campaign.planner.trips import with_trips
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.touches import Effort, LeftOut, Level, Plan
from campaign.words import with_words

__all__ = ["EFFORTS", "Progress", "plan"]


def plan(
    territory: Territory,
    *,
    effort: Effort | int = "normal",
    hint: Plan | None = None,
    progress: Watch | None = None,
    begun: Begun | None = None,
) -> Campaign:
    """Plan a whole campaign and verify it.

    `effort` is `quick`, `normal`, `thorough` or a number of accounts to put in while
    improving; it is counted, not timed, so that the same input gives the same plan. The
    search starts from a `hint`, another plan of much the same territory, where it is
    better. A campaign that has `begun` is planned on from what stands in it, with as few
    changes as possible. `progress` is called while the search runs. Ctrl-C ends the search,
    or the proof after it, and gives the best plan so far, with `stopped`; a second one ends
    it all. Raises `ValueError` for an effort that is none, and `PlannerDefect` if the plan
    breaks a rule.
    """
    spent = effort_of(effort, len(territory.active_accounts))
    if begun is None:
        found = _found(territory, spent, progress, hint)
    else:
        found = _found_again(begun, spent, progress)
    try:
        return _finished(territory, found)
    except KeyboardInterrupt:
        return _finished(territory, evolve(found, stopped=True))


def _finished(territory: Territory, found: Found) -> Campaign:
    """What was found as rows with their times, verified, with what is proved of it."""
    found, resumed = _in_time(found), found.standing.problem.resumed
    bare = Plan(
        territory,
        touches_of(found.standing),
        left_out=left_out_of(found.standing, found.dropped),
        before=resumed.begun.before if resumed else (),
        day=resumed.begun.day if resumed else None,
        joined=resumed.begun.joined if resumed else {},
    )
    broken = violations(bare)
    if broken:
        raise PlannerDefect(broken)
    return _campaign(bare, found, _left_out(bare, found))


def _left_out(bare: Plan, found: Found) -> tuple[LeftOut, ...]:
    """What is left out, with what would let it in; without that where the search was stopped."""
    if found.stopped:
        return bare.left_out
    resumed = found.standing.problem.resumed
    free_from = resumed.begun.first_free if resumed else bare.territory.start
    return with_remedies(bare, free_from=free_from)


def _found(territory: Territory, effort: int, progress: Watch | None, hint: Plan | None) -> Found:
    """What the search finds by day tours; then with nights away, if they are asked for."""
    if not territory.travel.overnight:
        return search(problem_of(territory), effort, progress, hint)
    by_day = evolve(territory, travel=evolve(territory.travel, overnight=False))
    found = _in_time(search(problem_of(by_day), effort, progress, hint))
    return with_trips(found, problem_of(territory), effort, progress)


def _found_again(begun: Begun, effort: int, progress: Watch | None) -> Found:
    """What the search finds beside the nights that are held; then with new ones, if asked for.

    Where no visit stands beside a night any more, the search begins anew without that night.
    """
    problem = problem_of(begun.now, begun)
    found = search(problem, effort, progress)
    if not problem.roads.nights:
        return found
    found = _in_time(found)
    while idle := found.standing.ledger.idle:
        problem, stopped = problem.with_nights(problem.nights.beside(idle)), found.stopped
        found = _in_time(search(problem, 0 if stopped else effort, progress))
        found = evolve(found, stopped=stopped or found.stopped)
    return with_trips(found, problem, effort, progress) if begun.now.travel.overnight else found


def _in_time(found: Found) -> Found:
    """What was found, each day of it timed."""
    return evolve(found, standing=mended(found.standing))


def _campaign(bare: Plan, found: Found, left_out: tuple[LeftOut, ...]) -> Campaign:
    campaign = Campaign(
        bare.territory,
        bare.touches,
        left_out=left_out,
        levels=_bounded(found, levels(bare)),
        before=bare.before,
        day=bare.day,
        joined=bare.joined,
        effort=found.effort,
        stopped=found.stopped,
    )
    return with_words(campaign)


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
