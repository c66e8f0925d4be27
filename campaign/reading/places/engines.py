"""The answer of a routing engine: seconds between places, read as it is.

OSRM (`/table`), openrouteservice and Mapbox answer with `durations`, GraphHopper with `times`,
Valhalla with `sources_to_targets`: rows of objects with a `time`, or `durations` inside.
Places are in the order in which they were sent, which is that of `places.csv`.
"""

import json
from collections.abc import Sequence
from math import inf
from statistics import median

from attrs import field, frozen

from campaign.geography.travel import kilometres
from campaign.model.values import Coordinates, turned

KEYS = ("durations", "sources_to_targets", "times")
_NEAR_KM = 1.0


@frozen
class Answer:
    """The seconds of an answer, a row an origin, and where the engine took its places to be."""

    seconds: tuple[tuple[float | None, ...], ...] = field(repr=False)
    origins: tuple[Coordinates | None, ...] = ()
    destinations: tuple[Coordinates | None, ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows it has, and how many columns at most."""
        return len(self.seconds), max(map(len, self.seconds), default=0)


def parse_answer(content: bytes) -> Answer | None:
    """The answer that a JSON file holds; None where it is about anything else.

    Raises `ValueError` with what is wrong with an answer and, after "; ", what to do.
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    key = next((key for key in KEYS if key in found), "")
    if not key and "distances" in found:
        raise ValueError("holds distances and no durations; ask the engine for durations, too")
    if not key and "code" in found and "message" in found:
        raise ValueError(
            f'is no answer: the engine says "{found["message"]}"; send places.csv once more'
        )
    if not key:
        return None
    rows = found[key]
    if key == "sources_to_targets" and isinstance(rows, dict):
        rows = rows.get("durations")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ValueError("holds no rows of durations; ask the engine for durations once more")
    return Answer(
        tuple(tuple(map(_cell, row)) for row in rows),
        _places(found.get("sources")),
        _places(found.get("destinations", found.get("targets"))),
    )


def _cell(cell: object) -> float | None:
    """The seconds of a cell; None where the engine knows no road."""
    if isinstance(cell, dict):
        cell = cell.get("time")
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 0 <= cell < 1e9:  # noqa: PLR2004
        raise ValueError(f"holds {cell!r} among its durations; they are seconds from 0")
    return float(cell)


def _places(sources: object) -> tuple[Coordinates | None, ...]:
    """Where the engine took places to be, as far as it says so."""
    if isinstance(sources, list) and len(sources) == 1 and isinstance(sources[0], list):
        sources = sources[0]  # as older Valhallas have it
    return tuple(map(_place, sources)) if isinstance(sources, list) else ()


def _place(source: object) -> Coordinates | None:
    if not isinstance(source, dict):
        return None
    where = source.get("location")
    pair = where if isinstance(where, list) else [source.get("lon"), source.get("lat")]
    try:
        longitude, latitude = map(float, pair)
        return Coordinates(latitude, longitude)
    except (TypeError, ValueError):
        return None


def exchanged(answer: Answer, places: Sequence[Coordinates | None]) -> bool:
    """Whether most places lie where they would with longitude and latitude exchanged."""
    pairs = zip(answer.origins, places, strict=False)
    both = [(one, other, turned(other)) for one, other in pairs if one and other]
    closer = [at and kilometres(one, at) < kilometres(one, other) for one, other, at in both]
    return sum(map(bool, closer)) * 2 > len(closer)


def block_of(
    where: Sequence[Coordinates | None], places: Sequence[Coordinates | None]
) -> range | None:
    """Which of the places, in their order, an answer in blocks is about; None where it is of none.

    The places that follow one another whose distances are least: more than half of them lie
    within a kilometre of where the engine took them to be.
    """

    def _apart(start: int) -> float:
        pairs = zip(where, places[start:], strict=False)
        return median(kilometres(one, other) if one and other else inf for one, other in pairs)

    starts = range(len(places) - len(where) + 1) if where else ()
    best = min(starts, key=_apart, default=None)
    if best is None or _apart(best) > _NEAR_KM:
        return None
    return range(best, best + len(where))


def far_from(answer: Answer, places: Sequence[Coordinates | None]) -> list[int]:
    """The numbers of the places that the engine took to be more than a kilometre off."""
    pairs = enumerate(zip(answer.origins, places, strict=False))
    return [n for n, (one, other) in pairs if one and other and kilometres(one, other) > _NEAR_KM]
