"""An iCalendar file as components, each with the line it begins on and what it says.

Taken apart by hand, so that one broken event costs that event and no other, and so that a
finding can name its line (RFC 5545, sections 3.1 and 3.4).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from attrs import evolve, field, frozen

from campaign.model.values import Coordinates

_BREAKS = re.compile(r"\r\n|\n|\r")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# A colon or semicolon within quotes parts nothing.
_LINE = re.compile(r'((?:[^":]++|"[^"]*+")*+):(.*)', re.DOTALL)
_PARAMETER = re.compile(r'(?:[^";]|"[^"]*"?)+')
_KINDS = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})
_CALENDAR = "VCALENDAR"

_CANCELLED = ("CANCELLED", "CANCELED")
_NOT_BUSY = ("FREE", "WORKINGELSEWHERE")
_LONG = 9


@frozen
class Property:
    """One content line: its name in capitals, its value and its parameters as written."""

    name: str
    value: str
    parameters: str = field(default="", kw_only=True)

    @classmethod
    def parse(cls, line: str) -> "Property":
        """A property from an unfolded line; one without a colon has no value."""
        found = _LINE.match(line)
        head, value = found.groups() if found else line.partition(":")[::2]
        name, _, parameters = head.partition(";")
        return cls(name.strip().upper(), value, parameters=parameters)

    def parameter(self, name: str) -> str:
        """The parameter of that name, quotes taken off; empty where there is none."""
        pairs = (part.partition("=") for part in _PARAMETER.findall(self.parameters))
        found = (value for one, _, value in pairs if one.strip().upper() == name)
        return next(found, "").strip().strip('"')

    @property
    def text(self) -> str:
        """The value as a person wrote it, in one line."""
        plain = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], self.value)
        return " ".join(plain.split())


@frozen
class Component:
    """A VEVENT, VFREEBUSY or VTIMEZONE: the row on which it begins, and what it holds.

    `calendar` counts the calendars of the file, from 1. `properties` are its own, `lines` also
    those of components within it. One that another one interrupts, or the end of the file, is
    not whole.
    """

    kind: str
    row: int
    calendar: int = field(kw_only=True)
    properties: list[Property] = field(factory=list, kw_only=True)
    lines: list[str] = field(factory=list, kw_only=True)
    is_whole: bool = field(default=False, kw_only=True)

    @cached_property
    def by_name(self) -> dict[str, list[Property]]:
        """Its properties by their names."""
        found: dict[str, list[Property]] = {}
        for each in self.properties:
            found.setdefault(each.name, []).append(each)
        return found

    def text(self, name: str) -> str:
        """What its first property of a name says; empty where it has none."""
        return self.by_name[name][0].text if name in self.by_name else ""

    @property
    def series(self) -> tuple[int, str]:
        """What its occurrences and exceptions have in common: the calendar and the UID."""
        return self.calendar, self.text("UID") or f"line {self.row}"

    @property
    def place(self) -> Coordinates | None:
        """The place by its coordinates, where an event has them (GEO)."""
        latitude, _, longitude = self.text("GEO").replace(",", ";").partition(";")
        with suppress(ValueError):
            place = Coordinates(float(latitude), float(longitude))
            return place if (place.latitude, place.longitude) != (0, 0) else None
        return None

    @cached_property
    def sequence(self) -> int:
        """How often it was changed; 0 where it does not say so in digits."""
        text = self.text("SEQUENCE")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONG else 0

    @property
    def is_from_then_on(self) -> bool:
        """Whether, as an exception, it changes all later dates of its series too."""
        found = self.by_name.get("RECURRENCE-ID", ())[:1]
        return any(each.parameter("RANGE").upper() == "THISANDFUTURE" for each in found)

    @property
    def is_cancelled(self) -> bool:
        """Whether it is called off."""
        return self.text("STATUS").upper() in _CANCELLED

    def takes_time_of(self, own: frozenset[str]) -> bool:
        """Whether the rep is busy: it is not cancelled, not shown as free, not declined.

        What Outlook says of busy and free goes before what the standard's TRANSP says; a
        tentative event is busy, and working elsewhere is working. Who has declined is known by
        the rep's own addresses and names, as `address_of` has them, or as the only one invited.
        """
        invited = self.by_name.get("ATTENDEE", ())
        declined = [one for one in invited if one.parameter("PARTSTAT").upper() == "DECLINED"]
        # Apple's calendar writes a path for the address, and names the person by a parameter.
        names = {
            address_of(name)
            for one in declined
            for name in (one.value, one.parameter("EMAIL"), one.parameter("CN"))
            if name
        }
        if self.is_cancelled or (declined and len(invited) == 1) or names & own:
            return False
        shown = self.text("X-MICROSOFT-CDO-BUSYSTATUS").upper()
        if shown:
            return shown not in _NOT_BUSY
        return self.text("TRANSP").upper() != "TRANSPARENT"


def address_of(text: str) -> str:
    """An e-mail address or a name as it is compared: `Berg, Ann` is `Ann Berg`."""
    plain = " ".join(text.split()).casefold().removeprefix("mailto:").strip()
    last, comma, first = plain.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else plain


class Contents:
    """What stands in a file: its components in order, and the properties of its calendars."""

    def __init__(self, text: str) -> None:
        """Take a text apart, whatever is in it."""
        self.components: list[Component] = []
        self.properties: list[Property] = []
        self.calendars = 0
        self._open: list[str] = []  # the kinds that are begun and not ended
        self._begun = Component("", 0, calendar=0)
        for row, line in _unfolded(text):
            word, _, kind = line.partition(":")
            word, kind = word.strip().upper(), kind.strip().upper()
            if word == "BEGIN":
                self._begin(row, line, kind)
            elif word == "END":
                self._end(line, kind)
            elif not self._open:
                self.properties.append(Property.parse(line))
            else:
                self._begun.lines.append(line)
                if len(self._open) == 1:
                    self._begun.properties.append(Property.parse(line))
        self._close()

    def _begin(self, row: int, line: str, kind: str) -> None:
        if kind == _CALENDAR or kind in _KINDS:
            self._close()
        if kind == _CALENDAR:
            self.calendars += 1
            return
        if self._open:
            self._begun.lines.append(line)
        else:
            self._begun = Component(kind, row, calendar=max(1, self.calendars))
        self._open.append(kind)

    def _end(self, line: str, kind: str) -> None:
        if kind == _CALENDAR or (kind in self._open[:1] and len(self._open) > 1):
            self._close()
        elif kind in self._open[-1:]:
            if len(self._open) == 1:
                self._begun = evolve(self._begun, is_whole=True)
                self._close()
            else:
                self._open.pop()
                self._begun.lines.append(line)

    def _close(self) -> None:
        """Keep what is begun as far as it goes, if it is of a kind that is read."""
        if self._open and self._begun.kind in _KINDS:
            self.components.append(self._begun)
        self._open = []


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each content line with the number of the row on which it begins."""
    begun, parts = 0, list[str]()
    for row, line in enumerate(_BREAKS.split(text), start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
        elif line.strip():
            if parts:
                yield begun, "".join(parts)
            begun, parts = row, [line]
    if parts:
        yield begun, "".join(parts)
