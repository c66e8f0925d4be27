"""Makes `campaign/geography/outlines.txt.xz` from line layers of Natural Earth.

    python tests/support/outline_making.py FOLDER campaign/geography/outlines.txt.xz

FOLDER holds the shapefiles named in `LAYERS`, as Natural Earth gives them out at 1:10m.
Lines are thinned (Douglas and Peucker, 1973), rounded to a hundredth of a degree, cut into
tiles, and written as text, so that a program takes only the tiles that it shows.
"""

import lzma
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from math import hypot
from pathlib import Path

from campaign.geography.outlines import SCALE, SOURCE, TILE_DEGREES, TILE_SIGN, tile_name

Point = tuple[float, float]
Cell = tuple[int, int]

LAYERS: Mapping[str, str] = {
    "ne_10m_coastline": "coast",
    "ne_10m_lakes": "coast",
    "ne_10m_admin_0_boundary_lines_land": "border",
    "ne_10m_admin_1_states_provinces_lines": "region",
}
THINNING = 0.012
SMALLEST = 0.06
SOUTHERNMOST, NORTHERNMOST = -60, 75
ABOUT = """\
Coasts, lakes, borders of countries, and borders of states and provinces.

Source: {source}
Licence: public domain

Thinned, rounded to a hundredth of a degree and cut into tiles of {degrees} degrees for
territory-campaign. A tile is named by its south-western corner. A line is a kind (coast,
border or region), then its points: the first from the corner, the others each from the one
before; eastward and northward by turns, in hundredths of a degree.

"""
_HEADER, _RECORD = 100, 8
_LINE_KINDS = (3, 5)


def lines_of(shapefile: bytes) -> Iterator[list[Point]]:
    """The parts of every line and polygon (ESRI Shapefile Technical Description, 1998)."""
    at = _HEADER
    while at < len(shapefile):
        (words,) = struct.unpack_from(">i", shapefile, at + 4)
        at += _RECORD
        (kind,) = struct.unpack_from("<i", shapefile, at)
        if kind in _LINE_KINDS:
            yield from _parts(shapefile, at)
        at += 2 * words


def _parts(shapefile: bytes, at: int) -> Iterator[list[Point]]:
    parts, points = struct.unpack_from("<2i", shapefile, at + 36)
    starts = struct.unpack_from(f"<{parts}i", shapefile, at + 44)
    numbers = struct.unpack_from(f"<{2 * points}d", shapefile, at + 44 + 4 * parts)
    places = list(zip(numbers[::2], numbers[1::2], strict=True))
    for first, end in pairwise((*starts, points)):
        yield places[first:end]


def thinned(line: list[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie within a tolerance of what is left of it."""
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda i: _off(line[i], line[first], line[last]), default=0)
        if farthest and _off(line[farthest], line[first], line[last]) > tolerance:
            keep.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a stretch."""
    along, up = end[0] - start[0], end[1] - start[1]
    square = along * along + up * up
    east, north = point[0] - start[0], point[1] - start[1]
    share = min(1.0, max(0.0, (east * along + north * up) / square)) if square else 0.0
    return hypot(east - share * along, north - share * up)


def rounded(line: Iterable[Point]) -> list[Cell]:
    """Whole hundredths of a degree, none of them twice running."""
    cells = ((round(x * SCALE), round(y * SCALE)) for x, y in line)
    return [cell for cell, _ in groupby(cells)]


def tiled(line: list[Cell]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Pieces of a line with their tiles; a stretch belongs to the tile of its middle."""
    piece, current = [line[0]], None
    for start, end in pairwise(line):
        tile = _tile_of((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        if current is not None and tile != current:
            yield current, piece
            piece = [start]
        piece.append(end)
        current = tile
    if current is not None:
        yield current, piece


def _tile_of(x: int, y: int) -> Cell:
    size = TILE_DEGREES * SCALE
    return x // size * TILE_DEGREES, y // size * TILE_DEGREES


def written(kind: str, tile: Cell, piece: Iterable[Cell]) -> str:
    """A piece as a line of its tile."""
    numbers: list[int] = []
    x, y = tile[0] * SCALE, tile[1] * SCALE
    for east, north in piece:
        numbers += [east - x, north - y]
        x, y = east, north
    return " ".join((kind, *map(str, numbers)))


def is_worth_it(line: list[Point]) -> bool:
    """Whether an island or a lake is large enough to be seen; other lines lead on to more."""
    if line[0] != line[-1]:
        return True
    easts, norths = zip(*line, strict=True)
    size: float = max(max(easts) - min(easts), max(norths) - min(norths))
    return size >= SMALLEST


def tiles(folder: Path) -> dict[str, list[str]]:
    """The lines of every tile, by its name."""
    found: dict[str, list[str]] = {}
    for layer, kind in LAYERS.items():
        for line in filter(is_worth_it, lines_of((folder / f"{layer}.shp").read_bytes())):
            for tile, piece in tiled(rounded(thinned(line, THINNING))):
                if SOUTHERNMOST <= tile[1] < NORTHERNMOST:
                    found.setdefault(tile_name(*tile), []).append(written(kind, tile, piece))
    return found


def write(folder: Path, target: Path) -> None:
    """Write the file; the same bytes for the same shapefiles."""
    pieces = [ABOUT.format(source=SOURCE, degrees=TILE_DEGREES)]
    for name, lines in sorted(tiles(folder).items()):
        pieces += [f"{TILE_SIGN}{name}\n", *(f"{line}\n" for line in lines)]
    target.write_bytes(lzma.compress("".join(pieces).encode("ascii"), preset=9))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
