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
        self.calendars: int = 0
        begun: Component | None = None
        depth = 0  # how many components are open within the one that is begun
        for row, line in _unfolded(text):
            word, kind = (part.strip().upper() for part in line.partition(":")[::2])
            kind = kind if word in ("BEGIN", "END") else ""
            is_begin, is_end = word == "BEGIN", word == "END"
            is_own_end = is_end and begun is not None and kind == begun.kind
            if is_own_end or (is_begin and kind in _KINDS) or kind == _CALENDAR:
                # Its own end, or what cannot stand within it, ends a component.
                if begun:
                    self.components.append(evolve(begun, is_whole=is_own_end and not depth))
                begun, depth = None, 0
                if is_begin and kind in _KINDS:
                    begun = Component(kind, row, calendar=max(1, self.calendars))
                elif is_begin:  # a calendar's
                    self.calendars += 1
                continue
            if begun and (depth or not is_end):
                begun.lines.append(line)
            if is_begin or is_end:
                depth = max(0, depth + (1 if is_begin else -1))
            elif not depth:
                (begun or self).properties.append(Property.parse(line))
        if begun:
            self.components.append(begun)


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
