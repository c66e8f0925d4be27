"""A plan that is filled by hand, touch by touch, and never breaks a rule on the way.

Both baselines write into it, so that their plans are judged by the same rules and measured
by the same levels as the planner's. It is slow and plain, and shares nothing with the
planner.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from campaign import Territory
from campaign.demand import Demand, Owed, demand, left_out, open_days
from campaign.model.cadences import Gap
from campaign.model.channels import Channel
from campaign.model.post import days_in_post
from campaign.rules import Violation, capacity_of_day, capacity_of_week, levels, violations
from campaign.rules.courtesy import FIRST_DAYS, FIRST_TOUCHES
from campaign.rules.windows import gap_of
from campaign.touches import LeftOut, Level, Plan, ReasonCode, Touch
from suite.entries import Drives, Entry, stops_of

MOST_STOPS = 9
Person = tuple[str, str]


class Book:
    """The touches of a territory while they find their days."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.calendar = territory.calendar
        self.demand: Demand = demand(territory)
        self.dates = self.calendar.business_days
        self.placed: dict[str, Entry] = {}
        self._by_day: dict[dt.date, list[Entry]] = defaultdict(list)
        self._by_account: dict[str, list[Entry]] = defaultdict(list)
        self._minutes: dict[dt.date, int] = {}
        self._open: dict[tuple[str, str, str], frozenset[dt.date]] = {}

    @cached_property
    def positions(self) -> dict[dt.date, int]:
        """The position of each business day of the campaign, from 1."""
        return {date: place for place, date in enumerate(self.dates, start=1)}

    @cached_property
    def openings(self) -> dict[str, Owed]:
        """The touch with which each grievance account has to open, by account id."""
        return {o.account.account_id: o for o in self.demand.owed if o.opens}

    def gap(self, owed: Owed) -> Gap:
        """The business days of a step after the step it follows."""
        return gap_of(owed.step, len(self.dates))

    def anchor(self, owed: Owed) -> tuple[Entry | None, Gap]:
        """The nearest placed step up the path, and the gaps from it summed up."""
        gap, above = self.gap(owed), owed.follows
        while above and above not in self.placed:
            gap += self.gap(self.demand.by_id[above])
            above = self.demand.by_id[above].follows
        return self.placed.get(above), gap

    def window(self, owed: Owed) -> tuple[int, int, int]:
        """The first, the ideal and the last position of a step beside what stands."""
        anchor, gap = self.anchor(owed)
        start = anchor.effective if anchor else 0
        return start + gap.least, start + gap.ideal, start + gap.most

    def days(self, owed: Owed, channel: str) -> frozenset[dt.date]:
        """The days on which a touch may stand by a channel, whatever else stands."""
        key = (owed.account.account_id, owed.person.contact_id, channel)
        allowed = channel in owed.channels
        if allowed and key not in self._open:
            self._open[key] = frozenset(open_days(self.territory, owed, channel))
        return self._open[key] if allowed else frozenset()

    def entry(self, owed: Owed, channel: str, date: dt.date) -> Entry:
        """A touch on a day, not written down yet."""
        used = self.territory.channels[channel]
        in_post = days_in_post(self.territory, used.name, owed.account, owed.person)
        return Entry(owed, used, date, position=self.positions[date], days_in_post=in_post)

    def put(self, entry: Entry) -> None:
        """Write a touch down; nothing is asked."""
        self.placed[entry.owed.touch_id] = entry
        self._by_day[entry.date].append(entry)
        self._by_account[entry.owed.account.account_id].append(entry)
        self._minutes[entry.date] = self._minutes_with(entry.date)

    def take_back(self, entry: Entry) -> None:
        """Strike a touch out."""
        del self.placed[entry.owed.touch_id]
        self._by_day[entry.date].remove(entry)
        self._by_account[entry.owed.account.account_id].remove(entry)
        self._minutes[entry.date] = self._minutes_with(entry.date)

    def fits(self, entry: Entry) -> bool:
        """Whether a touch may stand there beside all that stands: every rule."""
        return (
            entry.date in self.days(entry.owed, entry.channel.name)
            and self._is_in_time(entry)
            and self._is_courteous(entry)
            and self._sells_late(entry)
            and self.has_room(entry)
        )

    def _is_in_time(self, entry: Entry) -> bool:
        """R4, R8: in its window, and nothing of an account before its opening."""
        owed = entry.owed
        opening = self.openings.get(owed.account.account_id)
        if opening is not None and opening is not owed:
            opened = self.placed.get(opening.touch_id)
            if opened is None or entry.position < opened.position:
                return False
        if owed.promise or owed.opens:
            return True
        first, _, last = self.window(owed)
        return first <= entry.position <= last

    def _is_courteous(self, entry: Entry) -> bool:
        """R5: one touch of an account a day, distances and ceilings of a person."""
        if entry.owed.promise:
            return True
        others = self._by_account[entry.owed.account.account_id]
        steps = [other for other in others if not other.owed.promise]
        if any(other.date == entry.date and not _meet(entry, other) for other in steps):
            return False
        return self._is_rare_enough(entry, [o for o in steps if _person(o) == _person(entry)])

    def _is_rare_enough(self, entry: Entry, others: list[Entry]) -> bool:
        if self._is_courtesy(entry):
            return True
        counted = [other for other in others if not self._is_courtesy(other)]
        courtesy = self.territory.courtesy
        alike = sum(other.channel is entry.channel for other in counted)
        most = courtesy.most_by_channel.get(entry.channel.name, alike + 1)
        near = (o for o in counted if abs(o.position - entry.position) < courtesy.gap)
        return (
            len(counted) < courtesy.most
            and alike < most
            and all(self._belong_together(entry, other) for other in near)
        )

    def _is_courtesy(self, entry: Entry) -> bool:
        return self.territory.purposes[entry.owed.step.purpose].courtesy

    def _belong_together(self, one: Entry, other: Entry) -> bool:
        return self.anchor(one.owed)[0] is other or self.anchor(other.owed)[0] is one

    def _sells_late(self, entry: Entry) -> bool:
        """R12: selling comes after the first touches and the first days."""
        if not self.territory.purposes[entry.owed.step.purpose].selling:
            return True
        others = self._by_account[entry.owed.account.account_id]
        before = sum(other.date < entry.date for other in others)
        return before >= FIRST_TOUCHES and self.calendar.day_number(entry.date) > FIRST_DAYS

    def has_room(self, entry: Entry) -> bool:
        """R2, R3: whether minutes and limits of the day and its week hold a touch more."""
        if not self._within_limits(entry):
            return False
        there = self._minutes.get(entry.date, 0)
        room = capacity_of_day(self.territory, entry.date)
        week = self.week_minutes(entry.date) - there
        room = min(room, capacity_of_week(self.territory, self.calendar.week(entry.date)) - week)
        shared = entry.channel.travels and self._is_there(entry)
        if not shared and there + entry.channel.minutes > room:
            return False
        return self._minutes_with(entry.date, entry) <= room

    def minutes(self, date: dt.date) -> int:
        """The minutes of a day as it stands, its shortest tour among them."""
        return self._minutes.get(date, 0)

    def week_minutes(self, date: dt.date) -> int:
        """The minutes of the week of a date."""
        monday = date - dt.timedelta(days=date.weekday())
        return sum(self._minutes.get(monday + dt.timedelta(days=n), 0) for n in range(7))

    def _within_limits(self, entry: Entry) -> bool:
        if entry.channel.travels and self._is_there(entry):
            return self._is_there(entry) == {entry.channel.name}
        a_day, a_week = entry.channel.per_day, entry.channel.per_week
        monday = entry.date - dt.timedelta(days=entry.date.weekday())
        week = (monday + dt.timedelta(days=number) for number in range(7))
        return (a_day is None or self.uses(entry.channel, entry.date) < a_day) and (
            a_week is None or sum(self.uses(entry.channel, day) for day in week) < a_week
        )

    def _is_there(self, entry: Entry) -> set[str]:
        """The channels by which the rep is at the account on that day already."""
        account = entry.owed.account.account_id
        return {
            o.channel.name
            for o in self._by_account[account]
            if o.date == entry.date and o.channel.travels
        }

    def uses(self, channel: Channel, date: dt.date) -> int:
        """How often a channel is used on a day: a visit to several persons once."""
        used = [
            o.owed.account.account_id for o in self._by_day.get(date, ()) if o.channel is channel
        ]
        return len(set(used)) if channel.travels else len(used)

    def _minutes_with(self, date: dt.date, *more: Entry) -> int:
        """The minutes of a day with its shortest tour."""
        entries = [*self._by_day.get(date, ()), *more]
        stops = stops_of(entries)
        minutes: int = sum(entry.channel.minutes for entry in entries if not entry.channel.travels)
        minutes += sum(entry.channel.minutes for entry in stops)
        if len(stops) > MOST_STOPS:
            return 1 << 30
        return minutes + self._drives(stops).minutes

    def _drives(self, stops: Iterable[Entry]) -> Drives:
        return Drives(self.territory, tuple(stops))

    def plan(self) -> Plan:
        """The book as a plan, all that does not stand left out."""
        return Plan(self.territory, tuple(self._touches()), left_out=tuple(self._left_out()))

    def _touches(self) -> Iterator[Touch]:
        for date in sorted(self._by_day):
            entries = sorted(self._by_day[date], key=lambda entry: entry.owed.touch_id)
            drives = self._drives(stops_of(entries))
            for entry in entries:
                yield self._touch(entry, drives)

    def _touch(self, entry: Entry, drives: Drives) -> Touch:
        owed, channel = entry.owed, entry.channel
        stop, drive, home = drives.of(entry) if channel.travels else (0, 0, 0)
        leads = not channel.travels or drives.leads(entry)
        return Touch(
            owed.touch_id,
            entry.date,
            account_id=owed.account.account_id,
            contact_id=owed.person.contact_id,
            channel=channel.name,
            cadence=owed.cadence,
            step=owed.step.name,
            purpose=owed.step.purpose,
            required=owed.step.required,
            minutes=channel.minutes if leads else 0,
            planned_on=self.territory.start,
            stop=stop,
            travel_minutes=drive if leads else 0,
            home_minutes=home if leads else 0,
            arrives=self.calendar.after(entry.date, entry.days_in_post)
            if channel.is_post
            else None,
        )

    def _left_out(self) -> Iterator[LeftOut]:
        missing = [o for o in self.demand.owed if o.touch_id not in self.placed]
        rows = [_left_out(owed, unopened=self._is_unopened(owed)) for owed in missing]
        yield from sorted(rows, key=lambda row: row.reason_code is not _UNOPENED)

    def _is_unopened(self, owed: Owed) -> bool:
        opening = self.openings.get(owed.account.account_id)
        return (
            opening is not None
            and opening.touch_id not in self.placed
            and not owed.account.do_not_contact
        )


_UNOPENED = ReasonCode.GRIEVANCE_UNOPENED


def _person(entry: Entry) -> Person:
    return entry.owed.account.account_id, entry.owed.person.contact_id


def _meet(one: Entry, other: Entry) -> bool:
    """Whether one visit meets both persons."""
    same = one.channel is other.channel and one.channel.travels
    return same and _person(one) != _person(other)


def _left_out(owed: Owed, *, unopened: bool) -> LeftOut:
    code = ReasonCode.CAPACITY
    if unopened:
        code = _UNOPENED
    elif not owed.channels:
        code = ReasonCode.NO_CONSENT
    return left_out(owed, code, "left out by a baseline")


def judged(plan: Plan) -> tuple[tuple[Level, ...], tuple[Violation, ...]]:
    """The levels of a plan and the rules it breaks, as the library knows both."""
    return levels(plan), violations(plan)
