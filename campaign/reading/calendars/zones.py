"""The time zones that a calendar names: of the world, of Windows, or defined by itself.

Names of Windows are those of CLDR, which babel ships. Where a file defines no zone of a name,
the name is taken as vendors write it: in any case, behind a prefix (`tzone://Microsoft/Utc`),
with a number behind it (`W. Europe Standard Time 1`), as an offset (`GMT+0100`), or as it is
shown to people (`(UTC+01:00) Amsterdam, Berlin, Bern`, in CLDR's words of some thirty
languages, as `heure normale d'Europe centrale`). What no table has stands in `zones.toml`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from campaign.reading.calendars.components import Component
from campaign.reading.cells.months import LANGUAGES
from campaign.shipped import shipped_toml

_YEARLY = re.compile(r"FREQ=YEARLY", re.IGNORECASE)
_OFFSET = re.compile(
    r"\(?(?:UTC|GMT|Z)?\s*([+-\u2212])(\d{1,2})(?:[:.]?(\d{2}))?(?:[:.]?00)?\)?\s*(.*)",
    re.IGNORECASE | re.ASCII,
)
_ZERO = re.compile(r"\(?(?:UTC|GMT)(?:[+-]0+(?::?00)?)?\)\s*(.*)", re.IGNORECASE | re.ASCII)
_NUMBERED = re.compile(r"[ _-]+\d+$", re.ASCII)
_SEASON = re.compile(
    r" *\(.*\)$|[ ,]*(?:(?:standard|daylight|summer) time|time|normaltid|standardtid|sommart?id"
    r"|sommertid|standaardtijd|zomertijd|normalzeit|sommerzeit|zeit)$"
    r"|^(?:hora (?:est\u00e1ndar|de verano)|ora (?:standard|solare|legale):?) "
    r"|^heure (?:normale|d.\u00e9t\u00e9) "
)
_BETWEEN = re.compile(r"[\W_]+")
_PARTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")
_MOST_WORDS = 20
_MOST_OFFSET = dt.timedelta(hours=15)
_JANUARY = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
_JULY = dt.datetime(2027, 7, 15, tzinfo=dt.UTC)


class Zones:
    """The zones of one file by the names that stand in it.

    What the file defines under a name goes before what vendors may mean by it, but not before
    a name of the world or of Windows, whose definitions in files are often old.
    """

    def __init__(self, definitions: Iterable[Component]) -> None:
        self._definitions: dict[str, tuple[str, ...]] = {}
        for one in definitions:
            names = [each.text for each in one.properties if each.name == "TZID"]
            if names and one.is_whole:
                self._definitions.setdefault(_bare(names[0]), tuple(one.lines))

    def zone(self, tzid: str) -> dt.tzinfo | None:
        """The zone of a TZID; None for none, and where nobody knows it."""
        if not tzid:
            return None
        name = _bare(tzid)
        return _of_the_world(name) or _defined(self._definitions.get(name)) or _of_vendors(name)


def _bare(tzid: str) -> str:
    return " ".join(tzid.strip().strip('"').split())


@cache
def _of_the_world(tzid: str) -> dt.tzinfo | None:
    """A zone by its name or Windows' name, in any case, or behind the prefix of a vendor."""
    parts = tzid.strip("/").casefold().split("/")
    names = ("/".join(parts[start:]) for start in range(len(parts)))
    found = next((_known()[name] for name in names if name in _known()), "")
    return ZoneInfo(found) if found else None


@cache
def _defined(lines: tuple[str, ...] | None) -> dt.tzinfo | None:
    """The zone that a definition describes, by icalendar; None for none and a broken one."""
    rules = [line for line in lines or () if line[:5].upper() == "RRULE"]
    if not lines or not all(map(_YEARLY.search, rules)):
        return None
    from icalendar.cal import Timezone  # noqa: PLC0415 (only for what a file defines)

    text = "\r\n".join(("BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE", ""))
    try:
        zone: dt.tzinfo = cast("Timezone", Timezone.from_ical(text)).to_tz(lookup_tzid=False)
        return zone if _JANUARY.astimezone(zone).utcoffset() is not None else None
    except Exception:  # noqa: BLE001 (a foreign parser on foreign bytes may raise anything)
        return None


@cache
def _of_vendors(tzid: str) -> dt.tzinfo | None:
    """A zone by the looser forms in which vendors name it."""
    zero, offset = _ZERO.fullmatch(tzid), _OFFSET.fullmatch(tzid)
    if zero:
        return _shown_as(zero[1], dt.timedelta()) or dt.UTC
    if offset:
        east = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if east > _MOST_OFFSET:
            return None
        east = east if offset[1] == "+" else -east
        return _shown_as(offset[4], east) or (None if offset[4] else dt.timezone(east))
    # A name among other words or between other signs, as `TZ=Europe.Berlin`: the longest.
    words = _BETWEEN.sub(" ", tzid.casefold()).split()[:_MOST_WORDS]
    spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
    among = [" ".join(words[first:last]) for first, last in spans]
    spaced = {_BETWEEN.sub(" ", name): zone for name, zone in _known().items() if "/" in name}
    places = [each.strip() for each in re.split("[,;]", tzid)]
    found = (
        _first(_names(), _loosened(tzid))
        or _first(_cities() | spaced, among)
        or _first(_names(), (name for place in places for name in _loosened(place)))
        or _of_languages().get(tzid.casefold().replace("'", "\u2019"))
    )
    return ZoneInfo(found) if found else None


def _shown_as(text: str, east: dt.timedelta) -> dt.tzinfo | None:
    """The zone of one of the places that stand behind an offset, if it has that offset."""
    for name in (name for part in re.split("[,;:/]", text) for name in _loosened(part.strip())):
        if name in _names():
            zone = ZoneInfo(_names()[name])
            if east in {each.astimezone(zone).utcoffset() for each in (_JANUARY, _JULY)}:
                return zone
    return None


def _first(zones: Mapping[str, str], names: Iterable[str]) -> str:
    return next((zones[name] for name in names if name in zones), "")


def _loosened(tzid: str) -> Iterator[str]:
    """A name in small letters, and without what vendors put before or behind it."""
    name = (tzid.rpartition("/")[2] if "://" in tzid else tzid).casefold().replace("_", " ")
    yield name
    name = _NUMBERED.sub("", name)
    yield name
    yield _SEASON.sub("", _SEASON.sub("", name)).strip(" ,")
    yield name.rpartition("/")[2]


@cache
def _known() -> dict[str, str]:
    """Each name of the world and of Windows, in small letters, with the zone it stands for."""
    from babel.core import get_global  # noqa: PLC0415 (only for a calendar)

    windows = {name.casefold(): zone for name, zone in get_global("windows_zone_mapping").items()}
    return windows | {name.casefold(): name for name in sorted(available_timezones())}


@cache
def _cities() -> dict[str, str]:
    """Zones by their last word, which is a city."""
    names = (
        name for name in sorted(available_timezones(), reverse=True) if name.startswith(_PARTS)
    )
    return {name.rpartition("/")[2].casefold().replace("_", " "): name for name in names}


@cache
def _names() -> Mapping[str, str]:
    """Zones by what stands for them alone: cities, known names, and what people say."""
    short = {name.removesuffix(" standard time"): zone for name, zone in _known().items()}
    known = {name.replace("_", " "): zone for name, zone in _known().items()}
    tables = shipped_toml("reading/calendars/zones.toml")
    said = {name: zone for zone, names in tables.items() for name in names}
    return _cities() | short | known | said


@cache
def _of_languages() -> Mapping[str, str]:
    """Zones by their names in CLDR, in any of the languages that lists come in."""
    from babel import Locale  # noqa: PLC0415 (a second: only for a name that is not known else)
    from babel.core import get_global  # noqa: PLC0415 (the same)

    zones: dict[str, list[str]] = {}
    for zone, group in get_global("meta_zones").items():
        zones.setdefault(group, []).append(zone)
    usual = frozenset(get_global("windows_zone_mapping").values())
    best = {
        group: _MEANT.get(group) or min(names, key=lambda one: (one not in usual, one))
        for group, names in zones.items()
    }
    return {
        name.casefold(): best[group]
        for language in LANGUAGES
        for group, widths in Locale(language).meta_zones.items()
        if group in best
        for name in widths.get("long", {}).values()
    }


# Of the zones of a group the one that is meant by its name; of others the first.
_MEANT = {
    "America_Eastern": "America/New_York",
    "Australia_Eastern": "Australia/Sydney",
    "Europe_Central": "Europe/Berlin",
    "Europe_Eastern": "Europe/Helsinki",
    "Europe_Western": "Europe/Lisbon",
}
