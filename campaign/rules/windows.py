"""R4: the windows of steps, counted from their anchors in business days.

Before its first day a step may not stand. Up to its due day it is in time, then late, and after
its last day it may not stand any more.

With p(a) the position of the anchor, t(a) its most business days in the post, and the gaps
g = (least, ideal, most) of the steps on the path below it:

    first = p(a) + t(a) + sum least      due = p(a) + t(a) + sum most      last = due + late

A step of the path that is left out adds its gap and no post. Counted in business days of the
rep's country, leave or not: the post and the customer work while the rep is away.
"""

import datetime as dt
from collections.abc import Iterator

from attrs import evolve, field, frozen

from campaign.model.accounts import Promise
from campaign.model.cadences import Gap, Step
from campaign.model.post import days_in_post
from campaign.model.runs import asked_from
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow, of_row
from campaign.rules.violations import Fault, Violation
from campaign.workdays import plain

OPENING_DAYS = 5
_ONE_DAY = dt.timedelta(days=1)


@frozen
class Chain:
    """What a step counts from: its anchor (None: the eve of the start), the gaps between."""

    anchor: PlanRow | None
    gap: Gap = field()


@frozen
class Window:
    """Positions of the calendar: the first, the ideal, the last in time, the last of all."""

    first: int
    ideal: int
    due: int
    last: int

    def not_before(self, position: int) -> "Window":
        """The same, as much later as it has to wait for a position."""
        later = max(0, position - self.first)
        return Window(*(each + later for each in (self.first, self.ideal, self.due, self.last)))


def chain(facts: Facts, due: Due) -> Chain:
    """The nearest placed step up the path, and the sum of the gaps down to this step."""
    days = len(facts.calendar.business_days)
    gap, above = gap_of(due.step, days), due.parent_id
    while above and above not in facts.placed:
        if above not in facts.dues or facts.dues[above].promise is not None:
            return Chain(None, gap)
        gap += gap_of(facts.dues[above].step, days)
        above = facts.dues[above].parent_id
    return Chain(facts.placed[above] if above else None, gap)


def gap_of(step: Step, days: int) -> Gap:
    """The gap of a step; that of a root counts from the eve of the start, its first day ideal.

    `days` is how many business days the campaign has: the gap of a step that has none.
    """
    if step.after is not None:
        return step.gap or Gap(0, days, ideal=0)
    if step.within is not None:
        return Gap(1, step.within, ideal=1)
    if step.gap is None:
        return Gap(1, max(1, days), ideal=1)
    gap = step.gap + Gap(1, 1)
    return gap if step.gap.is_wished else evolve(gap, ideal=gap.least)


def effective_position(facts: Facts, row: PlanRow) -> int:
    """The position from which followers count: of the latest arrival, or of the day."""
    return facts.position(row.day) + facts.days_in_post(row)


def window(facts: Facts, due: Due, channel: str = "") -> Window:
    """When something that is owed may stand, and until when it is in time.

    A promise is in time if it arrives by its day: so that depends on the `channel`, by default
    the first of its step.
    """
    if due.promise is not None:
        return _window_of_promise(facts, due, due.promise, channel or due.step.channels[0])
    if due.opens:
        return _window_of_opening(facts, due)
    found, days = chain(facts, due), len(facts.calendar.business_days)
    since = effective_position(facts, found.anchor) if found.anchor else _eve(facts, due)
    late = due.step.most_late
    is_rooted = found.anchor is None or not found.anchor.is_movable
    # Nothing planned pushes it then: it may be as late as it has to be.
    if late is None or (is_rooted and facts.territory.answers_to(due.account.account_id)):
        late = days  # What waits for a complaint to be made good is not dropped for it.
    gap = found.gap
    plain_ = Window(since + gap.least, since + gap.ideal, since + gap.most, since + gap.most + late)
    waited = plain_.not_before(_asked_for(facts, due))
    return _tried_again(facts, due, waited, gap_of(due.step, days).most)


def _eve(facts: Facts, due: Due) -> int:
    """What a root counts from: the eve of the start, or the day on which an account came.

    What makes a complaint good counts from the day on which it was talked about, what asks after
    a promise from the day on which that was due. Where the root above is left out, from as much
    later as that would have waited for a day asked for.
    """
    if due.sent is not None:
        return asked_from(facts.territory, due.sent)
    if due.answer is not None:
        said = due.answer.kept_on or due.answer.complained_on
        return facts.position(plain(said)) if said else 0
    root, eve = due, facts.joined(due.account.account_id)
    while root.parent_id in facts.dues and root.parent_id not in facts.placed:
        root = facts.dues[root.parent_id]
    if root is due:
        return eve
    first = eve + gap_of(root.step, len(facts.calendar.business_days)).least
    return eve + max(0, _asked_for(facts, root) - first)


def _tried_again(facts: Facts, due: Due, window_: Window, most: int) -> Window:
    """A window that is due anew after the day of the last attempt, where there was one."""
    tried = facts.attempted.get(due.touch_id)
    if tried is None:
        return window_
    again = max(window_.due, facts.position(tried) + most)
    return evolve(window_, due=again, last=window_.last + again - window_.due)


def _window_of_opening(facts: Facts, due: Due) -> Window:
    """Within so many working days of the rep (R8); the first is the ideal one."""
    days, end = opening_days(facts, due), len(facts.calendar.business_days)
    if not days:
        return Window(end + 1, end + 1, end + 1, end + 1)
    first, last = facts.position(days[0]), facts.position(days[-1])
    return _tried_again(facts, due, Window(first, first, last, end + last), OPENING_DAYS)


def _window_of_promise(facts: Facts, due: Due, promise: Promise, channel: str) -> Window:
    """Until its day less the post; after the last attempt, and not before what it answers."""
    post = days_in_post(facts.territory, channel, due.account, due.person)
    last = facts.position(plain(promise.due)) - post
    early, end = facts.territory.courtesy.promise_early, len(facts.calendar.business_days)
    first, tried = facts.start, facts.tried.get(due.touch_id)
    if tried:
        first = max(first, min(tried, facts.end) + _ONE_DAY)
    if promise.complained_on:
        first = max(first, plain(promise.complained_on))
    return Window(facts.position(first), last - early, last, end)


def late(facts: Facts, row: PlanRow) -> int:
    """By how many business days a row is late; 0 in time, and for what is not owed."""
    if row.due is None:
        return 0
    return max(0, facts.position(row.day) - window(facts, row.due, row.touch.channel).due)


def due_day(facts: Facts, row: PlanRow) -> dt.date | None:
    """The last day in time of a row; None for what is not owed."""
    if row.due is None:
        return None
    return facts.date_at(window(facts, row.due, row.touch.channel).due)


def _asked_for(facts: Facts, due: Due) -> int:
    """The position before which the person is left in peace; 0 where nothing is logged."""
    wait = facts.consequences.wait_of(due.person.contact_id)
    return max(0, facts.position(wait.until - _ONE_DAY) + 1) if wait else 0


def within_windows(facts: Facts) -> Iterator[Violation]:
    """R4: never before the least gap from the anchor, never later than it may be late."""
    for row in facts.planned:
        if row.due is None or row.due.promise:
            continue
        found = window(facts, row.due)
        if not found.first <= facts.position(row.day) <= found.last:
            anchor = chain(facts, row.due).anchor if not row.due.opens else None
            yield of_row(
                "R4",
                Fault.OUTSIDE_WINDOW,
                row,
                first=facts.date_at(found.first),
                last=facts.date_at(found.last),
                anchor=anchor.touch_id if anchor else "the start",
            )


def opening_days(facts: Facts, due: Due) -> tuple[dt.date, ...]:
    """The days on which a grievance account opens in time (R8): the first five working days.

    They count from the start or from the day of the grievance, whichever is later; where they
    asked to be left in peace, from the date that they named.
    """
    wait = facts.consequences.wait_of(due.person.contact_id)
    asked = plain(wait.until) if wait else None
    since = max(filter(None, (facts.start, due.account.grievance_since, asked)))
    return tuple(day for day in facts.working_days if day >= since)[:OPENING_DAYS]
