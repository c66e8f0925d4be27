"""One event of a calendar: what it is, and whether it takes the rep's time."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from attrs import field, frozen

from campaign.model.values import Coordinates
from campaign.reading.calendars.content_lines import Block, Property

_TIMING = frozenset(
    {
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "FREEBUSY",
    }
)
_REPEATING = frozenset({"RRULE", "RDATE", "FREEBUSY"})
_CANCELLED = frozenset({"CANCELLED", "CANCELED"})
_NOT_BUSY = frozenset({"FREE", "WORKINGELSEWHERE"})
_A_DATE = 8
_LONG = 9


@frozen
class Event:
    """A VEVENT or VFREEBUSY with its properties.

    `own` holds the addresses and names of whose calendar it is, as `address_of` has them.
    """

    block: Block
    own: frozenset[str] = field(default=frozenset(), kw_only=True)

    @cached_property
    def _properties(self) -> tuple[Property, ...]:
        return tuple(self.block.properties())

    @cached_property
    def _by_name(self) -> dict[str, Property]:
        return {each.name: each for each in reversed(self._properties)}

    def _text(self, name: str) -> str:
        found = self._by_name.get(name)
        return found.text if found else ""

    @property
    def series(self) -> tuple[int, str]:
        """What its occurrences and exceptions have in common: the calendar and the UID."""
        return self.block.calendar, self._text("UID") or f"line {self.block.row}"

    def has_mark(self, mark: str) -> bool:
        """Whether it is an event of the campaign of that mark, which is no other work."""
        return bool(mark) and self._text("UID").strip().endswith(mark)

    @property
    def what(self) -> str:
        """The summary."""
        return self._text("SUMMARY")

    @property
    def where(self) -> str:
        """The place in words."""
        return self._text("LOCATION")

    @property
    def place(self) -> Coordinates | None:
        """The place by its coordinates, where the event has them (GEO)."""
        latitude, _, longitude = self._text("GEO").replace(",", ";").partition(";")
        with suppress(ValueError):
            place = Coordinates(float(latitude), float(longitude))
            return place if (place.latitude, place.longitude) != (0, 0) else None
        return None

    @property
    def timing(self) -> tuple[Property, ...]:
        """The properties that say when it is."""
        return tuple(each for each in self._properties if each.name in _TIMING)

    @cached_property
    def is_single(self) -> bool:
        """Whether it stands once, and is no exception of another one."""
        return not self._by_name.keys() & _REPEATING and "RECURRENCE-ID" not in self._by_name

    @property
    def is_free_busy(self) -> bool:
        """Whether it is a list of times that are taken, without a word on what they are."""
        return self.block.kind == "VFREEBUSY"

    @cached_property
    def sequence(self) -> int:
        """How often it was changed; 0 where it does not say so in digits."""
        text = self._text("SEQUENCE").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONG else 0

    @cached_property
    def is_from_then_on(self) -> bool:
        """Whether, as an exception, it changes all later dates of its series too."""
        found = self._by_name.get("RECURRENCE-ID")
        return found is not None and found.parameters.get("RANGE", "").upper() == "THISANDFUTURE"

    @property
    def is_cancelled(self) -> bool:
        """Whether it is called off."""
        return self._text("STATUS").upper() in _CANCELLED

    @cached_property
    def takes_time(self) -> bool:
        """Whether the rep is busy: not cancelled, not shown as free, not declined.

        What Outlook says of busy and free goes before what the standard's TRANSP says; a
        tentative event is busy, and working elsewhere is working.
        """
        if self.is_cancelled or self._is_declined:
            return False
        shown = self._text("X-MICROSOFT-CDO-BUSYSTATUS").upper()
        if shown:
            return shown not in _NOT_BUSY
        return self._text("TRANSP").upper() != "TRANSPARENT"

    @property
    def _is_declined(self) -> bool:
        """Whether the owner of the calendar, or the only person invited, has declined."""
        invited = [each for each in self._properties if each.name == "ATTENDEE"]
        declined = [
            each for each in invited if each.parameters.get("PARTSTAT", "").upper() == "DECLINED"
        ]
        if len(invited) == 1:
            return bool(declined)
        return any(not self.own.isdisjoint(_called(each)) for each in declined)

    def dates(self) -> Iterator[str]:
        """The days named by its start and end, as YYYYMMDD; for a first look only."""
        for each in self._properties:
            if each.name in ("DTSTART", "DTEND"):
                yield each.value.strip()[:_A_DATE]

    @property
    def has_length(self) -> bool:
        """Whether it says how long it takes, in place of its end."""
        return any(each.name == "DURATION" for each in self._properties)


def _called(attendee: Property) -> Iterator[str]:
    """What a person invited is known by: Apple's calendar writes a path for the address."""
    yield address_of(attendee.value)
    for name in ("EMAIL", "CN"):
        yield address_of(attendee.parameters.get(name, "")) or "nobody"


def address_of(text: str) -> str:
    """An e-mail address or a name as it is compared: `Berg, Ann` is `Ann Berg`."""
    plain = " ".join(text.split()).casefold().removeprefix("mailto:").strip()
    last, comma, first = plain.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else plain
