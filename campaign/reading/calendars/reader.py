"""The calendars that campaign.toml names: the busy times in them, and what is wrong with them."""

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from attrs import evolve, field, frozen

from campaign.errors import Finding, UnreadableFile
from campaign.model.busy import Busy, event_mark
from campaign.phrases import counted
from campaign.reading.calendars.components import Component, Contents, address_of
from campaign.reading.calendars.moments import UNREADABLE, day_of
from campaign.reading.calendars.occurrences import NoEvent, Timed, TimesReader, occurrences
from campaign.reading.calendars.zones import Zones
from campaign.reading.cells import shown
from campaign.reading.parsing.files import read_bytes
from campaign.reading.parsing.text import decode
from campaign.reading.settings.campaign_toml import Settings
from campaign.workdays import Span

MOST_BYTES = 8 * 1024 * 1024
MOST_TIMES = 20_000
"""Two hundred times a day: the calendar of one person has a hundredth of that."""
_KEY = "rep.busy"
_WEB = ("http://", "https://", "webcal://")
_LESS = "export your own calendar alone, and only the days of the campaign"
_AGAIN = "export it from the calendar again, as iCalendar (.ics)"
_UNPACK = "unpack it, and name the .ics file in it"
_LEFT_ASIDE = "left aside; correct it in the calendar, or give the day as leave"
_CORRECT = "correct it in the calendar, or give the days as leave"
_ROUND = dt.timedelta(days=2)  # days of other zones reach this far into those of the rep
_DIGITS = re.compile(r"\d{8}", re.ASCII)
_SPLIT_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})((?:\r\n|\n|\r)[ \t])([\x80-\xbf]{1,3})")
_TIMING = (
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE"),
    *("RECURRENCE-ID", "FREEBUSY"),
)
_SEVERAL = frozenset({"DURATION", "RRULE", "RDATE", "FREEBUSY", "RECURRENCE-ID"})


@frozen
class Calendars:
    """The busy times of calendars, what is wrong with these, and a sentence on each."""

    busy: tuple[Busy, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)


def read_calendars(settings: Settings, folder: Path, window: Span) -> Calendars:
    """Every calendar that is named, its file beside campaign.toml; nothing raises.

    The campaign's own events in them, by its name and start, are left aside.
    """
    mark = event_mark(settings.name, window.first)
    rep = settings.rep.email, settings.rep.name
    read: list[Calendars] = []
    for name in settings.busy:
        try:
            if name.casefold().startswith(_WEB):
                remedy = "download it, and name the file"
                raise UnreadableFile(folder / "calendar", "is an address on the web", remedy)  # noqa: TRY301 (told as one that is not there)
            read.append(read_calendar(read_bytes(folder / name), name, window, *rep, mark=mark))
        except UnreadableFile as error:
            row, file = settings.document.line(_KEY), settings.document.file
            problem = f'"{name}" {error.problem}'
            missing = Finding(file, problem, remedy=error.remedy, row=row, column=_KEY)
            read.append(Calendars(findings=(missing,)))
    return Calendars(
        tuple(busy for each in read for busy in each.busy),
        findings=tuple(finding for each in read for finding in each.findings),
        said=tuple(sentence for each in read for sentence in each.said),
    )


def read_calendar(data: bytes, file: str, window: Span, *rep: str, mark: str = "") -> Calendars:
    """What keeps the rep busy in the days of the window; nothing in the bytes raises.

    Only these days are expanded. `rep` are the rep's address and name, by which an invitation
    that the rep has declined is known beside what the file says of its owner. `mark` is
    what the events of the campaign itself have at the end of their UIDs: they are left
    aside, or its own plan would stand in its way.
    """
    if len(data) > MOST_BYTES:
        large = Finding(file, f"is {len(data) / 1e6:,.0f} MB large", remedy=_LESS)
        return Calendars(findings=(large,))
    text, found = decode(_whole_letters(data), file)
    findings = [evolve(one, remedy=_UNPACK if "ZIP" in one.problem else _AGAIN) for one in found]
    if any(finding.is_error for finding in findings):
        return Calendars(findings=tuple(findings))
    contents = Contents(text)
    if not contents.calendars:
        none = Finding(file, "is no calendar", remedy=_AGAIN, row=1)
        return Calendars(findings=(*findings, none))
    reader = _Reader(file, contents, window, frozenset(map(address_of, filter(None, rep))))
    events = len(reader.events)
    if mark:
        reader.events = [one for one in reader.events if not one.text("UID").endswith(mark)]
    busy, own = tuple(islice(reader.busy(), MOST_TIMES + 1)), events - len(reader.events)
    if len(busy) > MOST_TIMES:
        many = Finding(file, f"takes more than {MOST_TIMES:,} times in the campaign", remedy=_LESS)
        busy, reader.findings = (), [many]
    findings += reader.findings
    inside = sum(
        each.start.date() <= window.last and window.first <= each.end.date() for each in busy
    )
    aside = f", {own} of them of this campaign itself and left aside" if own else ""
    times = f"busy at {counted(inside, 'time')} from {window.first} to {window.last}"
    said = [f"{file}: {counted(events, 'event')} read{aside}; {times}"] if events else []
    return Calendars(busy, findings=tuple(findings), said=tuple(said))


def _whole_letters(data: bytes) -> bytes:
    """The bytes with no fold inside a letter: it is put behind the letter.

    So lines keep their numbers. What is mostly UTF-8, or can be nothing else, loses the letters
    that are none, and no more.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    text = _SPLIT_LETTER.sub(rb"\1\3\2", data).decode("utf-8", errors="replace")
    odd = text.count("\ufffd")
    if odd > len(text) - len(text.encode("ascii", errors="ignore")) - odd:
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            return text.encode()
        return data
    return text.encode()


class _Reader:
    """One file in the reading: its events, and what is found on the way."""

    def __init__(self, file: str, contents: Contents, window: Span, rep: frozenset[str]) -> None:
        self.file = file
        self.window = Span(window.first - _ROUND, window.last + _ROUND)
        self.findings: list[Finding] = []
        owners = [one for one in contents.properties if one.name in ("X-OWNER", "X-WR-CALNAME")]
        names = (name for one in owners for name in (one.text, one.parameter("CN")) if name)
        self.rep = rep.union(map(address_of, names))
        self.zones = Zones(one for one in contents.components if one.kind == "VTIMEZONE")
        self.events = [one for one in contents.components if one.kind != "VTIMEZONE"]
        self.is_called_off = contents.calendars == 1 and any(
            one.name == "METHOD" and one.text.upper() == "CANCEL" for one in contents.properties
        )
        if not self.events:
            self._notice(0, "holds no event", "check that it is the right calendar")

    def busy(self) -> Iterator[Busy]:
        """Every time at which an event keeps the rep busy, series by series."""
        if self.is_called_off:
            self._notice(0, "calls all of its events off", "none of them takes time")
            return
        by_series: dict[tuple[int, str], list[Component]] = {}
        for event in self.events:
            if not event.is_whole:
                self._tell(event, "does not end", "read as far as it goes")
            by_series.setdefault(event.series, []).append(event)
        for series in by_series.values():
            if not self._is_far(series) and any(event.takes_time_of(self.rep) for event in series):
                try:
                    yield from self._busy_of(series)
                except OverflowError:
                    self._tell(series[0], "reaches beyond all calendars", _LEFT_ASIDE)

    def _busy_of(self, series: list[Component]) -> Iterator[Busy]:
        for each in occurrences(list(self._timed(series)), self.window):
            is_late = day_of(each.start) > self.window.last
            if is_late or day_of(each.end) < self.window.first or each.start == each.end:
                continue
            event = each.event
            if event.takes_time_of(self.rep):
                what, where = event.text("SUMMARY"), event.text("LOCATION")
                try:
                    yield Busy(each.start, each.end, what=what, where=where, place=event.place)
                except (*UNREADABLE, TypeError):
                    self._tell(event, f"runs from {each.start} to {each.end}", _LEFT_ASIDE)

    def _is_far(self, series: list[Component]) -> bool:
        """Whether a single event plainly stands before or after the days that matter."""
        lines = series[0].by_name
        if len(series) > 1 or not _SEVERAL.isdisjoint(lines):
            return False
        ends = (*lines.get("DTSTART", ()), *lines.get("DTEND", ()))
        dates = [each.value.strip()[:8] for each in ends]
        low, high = f"{self.window.first:%Y%m%d}", f"{self.window.last:%Y%m%d}"
        return all(map(_DIGITS.fullmatch, dates)) and (
            max(dates, default="") < low or min(dates, default="") > high
        )

    def _timed(self, events: list[Component]) -> Iterator[Timed]:
        for event in events:
            timing = (each for each in event.properties if each.name in _TIMING)
            named = filter(None, (each.parameter("TZID") for each in timing))
            unknown = next((tzid for tzid in named if self.zones.zone(tzid) is None), "")
            if unknown:
                what = f'is in a time zone that is not known, "{shown(unknown)}"'
                self._tell(event, what, "its times are read by the rep's clock")
            try:
                yield TimesReader(event, self.zones, self._tell).read()
            except NoEvent as error:
                self._tell(event, str(error), _LEFT_ASIDE)

    def _tell(self, event: Component, what: str, remedy: str = _CORRECT) -> None:
        problem = f'the event "{shown(event.text("SUMMARY"))}" {what}'
        self._notice(event.row, problem, remedy)

    def _notice(self, row: int, problem: str, remedy: str) -> None:
        self.findings.append(Finding.notice(self.file, problem, remedy, row=row))
