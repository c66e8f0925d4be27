"""From a series of events to its occurrences within some days.

A series is what has one UID: events that recur or stand once, and exceptions that take the
place of one date, or of all from one on. Where two of them speak of the same date the older
SEQUENCE gives way, and where none is older all of them stand: time never vanishes in silence.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import field, frozen

from campaign.model.busy import FIRST_YEAR
from campaign.reading.calendars.components import Component, Property
from campaign.reading.calendars.moments import (
    ONE_DAY,
    UNREADABLE,
    Moment,
    alike,
    apart,
    clock_of,
    day_of,
    later,
    length,
    moment,
)
from campaign.reading.calendars.recurrence import RecurrenceRule
from campaign.reading.calendars.zones import Zones
from campaign.workdays import Span

_LONGEST = 400 * ONE_DAY
"""How far an occurrence may reach from before the window into it."""


class NoEvent(ValueError):  # noqa: N818 (names what is at fault, as our other exceptions)
    """An event that cannot be read; says why."""


@frozen
class Timed:
    """An event whose times are read: the first of them, its rules and its further dates.

    Whole days are dates, and the end is outside it. `but` holds the dates that it leaves out,
    `less` the rules by which it does (EXRULE of the older standard), `instead_of` the one whose
    place it takes.
    """

    event: Component
    start: Moment
    end: Moment
    rules: Sequence[RecurrenceRule] = field(default=(), kw_only=True)
    less: Sequence[RecurrenceRule] = field(default=(), kw_only=True)
    also: Sequence[tuple[Moment, Moment]] = field(default=(), kw_only=True)
    but: Sequence[Moment] = field(default=(), kw_only=True)
    instead_of: Moment | None = field(default=None, kw_only=True)

    @property
    def recurs(self) -> bool:
        """Whether it stands on more than its first date."""
        return bool(self.rules or self.also)

    @property
    def place(self) -> dt.datetime:
        """The date of its series that it speaks of, by the clock."""
        return clock_of(self.instead_of or self.start)

    def times(self, window: Span) -> dict[Moment, Moment]:
        """The start and end of each of its dates that can touch the window.

        The first date is one, unless the end of all rules lies before it.
        """
        is_first = not self.rules or any(rule.holds(self.start) for rule in self.rules)
        starts = [self.start] if is_first else []
        starts += [start for rule in self.rules for start in self._by(rule, window)]
        gone = {start for rule in self.less for start in self._by(rule, window)}
        span = apart(self.start, self.end)
        return {one: later(one, span) for one in starts if one not in gone} | dict(self.also)

    def _by(self, rule: RecurrenceRule, window: Span) -> Iterator[Moment]:
        first = window.first - min(apart(self.start, self.end), _LONGEST) - ONE_DAY
        begin = self.start
        for each in rule.starts(clock_of(begin), first, window.last):
            start: Moment = each.date()
            if isinstance(begin, dt.datetime):
                start = each.replace(tzinfo=begin.tzinfo)
            if not rule.holds(start):
                return
            yield start


def occurrences(series: Sequence[Timed], window: Span) -> Iterator[Timed]:
    """The occurrences of one series that can touch the window.

    An event with a rule of its own recurs, also where it was copied with the date whose place
    it once took. An exception stands, whatever else is said of its date.
    """
    changes = [each for each in series if each.instead_of is not None]
    alone = [each for each in changes if not each.recurs]
    for master in _newest(each for each in series if each.instead_of is None or each.recurs):
        yield from _of_master(master, [each for each in changes if each is not master], window)
    for instead in dict.fromkeys(each.instead_of for each in alone):
        yield from _newest(each for each in alone if each.instead_of == instead)


def _newest(events: Iterable[Timed]) -> list[Timed]:
    found = list(events)
    most = max((each.event.sequence for each in found), default=0)
    return [each for each in found if each.event.sequence == most]


def _of_master(master: Timed, changes: Sequence[Timed], window: Span) -> Iterator[Timed]:
    """The dates of an event that it does not leave out and no exception takes the place of."""
    gone = {*master.but, *(each.instead_of or each.start for each in changes)}
    if not (isinstance(master.start, dt.datetime) and master.start.tzinfo):
        gone |= set(map(clock_of, gone))
    # the exceptions that change all later dates of the series too
    onwards = [
        each
        for each in sorted(changes, key=lambda each: each.place)
        for line in each.event.by_name.get("RECURRENCE-ID", ())[:1]
        if line.parameter("RANGE").upper() == "THISANDFUTURE"
    ]
    for start, end in master.times(window).items():
        # A day means all times on it, a time without a zone the same by the clock.
        if not gone.isdisjoint((start, day_of(start), clock_of(start))):
            continue
        since = [each for each in onwards if each.place <= clock_of(start)]
        if not since:
            yield Timed(master.event, start, end)
        elif not since[-1].recurs:
            change = since[-1]
            begin = later(start, clock_of(change.start) - change.place)
            yield Timed(change.event, begin, later(begin, apart(change.start, change.end)))


@frozen
class TimesReader:
    """Reads the times of one event: what cannot be read of them is told, and costs itself only."""

    event: Component
    zones: Zones
    tell: Callable[[Component, str], None]

    def read(self) -> Timed:
        """The times; raises `NoEvent` where there is no start, or an end before it.

        What is called off need not say its start beside the date whose place it takes.
        """
        lines = self.event.by_name
        if self.event.kind == "VFREEBUSY":
            also = self._further("FREEBUSY", dt.timedelta())
            return Timed(self.event, dt.date.min, dt.date.min, also=also)
        starts = lines.get("DTSTART")
        if not starts and self.event.is_cancelled:
            starts = lines.get("RECURRENCE-ID")
        if not starts:
            raise NoEvent("has no start")
        try:
            start = moment(starts[0], starts[0].value, self.zones)
        except UNREADABLE as error:
            raise NoEvent(f"has a {starts[0].name} that cannot be read") from error
        start, end = self._span(start)
        if start.year < FIRST_YEAR:
            raise NoEvent(f"begins before {FIRST_YEAR}")
        instead = self._dates(lines.get("RECURRENCE-ID", ())[:1], "is of no date that")
        return Timed(
            self.event,
            start,
            end,
            rules=self._rules("RRULE", starts[0], "only its first date counts"),
            less=self._rules("EXRULE", starts[0], "what it leaves out so counts"),
            also=self._further("RDATE", apart(start, end), start),
            but=self._dates(lines.get("EXDATE", ()), "leaves out a date that"),
            instead_of=next(iter(instead), None),
        )

    def _span(self, start: Moment) -> tuple[Moment, Moment]:
        """Start and end: of an end and a length beside each other, the later; raises `NoEvent`.

        A whole day that ends on its start is one day.
        """
        ends: list[Moment] = []
        why = ""
        for name in ("DTEND", "DURATION"):
            for each in self.event.by_name.get(name, ())[:1]:
                try:
                    if name == "DTEND":
                        start, end = alike(start, moment(each, each.value, self.zones))
                    else:
                        end = later(start, length(each.value))
                except UNREADABLE:
                    why = f"has a {name} that cannot be read"
                    continue
                why = f"runs from {start} to {end}"
                if apart(start, end) >= dt.timedelta():
                    ends.append(end)
        if why and not ends:
            raise NoEvent(why)
        end = max((alike(start, each)[1] for each in ends), default=start)
        is_whole = not isinstance(start, dt.datetime) and end <= start
        return start, later(start, ONE_DAY) if is_whole else end

    def _rules(self, name: str, start: Property, otherwise: str) -> list[RecurrenceRule]:
        """The rules of a name; an empty one is none, and an end is read as the start is."""

        def _end(text: str) -> Moment | None:
            try:
                return moment(start, text, self.zones) if text else None
            except UNREADABLE:
                self.tell(self.event, "recurs to an end that cannot be read; it goes on")
                return None

        found = []
        texts = (each.value.strip(" ;") for each in self.event.by_name.get(name, ()))
        for text in filter(None, texts):
            try:
                found.append(RecurrenceRule.parse(text, _end))
            except ValueError as error:
                self.tell(self.event, f"recurs {error}; {otherwise}")
        return found

    def _dates(self, lines: Iterable[Property], what: str) -> list[Moment]:
        """All dates of some lines, which take time away: a guess could free a day that is taken."""
        found = []
        for each, value in _values(lines):
            try:
                when = moment(each, value, self.zones)
            except UNREADABLE:
                when = None
            if when is None or "-" in value:
                self.tell(self.event, f"{what} cannot be read, which is passed over")
            else:
                found.append(when)
        return found

    def _further(
        self, name: str, usual: dt.timedelta, like: Moment | None = None
    ) -> list[tuple[Moment, Moment]]:
        """Further dates with their ends, which a period has of its own.

        A date beside a first one with a time is one at that time.
        """
        found = []
        for each, value in _values(self.event.by_name.get(name, ())):
            if each.parameter("FBTYPE").upper() == "FREE":
                continue
            first, _, last = value.partition("/")
            try:
                start = moment(each, first, self.zones)
                if isinstance(like, dt.datetime) and not isinstance(start, dt.datetime):
                    start = dt.datetime.combine(start, like.timetz())
                if last and not last.lstrip("+").upper().startswith("P"):
                    start, end = alike(start, moment(each, last, self.zones))
                else:
                    end = later(start, length(last) if last else usual)
            except UNREADABLE:
                self.tell(self.event, f"has a {name} that cannot be read, which is passed over")
            else:
                found.append((start, end))
        return found


def _values(lines: Iterable[Property]) -> Iterator[tuple[Property, str]]:
    """Each of the dates that lines hold, with its line; empty ones are passed over."""
    for each in lines:
        for value in filter(str.strip, re.split("[,;]", each.value)):
            yield each, value
