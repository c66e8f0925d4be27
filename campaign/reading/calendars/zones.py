"""The time zones that a calendar names: of the world, of Windows, or defined by itself."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from zoneinfo import available_timezones

from campaign.reading.calendars.blocks import Block

_YEARLY = re.compile(r"FREQ=YEARLY", re.IGNORECASE)


class Zones:
    """Names by which icalendar knows the zones of one file.

    A zone that the file defines goes by the hash of its definition: what another file
    defined under the same name, as Outlook's "Customized Time Zone", is not taken for it.
    """

    def __init__(self, definitions: Iterable[Block]) -> None:
        self._definitions: dict[str, Block] = {}
        for block in definitions:
            names = [each.text for each in block.properties() if each.name == "TZID"]
            if names and block.is_whole:
                self._definitions.setdefault(_bare(names[0]), block)
        self._found: dict[str, str] = {}

    def name(self, tzid: str) -> str:
        """The name to read a TZID under; empty where nobody knows it."""
        tzid = _bare(tzid)
        if tzid not in self._found:
            self._found[tzid] = _of_the_world(tzid) or self._defined(tzid)
        return self._found[tzid]

    def _defined(self, tzid: str) -> str:
        block = self._definitions.get(tzid)
        return _registered(block.lines) if block else ""


def _bare(tzid: str) -> str:
    return " ".join(tzid.strip().strip('"').split())


@cache
def _of_the_world(tzid: str) -> str:
    """An IANA name, from itself, from Windows' name, or behind the prefix of a vendor."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 (slow)

    known = available_timezones()
    parts = tzid.strip("/").split("/")
    names = ["/".join(parts[start:]) for start in range(len(parts))]
    found = next((name for name in names if name in known), "")
    return found or WINDOWS_TO_OLSON.get(tzid, "")


@cache
def _registered(lines: tuple[str, ...]) -> str:
    """The name under which icalendar now knows a definition; empty for a broken one."""
    from icalendar.cal import Timezone  # noqa: PLC0415
    from icalendar.timezone import tzp  # noqa: PLC0415

    rules = [line for line in lines if line[:5].upper() == "RRULE"]
    if not all(map(_YEARLY.search, rules)):
        return ""
    kept = [line for line in lines if line[:4].upper() != "TZID"]
    digest = hashlib.sha256("\n".join(kept).encode("utf-8", "surrogatepass")).hexdigest()
    name = f"campaign-{digest[:24]}"
    text = "\r\n".join(("BEGIN:VTIMEZONE", f"TZID:{name}", *kept, "END:VTIMEZONE", ""))
    try:
        tzp.cache_timezone_component(Timezone.from_ical(text))
        known = tzp.timezone(name) is not None
    except Exception:  # noqa: BLE001 (a foreign parser on foreign bytes may raise anything)
        return ""
    return name if known else ""
