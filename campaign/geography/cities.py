"""Cities of the world by their names, from a file that ships: GeoNames, CC BY 4.0.

`cities.zip` holds a text for each country, its places from 1,000 inhabitants on, the
largest first. `.ci/cities.py` builds it; `cities.md` names source and licence.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import cos, hypot, radians
from types import MappingProxyType

from attrs import field, frozen

from campaign.model.values import Coordinates

_ALIKE = {"saint": "st", "sankt": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_UMLAUTS = re.compile(r"(?<=[aou])e")


@frozen
class City:
    """One place with a name: its region as GeoNames codes it, and its time zone."""

    name: str
    region: str
    coordinates: Coordinates = field(kw_only=True)
    timezone: str = field(kw_only=True)


def cities(country: str, name: str, region: str = "") -> tuple[City, ...]:
    """The cities of that name in a country (ISO 3166 code), the largest first.

    With a region that is known, those in it, if there are any. Names go without case and
    accents, also in other languages for the larger cities.
    """
    found = _named(country, name)
    code = region_code(country, region)
    return tuple(city for city in found if city.region == code) or found


def _named(country: str, name: str) -> tuple[City, ...]:
    known = _of_country(country)
    for text in (name, name.partition(",")[0], name.partition("(")[0]):
        for key in (key_of(text), _UMLAUTS.sub("", key_of(text))):
            if key and key in known:
                zones = known[""][0].split(" ")
                return tuple(_city(line, zones) for line in known[key])
    return ()


def countries_of(name: str, region: str = "") -> tuple[str, ...]:
    """The codes of the countries that have a city of that name, in that region if one is said."""
    from zipfile import ZipFile  # noqa: PLC0415 (only where no country is known)

    key = key_of(name)
    if not key:
        return ()
    line = re.compile(rf"[\t ]{re.escape(key)}(?: |$)".encode(), re.MULTILINE)
    with ZipFile(BytesIO(_data("cities.zip"))) as archive:
        found = [code for code in sorted(archive.namelist()) if line.search(archive.read(code))]
    return tuple(code for code in found if not region or _has(code, name, region))


def _has(country: str, name: str, region: str) -> bool:
    code = region_code(country, region)
    return any(city.region == code for city in _named(country, name))


def _city(line: str, zones: list[str]) -> City:
    name, region, latitude, longitude, zone, _ = line.split("\t")
    place = Coordinates(float(latitude), float(longitude))
    return City(name, region, coordinates=place, timezone=zones[int(zone)])


def key_of(name: str) -> str:
    """The letters and digits of a name that are compared, accents and case taken off."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.split(r"[\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "".join(_ALIKE.get(word, word) for word in words)


@cache
def _of_country(country: str) -> Mapping[str, list[str]]:
    """The lines of a country by the keys of their names; under "" the time zones."""
    from zipfile import ZipFile  # noqa: PLC0415 (only where a city is looked up)

    with ZipFile(BytesIO(_data("cities.zip"))) as archive:
        if country not in archive.namelist():
            return MappingProxyType({})
        zones, *lines = archive.read(country).decode().split("\n")
    found: dict[str, list[str]] = {"": [zones]}
    for line in lines:
        for key in line.rpartition("\t")[2].split(" "):
            found.setdefault(key, []).append(line)
    return MappingProxyType(found)


def nearest_city(country: str, place: Coordinates) -> City | None:
    """The city of a country that lies nearest to a place, by the straight line in degrees."""
    lines = {line for key, lines in _of_country(country).items() if key for line in lines}
    zones = _of_country(country)[""][0].split(" ") if lines else []
    shrunk = cos(radians(place.latitude))

    def apart(city: City) -> tuple[float, str]:
        east = (city.coordinates.longitude - place.longitude) * shrunk
        return hypot(city.coordinates.latitude - place.latitude, east), city.name

    return min((_city(line, zones) for line in lines), key=apart, default=None)


def names_of_region(country: str, code: str) -> tuple[str, ...]:
    """What a region of GeoNames' code is called: its ISO 3166-2 code first, where listed."""
    table: Mapping[str, Sequence[str]] = _region_table().get(country, {})
    return (*table.get(code, ()), code)


def _data(name: str) -> bytes:
    return files("campaign.geography").joinpath(name).read_bytes()


def region_code(country: str, region: str) -> str:
    """GeoNames' code of a region, the text itself where the country's are not listed."""
    word = region.strip().upper().removeprefix(f"{country}-")
    return _regions().get(country, {}).get(key_of(word), word)


@cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    return {
        country: {key_of(name): code for code, names in table.items() for name in (code, *names)}
        for country, table in _region_table().items()
    }


@cache
def _region_table() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(_data("regions.toml").decode())
