"""Why each touch stands on its day: its window and what that hangs on, in words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.consequences.canaries import Canary, canaries
from campaign.demand import Demand, demand
from campaign.explaining.briefs import brief
from campaign.explaining.room import Room
from campaign.explaining.words import date_in_words, span_in_words
from campaign.geography.travel import tour
from campaign.model.accounts import Promise
from campaign.model.cadences import Gap
from campaign.model.channels import Channel
from campaign.model.outcomes import Outcome
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.phrases import counted, listed
from campaign.rules.allowed_days import may_stand
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
        due, day = self._facts.due(touch.touch_id), plain(touch.date)
        owed = self.demand.by_id.get(due.touch_id) if due else None
        if owed is None:
            return ""
        # What the plan keeps before that day is not named any more.
        kept = self._kept.get(touch.account_id, ())
        sign = self._signs.get(touch.touch_id)
        listen = f"Listen: {sign.words} since {self._date(sign.since)}. " if sign else ""
        return listen + brief(
            self.territory,
            owed,
            channel=touch.channel,
            kept=frozenset(promise_id for promise_id, date in kept if date < day),
            day=day,
            is_first=day <= self._first.get(owed.account.account_id, day),
        )

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
            found, within = window(self._facts, due), counted(OPENING_DAYS, "working day")
            span = self._span(found.first, found.due)
            yield f"A grievance is heard first, within {within}: {span}"
            if "visit" in due.step.channels and row.touch.channel != "visit":
                yield f"By {row.touch.channel}, as no visit can be made"
        else:
            yield self._in_window(row, due)
            yield from self._other_channel(row, due)
        if days := late(self._facts, row):
            yield f"{counted(days, 'business day')} late"
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

    def _in_window(self, row: PlanRow, due: Due) -> str:
        """What its window counts from, the window as far as the campaign goes, its ideal day."""
        facts, found = self._facts, window(self._facts, due)
        end, counted_from = len(facts.calendar.business_days), chain(facts, due)
        span = self._span(max(1, found.first), max(1, min(found.due, max(found.first, end))))
        words = f"{self._counted_from(due, counted_from.gap, counted_from.anchor)}: {span}"
        ideal = facts.date_at(max(1, found.ideal))
        if ideal == row.day:
            return f"{words}, ideally on this day"
        return f"{words}, ideally {self._date(ideal)}" if found.ideal <= end else words

    def _counted_from(self, due: Due, gap: Gap, anchor: PlanRow | None) -> str:
        skipped, above, dues = list[str](), due, self._facts.dues
        while above.parent_id in dues and not (anchor and above.parent_id == anchor.owed_id):
            above = dues[above.parent_id]
            skipped.append(f'"{above.step.name}"')
        out = f" ({listed(skipped)} left out)" if skipped else ""
        days = counted(gap.most, "business day")
        if anchor:
            least = f"{gap.least} to " if gap.least != gap.most else ""
            return f"{least}{days} after {self._event(anchor)}{out}"
        if due.sent:
            return f"Did it arrive, what was promised by {self._date(due.sent.due)}"
        if gap.least > 1:
            return f"On business days {gap.least} to {gap.most} of the campaign{out}"
        is_any = gap.most >= len(self._facts.calendar.business_days)
        return f"{'On any day of the campaign' if is_any else f'In the first {days}'}{out}"

    def _event(self, anchor: PlanRow) -> str:
        touch = anchor.touch
        name = "" if touch.step == touch.channel else f' "{touch.step}"'
        what = f"the {touch.channel}{name}"
        if anchor.channel and anchor.channel.is_post:
            arrival = self._date(self._facts.date_at(effective_position(self._facts, anchor)))
            if touch.outcome is Outcome.RETURNED_MAIL:
                return f"{what} was to arrive (by {arrival}; it came back)"
            return f"{what} has arrived (by {arrival})"
        return f"{what} on {self._date(anchor.day)}"

    def _other_channel(self, row: PlanRow, due: Due) -> Iterator[str]:
        """Why it does not go by the channel that is wanted first, where it does not."""
        by, wished = row.touch.channel, channels_for(self._facts.territory, due.person, due.step)
        if row.channel and by not in due.step.channels:
            yield f"By {by}, as no {listed(due.step.channels, 'or')} is allowed"
        elif wished and by != wished[0]:
            why = self._why_not_by(self.territory.channels[wished[0]], row, due)
            article = "an" if wished[0][:1] in "aeiou" else "a"
            yield f"By {by} in place of {article} {wished[0]}{f': {why}' if why else ''}"

    def _why_not_by(self, wanted: Channel, row: PlanRow, due: Due) -> str:
        """Why not by a channel; empty where no one thing holds for all days of its window."""
        facts, found = self._facts, window(self._facts, due)
        days = [
            day
            for day in facts.working_days
            if found.first <= facts.position(day) <= found.last
            if day.weekday() in wanted.weekdays
        ]
        opened = [day for day in days if may_stand(facts, due, wanted, day)]
        if not opened:
            return "it is closed then" if days else ""
        if wanted.travels and all(self._is_too_far(wanted, due, day) for day in opened):
            return "too far"
        if any(self._has_room(wanted, row, due, day) for day in opened):
            return ""
        return "no room for the drive" if wanted.travels else "no room then"

    def _is_too_far(self, wanted: Channel, due: Due, day: dt.date) -> bool:
        """Whether an empty day holds what is done there, and not the way there and back."""
        territory, minutes = self._facts.territory, due.account.minutes_by(wanted)
        way = tour(territory.travel, territory.rep.place_on(day), [due.account.place]).minutes
        return minutes <= self._room.held(territory, day) < minutes + way

    def _has_room(self, wanted: Channel, row: PlanRow, due: Due, day: dt.date) -> bool:
        """Whether the minutes of a day hold it by another channel, in place of what stands."""
        week, own = self._facts.calendar.week, row.touch.day_minutes
        of_day, of_week = self._room.short(self._facts.territory, due.account, wanted, day)
        of_day -= own * (day == row.day)
        return max(of_day, of_week - own * (week(day) == week(row.day))) <= 0

    def _company(self, row: PlanRow) -> Iterator[str]:
        """Who else is met by the same drive."""
        rows = self._facts.by_day.get(row.day, ()) if row.touch.stop else ()
        there = [other for other in rows if other.touch.stop and other is not row]
        here = [other for other in there if other.account_id == row.account_id]
        if people := _names(other.person.name for other in here if other.person):
            yield f"The same visit meets {people}"
        others = (one.account.name for one in there if one.account and one not in here)
        if accounts := _names(others):
            yield f"On one drive with {accounts}"

    @cached_property
    def _room(self) -> Room:
        return Room(self._facts)

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

    def _span(self, first: int, last: int) -> str:
        """The days between two positions of the calendar."""
        dates = (plain(self._facts.date_at(position)) for position in (first, last))
        return span_in_words(self.territory, *dates)


def _names(names: Iterable[str]) -> str:
    """The names once each, at most three, or two and how many more."""
    once = list(dict.fromkeys(names))
    return listed(once, most=_MOST_NAMES - (len(once) > _MOST_NAMES))
