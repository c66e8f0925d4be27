"""Plans that take the place of another: made by hand, or by the planner without any search."""

import datetime as dt
from collections.abc import Iterable

from attrs import evolve
from small import small

from campaign import plan
from campaign.answer import Campaign
from campaign.consequences import begun
from campaign.model.accounts import Account
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.replanning import Replanned, replan
from campaign.replanning.changes import Because, ChangeKind, Difference
from campaign.replanning.replanned import difference
from campaign.touches import LeftOut, Plan, Status, Touch

TWO = (Account("A-1", "Cascade Dental", tier="A"), Account("B-1", "Riverbend Mills", tier="B"))


def of_two(*more: Account) -> Campaign:
    """The plan of two accounts, and more of them, searched until nothing late is left."""
    return plan(small(*TWO, *more), effort=20)


def row(of: Plan, touch_id: str) -> Touch:
    """The row of that id."""
    return next(touch for touch in of.touches if touch.touch_id == touch_id)


def logged(of: Plan, touch_id: str, outcome: str = "done", **keys: object) -> Plan:
    """The plan with an outcome of a touch, on the day that it was planned for."""
    found = row(of, touch_id)
    values: dict[str, object] = {"done_on": found.date, **keys}
    done = evolve(found, status=Status.DONE, outcome=Outcome(outcome), **values)  # type: ignore[arg-type]
    return changed(of, {touch_id: done})


def changed(of: Plan, rows: dict[str, Touch]) -> Plan:
    """The plan with other rows in place of some."""
    touches = [rows.get(touch.touch_id, touch) for touch in of.touches]
    return Plan(of.territory, touches, left_out=of.left_out)


def done_before(of: Plan, day: dt.date) -> Plan:
    """The plan with everything done that stood on an earlier day."""
    past = [touch for touch in of.touches if touch.date < day]
    done = {
        touch.touch_id: evolve(touch, status=Status.DONE, outcome=Outcome.DONE, done_on=touch.date)
        for touch in past
    }
    return changed(of, done)


def anew(of: Plan, day: dt.date, **keys: object) -> Replanned:
    """Planned on from a day, without any search."""
    return replan(of, day, effort=0, **{"freeze": 0, **keys})  # type: ignore[arg-type]


def by_hand(
    before: Iterable[Touch],
    after: Iterable[Touch],
    of: Territory,
    *,
    day: dt.date,
    left_out: Iterable[LeftOut] = (),
) -> Difference:
    """The difference between two lists of rows."""
    old = Plan(of, tuple(before))
    return difference(old, begun(of, old, day), Campaign(of, after, left_out=left_out))


def causes(found: Difference, kind: ChangeKind) -> dict[str, Because]:
    """Why each touch of a kind changes, by its id."""
    return {change.touch_id: change.because for change in found.of(kind)}
