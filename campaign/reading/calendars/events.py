"""One event of a calendar: what it is, and whether it takes the rep's time."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from attrs import field, frozen

from campaign.model.values import Coordinates
from campaign.reading.calendars.content_lines import Component, Property

_TIMING = (
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE"),
    *("RECURRENCE-ID", "FREEBUSY"),
)
_CANCELLED = ("CANCELLED", "CANCELED")
_NOT_BUSY = ("FREE", "WORKINGELSEWHERE")
_LONG = 9


@frozen
class Event:
    """A VEVENT or VFREEBUSY with its properties.

    `own` holds the addresses and names of whose calendar it is, as `address_of` has them.
    """

    component: Component
    own: frozenset[str] = field(default=frozenset(), kw_only=True)

    @cached_property
    def lines(self) -> dict[str, list[Property]]:
        """Its properties by their names."""
        found: dict[str, list[Property]] = {}
        for each in self.component.properties:
            found.setdefault(each.name, []).append(each)
        return found

    def text(self, name: str) -> str:
        """What its first property of a name says; empty where it has none."""
        return self.lines[name][0].text if name in self.lines else ""

    @property
    def series(self) -> tuple[int, str]:
        """What its occurrences and exceptions have in common: the calendar and the UID."""
        return self.component.calendar, self.text("UID") or f"line {self.component.row}"

    def has_mark(self, mark: str) -> bool:
        """Whether it is an event of the campaign of that mark, which is no other work."""
        return bool(mark) and self.text("UID").endswith(mark)

    @property
    def place(self) -> Coordinates | None:
        """The place by its coordinates, where the event has them (GEO)."""
        latitude, _, longitude = self.text("GEO").replace(",", ";").partition(";")
        with suppress(ValueError):
            place = Coordinates(float(latitude), float(longitude))
            return place if (place.latitude, place.longitude) != (0, 0) else None
        return None

    @property
    def zones(self) -> Iterator[str]:
        """The names of the time zones that its times are in."""
        timing = (each for each in self.component.properties if each.name in _TIMING)
        return filter(None, (each.parameter("TZID") for each in timing))

    @cached_property
    def sequence(self) -> int:
        """How often it was changed; 0 where it does not say so in digits."""
        text = self.text("SEQUENCE")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONG else 0

    @cached_property
    def is_from_then_on(self) -> bool:
        """Whether, as an exception, it changes all later dates of its series too."""
        found = self.lines.get("RECURRENCE-ID", ())[:1]
        return any(each.parameter("RANGE").upper() == "THISANDFUTURE" for each in found)

    @property
    def is_cancelled(self) -> bool:
        """Whether it is called off."""
        return self.text("STATUS").upper() in _CANCELLED

    @cached_property
    def takes_time(self) -> bool:
        """Whether the rep is busy: not cancelled, not shown as free, not declined.

        What Outlook says of busy and free goes before what the standard's TRANSP says; a
        tentative event is busy, and working elsewhere is working.
        """
        if self.is_cancelled or self._is_declined:
            return False
        shown = self.text("X-MICROSOFT-CDO-BUSYSTATUS").upper()
        if shown:
            return shown not in _NOT_BUSY
        return self.text("TRANSP").upper() != "TRANSPARENT"

    @property
    def _is_declined(self) -> bool:
        """Whether the owner of the calendar, or the only person invited, has declined."""
        invited = self.lines.get("ATTENDEE", ())
        declined = [one for one in invited if one.parameter("PARTSTAT").upper() == "DECLINED"]
        if len(invited) == 1:
            return bool(declined)
        # Apple's calendar writes a path for the address, and names the person by a parameter.
        names = ((one.value, one.parameter("EMAIL"), one.parameter("CN")) for one in declined)
        return any(not self.own.isdisjoint(map(address_of, filter(None, each))) for each in names)


def address_of(text: str) -> str:
    """An e-mail address or a name as it is compared: `Berg, Ann` is `Ann Berg`."""
    plain = " ".join(text.split()).casefold().removeprefix("mailto:").strip()
    last, comma, first = plain.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else plain
