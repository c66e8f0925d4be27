"""R4: the windows of steps, counted from their anchors in business days."""

import datetime as dt
from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from campaign.model.cadences import Gap, Step
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, Row, of_row
from campaign.rules.violations import Fault, Violation
from campaign.touches import Plan, Touch
from campaign.workdays import plain

OPENING_DAYS = 5
_ONE_DAY = dt.timedelta(days=1)


@frozen
class Chain:
    """What a step counts from: its anchor (None: the eve of the start), the gaps between."""

    anchor: Row | None
    gap: Gap = field()


def chain_of(due: Due, *, dues: Mapping[str, Due], placed: Mapping[str, Row], days: int) -> Chain:
    """The nearest placed step up the path, and the sum of the gaps down to this step.

    `days` is how many business days the campaign has: the gap of a step that has none.
    """
    gap = gap_of(due.step, days)
    above = due.parent_id
    while above:
        if above in placed:
            return Chain(placed[above], gap)
        gap += gap_of(dues[above].step, days)
        above = dues[above].parent_id
    return Chain(None, gap)


def gap_of(step: Step, days: int) -> Gap:
    """The gap of a step; that of a root counts from the eve of the start."""
    if step.after is not None:
        return step.gap or Gap(0, days)
    if step.within is not None:
        return Gap(1, step.within)
    return step.gap + Gap(1, 1) if step.gap else Gap(1, max(1, days))


def effective_position(facts: Facts, row: Row) -> int:
    """The position from which followers count: of the latest arrival, or of the day."""
    return facts.position(row.day) + facts.days_in_post(row)


def chain(facts: Facts, due: Due) -> Chain:
    """What a step of the plan counts from."""
    days = len(facts.calendar.business_days)
    return chain_of(due, dues=facts.dues, placed=facts.placed, days=days)


def positions(facts: Facts, due: Due, planned_on: dt.date) -> tuple[int, int]:
    """The first and the last position of a step's window (R4), both included."""
    found, asked_for = chain(facts, due), _asked_for(facts, due)
    if found.anchor is None:
        late = facts.position(planned_on) if planned_on > facts.start else 0
        return max(asked_for, found.gap.least), max(asked_for, late) + found.gap.most
    anchor = effective_position(facts, found.anchor)
    last = max(anchor, facts.position(planned_on), asked_for) + found.gap.most
    return max(asked_for, anchor + found.gap.least), last


def _asked_for(facts: Facts, due: Due) -> int:
    """The position before which the person is left in peace; 0 where nothing is logged."""
    wait = facts.consequences.wait_of(due.person.contact_id)
    return max(0, facts.position(wait.until - _ONE_DAY) + 1) if wait else 0


def within_windows(facts: Facts) -> Iterator[Violation]:
    """R4: within the gaps from the anchor, after post from its latest arrival."""
    for row in facts.planned:
        if row.due is None or row.due.is_owed_first:
            continue
        low, high = positions(facts, row.due, row.touch.planned_on)
        if not low <= facts.position(row.day) <= high:
            anchor = chain(facts, row.due).anchor
            yield of_row(
                "R4",
                Fault.OUTSIDE_WINDOW,
                row,
                date=row.day,
                first=facts.date_at(low),
                last=facts.date_at(high),
                anchor=anchor.touch_id if anchor else "the start",
            )


def opening_days(facts: Facts, due: Due, planned_on: dt.date | None = None) -> tuple[dt.date, ...]:
    """The days on which a grievance account has to open (R8): the first five working days.

    They count from the start, from the day of the grievance or from the day on which the
    date was set (`planned_on`), whichever is the latest; where they asked to be left in
    peace, from the date that they named.
    """
    wait = facts.consequences.wait_of(due.person.contact_id)
    asked = plain(wait.until) if wait else None
    since = max(filter(None, (facts.start, due.account.grievance_since, planned_on, asked)))
    return tuple(day for day in facts.working_days if day >= since)[:OPENING_DAYS]


def opening_days_of_row(facts: Facts, row: Row, due: Due) -> tuple[dt.date, ...]:
    """The same for a row of the plan."""
    return opening_days(facts, due, plain(row.touch.planned_on))


def promise_days(facts: Facts, due: Due, planned_on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day on which a promise may stand; overdue, to the end.

    A further attempt stands on a later day than the one before, the answer to a complaint
    not before that was made.
    """
    assert due.promise is not None  # noqa: S101 (only promises are asked for)
    heard = (
        plain(one.because.day)
        for one in facts.consequences.recoveries
        if one.promise.promise_id == due.promise.promise_id
    )
    first = max(facts.start, planned_on, _after_the_last(facts, due), *heard)
    return first, (facts.end if is_overdue(facts, due, planned_on) else due.promise.due)


def is_overdue(facts: Facts, due: Due, planned_on: dt.date) -> bool:
    """Whether a promise was due before the rep's next working day: it stands as soon as it can."""
    worked = facts.calendar.working_day_from(max(facts.start, planned_on))
    return due.promise is not None and due.promise.due < worked


def _after_the_last(facts: Facts, due: Due) -> dt.date:
    """The day after the last attempt at what is owed; the start where there was none."""
    tried = facts.tried.get(due.touch_id)
    return min(tried, facts.end) + _ONE_DAY if tried else facts.start


def window_of(plan: Plan, touch: Touch) -> tuple[dt.date, dt.date]:
    """The first and the last date on which a touch of the plan may stand.

    By R4 for steps, by R8 for the opening of a grievance account, by R7 for promises; the
    whole campaign for a touch that is not owed. The last date may lie after the end. The
    first lies after the last where there is no day at all.
    """
    return _window(*_one_account(plan, touch))


def windows_of(plan: Plan) -> dict[str, tuple[dt.date, dt.date]]:
    """The same for every touch of the plan, by its id: quicker than one by one."""
    facts = Facts(plan)
    return {row.touch_id: _window(facts, row) for row in facts.rows}


def _one_account(plan: Plan, touch: Touch) -> tuple[Facts, Row]:
    others = (other for other in plan.by_account.get(touch.account_id, ()) if other is not touch)
    facts = Facts(evolve(plan, touches=(touch, *others)), only=touch.account_id)
    return facts, facts.rows[0]


def _window(facts: Facts, row: Row) -> tuple[dt.date, dt.date]:
    if row.due is None:
        return facts.start, facts.end
    if row.due.promise:
        return promise_days(facts, row.due, row.touch.planned_on)
    if row.due.opens:
        days = opening_days_of_row(facts, row, row.due)
        return (days[0], days[-1]) if days else (facts.end, facts.start)
    low, high = positions(facts, row.due, row.touch.planned_on)
    return facts.date_at(low), facts.date_at(high)
