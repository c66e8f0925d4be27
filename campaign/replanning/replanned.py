"""A plan made anew on a day, beside the plan that it takes the place of."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.answer import Campaign
from campaign.consequences import FREEZE, Begun, begun, with_lived
from campaign.errors import Finding, InvalidInput
from campaign.model.given import asked, taken, to_whole
from campaign.model.territory import Territory
from campaign.model.values import to_date, to_spans
from campaign.planner.progress import Watch
from campaign.planning import plan as search
from campaign.replanning.difference import Difference, difference
from campaign.replanning.telling import render_difference
from campaign.touches import Effort, Plan
from campaign.workdays import Span, plain

_FREEZE = "give 0 or more working days"


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
    day: dt.date | str,
    *,
    freeze: int = FREEZE,
    off: Iterable[Span | dt.date | str] | str = (),
    effort: Effort | int = "normal",
    progress: Watch | None = None,
) -> Replanned:
    """Plan on from a day, with as few changes as the levels above allow.

    `plan` holds the rows as they are logged, beside the territory as it is now. What is done
    stays, pinned rows stay, and so do those of `freeze` working days from `day` on, as far as
    the rules still let them. What was planned before `day` and is not logged is missed, and
    comes back as a further attempt. `off` are days off beside the rep's leave, as spans or as
    their text. Raises
    `InvalidInput` for a negative `freeze`, a day outside the campaign, or an effort that is none.
    """
    freeze, day = taken(freeze, to_whole, "freeze", _FREEZE), taken(day, to_date, "day")
    if freeze < 0:
        raise InvalidInput([Finding("freeze", f"{freeze} are no days", remedy=_FREEZE)])
    calendar = asked(plan, Plan, "plan").territory.calendar
    if not calendar.start <= day <= calendar.end:
        remedy = f"take a day from {calendar.start} to {calendar.end}"
        raise InvalidInput([Finding("day", f"{day} is not in the campaign", remedy=remedy)])
    spans = taken(off, to_spans, "off", "write 2027-02-15/2027-02-19, or one date")
    territory = with_lived(_with_leave(plan.territory, spans), plan.touches)
    now = begun(territory, plan, plain(day), freeze=freeze)
    campaign = search(territory, effort=effort, progress=progress, begun=now)
    return Replanned(campaign, plan, now)


def _with_leave(territory: Territory, spans: tuple[Span, ...]) -> Territory:
    rep = territory.rep
    leave = (*rep.leave, *(span for span in dict.fromkeys(spans) if span not in rep.leave))
    return evolve(territory, rep=evolve(rep, leave=leave)) if spans else territory
