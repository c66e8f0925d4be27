"""Where an address is, and in which time zone, offline: by postal code, else by city.

Postal codes are known of the United States (the `zipcodes` package) and of Germany
(`german_postal_codes.txt.xz`), cities of every country (`cities`, GeoNames). Measured against
places with coordinates: half of the US postal codes lie within 2 km and 99 % within 20 km,
of the German ones 1.7 and 11 km; a city is as good as its size.
"""

import lzma
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from attrs import field, frozen

from campaign.geography.cities import City, cities, names_of_region, nearest_city
from campaign.geography.travel import kilometres
from campaign.model.accounts import Account
from campaign.model.values import Coordinates, Precision, with_known
from campaign.workdays import subdivision

_DIGITS = 5
_APART_KM = 50
_NEAR_A_TOWN_KM = 30


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


@lru_cache(maxsize=100_000)
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
    code = digits.zfill(_DIGITS)
    if country == "US":
        return _american(code)
    return _german(code) if country == "DE" else None


def _american(code: str) -> FoundPlace | None:
    for found in _americans(code[:3]).get(code, ()):
        place = Coordinates(float(found["lat"]), float(found["long"]))
        if (place.latitude, place.longitude) != (0, 0):
            name = f"{code} {found['city']}, {found['state']}"
            zone = found["timezone"] or zone_at(place)
            state = found["state"]
            return FoundPlace(place, Precision.POSTAL_CODE, timezone=zone, name=name, region=state)
    return None


@cache
def _americans(beginning: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """All of an area by the code, since the package goes over the whole country each time."""
    import zipcodes  # noqa: PLC0415 (only where US postal codes are)

    found: dict[str, list[Mapping[str, str]]] = {}
    for each in zipcodes.similar_to(beginning):  # type: ignore[no-untyped-call] # it has no types
        found.setdefault(each["zip_code"], []).append(each)
    return found


def _german(code: str) -> FoundPlace | None:
    found = _germans().get(code)
    if found is None:
        return None
    north, east = found.split()
    place = Coordinates(float(north), float(east))
    return FoundPlace(place, Precision.POSTAL_CODE, timezone="Europe/Berlin", name=code)


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
    return FoundPlace(
        first.coordinates,
        Precision.CITY,
        timezone=first.timezone,
        name=_name(first),
        region=first.region,
        others=sum(kilometres(first.coordinates, one.coordinates) > _APART_KM for one in rest),
    )


def _name(city: City) -> str:
    return f"{city.name}, {city.region}" if city.region.isalpha() else city.name


def region_at(country: str, place: Coordinates) -> str:
    """The code of the region whose public holidays hold at a place; empty where not known.

    It is that of the nearest town, unless that is far.
    """
    city = nearest_city(country, place)
    if city is None or kilometres(city.coordinates, place) > _NEAR_A_TOWN_KM:
        return ""
    codes = (subdivision(country, name) for name in names_of_region(country, city.region))
    return next(filter(None, codes), "")


def zone_at(place: Coordinates) -> str:
    """The IANA time zone of a place (simplified borders, good to some 3 km).

    Empty beyond the waters of any country.
    """
    from tzfpy import get_tz  # noqa: PLC0415 (only where no zone is given)

    zone = get_tz(place.longitude, place.latitude)
    return "" if zone.startswith("Etc/") else zone
