"""A plan made anew on a day, beside the plan that it takes the place of."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.answer import Campaign
from campaign.consequences import FREEZE, Begun, begun, with_lived
from campaign.model.territory import Territory
from campaign.planner.progress import Watch
from campaign.planning import plan as search
from campaign.replanning.difference import Difference, difference
from campaign.replanning.telling import render_difference
from campaign.touches import Effort, Plan
from campaign.workdays import Span, plain


@frozen
class Replanned:
    """A campaign planned anew, the plan before it, and what had become of that by the day."""

    campaign: Campaign
    before: Plan = field(repr=False)
    begun: Begun = field(repr=False)

    @cached_property
    def difference(self) -> Difference:
        """What the new plan changes of the one before, each change with its cause."""
        return difference(self.before, self.begun, self.campaign)

    def __str__(self) -> str:
        """What changes and why, all of it: what `campaign replan --all` prints."""
        return render_difference(self.difference, every=True)


def replan(
    plan: Plan,
    day: dt.date,
    *,
    freeze: int = FREEZE,
    off: Iterable[Span | str] = (),
    effort: Effort | int = "normal",
    progress: Watch | None = None,
) -> Replanned:
    """Plan on from a day, with as few changes as the levels above allow.

    `plan` holds the rows as they are logged, beside the territory as it is now. What is done
    stays, pinned rows stay, and so do those of `freeze` working days from `day` on, as far as
    the rules still let them. What was planned before `day` and is not logged is missed, and
    comes back as a further attempt. `off` are days off beside the rep's leave, as spans or as
    their text. Raises
    `ValueError` for a negative `freeze`, a day outside the campaign, or an effort that is none.
    """
    if freeze < 0:
        raise ValueError(f"freeze is {freeze}; give 0 or more working days")
    calendar = plan.territory.calendar
    if not calendar.start <= day <= calendar.end:
        raise ValueError(f"{day} is not in the campaign: {calendar.start} to {calendar.end}")
    territory = with_lived(_with_leave(plan.territory, tuple(off)), plan.touches)
    now = begun(territory, plan, plain(day), freeze=freeze)
    campaign = search(territory, effort=effort, progress=progress, begun=now)
    return Replanned(campaign, plan, now)


def _with_leave(territory: Territory, off: tuple[Span | str, ...]) -> Territory:
    rep = territory.rep
    spans = [Span.parse(one) if isinstance(one, str) else one for one in off]
    leave = (*rep.leave, *(span for span in dict.fromkeys(spans) if span not in rep.leave))
    return evolve(territory, rep=evolve(rep, leave=leave)) if off else territory
