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
from campaign.reading.calendars.content_lines import Property
from campaign.reading.calendars.events import Event
from campaign.reading.calendars.moments import (
    ONE_DAY,
    Moment,
    alike,
    clock_of,
    day_of,
    later,
    length,
    moment,
    strict_moment,
)
from campaign.reading.calendars.recurrence import RecurrenceRule
from campaign.reading.calendars.zones import Zones
from campaign.workdays import Span

_NEVER: tuple[Moment, Moment] = (dt.datetime(FIRST_YEAR, 1, 1), dt.datetime(FIRST_YEAR, 1, 1))  # noqa: DTZ001 (of no clock)
_LONGEST = 400  # days that an occurrence may reach from before the window into it

Tell = Callable[[Event, str], None]


class NoEvent(ValueError):  # noqa: N818 (names what is at fault, as our other exceptions)
    """An event that cannot be read; says why."""


@frozen
class Occurrence:
    """One time at which an event takes place; dates for whole days, the end outside it."""

    event: Event
    start: Moment
    end: Moment


@frozen
class Series:
    """A rule, and the last moment at which it holds; None for ever."""

    rule: RecurrenceRule
    until: Moment | None = None

    def holds(self, start: Moment) -> bool:
        """Whether a date does not lie behind its end."""
        until = self.until
        if not (isinstance(until, dt.datetime) and isinstance(start, dt.datetime)):
            return until is None or day_of(start) <= day_of(until)
        if start.tzinfo is None and until.tzinfo:
            return start.date() <= until.date()
        return start <= (until if until.tzinfo else until.replace(tzinfo=start.tzinfo))


@frozen
class Timed:
    """An event whose times are read: the first of them, its rules and its further dates.

    `but` holds the dates that it leaves out, `less` the rules by which it does (EXRULE of the
    older standard), `instead_of` the one whose place it takes.
    """

    event: Event
    start: Moment
    end: Moment
    rules: tuple[Series, ...] = field(default=(), kw_only=True)
    less: tuple[Series, ...] = field(default=(), kw_only=True)
    also: tuple[tuple[Moment, Moment], ...] = field(default=(), kw_only=True)
    but: frozenset[Moment] = field(default=frozenset(), kw_only=True)
    instead_of: Moment | None = field(default=None, kw_only=True)

    @property
    def recurs(self) -> bool:
        """Whether it stands on more than its first date."""
        return bool(self.rules or self.also)

    @property
    def length(self) -> dt.timedelta:
        """How long it takes; the clock's changes do not count."""
        return _apart(self.start, self.end)

    def times(self, window: Span) -> Iterator[tuple[Moment, Moment]]:
        """The start and end of each of its dates that can touch the window, none twice."""
        gone = {start for each in self.less for start in self._of(each, window)}
        starts = (start for start in self._starts(window) if start not in gone)
        found = {start: later(start, self.length) for start in starts}
        yield from (found | dict(self.also)).items()

    def _starts(self, window: Span) -> Iterator[Moment]:
        """The first date, unless the end of all rules lies before it, and those of the rules."""
        if not self.rules or any(each.holds(self.start) for each in self.rules):
            yield self.start
        for each in self.rules:
            yield from self._of(each, window)

    def _of(self, series: Series, window: Span) -> Iterator[Moment]:
        zone = self.start.tzinfo if isinstance(self.start, dt.datetime) else None
        first = window.first - min(self.length, _LONGEST * ONE_DAY) - ONE_DAY
        for each in series.rule.starts(clock_of(self.start), first, window.last):
            has_time = isinstance(self.start, dt.datetime)
            start = each.replace(tzinfo=zone) if has_time else each.date()
            if not series.holds(start):
                return
            yield start


def timed(event: Event, zones: Zones, tell: Tell) -> Timed:
    """The times of an event; what cannot be read of them is told, and costs itself only.

    What is called off need not say its start beside the date whose place it takes. Raises
    `NoEvent` where there is no start, or an end before it.
    """
    lines: dict[str, list[Property]] = {}
    for each in event.timing:
        lines.setdefault(each.name, []).append(each)
    reading = _Reading(event, zones, tell)
    if event.is_free_busy:
        busy = reading.further(lines.get("FREEBUSY", ()), dt.timedelta())
        first, *also = busy or [_NEVER]
        return Timed(event, *first, also=tuple(also))
    starts = lines.get("DTSTART", []) or (lines.get("RECURRENCE-ID", []) * event.is_cancelled)
    if not starts:
        raise NoEvent("has no start")
    start = _read(starts[0], zones)
    start, end = _span(start, lines, zones)
    if start.year < FIRST_YEAR:
        raise NoEvent(f"begins before {FIRST_YEAR}")
    instead = list(reading.dates(lines.get("RECURRENCE-ID", ())[:1], "is of no date that"))
    return Timed(
        event,
        start,
        end,
        rules=tuple(reading.series(lines.get("RRULE", ()), starts[0])),
        less=tuple(reading.series(lines.get("EXRULE", ()), starts[0])),
        also=tuple(reading.further(lines.get("RDATE", ()), _apart(start, end), start)),
        but=frozenset(reading.dates(lines.get("EXDATE", ()), "leaves out a date that")),
        instead_of=instead[0] if instead else None,
    )


def _read(each: Property, zones: Zones) -> Moment:
    try:
        return moment(each, each.value, zones)
    except ValueError as error:
        raise NoEvent(f"has a {each.name} that cannot be read") from error


def _span(start: Moment, lines: dict[str, list[Property]], zones: Zones) -> tuple[Moment, Moment]:
    """Start and end: of an end and a length beside each other, the later; raises `NoEvent`.

    A whole day that ends on its start is one day.
    """
    ends: list[Moment] = []
    told = NoEvent("has no length")
    for each in (*lines.get("DTEND", ())[:1], *lines.get("DURATION", ())[:1]):
        try:
            if each.name == "DTEND":
                start, end = alike(start, moment(each, each.value, zones))
            else:
                end = later(start, length(each.value))
        except ValueError:
            told = NoEvent(f"has a {each.name} that cannot be read")
            continue
        told = NoEvent(f"runs from {start} to {end}")
        if _apart(start, end) >= dt.timedelta():
            ends.append(end)
    if not ends and ("DTEND" in lines or "DURATION" in lines):
        raise told
    end = max((alike(start, each)[1] for each in ends), default=start)
    whole = not isinstance(start, dt.datetime) and end <= start
    return start, later(start, ONE_DAY) if whole else end


def _apart(start: Moment, end: Moment) -> dt.timedelta:
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.tzinfo:
        return end.astimezone(dt.UTC) - start.astimezone(dt.UTC)
    return clock_of(end) - clock_of(start)


def _at_the_time_of(like: Moment | None, when: Moment) -> Moment:
    if isinstance(like, dt.datetime) and not isinstance(when, dt.datetime):
        return dt.datetime.combine(when, like.timetz())
    return when


@frozen
class _Reading:
    """The lines of one event that may be odd, each of which is told by itself."""

    event: Event
    zones: Zones
    tell: Tell

    def series(self, lines: Sequence[Property], start: Property) -> Iterator[Series]:
        """The rules; an empty one is none."""
        for each in lines:
            text = each.value.strip(" ;")
            try:
                rule = RecurrenceRule.parse(text) if text else None
            except ValueError as error:
                what = "only its first date counts"
                if each.name == "EXRULE":
                    what = "what it leaves out so counts"
                self.tell(self.event, f"recurs {error}; {what}")
            else:
                if rule:
                    yield Series(rule, self._until(rule.until, start))

    def _until(self, text: str, start: Property) -> Moment | None:
        """The end of a rule: without a zone it is read by that of the start."""
        try:
            return moment(start, text, self.zones) if text else None
        except ValueError:
            self.tell(self.event, "recurs to an end that cannot be read; it goes on")
            return None

    def dates(self, lines: Iterable[Property], what: str) -> Iterator[Moment]:
        """All dates of some lines; empty ones are passed over."""
        for each in lines:
            for value in filter(str.strip, re.split("[,;]", each.value)):
                try:
                    yield strict_moment(each, value, self.zones)
                except ValueError:
                    self.tell(self.event, f"{what} cannot be read, which is passed over")

    def further(
        self, lines: Iterable[Property], usual: dt.timedelta, like: Moment | None = None
    ) -> list[tuple[Moment, Moment]]:
        """Further dates with their ends, which a period has of its own.

        A date beside a first one with a time is one at that time.
        """
        found: list[tuple[Moment, Moment]] = []
        for each in lines:
            if each.parameters.get("FBTYPE", "").upper() == "FREE":
                continue
            for value in filter(str.strip, re.split("[,;]", each.value)):
                first, _, last = value.partition("/")
                try:
                    start = _at_the_time_of(like, moment(each, first, self.zones))
                    end = self._end(each, start, last) if last else later(start, usual)
                except ValueError:
                    what = f"has a {each.name} that cannot be read, which is passed over"
                    self.tell(self.event, what)
                else:
                    found.append((start, end))
        return found

    def _end(self, each: Property, start: Moment, text: str) -> Moment:
        if text.lstrip("+").upper().startswith("P"):
            return later(start, length(text))
        return alike(start, moment(each, text, self.zones))[1]


def occurrences(series: Sequence[Timed], window: Span) -> Iterator[Occurrence]:
    """The occurrences of one series that can touch the window.

    An event with a rule of its own recurs, also where it was copied with the date whose place
    it once took. An exception stands, whatever else is said of its date.
    """
    changes = [each for each in series if each.instead_of is not None]
    alone = [each for each in changes if not each.recurs]
    for master in _newest(each for each in series if each.instead_of is None or each.recurs):
        yield from _of_master(master, [each for each in changes if each is not master], window)
    for instead in dict.fromkeys(each.instead_of for each in alone):
        for each in _newest(each for each in alone if each.instead_of == instead):
            yield Occurrence(each.event, each.start, each.end)


def _newest(events: Iterable[Timed]) -> list[Timed]:
    found = list(events)
    most = max((each.event.sequence for each in found), default=0)
    return [each for each in found if each.event.sequence == most]


def _of_master(master: Timed, changes: Sequence[Timed], window: Span) -> Iterator[Occurrence]:
    """The dates of an event that it does not leave out and no exception takes the place of."""
    gone = {key for each in master.but for key in _meant(each)}
    gone |= {key for each in changes for key in _meant(each.instead_of or each.start)}
    onwards = sorted((each for each in changes if each.event.is_from_then_on), key=_from)
    for start, end in master.times(window):
        if _names(start) & gone:
            continue
        since = [each for each in onwards if _from(each) <= clock_of(start)]
        if not since:
            yield Occurrence(master.event, start, end)
        elif not since[-1].recurs:
            begin = later(start, clock_of(since[-1].start) - _from(since[-1]))
            yield Occurrence(since[-1].event, begin, later(begin, since[-1].length))


def _from(change: Timed) -> dt.datetime:
    return clock_of(change.instead_of or change.start)


def _names(start: Moment) -> frozenset[tuple[str, Moment]]:
    """What a date of a series may be called by: its day, its time by the clock, its instant."""
    names = {("day", day_of(start)), ("clock", clock_of(start))}
    if isinstance(start, dt.datetime) and start.tzinfo:
        return frozenset({*names, ("instant", start.astimezone(dt.UTC))})
    return frozenset({*names, ("wall", clock_of(start))})


def _meant(when: Moment) -> frozenset[tuple[str, Moment]]:
    """The names by which an exception means a date; of a day it means all times on it."""
    if not isinstance(when, dt.datetime):
        return frozenset({("day", when)})
    if when.tzinfo is None:
        return frozenset({("clock", when)})
    return frozenset({("instant", when.astimezone(dt.UTC)), ("wall", clock_of(when))})
