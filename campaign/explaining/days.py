"""Why each touch stands on its day: its window and what that hangs on, in words."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.demand import Demand, demand
from campaign.explaining.briefs import brief
from campaign.explaining.instead import Instead
from campaign.explaining.words import counted, date_in_words, listed, span_in_words
from campaign.model.accounts import Promise
from campaign.model.cadences import Gap
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.rules.facts import Due, Facts, Row
from campaign.rules.levels import reaches
from campaign.rules.windows import (
    OPENING_DAYS,
    chain,
    effective_position,
    opening_days_of_row,
    positions,
)
from campaign.touches import Plan, Status, Touch
from campaign.workdays import plain

_MOST_NAMES = 3


@frozen
class Reasoning:
    """The touches of one plan, indexed once, so that each can be explained cheaply.

    The windows are those of the rules. `demand` is what the territory owes; it is worked
    out unless it is given.
    """

    territory: Territory
    touches: tuple[Touch, ...] = field(converter=tuple[Touch, ...])
    demand: Demand = field(kw_only=True)

    @demand.default
    def _demand(self) -> Demand:
        return demand(self.territory)

    def explained(self) -> tuple[Touch, ...]:
        """The touches in their order, each planned one with its `brief` and its `why`."""
        return tuple(
            evolve(touch, brief=self.brief(touch), why=self.why(touch))
            if touch.status is Status.PLANNED
            else touch
            for touch in self.touches
        )

    def brief(self, touch: Touch) -> str:
        """What to know before the touch; empty for one that nothing owed asks for."""
        due = self._facts.due(touch.touch_id)
        owed = self.demand.by_id.get(due.touch_id) if due else None
        if owed is None:
            return ""
        day = plain(touch.date)
        kept = self._kept_before(touch.account_id, day)
        first = self._first.get(owed.account.account_id, day)
        return brief(
            self.territory,
            owed,
            channel=touch.channel,
            kept=kept,
            day=day,
            is_first=day <= first,
        )

    def _kept_before(self, account_id: str, day: dt.date) -> frozenset[str]:
        """The promises to an account that this plan keeps before a day, by id."""
        kept = self._kept.get(account_id, ())
        return frozenset(promise_id for promise_id, date in kept if date < day)

    def why(self, touch: Touch) -> str:
        """Why the touch stands on its day; empty for one that nothing owed asks for.

        Raises `KeyError` for a touch that is not one of `touches`.
        """
        row = self._rows[touch.touch_id]
        return " ".join(f"{text}." for text in self._reasons(row, row.due)) if row.due else ""

    def _reasons(self, row: Row, due: Due) -> Iterator[str]:
        if row.touch.pinned:
            yield f"Pinned to {self._date(row.day)}"
        if due.promise:
            yield self._promised(row, due.promise)
        elif due.opens:
            yield from self._opened(row, due)
        else:
            yield self._in_window(row, due)
            yield from self._other_channel(row, due)
        yield from self._company(row)

    def _promised(self, row: Row, promise: Promise) -> str:
        due = self._date(promise.due)
        if complaint := self._complaints.get(promise.promise_id):
            return f"The complaint of {self._date(complaint.day)} is to be answered by {due}"
        if promise.due < row.day:
            since = max(self._facts.start, plain(row.touch.planned_on))
            late = "overdue" if promise.due < since else "and you work on no day up to then"
            return f"Promised by {due}, {late}: the first day that can hold it"
        if promise.due == row.day:
            return f"Promised by {due}: the day it is due"
        return f"Promised by {due}: the last working day up to then that can hold it"

    def _opened(self, row: Row, due: Due) -> Iterator[str]:
        days = opening_days_of_row(self._facts, row, due)
        within = f": {self._span(days[0], days[-1])}" if days else ""
        yield f"A grievance is heard first, within {counted(OPENING_DAYS, 'working day')}{within}"
        if "visit" in due.step.channels and row.touch.channel != "visit":
            yield f"By {row.touch.channel}, as no visit can be made on these days"

    def _in_window(self, row: Row, due: Due) -> str:
        facts, found = self._facts, chain(self._facts, due)
        low, high = positions(facts, due, row.touch.planned_on)
        base = effective_position(facts, found.anchor) if found.anchor else 0
        inside = min(high, max(low, len(self.territory.calendar.business_days)))
        words = f"{self._counted_from(due, found.gap, found.anchor)}: "
        words += self._span(facts.date_at(max(1, low)), facts.date_at(max(1, inside)))
        if found.gap.ideal != found.gap.least:
            ideal = facts.date_at(max(1, base + found.gap.ideal))
            words += ", ideally " + ("on this day" if ideal == row.day else self._date(ideal))
        if high > base + found.gap.most:
            words += f", kept open as it was planned anew on {self._date(row.touch.planned_on)}"
        return words

    def _other_channel(self, row: Row, due: Due) -> Iterator[str]:
        owed = self.demand.by_id.get(due.touch_id)
        if owed and owed.channels and row.touch.channel != owed.channels[0]:
            low, high = positions(self._facts, due, row.touch.planned_on)
            last = min(high, len(self.territory.calendar.business_days))
            window = self._facts.date_at(max(1, low)), self._facts.date_at(last)
            yield Instead(self._facts, row, owed).told(*window)

    def _counted_from(self, due: Due, gap: Gap, anchor: Row | None) -> str:
        skipped = [f'"{name}"' for name in self._skipped(due, anchor)]
        out = f" ({listed(skipped)} left out)" if skipped else ""
        if anchor is None:
            return f"{self._from_the_start(gap)}{out}"
        days = counted(gap.most, "business day")
        if gap.least != gap.most:
            days = f"{gap.least} to {days}"
        return f"{days} after {self._event(anchor)}{out}"

    def _skipped(self, due: Due, anchor: Row | None) -> Iterator[str]:
        """The steps between a touch and its anchor, nearest first."""
        stop = anchor.owed_id if anchor else ""
        while due.parent_id and due.parent_id != stop:
            due = self._facts.dues[due.parent_id]
            yield due.step.name

    def _from_the_start(self, gap: Gap) -> str:
        if gap.least <= 1 and gap.most >= len(self.territory.calendar.business_days):
            return "On any day of the campaign"
        if gap.least <= 1:
            return f"In the first {counted(gap.most, 'business day')}"
        return f"On business days {gap.least} to {gap.most} of the campaign"

    def _event(self, anchor: Row) -> str:
        touch = anchor.touch
        name = "" if touch.step == touch.channel else f' "{touch.step}"'
        what = f"the {touch.channel}{name}"
        if anchor.channel and anchor.channel.is_post:
            arrival = self._facts.date_at(effective_position(self._facts, anchor))
            if touch.outcome is Outcome.RETURNED_MAIL:
                return f"{what} was to arrive (by {self._date(arrival)}; it came back)"
            return f"{what} has arrived (by {self._date(arrival)})"
        return f"{what} on {self._date(anchor.day)}"

    def _company(self, row: Row) -> Iterator[str]:
        """Who else is met by the same drive."""
        if not row.touch.stop:
            return
        there = [
            other
            for other in self._facts.by_day.get(row.day, ())
            if other.touch.stop and other is not row
        ]
        here = [other for other in there if other.account_id == row.account_id]
        people = _names(other.person.name for other in here if other.person)
        accounts = _names(
            other.account.name for other in there if other.account and other not in here
        )
        if people:
            yield f"The same visit meets {people}"
        if accounts:
            yield f"On one drive with {accounts}"

    @cached_property
    def _facts(self) -> Facts:
        return Facts(Plan(self.territory, self.touches))

    @cached_property
    def _kept(self) -> dict[str, list[tuple[str, dt.date]]]:
        """The promises that the touches keep and on which day, by account id."""
        found: dict[str, list[tuple[str, dt.date]]] = {}
        for row in self._facts.standing:
            if row.due and row.due.promise and reaches(self.territory, row.touch):
                kept = (row.due.promise.promise_id, row.day)
                found.setdefault(row.touch.account_id, []).append(kept)
        return found

    @cached_property
    def _complaints(self) -> dict[str, Touch]:
        """What was complained of, by the id of the promise that answers it."""
        found = self._facts.consequences.recoveries
        return {one.promise.promise_id: one.because for one in found}

    @cached_property
    def _first(self) -> dict[str, dt.date]:
        """The day of the first touch of each account that takes place, by its id."""
        return {account_id: rows[0].day for account_id, rows in self._facts.by_account.items()}

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.touch_id: row for row in self._facts.rows}

    def _date(self, day: dt.date) -> str:
        return date_in_words(self.territory, plain(day))

    def _span(self, first: dt.date, last: dt.date) -> str:
        return span_in_words(self.territory, first, last)


def _names(names: Iterable[str]) -> str:
    """The names once each, at most three, or two and how many more."""
    once = list(dict.fromkeys(names))
    if len(once) > _MOST_NAMES:
        once = [*once[: _MOST_NAMES - 1], f"{len(once) - _MOST_NAMES + 1} more"]
    return listed(once)
