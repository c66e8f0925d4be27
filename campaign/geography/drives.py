"""Minutes between many places at once, reckoned or given, and whether any road is like them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from campaign.errors import Finding, InvalidInput, raise_errors
from campaign.geography.travel import EARTH_RADIUS_KM, TOLERANCE
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

Minutes = npt.NDArray[np.int64]


def drives(travel: Travel, places: Sequence[Place]) -> Minutes:
    """Whole minutes of driving between all places as `travel` has them, a row an origin."""
    where = [place.coordinates for place in places]
    known = np.array([each is not None for each in where])
    degrees = np.array([(each.latitude, each.longitude) if each else (0.0, 0.0) for each in where])
    north, east = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    square = (
        np.sin((north[None, :] - north[:, None]) / 2) ** 2
        + np.cos(north)[:, None]
        * np.cos(north)[None, :]
        * np.sin((east[None, :] - east[:, None]) / 2) ** 2
    )
    kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(square)))
    minutes = np.ceil(kilometres * travel.detour / travel.speed_kmh * 60 - TOLERANCE)
    both = known[:, None] & known[None, :]
    found = np.where(both, minutes, travel.unknown_minutes).astype(np.int64)
    if not travel.drives:
        return found
    of_table = _of_table(travel.drives, places)
    return np.where(of_table >= 0, of_table, found)


def _of_table(table: Drives, places: Sequence[Place]) -> Minutes:
    """The minutes that a table has between places, -1 where it does not know them."""
    found = np.full((len(places), len(places)), -1, dtype=np.int64)
    if table:
        given = np.frombuffer(table.packed, dtype=np.int32).reshape(len(table.places), -1)
        numbers = np.array([table.numbers.get(place.name, -1) for place in places])
        there = np.flatnonzero(numbers >= 0)
        found[np.ix_(there, there)] = given[np.ix_(numbers[there], numbers[there])]
    return found


def places_to_send(rep: Rep, accounts: Iterable[Account]) -> tuple[Place, ...]:
    """Where drives begin and end, as far as it is known: what a routing engine is asked about."""
    return tuple(place for place in _places(rep, accounts) if place.coordinates)


def _places(rep: Rep, accounts: Iterable[Account]) -> tuple[Place, ...]:
    """Home, the bases, the active accounts in their order."""
    return (*rep.places, *(account.place for account in accounts if account.is_active))


def checked_drives(given: object, travel: Travel, rep: Rep, accounts: Sequence[Account]) -> Drives:
    """The drives that a matrix, a callable or an object with `durations` gives.

    A matrix has a row and a column for each of `places_to_send`, in minutes; `durations` are
    such a matrix in seconds. A callable takes the coordinates of two places and gives minutes.
    A mapping gives minutes by the names of two places. Parts of a minute are rounded up; None
    and NaN are not known. Raises `InvalidInput` for anything else, and for what is no road.
    """
    try:
        found = _drives_of(given, places_to_send(rep, accounts))
    except (TypeError, ValueError, OverflowError) as error:
        problem, _, remedy = str(error).partition("; ")
        raise InvalidInput(
            [Finding("Territory", problem, remedy=remedy, column="drives")]
        ) from error
    if found:
        raise_errors(judged(evolve(travel, drives=found), rep, accounts).faults("Territory"))
    return found


def _drives_of(given: Any, places: Sequence[Place]) -> Drives:  # noqa: ANN401 (of any library)
    if isinstance(given, Drives):
        return given
    if isinstance(given, Mapping):
        return Drives.of_pairs({pair: _whole(minutes) or 0 for pair, minutes in given.items()})
    rows: Iterable[Iterable[Any]]
    if hasattr(given, "durations"):
        rows = ((cell if cell is None else cell / 60 for cell in row) for row in given.durations)
    elif callable(given):
        where = list(enumerate(place.coordinates for place in places))
        rows = ((0 if at == to else given(one, two) for to, two in where) for at, one in where)
    elif isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"{given!r:.60} is no table of drives; give rows of minutes")
    else:
        rows = given
    names = [place.name for place in places]
    return Drives.of(names, ([_whole(cell) for cell in row] for row in rows))


def _whole(minutes: float | None) -> int | None:
    if minutes is None or minutes != minutes:  # noqa: PLR0124 (only NaN is not itself)
        return None
    return ceil(minutes - TOLERANCE)


@frozen
class Judged:
    """A table of drives beside the straight lines: so many legs `known` of so many `asked`.

    `too_fast` is the first of the `fast` legs that no car drives, with its kilometres;
    `are_seconds` says that half of the legs are slower than a walk.
    """

    known: int
    asked: int
    fast: int
    too_fast: str
    are_seconds: bool

    def faults(self, file: str) -> Iterator[Finding]:
        """What makes a table one of something else than minutes of roads."""
        if self.are_seconds:
            problem = "half of the drives are slower than a walk in a straight line"
            remedy = "they look like seconds; write minutes"
            yield Finding(file, problem, remedy=remedy, column="minutes")
        if self.fast:
            what = f"faster than {CROW_KMH} km/h in a straight line: {self.too_fast}"
            remedy = "give minutes, and look whether longitude and latitude are exchanged"
            problem = f"{self.fast} of {self.known} drives are {what}"
            yield Finding(file, problem, remedy=remedy, column="minutes")


def judged(travel: Travel, rep: Rep, accounts: Sequence[Account]) -> Judged:
    """A table of drives beside the straight lines between the places that it is about."""
    places = _places(rep, accounts)
    own, count = len(rep.places), len(places)
    bare = evolve(travel, drives=NO_DRIVES, unknown_minutes=0, detour=1.0, speed_kmh=60)
    straight = drives(bare, places).astype(float)  # a minute is a kilometre
    table = _of_table(travel.drives, places)
    asked = ~np.eye(count, dtype=bool)
    asked[:own, :own] = False
    is_known = asked & (table >= 0)
    precisions = [account.precision for account in accounts if account.is_active]
    at_home = [rep.home_located_by, *[Precision.GIVEN] * (own - 1)]
    off = np.array([_OFF_KM.get(precision, 0.0) for precision in (*at_home, *precisions)])
    least = straight - 1 - off[:, None] - off[None, :]
    fast = np.argwhere(is_known & ((table + _ROUNDING_MINUTES) * CROW_KMH / 60 < least))
    too_fast = ""
    for one, other in fast[:1]:
        legs = f"{places[one].name} to {places[other].name}, {straight[one, other]:.0f} km"
        too_fast = f"{legs} in {counted(int(table[one, other]), 'minute')}"
    long = is_known & (least >= _FAR_ENOUGH_KM) & (table > 0)
    speeds = straight[long] / table[long] * 60
    return Judged(
        int(is_known.sum()),
        int(asked.sum()),
        len(fast),
        too_fast,
        bool(speeds.size) and float(np.median(speeds)) < WALK_KMH,
    )
