"""The meetings of the rep's own calendar put on known places, offline."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from campaign.geography.places import FoundPlace, find_city, find_postal_code
from campaign.geography.travel import kilometres
from campaign.model.accounts import Account
from campaign.model.busy import Busy
from campaign.model.values import Coordinates
from campaign.reading.columns.headings import folded

_SHORTEST_NAME = 6
_NEAR_KM = 50
_PARTS = re.compile(r"[,;()\n]+")
_POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(?:-\d{4})?(?!\d)", re.ASCII)


def at_known_places(
    busy: Iterable[Busy], accounts: Iterable[Account], country: str
) -> tuple[Busy, ...]:
    """The busy times, each with the coordinates of its location where that can be known.

    It is known where it names an account or its address, and where it is an address with a
    postal code and its town, or with a town and its region, of the country. A location that
    fits several places is left as it is.
    """
    busy = tuple(busy)
    known = dict(_known(accounts)) if any(each.where for each in busy) else {}
    places: dict[str, Coordinates | None] = {}
    found: list[Busy] = []
    for each in busy:
        if each.where and each.place is None:
            if each.where not in places:
                place = _place(folded(each.where), known)
                places[each.where] = place or _by_address(each.where, country)
            each = evolve(each, place=places[each.where])  # noqa: PLW2901 (the same, placed)
        found.append(each)
    return tuple(found)


def _known(accounts: Iterable[Account]) -> Iterator[tuple[str, frozenset[Coordinates]]]:
    """Names and streets with towns, folded, and where the accounts that have them are."""
    found: dict[str, set[Coordinates]] = {}
    for account in accounts:
        if account.coordinates is None:
            continue
        words = [folded(account.name), folded(account.street + account.city)]
        words += [folded(account.street + account.postal_code)] if account.postal_code else []
        for word in words:
            if len(word) >= _SHORTEST_NAME:
                found.setdefault(word, set()).add(account.coordinates)
    yield from ((word, frozenset(places)) for word, places in found.items())


def _place(location: str, known: Mapping[str, frozenset[Coordinates]]) -> Coordinates | None:
    fits = [places for word, places in known.items() if word in location]
    everywhere = frozenset[Coordinates]().union(*fits)
    return next(iter(everywhere)) if len(everywhere) == 1 else None


def _by_address(location: str, country: str) -> Coordinates | None:
    """The place of a location that reads as an address; None for none and for several."""
    if "://" in location:
        return None
    parts = [part.strip() for part in _PARTS.split(location) if part.strip()]
    found = set(_by_postal_code(location, parts, country)) or set(_by_region(parts, country))
    return next(iter(found)) if len(found) == 1 else None


def _by_postal_code(location: str, parts: Sequence[str], country: str) -> Iterator[Coordinates]:
    """The places of postal codes that stand beside their town or their region."""
    for code in _POSTAL_CODE.findall(location):
        spot = find_postal_code(country, code)
        if spot and (_names(location, spot) or any(_is_near(p, spot, country) for p in parts)):
            yield spot.coordinates


def _names(location: str, spot: FoundPlace) -> bool:
    """Whether a location names the town or the region of a postal code, as far as known."""
    town, _, region = spot.name.partition(" ")[2].rpartition(", ")
    return bool(town) and (folded(town) in folded(location) or region in location.split())


def _is_near(part: str, spot: FoundPlace, country: str) -> bool:
    """Whether a part of a location is a town at a postal code that has no name."""
    town = find_city(country, _POSTAL_CODE.sub("", part).strip())
    is_nameless = " " not in spot.name
    return bool(is_nameless and town and kilometres(spot.coordinates, town.coordinates) < _NEAR_KM)


def _by_region(parts: Sequence[str], country: str) -> Iterator[Coordinates]:
    """The places of towns that stand before the short name of their region, as `Salem, OR`."""
    for part, following in pairwise(parts):
        region = following.split(" ")[0].upper()
        spot = find_city(country, part, region)
        if spot and spot.name.endswith(f", {region}"):
            yield spot.coordinates


def said_of_places(busy: Sequence[Busy]) -> Iterator[str]:
    """A sentence on how many of the times that name a place are at a known one."""
    named = sum(bool(each.where or each.place) for each in busy)
    if named:
        known = sum(each.place is not None for each in busy)
        times = "1 time" if named == 1 else f"{named} times"
        verb = "is" if known == 1 else "are"
        yield (
            f"of {times} in the calendar that name a place, {known} {verb} at one that is known: "
            "the drives there are planned"
        )
