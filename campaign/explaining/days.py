"""Why each touch stands on its day: its window and what that hangs on, in words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences.canaries import Canary, canaries
from campaign.demand import Demand, Owed, demand, open_days
from campaign.explaining.briefs import brief
from campaign.explaining.room import Room
from campaign.explaining.words import date_in_words, span_in_words
from campaign.geography.travel import tour
from campaign.model.accounts import Account, Promise
from campaign.model.cadences import Gap
from campaign.model.channels import Channel
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.phrases import counted, listed
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow
from campaign.rules.levels import reaches
from campaign.rules.windows import OPENING_DAYS, chain, due_day, effective_position, late, window
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
    day: dt.date | None = field(default=None, kw_only=True)
    joined: Mapping[str, dt.date] = field(factory=dict, kw_only=True)

    @demand.default
    def _demand(self) -> Demand:
        return demand(self.territory)

    def explained(self) -> tuple[Touch, ...]:
        """The touches in their order, planned ones with `due`, `late`, `brief` and `why`."""
        return tuple(self._told(row) for row in self._facts.rows)

    def _told(self, row: PlanRow) -> Touch:
        touch = row.touch
        if touch.status is not Status.PLANNED:
            return touch  # what is done is a fact, its due day too
        due, days_late = due_day(self._facts, row), late(self._facts, row)
        brief, why = self.brief(touch), self.why(touch)
        return evolve(touch, due=due, late=days_late, brief=brief, why=why)

    def brief(self, touch: Touch) -> str:
        """What to know before the touch; empty for one that nothing owed asks for."""
        due = self._facts.due(touch.touch_id)
        owed = self.demand.by_id.get(due.touch_id) if due else None
        if owed is None:
            return ""
        day = plain(touch.date)
        kept = self._kept_before(touch.account_id, day)
        first = self._first.get(owed.account.account_id, day)
        sign = self._signs.get(touch.touch_id)
        listen = f"Listen: {sign.words} since {self._date(sign.since)}. " if sign else ""
        return listen + brief(
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

    def _reasons(self, row: PlanRow, due: Due) -> Iterator[str]:
        if row.touch.pinned:
            yield f"Pinned to {self._date(row.day)}"
        if due.promise:
            yield self._promised(row, due.promise)
        elif due.opens:
            yield from self._opened(row, due)
        else:
            yield self._in_window(row, due)
            yield from self._other_channel(row, due)
        yield from self._late(row)
        yield from self._company(row)

    def _promised(self, row: PlanRow, promise: Promise) -> str:
        due = self._date(promise.due)
        if complaint := self._complaints.get(promise.promise_id):
            return f"The complaint of {self._date(complaint.day)} is to be answered by {due}"
        if promise.not_before:
            asked = f"They asked for {self._date(promise.not_before)}"
            return asked if row.day <= promise.due else f"{asked}: the first day that can hold it"
        if late(self._facts, row):
            return f"Promised by {due}: the first day that can hold it"
        arrives = row.touch.arrives or row.day
        return f"Promised by {due}: in their hands by {self._date(arrives)}"

    def _opened(self, row: PlanRow, due: Due) -> Iterator[str]:
        found = window(self._facts, due)
        first, last = self._facts.date_at(found.first), self._facts.date_at(found.due)
        within = counted(OPENING_DAYS, "working day")
        yield f"A grievance is heard first, within {within}: {self._span(first, last)}"
        if "visit" in due.step.channels and row.touch.channel != "visit":
            yield f"By {row.touch.channel}, as no visit can be made"

    def _in_window(self, row: PlanRow, due: Due) -> str:
        facts, found, gap = self._facts, window(self._facts, due), chain(self._facts, due).gap
        end = len(self.territory.calendar.business_days)
        inside = min(found.due, max(found.first, end))
        words = f"{self._counted_from(due, gap, chain(facts, due).anchor)}: "
        words += self._span(facts.date_at(max(1, found.first)), facts.date_at(max(1, inside)))
        ideal = facts.date_at(max(1, found.ideal))
        if ideal == row.day:
            return f"{words}, ideally on this day"
        return f"{words}, ideally {self._date(ideal)}" if found.ideal <= end else words

    def _late(self, row: PlanRow) -> Iterator[str]:
        days = late(self._facts, row)
        if days:
            yield f"{counted(days, 'business day')} late"

    def _other_channel(self, row: PlanRow, due: Due) -> Iterator[str]:
        owed = self.demand.by_id.get(due.touch_id)
        if row.channel and row.touch.channel not in due.step.channels:
            yield f"By {row.touch.channel}, as no {listed(due.step.channels, 'or')} is allowed"
        elif owed and owed.channels and row.touch.channel != owed.channels[0]:
            wanted = self.territory.channels[owed.channels[0]]
            an = f"an {wanted.name}" if wanted.name[:1] in "aeiou" else f"a {wanted.name}"
            why = self._why_not_by(wanted, row, owed)
            yield f"By {row.touch.channel} in place of {an}{f': {why}' if why else ''}"

    def _why_not_by(self, wanted: Channel, row: PlanRow, owed: Owed) -> str:
        """Why a touch does not go by the channel that is wanted first.

        Empty where no one thing holds for all days of its window.
        """
        facts, territory = self._facts, self._facts.territory
        found = window(facts, row.due) if row.due else None
        days = [
            day
            for day in facts.working_days
            if found and found.first <= facts.position(day) <= found.last
            if day.weekday() in wanted.weekdays
        ]
        possible = set(open_days(territory, owed, wanted.name))
        opened = [day for day in days if day in possible]
        if not opened:
            return "it is closed then" if days else ""
        minutes, travels = owed.account.minutes_by(wanted), wanted.travels
        alone = [minutes + self._way(owed.account, day) * travels for day in opened]
        held = [self._room.held(territory, day) for day in opened]
        if travels and all(minutes <= most < each for most, each in zip(held, alone, strict=True)):
            return "too far"
        if any(self._has_room(wanted, row, owed, day) for day in opened):
            return ""
        return "no room for the drive" if travels else "no room then"

    def _has_room(self, wanted: Channel, row: PlanRow, owed: Owed, day: dt.date) -> bool:
        """Whether the minutes of a day hold it by the wanted channel, in place of what stands."""
        week, own = self.territory.calendar.week, row.touch.day_minutes
        of_day, of_week = self._room.short(self._facts.territory, owed.account, wanted, day)
        of_day -= own * (day == row.day)
        return max(of_day, of_week - own * (week(day) == week(row.day))) <= 0

    def _way(self, account: Account, day: dt.date) -> int:
        territory = self._facts.territory
        return tour(territory.travel, territory.rep.place_on(day), [account.place]).minutes

    @cached_property
    def _room(self) -> Room:
        return Room(self._facts)

    def _counted_from(self, due: Due, gap: Gap, anchor: PlanRow | None) -> str:
        skipped = [f'"{name}"' for name in self._skipped(due, anchor)]
        out = f" ({listed(skipped)} left out)" if skipped else ""
        if anchor is None and due.sent:
            return f"Did it arrive, what was promised by {self._date(due.sent.due)}"
        if anchor is None:
            return f"{self._from_the_start(gap)}{out}"
        days = counted(gap.most, "business day")
        if gap.least != gap.most:
            days = f"{gap.least} to {days}"
        return f"{days} after {self._event(anchor)}{out}"

    def _skipped(self, due: Due, anchor: PlanRow | None) -> Iterator[str]:
        """The steps between a touch and its anchor, nearest first."""
        stop = anchor.owed_id if anchor else ""
        while due.parent_id in self._facts.dues and due.parent_id != stop:
            due = self._facts.dues[due.parent_id]
            yield due.step.name

    def _from_the_start(self, gap: Gap) -> str:
        if gap.least <= 1 and gap.most >= len(self.territory.calendar.business_days):
            return "On any day of the campaign"
        if gap.least <= 1:
            return f"In the first {counted(gap.most, 'business day')}"
        return f"On business days {gap.least} to {gap.most} of the campaign"

    def _event(self, anchor: PlanRow) -> str:
        touch = anchor.touch
        name = "" if touch.step == touch.channel else f' "{touch.step}"'
        what = f"the {touch.channel}{name}"
        if anchor.channel and anchor.channel.is_post:
            arrival = self._facts.date_at(effective_position(self._facts, anchor))
            if touch.outcome is Outcome.RETURNED_MAIL:
                return f"{what} was to arrive (by {self._date(arrival)}; it came back)"
            return f"{what} has arrived (by {self._date(arrival)})"
        return f"{what} on {self._date(anchor.day)}"

    def _company(self, row: PlanRow) -> Iterator[str]:
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
        return Facts(Plan(self.territory, self.touches, day=self.day, joined=self.joined))

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
    def _signs(self) -> dict[str, Canary]:
        """What somebody shows, by the next touch that is planned with them."""
        found = canaries(self.touches)
        signs = {(one.account_id, one.contact_id): one for one in found}
        ahead = sorted(self._facts.planned, key=lambda row: row.day, reverse=True) if signs else ()
        soonest = {(row.account_id, row.touch.contact_id): row.touch_id for row in ahead}
        return {soonest[who]: sign for who, sign in signs.items() if who in soonest}

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
    def _rows(self) -> dict[str, PlanRow]:
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
