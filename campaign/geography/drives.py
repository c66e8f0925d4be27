"""Drives that come from elsewhere: whose minutes they are, and whether any road is like them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np
from attrs import evolve, frozen

from campaign.errors import Finding, InvalidInput, raise_errors
from campaign.geography.drive_matrix import drives, minutes_of
from campaign.geography.travel import TOLERANCE
from campaign.model.accounts import Account
from campaign.model.known_drives import NO_DRIVES, Drives
from campaign.model.rep import Rep, Travel
from campaign.model.values import Place, Precision
from campaign.phrases import counted

CROW_KMH = 150
"""A leg that is faster than this in a straight line is none of a car."""
WALK_KMH = 3
"""Where half of the legs are slower than this, they are seconds."""
_FAR_ENOUGH_KM = 2
_ROUNDING_MINUTES = 1
# how far a place may lie from where its address is taken to be
_OFF_KM = {Precision.POSTAL_CODE: 10.0, Precision.CITY: 20.0}

Rows = Iterable[Iterable[float | None]]


def places_of(rep: Rep, accounts: Iterable[Account]) -> tuple[Place, ...]:
    """Where drives begin and end: home, the bases, the active accounts in their order."""
    return (*rep.places, *(account.place for account in accounts if account.is_active))


def places_to_send(rep: Rep, accounts: Iterable[Account]) -> tuple[Place, ...]:
    """Those of them whose coordinates are known: what a routing engine is asked about."""
    return tuple(place for place in places_of(rep, accounts) if place.coordinates)


def drives_of(given: object, rep: Rep, accounts: Sequence[Account]) -> Drives:
    """The drives that a matrix, a callable or an object with `durations` gives.

    A matrix has a row and a column for each of `places_to_send`, in minutes; `durations` are
    such a matrix in seconds. A callable takes the coordinates of two places and gives minutes.
    A mapping gives minutes by the names of two places. Parts of a minute are rounded up; None
    and NaN are not known. Raises `ValueError` for anything else.
    """
    if isinstance(given, Drives):
        return given
    places = places_to_send(rep, accounts)
    names = [place.name for place in places]
    if isinstance(given, Mapping):
        return Drives.of_pairs({pair: _whole(minutes) or 0 for pair, minutes in given.items()})
    if hasattr(given, "durations"):
        return Drives.of(names, in_minutes(given.durations))
    if callable(given):
        return Drives.of(names, _asked(given, places))
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"{given!r:.60} is no table of drives; give rows of minutes")
    return Drives.of(names, ((_whole(cell) for cell in row) for row in given))


def in_minutes(rows: Rows) -> Iterable[Iterable[int | None]]:
    """Rows of seconds in whole minutes, rounded up once."""
    return ([_whole(None if cell is None else cell / 60) for cell in row] for row in rows)


def _asked(
    minutes: Callable[[Any, Any], Any], places: Sequence[Place]
) -> Iterable[Iterable[int | None]]:
    where = [place.coordinates for place in places]
    return (
        [0 if at == to else _whole(minutes(one, other)) for to, other in enumerate(where)]
        for at, one in enumerate(where)
    )


def _whole(minutes: float | None) -> int | None:
    if minutes is None or minutes != minutes:  # noqa: PLR0124 (only NaN is not itself)
        return None
    return ceil(minutes - TOLERANCE)


@frozen
class Leg:
    """A drive of a table beside the straight line between its places."""

    origin: str
    destination: str
    minutes: int
    kilometres: float


@frozen
class Judged:
    """What is to be said of a table: so many legs `known` of so many, and what is no road.

    `too_fast` are legs faster than the crow, `are_seconds` says that half of them are slower
    than a walk.
    """

    known: int
    asked: int
    too_fast: tuple[Leg, ...]
    are_seconds: bool


def judged(travel: Travel, rep: Rep, accounts: Sequence[Account]) -> Judged:
    """A table of drives beside the straight lines between the places that it is about."""
    places = places_of(rep, accounts)
    own, count = len(rep.places), len(places)
    bare = evolve(travel, drives=NO_DRIVES, unknown_minutes=0, detour=1.0, speed_kmh=60)
    straight = drives(bare, places).astype(float)  # a minute is a kilometre
    table = minutes_of(travel.drives, places)
    asked = ~np.eye(count, dtype=bool)
    asked[:own, :own] = False
    is_known = asked & (table >= 0)
    off = np.array([_off(rep.home_located_by), *[0.0] * (own - 1), *_off_of(accounts)])
    least = straight - 1 - off[:, None] - off[None, :]
    too_fast = is_known & ((table + _ROUNDING_MINUTES) * CROW_KMH / 60 < least)
    long = is_known & (least >= _FAR_ENOUGH_KM) & (table > 0)
    speeds = straight[long] / table[long] * 60
    return Judged(
        int(is_known.sum()),
        int(asked.sum()),
        tuple(
            Leg(places[i].name, places[j].name, int(table[i, j]), float(straight[i, j]))
            for i, j in zip(*too_fast.nonzero(), strict=True)
        ),
        are_seconds=bool(speeds.size) and float(np.median(speeds)) < WALK_KMH,
    )


def _off(precision: Precision) -> float:
    return _OFF_KM.get(precision, 0.0)


def _off_of(accounts: Iterable[Account]) -> list[float]:
    return [_off(account.precision) for account in accounts if account.is_active]


def checked_drives(given: object, travel: Travel, rep: Rep, accounts: Sequence[Account]) -> Drives:
    """The drives of `drives_of`; raises `InvalidInput` where they are none, or no roads."""
    try:
        found = drives_of(given, rep, accounts)
    except (TypeError, ValueError, OverflowError) as error:
        problem, _, remedy = str(error).partition("; ")
        raise InvalidInput(
            [Finding("Territory", problem, remedy=remedy, column="drives")]
        ) from error
    if found:
        raise_errors(faults(judged(evolve(travel, drives=found), rep, accounts), "Territory"))
    return found


def faults(found: Judged, file: str) -> Iterator[Finding]:
    """What makes a table one of something else than minutes of roads."""
    if found.are_seconds:
        problem = "half of the drives are slower than a walk in a straight line"
        remedy = "they look like seconds; write minutes"
        yield Finding(file, problem, remedy=remedy, column="minutes")
    if found.too_fast:
        leg, count = found.too_fast[0], len(found.too_fast)
        minutes = counted(leg.minutes, "minute")
        yield Finding(
            file,
            f"{count} of {found.known} drives are faster than {CROW_KMH} km/h in a straight line: "
            f"{leg.origin} to {leg.destination}, {leg.kilometres:.0f} km in {minutes}",
            remedy="give minutes, and look whether longitude and latitude are exchanged",
            column="minutes",
        )
