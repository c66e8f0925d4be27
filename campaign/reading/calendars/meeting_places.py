"""The meetings of the rep's own calendar put on known places, offline."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from attrs import evolve

from campaign.geography.places import find_city, find_postal_code
from campaign.geography.travel import kilometres
from campaign.model.accounts import Account
from campaign.model.busy import Busy
from campaign.model.values import Coordinates
from campaign.phrases import counted
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
    known = _known(accounts) if any(each.where for each in busy) else {}

    @cache
    def _place(where: str) -> Coordinates | None:
        bare = folded(where)
        named = {one for word, places in known.items() if word in bare for one in places}
        found = named if len(named) == 1 else _by_address(where, country)
        return next(iter(found)) if len(found) == 1 else None

    return tuple(
        evolve(each, place=_place(each.where)) if each.where and each.place is None else each
        for each in busy
    )


def _known(accounts: Iterable[Account]) -> Mapping[str, set[Coordinates]]:
    """Names and streets with towns, folded, and where the accounts that have them are."""
    found: dict[str, set[Coordinates]] = {}
    for account in accounts:
        if account.coordinates:
            words = [account.name, account.street + account.city]
            words += [account.street + account.postal_code] if account.postal_code else []
            for word in map(folded, words):
                if len(word) >= _SHORTEST_NAME:
                    found.setdefault(word, set()).add(account.coordinates)
    return found


def _by_address(location: str, country: str) -> set[Coordinates]:
    """The places of postal codes beside their town or region, else of towns before a region."""
    if "://" in location:
        return set()
    parts = [part.strip() for part in _PARTS.split(location) if part.strip()]
    found: set[Coordinates] = set()
    for code in _POSTAL_CODE.findall(location):
        if spot := find_postal_code(country, code):
            here, name = spot.coordinates, spot.name.partition(" ")[2]
            town, _, region = name.rpartition(", ")
            is_named = town and (folded(town) in folded(location) or region in location.split())
            # a code without a name is told by a town that is near
            near = [find_city(country, _POSTAL_CODE.sub("", part).strip()) for part in parts]
            towns = [one.coordinates for one in near if one and not name]
            if is_named or any(kilometres(here, town) < _NEAR_KM for town in towns):
                found.add(here)
    # Towns that stand before the short name of their region, as `Salem, OR`.
    for part, following in pairwise(parts if not found else ()):
        region = following.split(" ")[0].upper()
        spot = find_city(country, part, region)
        if spot and spot.name.endswith(f", {region}"):
            found.add(spot.coordinates)
    return found


def said_of_places(busy: Sequence[Busy]) -> Iterator[str]:
    """A sentence on how many of the times that name a place are at a known one."""
    named = sum(bool(each.where or each.place) for each in busy)
    if named:
        known = sum(each.place is not None for each in busy)
        are = f"{known} {'is' if known == 1 else 'are'} at one that is known"
        times = f"of {counted(named, 'time')} in the calendar that name a place, {are}"
        yield f"{times}: the drives there are planned"
