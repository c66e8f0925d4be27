"""Outlines for maps, offline: coasts, lakes, borders of countries, states and provinces."""

import lzma
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice
from math import floor

from attrs import frozen

SOURCE = "Natural Earth, 1:10m (naturalearthdata.com)"
"""Where the outlines come from; they are in the public domain."""

FILE = "outlines.txt.xz"
TILE_DEGREES = 5
TILE_SIGN = "# "
SCALE = 100
_ROUND = 360


@frozen
class Box:
    """A part of the earth in degrees; beyond the date line longitudes go on past 180."""

    west: float
    south: float
    east: float
    north: float


@frozen
class Outline:
    """One line of a map; `kind` is coast, border (of a country) or region (of a state).

    `points` are degrees east and north.
    """

    kind: str
    points: tuple[tuple[float, float], ...]


def outlines(box: Box) -> Iterator[Outline]:
    """The outlines of every tile of 5 degrees that a box touches, in a fixed order.

    Some of it lies outside the box.
    """
    columns, rows = (
        range(floor(first / TILE_DEGREES), floor(last / TILE_DEGREES) + 1)
        for first, last in ((box.west, box.east), (box.south, box.north))
    )
    for south in (row * TILE_DEGREES for row in rows):
        for west in (column * TILE_DEGREES for column in columns):
            around = (west + _ROUND // 2) % _ROUND - _ROUND // 2
            for line in _tiles().get(tile_name(around, south), ()):
                kind, *steps = line.split()
                points = zip(_places(steps[::2], west), _places(steps[1::2], south), strict=True)
                yield Outline(kind, tuple(points))


def tile_name(west: int, south: int) -> str:
    """The name of the tile with this south-western corner, degrees."""
    return f"{'n' if south >= 0 else 's'}{abs(south):02}{'e' if west >= 0 else 'w'}{abs(west):03}"


def _places(steps: list[str], corner: int) -> Iterator[float]:
    whole = accumulate(map(int, steps), initial=corner * SCALE)
    return (place / SCALE for place in islice(whole, 1, None))


@cache
def _tiles() -> dict[str, list[str]]:
    packed = files("campaign.geography").joinpath(FILE).read_bytes()
    _about, *tiles = lzma.decompress(packed).decode("ascii").split(f"\n{TILE_SIGN}")
    named = (tile.splitlines() for tile in tiles)
    return {name: lines for name, *lines in named}
