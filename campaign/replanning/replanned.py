"""A plan made anew on a day, beside the plan that it takes the place of."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.answer import Campaign
from campaign.consequences import FREEZE, Begun, begun, with_lived
from campaign.errors import Finding, InvalidInput
from campaign.model.given import asked, taken, to_whole
from campaign.model.values import to_date, to_spans
from campaign.planner.progress import Watch
from campaign.planning import plan as search
from campaign.replanning.causes import Causes
from campaign.replanning.changes import Because, Cause, Change, ChangeKind, Difference
from campaign.replanning.telling import render_difference
from campaign.touches import Effort, Plan, Status, Touch, attempt
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
    territory = asked(plan, Plan, "plan").territory
    calendar, rep = territory.calendar, territory.rep
    if not calendar.start <= day <= calendar.end:
        remedy = f"take a day from {calendar.start} to {calendar.end}"
        raise InvalidInput([Finding("day", f"{day} is not in the campaign", remedy=remedy)])
    spans = taken(off, to_spans, "off", "write 2027-02-15/2027-02-19, or one date")
    if spans:
        leave = (*rep.leave, *(span for span in dict.fromkeys(spans) if span not in rep.leave))
        territory = evolve(territory, rep=evolve(rep, leave=leave))
    territory = with_lived(territory, plan.touches)
    now = begun(territory, plan, plain(day), freeze=freeze)
    campaign = search(territory, effort=effort, progress=progress, begun=now)
    return Replanned(campaign, plan, now)


def difference(before: Plan, begun: Begun, campaign: Campaign) -> Difference:
    """What a campaign changes of a plan that had begun, the weightiest kind first."""
    found = list(_Comparison(before, begun, campaign).changes())
    order = list(ChangeKind)
    found.sort(
        key=lambda one: (order.index(one.kind), one.left_out is None, one.date, one.touch_id)
    )
    stands = {(row.touch_id, row.date, row.channel) for row in campaign.touches if _planned(row)}
    rows = ((row.touch_id, row.date, row.channel) for row in before.touches if _planned(row))
    return Difference(campaign, begun.day, changes=found, stay=sum(row in stands for row in rows))


def _planned(row: Touch) -> bool:
    return row.status is Status.PLANNED


class _Comparison:
    """Two plans beside each other: rows and what is left out, by id and by what is owed."""

    def __init__(self, before: Plan, begun: Begun, campaign: Campaign) -> None:
        self.rows = [row for row in before.touches if _planned(row)]
        self.now = {row.touch_id: row for row in campaign.touches if _planned(row)}
        self.left = {left.touch_id: left for left in campaign.left_out}
        self.again = {attempt(row)[0]: row for row in self.now.values()}
        self.left_by_owed = {attempt(left)[0]: left for left in self.left.values()}
        missed = {row.touch_id for row in begun.rows if row.status is Status.MISSED}
        self.missed = {row.touch_id: attempt(row)[0] for row in self.rows if row.touch_id in missed}
        self.had_row = {row.touch_id for row in before.touches}
        self.had = self.had_row | {left.touch_id for left in before.left_out}
        self.causes = Causes(before, begun, campaign)

    def changes(self) -> Iterator[Change]:
        """What becomes of the rows that were planned until now, and what is owed since."""
        for row in self.rows:
            yield from self._of(row)
        missed = set(self.missed.values())
        for touch_id, row in self.now.items():
            if touch_id not in self.had_row and attempt(row)[0] not in missed:
                yield Change(ChangeKind.NEW, touch_id, after=row, because=self.causes.new(row))
        for touch_id, left in self.left.items():
            if touch_id not in self.had and attempt(left)[0] not in missed:
                because = Because(Cause.LEFT_OUT, what=left.reason)
                yield Change(ChangeKind.NO_PLACE, touch_id, because=because, left_out=left)

    def _of(self, row: Touch) -> Iterator[Change]:
        after, left, by = self.now.get(row.touch_id), self.left.get(row.touch_id), None
        if row.touch_id in self.missed:
            owed_id = self.missed[row.touch_id]
            after, left = self.again.get(owed_id), self.left_by_owed.get(owed_id)
            kind, because = ChangeKind.MISSED, self.causes.missed(row)
        elif after is None:
            kind, because = ChangeKind.DROPPED, self.causes.dropped(row, left)
        elif row.date != after.date:
            kind, because = ChangeKind.MOVED, self.causes.moved(row, after)
            if row.channel != after.channel:
                by = self.causes.moved(evolve(row, date=after.date), after)
        elif row.channel != after.channel:
            kind, because = ChangeKind.REROUTED, self.causes.moved(row, after)
        elif row.start != after.start:
            kind, because = ChangeKind.RETIMED, Because(Cause.NEW_TIMES)
        else:
            return
        yield Change(
            kind,
            row.touch_id,
            before=row,
            after=after,
            because=because,
            left_out=None if after else left,
            by_because=by,
        )
