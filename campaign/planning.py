"""A plan as its user holds it: what the planner answers, with reasons, words, and verified."""

from attrs import evolve

from campaign.answer import Campaign
from campaign.consequences import Begun
from campaign.demand import left_out
from campaign.errors import PlannerDefect
from campaign.explaining import MOST_TRIED, Reasoning, with_reasons
from campaign.model.given import asked
from campaign.model.territory import Territory
from campaign.planner import Solved, Watch, effort_of, solve
from campaign.rules import violations
from campaign.touches import Effort, Plan
from campaign.words import with_words


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
    it all. Raises `InvalidInput` for an effort that is none, and `PlannerDefect` if the plan
    breaks a rule.
    """
    spent = effort_of(effort, len(asked(territory, Territory, "territory").active_accounts))
    answer = solve(territory, spent, hint=hint, watch=progress, begun=begun)
    try:
        return _campaign(territory, answer, begun)
    except KeyboardInterrupt:
        return _campaign(territory, evolve(answer, stopped=True), begun)


def _campaign(territory: Territory, answer: Solved, begun: Begun | None) -> Campaign:
    """The answer with its reasons, verified; with what would let in what is left out."""
    # Each row with why it stands on its day.
    if begun is None:
        bare = Plan(territory, Reasoning(territory, answer.rows).explained())
    else:
        of, day, joined = begun.territory, begun.day, begun.joined
        told = Reasoning(of, answer.rows, demand=answer.demand, day=day, joined=joined)
        bare = Plan(territory, told.explained(), before=begun.before, day=day, joined=joined)
    unplaced = (left_out(o.owed, o.code, "", touch_id=o.touch_id) for o in answer.unplaced)
    bare = evolve(bare, left_out=unplaced)
    broken = violations(bare)
    if broken:
        raise PlannerDefect(broken)
    campaign = Campaign(
        territory,
        bare.touches,
        left_out=with_reasons(bare, most=0 if answer.stopped else MOST_TRIED),
        levels=answer.levels,
        before=bare.before,
        day=bare.day,
        joined=bare.joined,
        effort=answer.effort,
        stopped=answer.stopped,
    )
    return with_words(campaign)
