"""Where an address is, and in which time zone, offline: by postal code, else by city.

Postal codes are known of the United States (the `zipcodes` package) and of Germany
(`german_postal_codes.txt.xz`), cities of every country: `cities.zip` (GeoNames, CC BY 4.0)
holds a text for each country, its places from 1,000 inhabitants on, the largest first
(`.ci/cities.py` builds it, `cities.md` names source and licence). Measured against places with
coordinates: half of the US postal codes lie within 2 km and 99 % within 20 km, of the German
ones 1.7 and 11 km; a city is as good as its size.
"""

import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from math import asin, cos, dist, hypot, inf, radians, sin
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from campaign.geography.travel import kilometres
from campaign.model.accounts import Account
from campaign.model.values import Coordinates, Precision, with_known
from campaign.shipped import shipped_toml
from campaign.workdays import subdivision

if TYPE_CHECKING:
    from zipfile import ZipFile

_DIGITS = 5
_APART_KM = 50
_NEAR_A_TOWN_KM = 30
_ROUNDING = 1e-9
_ALIKE = {"saint": "st", "sankt": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_UMLAUTS = re.compile(r"(?<=[aou])e")
_REGIONS = "geography/regions.toml"


@frozen
class FoundPlace:
    """A place that was found: how it was found, and by what name it goes there.

    `region` is where it lies, as GeoNames codes it, empty where that is not known.
    `others` counts further places of that name in the country, so far from it that the
    wrong one may have been taken.
    """

    coordinates: Coordinates
    precision: Precision
    timezone: str = field(kw_only=True)
    name: str = field(kw_only=True)
    region: str = field(default="", kw_only=True)
    others: int = field(default=0, kw_only=True)


def located(account: Account, country: str = "") -> Account:
    """The account with coordinates and a time zone as far as they can be known.

    What it has is kept. `country` is where it is if it does not say so itself; the
    account's `precision` tells how its place is known.
    """
    place, precision, zone = account.coordinates, account.located_by, ""
    if place is None:
        spot = find_account(account, country)
        if spot is None:
            return account
        place, precision, zone = spot.coordinates, spot.precision, spot.timezone
    return with_known(
        account,
        latitude=place.latitude,
        longitude=place.longitude,
        located_by=precision,
        timezone=account.timezone or zone or zone_at(place),
    )


def find_account(account: Account, country: str = "") -> FoundPlace | None:
    """Where the address of an account is, whatever coordinates it has."""
    return find(
        account.country or country,
        postal_code=account.postal_code,
        city=account.city,
        region=account.region,
    )


def find(
    country: str, *, postal_code: str = "", city: str = "", region: str = ""
) -> FoundPlace | None:
    """The place of a postal code, else of a city, in a country (ISO 3166 code); None for none."""
    return find_postal_code(country, postal_code) or find_city(country, city, region)


@lru_cache(maxsize=100_000)
def find_postal_code(country: str, postal_code: str) -> FoundPlace | None:
    """The middle of a postal code; zeros that a spreadsheet took from its front are put back."""
    digits = postal_code.strip().partition("-")[0].strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
        return None
    code, by = digits.zfill(_DIGITS), Precision.POSTAL_CODE
    if country == "US":
        for found in _americans(code[:3]).get(code, ()):
            place = Coordinates(float(found["lat"]), float(found["long"]))
            if (place.latitude, place.longitude) != (0, 0):
                name, state = f"{code} {found['city']}, {found['state']}", found["state"]
                zone = found["timezone"] or zone_at(place)
                return FoundPlace(place, by, timezone=zone, name=name, region=state)
    elif country == "DE" and code in _germans():
        north, east = _germans()[code].split()
        place = Coordinates(float(north), float(east))
        return FoundPlace(place, by, timezone="Europe/Berlin", name=code)
    return None


@cache
def _americans(beginning: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """All of an area by the code, since the package goes over the whole country each time."""
    import zipcodes  # noqa: PLC0415 (only where US postal codes are)

    found: dict[str, list[Mapping[str, str]]] = {}
    for each in zipcodes.similar_to(beginning):  # type: ignore[no-untyped-call] # it has no types
        found.setdefault(each["zip_code"], []).append(each)
    return found


@cache
def _germans() -> Mapping[str, str]:
    """Latitude and longitude of each code, from the file that ships."""
    packed = files("campaign.geography").joinpath("german_postal_codes.txt.xz").read_bytes()
    lines = lzma.decompress(packed).decode("ascii").split("\n")
    return dict(line.split(" ", 1) for line in lines)


@lru_cache(maxsize=100_000)
def find_city(country: str, city: str, region: str = "") -> FoundPlace | None:
    """The middle of a city, the largest of that name in its region, else in the country."""
    found = cities(country, city, region) if country and city.strip() else ()
    if not found:
        return None
    first, *rest = found
    name = f"{first.name}, {first.region}" if first.region.isalpha() else first.name
    far = (kilometres(first.coordinates, one.coordinates) > _APART_KM for one in rest)
    return evolve(first, name=name, others=sum(far))


def cities(country: str, name: str, region: str = "") -> tuple[FoundPlace, ...]:
    """The cities of that name in a country (ISO 3166 code), the largest first.

    With a region that is known, those in it, if there are any. Names go without case and
    accents, also in other languages for the larger cities.
    """
    found = _named(country, name)
    return _within(found, country, region) or found


def _named(country: str, name: str) -> tuple[FoundPlace, ...]:
    known = _of_country(country)
    for text in (name, name.partition(",")[0], name.partition("(")[0]):
        for key in (key_of(text), _UMLAUTS.sub("", key_of(text))):
            if key and key in known:
                return tuple(_city(line, known) for line in known[key])
    return ()


def _within(found: Iterable[FoundPlace], country: str, region: str) -> tuple[FoundPlace, ...]:
    code = region_code(country, region)
    return tuple(city for city in found if city.region == code)


def countries_of(name: str, region: str = "") -> tuple[str, ...]:
    """The codes of the countries that have a city of that name, in that region if one is said."""
    key = key_of(name)
    if not key:
        return ()
    line = re.compile(rf"[\t ]{re.escape(key)}(?: |$)".encode(), re.MULTILINE)
    with _archive() as archive:
        found = [code for code in sorted(archive.namelist()) if line.search(archive.read(code))]
    return tuple(code for code in found if not region or _within(_named(code, name), code, region))


def key_of(name: str) -> str:
    """The letters and digits of a name that are compared, accents and case taken off."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.split(r"[\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "".join(_ALIKE.get(word, word) for word in words)


def _archive() -> "ZipFile":
    from zipfile import ZipFile  # noqa: PLC0415 (only where a city is looked up)

    return ZipFile(BytesIO(files("campaign.geography").joinpath("cities.zip").read_bytes()))


@cache
def _of_country(country: str) -> Mapping[str, list[str]]:
    """The lines of a country by the keys of their names; under "" the time zones."""
    with _archive() as archive:
        if country not in archive.namelist():
            return {}
        zones, *lines = archive.read(country).decode().split("\n")
    found: dict[str, list[str]] = {"": zones.split(" ")}
    for line in lines:
        for key in line.rpartition("\t")[2].split(" "):
            found.setdefault(key, []).append(line)
    return found


def _city(line: str, known: Mapping[str, list[str]]) -> FoundPlace:
    name, region, latitude, longitude, zone, _ = line.split("\t")
    place, there = Coordinates(float(latitude), float(longitude)), known[""][int(zone)]
    return FoundPlace(place, Precision.CITY, timezone=there, name=name, region=region)


def nearest_city(country: str, place: Coordinates) -> FoundPlace | None:
    """The city of a country that lies nearest to a place, by the straight line in degrees."""
    known = _of_country(country)
    lines = {line for key, lines in known.items() if key for line in lines}
    shrunk = cos(radians(place.latitude))

    def _apart(city: FoundPlace) -> tuple[float, str]:
        east = (city.coordinates.longitude - place.longitude) * shrunk
        return hypot(city.coordinates.latitude - place.latitude, east), city.name

    return min((_city(line, known) for line in lines), key=_apart, default=None)


def region_code(country: str, region: str) -> str:
    """GeoNames' code of a region, the text itself where the country's are not listed."""
    word = region.strip().upper().removeprefix(f"{country}-")
    return _codes(country).get(key_of(word), word)


@cache
def _codes(country: str) -> Mapping[str, str]:
    table = shipped_toml(_REGIONS).get(country, {})
    return {key_of(name): code for code, names in table.items() for name in (code, *names)}


def region_at(country: str, place: Coordinates) -> str:
    """The code of the region whose public holidays hold at a place; empty where not known.

    It is that of the nearest town, unless that is far.
    """
    city = nearest_city(country, place)
    if city is None or kilometres(city.coordinates, place) > _NEAR_A_TOWN_KM:
        return ""
    # the ISO 3166-2 code first, where regions of the country are listed
    names = (*shipped_toml(_REGIONS).get(country, {}).get(city.region, ()), city.region)
    return next(filter(None, (subdivision(country, name) for name in names)), "")


def zone_at(place: Coordinates) -> str:
    """The IANA time zone of a place (simplified borders, good to some 3 km).

    Empty beyond the waters of any country.
    """
    from tzfpy import get_tz  # noqa: PLC0415 (only where no zone is given)

    zone = get_tz(place.longitude, place.latitude)
    return "" if zone.startswith("Etc/") else zone


def medoid(places: Sequence[Coordinates]) -> Coordinates | None:
    """The place whose distances to all others sum to the least; the first of equals.

    Exact, without measuring every pair: a place at distance d from one whose distances sum
    to S has itself a sum of at least |S - n d| (Newling and Fleuret, 2017, "A sub-quadratic
    exact medoid algorithm"). Begins in the middle, where the least sums are. Distances are
    great circles in radians.
    """
    if not places:
        return None
    counted = Counter(places)
    distinct, counts = list(counted), list(counted.values())
    points = []
    for place in distinct:
        north, east = radians(place.latitude), radians(place.longitude)
        points.append((cos(north) * cos(east), cos(north) * sin(east), sin(north)))
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    floors = [0.0] * len(points)
    best = (inf, -1)
    for at in sorted(range(len(points)), key=lambda at: (dist(points[at], middle), at)):
        if floors[at] > best[0]:
            continue
        here = points[at]
        arcs = [2 * asin(min(1.0, dist(here, other) / 2)) for other in points]
        total = sum(arc * count for arc, count in zip(arcs, counts, strict=True))
        best = min(best, (total, at))
        floors = [
            max(floor, abs(total - len(places) * arc) - _ROUNDING)
            for floor, arc in zip(floors, arcs, strict=True)
        ]
    return distinct[best[1]]
