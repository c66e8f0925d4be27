"""The time zones that a calendar names: of the world, of Windows, or defined by itself.

Names of Windows are those of CLDR's `windowsZones`, which icalendar ships. Where a file defines
no zone of a name, the name is taken as vendors write it: in any case, behind a prefix
(`tzone://Microsoft/Utc`), with a number behind it (`W. Europe Standard Time 1`), as an offset
(`GMT+0100`), or as it is shown to people (`(UTC+01:00) Amsterdam, Berlin, Bern`, in CLDR's
words of some thirty languages, as `heure normale d'Europe centrale`).
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from campaign.reading.calendars.content_lines import Block, Property
from campaign.reading.cells.months import LANGUAGES

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
_MOST_OFFSET = dt.timedelta(hours=15)
_JANUARY = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
_JULY = dt.datetime(2027, 7, 15, tzinfo=dt.UTC)
# What no table has: names in use beside Windows' own, and Windows' in other languages.
_SPOKEN: Mapping[str, str] = MappingProxyType(
    {
        "coordinated universal time": "UTC",
        "greenwich": "UTC",
        "z": "UTC",
        "zulu": "UTC",
        "mitteleurop\u00e4ische zeit": "Europe/Berlin",
        "mitteleurop\u00e4ische sommerzeit": "Europe/Berlin",
        "mez": "Europe/Berlin",
        "mesz": "Europe/Berlin",
        "cest": "Europe/Berlin",
        "central european": "Europe/Berlin",
        "central europe": "Europe/Budapest",
        "western european": "Europe/Lisbon",
        "eastern european": "Europe/Helsinki",
        "paris, madrid": "Europe/Paris",
        "british": "Europe/London",
        "india": "Asia/Kolkata",
        "japan": "Asia/Tokyo",
        "eastern": "America/New_York",
        "us-eastern": "America/New_York",
        "edt": "America/New_York",
        "central": "America/Chicago",
        "us-central": "America/Chicago",
        "cdt": "America/Chicago",
        "mountain": "America/Denver",
        "us-mountain": "America/Denver",
        "mdt": "America/Denver",
        "pacific": "America/Los_Angeles",
        "us-pacific": "America/Los_Angeles",
        "pst": "America/Los_Angeles",
        "pdt": "America/Los_Angeles",
        "arizona": "America/Phoenix",
        "alaska": "America/Anchorage",
        "hawaii": "Pacific/Honolulu",
        "atlantic": "America/Halifax",
        "newfoundland": "America/St_Johns",
        "beijing": "Asia/Shanghai",
        "mumbai": "Asia/Kolkata",
        "new delhi": "Asia/Kolkata",
        "chennai": "Asia/Kolkata",
        "osaka": "Asia/Tokyo",
        "edinburgh": "Europe/London",
        "bern": "Europe/Zurich",
        "canberra": "Australia/Sydney",
        "wellington": "Pacific/Auckland",
        "abu dhabi": "Asia/Dubai",
        "st. petersburg": "Europe/Moscow",
        "kyiv": "Europe/Kiev",
        "brasilia": "America/Sao_Paulo",
        "hora oficial do brasil": "America/Sao_Paulo",
        "hora padr\u00e3o do brasil": "America/Sao_Paulo",
        "europe": "Europe/Berlin",
        "westeuropa": "Europe/Berlin",
        "west-europa": "Europe/Berlin",
        "v\u00e4steuropa": "Europe/Berlin",
        "vesteuropa": "Europe/Berlin",
        "europa occidentale": "Europe/Berlin",
        "bst": "Europe/London",
        "eest": "Europe/Helsinki",
        "msk": "Europe/Moscow",
        "sast": "Africa/Johannesburg",
        "sgt": "Asia/Singapore",
        "hkt": "Asia/Hong_Kong",
        "jst": "Asia/Tokyo",
        "kst": "Asia/Seoul",
        "awst": "Australia/Perth",
        "acst": "Australia/Adelaide",
        "acdt": "Australia/Adelaide",
        "aest": "Australia/Sydney",
        "aedt": "Australia/Sydney",
        "nzst": "Pacific/Auckland",
        "nzdt": "Pacific/Auckland",
        "akst": "America/Anchorage",
        "akdt": "America/Anchorage",
        "adt": "America/Halifax",
        "nst": "America/St_Johns",
        "ndt": "America/St_Johns",
        "brt": "America/Sao_Paulo",
        # Windows' own of earlier years
        "malay peninsula": "Asia/Singapore",
        "mexico": "America/Mexico_City",
        "mexico standard time 2": "America/Chihuahua",
        "mid-atlantic": "Etc/GMT+2",
        "prague bratislava": "Europe/Prague",
        "warsaw": "Europe/Warsaw",
        "bangkok": "Asia/Bangkok",
        "armenian": "Asia/Yerevan",
    }
)


class Zones:
    """The zones of one file by the names that stand in it.

    What the file defines under a name goes before what vendors may mean by it, but not before
    a name of the world or of Windows, whose definitions in files are often old.
    """

    def __init__(self, definitions: Iterable[Block]) -> None:
        self._definitions: dict[str, Block] = {}
        for block in definitions:
            names = [each.text for each in block.properties() if each.name == "TZID"]
            if names and block.is_whole:
                self._definitions.setdefault(_bare(names[0]), block)
        self._found: dict[str, dt.tzinfo | None] = {}

    def zone(self, tzid: str) -> dt.tzinfo | None:
        """The zone of a TZID; None where nobody knows it."""
        if tzid not in self._found:
            name = _bare(tzid)
            self._found[tzid] = _of_the_world(name) or self._defined(name) or _of_vendors(name)
        return self._found[tzid]

    def zone_of(self, each: Property) -> dt.tzinfo | None:
        """The zone that a line names; None for none, and for one that nobody knows."""
        tzid = each.parameters.get("TZID", "")
        return self.zone(tzid) if tzid else None

    def _defined(self, tzid: str) -> dt.tzinfo | None:
        block = self._definitions.get(tzid)
        return _as_defined(block.lines) if block else None


def _bare(tzid: str) -> str:
    return " ".join(tzid.strip().strip('"').split())


@cache
def _known() -> Mapping[str, str]:
    """Each name of the world and of Windows, in small letters, with the zone it stands for."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 (slow)

    windows = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
    return windows | {name.casefold(): name for name in sorted(available_timezones())}


@cache
def _of_the_world(tzid: str) -> dt.tzinfo | None:
    """A zone by its name or Windows' name, in any case, or behind the prefix of a vendor."""
    parts = tzid.strip("/").casefold().split("/")
    names = ("/".join(parts[start:]) for start in range(len(parts)))
    found = next((_known()[name] for name in names if name in _known()), "")
    return ZoneInfo(found) if found else None


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
    looks_up = (_by_name, _by_words, _by_first_city, _in_other_words)
    found = next(filter(None, (look_up(tzid) for look_up in looks_up)), "")
    return ZoneInfo(found) if found else None


def _by_name(tzid: str) -> str:
    for name in _loosened(tzid):
        found = _SPOKEN.get(name) or _known().get(name) or _known().get(f"{name} standard time")
        found = found or _cities().get(name.replace(" ", "_"))
        if found:
            return found
    return ""


def _loosened(tzid: str) -> Iterator[str]:
    name = tzid.rpartition("/")[2].casefold() if "://" in tzid else tzid.casefold()
    yield name
    name = _NUMBERED.sub("", name)
    yield name
    yield _SEASON.sub("", _SEASON.sub("", name)).strip(" ,")
    yield name.rpartition("/")[2]


def _by_words(tzid: str) -> str:
    """A name of the world among other words or between other signs, as `TZ=Europe.Berlin`."""
    words = _BETWEEN.sub(" ", tzid.casefold()).split()
    spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
    names = (" ".join(words[first:last]) for first, last in spans)
    return next((_by_signs()[name] for name in names if name in _by_signs()), "")


@cache
def _by_signs() -> Mapping[str, str]:
    """The names of the world that are more than one word, and its cities, with bare spaces."""
    cities = {name.replace("_", " "): zone for name, zone in _cities().items()}
    known = ((_BETWEEN.sub(" ", name), zone) for name, zone in _known().items() if "/" in name)
    return cities | dict(known)


def _by_first_city(tzid: str) -> str:
    """The zone of the first place that is known of several."""
    first, *others = [each.strip() for each in re.split("[,;]", tzid)]
    return next(filter(None, map(_by_name, (first, *others))), "") if others else ""


def _in_other_words(tzid: str) -> str:
    """A zone by its name in CLDR, in any of the languages that lists come in."""
    return _words_of_languages().get(tzid.casefold().replace("'", "\u2019"), "")


@cache
def _words_of_languages() -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415 (a second: only for a name that is not known else)
    from babel.core import get_global  # noqa: PLC0415 (the same)

    zones: dict[str, list[str]] = {}
    for zone, group in get_global("meta_zones").items():
        zones.setdefault(group, []).append(zone)
    usual = frozenset(get_global("windows_zone_mapping").values())
    best = {
        group: _PLAIN.get(group) or min(names, key=lambda one: (one not in usual, one))
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
_PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "America_Eastern": "America/New_York",
        "Australia_Eastern": "Australia/Sydney",
        "Europe_Central": "Europe/Berlin",
        "Europe_Eastern": "Europe/Helsinki",
        "Europe_Western": "Europe/Lisbon",
    }
)


def _shown_as(text: str, east: dt.timedelta) -> dt.tzinfo | None:
    """The zone of one of the places that stand behind an offset, if it has that offset."""
    cities = _cities()
    names = [each.strip().casefold() for each in re.split("[,;:/]", text)]
    for name in (name for whole in names for name in _loosened(whole)):
        found = cities.get(name.replace(" ", "_")) or _SPOKEN.get(name)
        found = found or _known().get(f"{name} standard time")
        if found and east in _offsets(found):
            return ZoneInfo(found)
    return None


@cache
def _cities() -> Mapping[str, str]:
    """Zones by their last word, which is a city."""
    return {
        name.rpartition("/")[2].casefold(): name
        for name in sorted(available_timezones(), reverse=True)
        if name.startswith(_PARTS)
    }


def _offsets(name: str) -> tuple[dt.timedelta | None, ...]:
    zone = ZoneInfo(name)
    return tuple(when.astimezone(zone).utcoffset() for when in (_JANUARY, _JULY))


@cache
def _as_defined(lines: tuple[str, ...]) -> dt.tzinfo | None:
    """The zone that a definition describes, by icalendar; None for a broken one."""
    from icalendar.cal import Timezone  # noqa: PLC0415

    rules = [line for line in lines if line[:5].upper() == "RRULE"]
    if not all(map(_YEARLY.search, rules)):
        return None
    text = "\r\n".join(("BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE", ""))
    try:
        zone: dt.tzinfo = cast("Timezone", Timezone.from_ical(text)).to_tz(lookup_tzid=False)
        return zone if _JANUARY.astimezone(zone).utcoffset() is not None else None
    except Exception:  # noqa: BLE001 (a foreign parser on foreign bytes may raise anything)
        return None
