"""The busy times of a calendar file within some days, and what is wrong with it."""

import codecs
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import evolve, field, frozen

from campaign.errors import Finding, Severity
from campaign.model.busy import Busy
from campaign.reading.calendars.content_lines import Contents, contents
from campaign.reading.calendars.events import Event, address_of
from campaign.reading.calendars.moments import day_of
from campaign.reading.calendars.occurrences import NoEvent, Occurrence, Timed, occurrences, timed
from campaign.reading.calendars.zones import Zones
from campaign.reading.cells import shown
from campaign.reading.parsing.text import decode
from campaign.workdays import Span

MOST_BYTES = 8 * 1024 * 1024
MOST_TIMES = 20_000
"""Two hundred times a day: the calendar of one person has a hundredth of that."""
_LESS = "export your own calendar alone, and only the days of the campaign"
_AGAIN = "export it from the calendar again, as iCalendar (.ics)"
_UNPACK = "unpack it, and name the .ics file in it"
_LEFT_ASIDE = "left aside; correct it in the calendar, or give the day as leave"
_ROUND = dt.timedelta(days=2)  # days of other zones reach this far into those of the rep
_DIGITS = re.compile(r"\d{8}", re.ASCII)
_SPLIT_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})((?:\r\n|\n|\r)[ \t])([\x80-\xbf]{1,3})")
_ODD = "\ufffd"
_OWNERS = ("X-OWNER", "X-WR-CALNAME")


@frozen
class CalendarFile:
    """The busy times of one file, in the order of the file; how many events it holds.

    `own` is how many of these are the campaign's own, which take no time from it.
    """

    busy: tuple[Busy, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    events: int = field(default=0, kw_only=True)
    own: int = field(default=0, kw_only=True)


def read_calendar(data: bytes, file: str, window: Span, *rep: str, mark: str = "") -> CalendarFile:
    """What keeps the rep busy in the days of the window; nothing in the bytes raises.

    Only these days are expanded. `rep` are the rep's address and name, by which an invitation
    that the rep has declined is known beside what the file says of its owner. `mark` is
    what the events of the campaign itself have at the end of their UIDs: they are left
    aside, or its own plan would stand in its way.
    """
    if len(data) > MOST_BYTES:
        large = Finding(file, f"is {len(data) / 1e6:,.0f} MB large", remedy=_LESS)
        return CalendarFile(findings=(large,))
    text, found = decode(_whole_letters(data), file)
    findings = tuple(map(_for_a_calendar, found))
    if any(finding.is_error for finding in findings):
        return CalendarFile(findings=findings)
    inside = contents(text)
    if not inside.calendars:
        none = Finding(file, "is no calendar", remedy=_AGAIN, row=1)
        return CalendarFile(findings=(*findings, none))
    reader = _Reader(file, inside, window, frozenset(map(address_of, filter(None, rep))))
    events = len(reader.events)
    reader.events = [event for event in reader.events if not event.has_mark(mark)]
    busy, own = tuple(islice(reader.busy(), MOST_TIMES + 1)), events - len(reader.events)
    if len(busy) > MOST_TIMES:
        many = Finding(file, f"takes more than {MOST_TIMES:,} times in the campaign", remedy=_LESS)
        return CalendarFile(findings=(*findings, many), events=events, own=own)
    return CalendarFile(busy, findings=(*findings, *reader.findings), events=events, own=own)


def _whole_letters(data: bytes) -> bytes:
    """The bytes with no fold inside a letter: it is put behind the letter.

    So lines keep their numbers. What is mostly UTF-8, or can be nothing else, loses the letters
    that are none, and no more.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    text = _SPLIT_LETTER.sub(rb"\1\3\2", data).decode("utf-8", errors="replace")
    odd = text.count(_ODD)
    if odd:
        letters = len(text) - len(text.encode("ascii", errors="ignore")) - odd
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            letters = odd
        if letters < odd:
            return data
    return text.encode()


def _for_a_calendar(finding: Finding) -> Finding:
    return evolve(finding, remedy=_UNPACK if "ZIP" in finding.problem else _AGAIN)


class _Reader:
    """One file in the reading: its events by series, and what is found on the way."""

    def __init__(self, file: str, inside: Contents, window: Span, own: frozenset[str]) -> None:
        self.file = file
        self.window = window
        self.findings: list[Finding] = []
        own |= frozenset(_owners(inside))
        self.zones = Zones(block for block in inside.blocks if block.kind == "VTIMEZONE")
        self.events = [
            Event(block, own=own) for block in inside.blocks if block.kind != "VTIMEZONE"
        ]
        self.is_called_off = inside.calendars == 1 and any(
            each.name == "METHOD" and each.text.upper() == "CANCEL" for each in inside.properties
        )
        if not self.events:
            self._notice(0, "holds no event", "check that it is the right calendar")

    def busy(self) -> Iterator[Busy]:
        """Every time at which an event keeps the rep busy, series by series."""
        if self.is_called_off:
            self._notice(0, "calls all of its events off", "none of them takes time")
            return
        wide = Span(self.window.first - _ROUND, self.window.last + _ROUND)
        for events in self._by_series():
            if self._is_far(events) or not any(event.takes_time for event in events):
                continue
            for each in occurrences(list(self._timed(events)), wide):
                if each.event.takes_time and _touches(each, wide):
                    yield from self._as_busy(each)

    def _by_series(self) -> Iterator[list[Event]]:
        """What has one UID: events that recur or stand once, and their exceptions."""
        found: dict[tuple[int, str], list[Event]] = {}
        for event in self.events:
            if not event.block.is_whole:
                what = f'the event "{shown(event.what)}" does not end'
                self._notice(event.block.row, what, "read as far as it goes")
            found.setdefault(event.series, []).append(event)
        yield from found.values()

    def _timed(self, events: Iterable[Event]) -> Iterator[Timed]:
        for event in events:
            self._name_unknown_zone(event)
            try:
                yield timed(event, self.zones, self._odd)
            except NoEvent as error:
                self._broken(event, str(error))

    def _is_far(self, series: list[Event]) -> bool:
        """Whether a single event plainly stands before or after the days that matter."""
        if len(series) > 1 or not series[0].is_single or series[0].has_length:
            return False
        dates = list(series[0].dates())
        low = f"{self.window.first - _ROUND:%Y%m%d}"
        high = f"{self.window.last + _ROUND:%Y%m%d}"
        return all(map(_DIGITS.fullmatch, dates)) and (
            max(dates, default="") < low or min(dates, default="") > high
        )

    def _name_unknown_zone(self, event: Event) -> None:
        named = (each.parameters.get("TZID", "") for each in event.timing)
        unknown = next((tzid for tzid in named if tzid and self.zones.zone(tzid) is None), "")
        if unknown:
            zone = f'is in a time zone that is not known, "{shown(unknown)}"'
            problem = f'the event "{shown(event.what)}" {zone}'
            self._notice(event.block.row, problem, "its times are read by the rep's clock")

    def _as_busy(self, each: Occurrence) -> Iterator[Busy]:
        event = each.event
        if each.start == each.end:
            return
        try:
            yield Busy(each.start, each.end, what=event.what, where=event.where, place=event.place)
        except (ValueError, TypeError, OverflowError):
            self._broken(event, f"runs from {each.start} to {each.end}")

    def _odd(self, event: Event, what: str) -> None:
        remedy = "correct it in the calendar, or give the days as leave"
        self._notice(event.block.row, f'the event "{shown(event.what)}" {what}', remedy)

    def _broken(self, event: Event, why: str) -> None:
        problem = f'the event "{shown(event.what)}" {why}'
        self._notice(event.block.row, problem, _LEFT_ASIDE)

    def _notice(self, row: int, problem: str, remedy: str) -> None:
        self.findings.append(
            Finding(self.file, problem, remedy=remedy, row=row, severity=Severity.NOTICE)
        )


def _owners(inside: Contents) -> Iterator[str]:
    """The addresses and names of whose calendar it is, where the file has them."""
    for each in inside.properties:
        if each.name in _OWNERS:
            names = (each.text, each.parameters.get("CN", ""))
            yield from (address_of(name) for name in names if name)


def _touches(each: Occurrence, wide: Span) -> bool:
    return day_of(each.start) <= wide.last and wide.first <= day_of(each.end)
