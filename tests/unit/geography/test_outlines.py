import lzma
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from outline_making import LAYERS, lines_of, rounded, thinned, tiled, write

from campaign.geography import outlines as room
from campaign.geography.outlines import Box, Outline, outlines, tile_name

OREGON = Box(-124.6, 42.0, -116.5, 46.3)
FIJI = Box(177.0, -18.5, 182.0, -16.0)
Point = tuple[float, float]


def shapefile(*lines: Sequence[Point], kind: int = 3) -> bytes:
    """Lines as a shapefile has them, each a record of its own."""
    records = b""
    for number, line in enumerate(lines, 1):
        numbers = [side for point in line for side in point]
        content = struct.pack("<i4d2ii", kind, 0, 0, 0, 0, 1, len(line), 0)
        content += struct.pack(f"<{len(numbers)}d", *numbers)
        records += struct.pack(">2i", number, len(content) // 2) + content
    return bytes(100) + records


def test_oregon_has_a_coast_lakes_and_borders_of_its_states() -> None:
    found = list(outlines(OREGON))
    assert {"coast", "region"} <= {outline.kind for outline in found}
    easts = [east for outline in found for east, _ in outline.points]
    assert -126 < min(easts) < -124
    assert max(easts) < -113


def test_a_country_has_borders() -> None:
    assert "border" in {outline.kind for outline in outlines(Box(7, 47, 9, 48.5))}


def test_the_open_sea_has_none() -> None:
    assert list(outlines(Box(-149, 41, -148, 42))) == []


def test_beyond_the_date_line_the_degrees_go_on() -> None:
    easts = [east for outline in outlines(FIJI) for east, _ in outline.points]
    assert any(east > 180 for east in easts)
    assert all(174 < east < 186 for east in easts)


def test_the_same_box_gives_the_same_lines() -> None:
    assert list(outlines(OREGON)) == list(outlines(OREGON))


def test_the_file_names_its_source_and_licence() -> None:
    packed = Path(room.__file__).with_name(room.FILE).read_bytes()
    about = lzma.decompress(packed).decode("ascii").split(room.TILE_SIGN)[0]
    assert room.SOURCE in about
    assert "public domain" in about
    assert len(packed) < 700_000


@pytest.mark.parametrize(
    ("corner", "name"), [((-125, 40), "n40w125"), ((5, -5), "s05e005"), ((0, 0), "n00e000")]
)
def test_a_tile_is_named_by_its_corner(corner: tuple[int, int], name: str) -> None:
    assert tile_name(*corner) == name


def test_lines_are_read_from_a_shapefile_whatever_their_kind() -> None:
    line, ring = [(1.0, 2.0), (3.0, 4.0)], [(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)]
    assert list(lines_of(shapefile(line, ring))) == [line, ring]
    assert list(lines_of(shapefile(ring, kind=5))) == [ring]
    assert list(lines_of(shapefile(line, kind=8))) == []


def test_thinning_keeps_the_ends_and_what_stands_out() -> None:
    line = [(0.0, 0.0), (1.0, 0.005), (2.0, 1.0), (3.0, -0.005), (4.0, 0.0)]
    assert thinned(line, 0.01) == [line[0], line[1], line[2], line[3], line[4]]
    assert thinned(line, 0.6) == [line[0], line[2], line[4]]
    assert thinned(line, 2.0) == [line[0], line[4]]
    assert thinned(line[:2], 9.0) == line[:2]


def test_rounding_leaves_out_what_falls_together() -> None:
    assert rounded([(0.001, 0.0), (0.002, 0.0), (0.011, 0.0)]) == [(0, 0), (1, 0)]


def test_a_line_is_cut_where_it_changes_its_tile() -> None:
    line = [(490, 10), (499, 10), (505, 10), (520, 10)]
    assert list(tiled(line)) == [
        ((0, 0), [(490, 10), (499, 10)]),
        ((5, 0), [(499, 10), (505, 10), (520, 10)]),
    ]
    assert list(tiled([(1, 1)])) == []


def test_what_is_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coast = [(-123.0, 44.0), (-122.5, 44.5), (-122.0, 44.0)]
    islet = [(-121.0, 44.0), (-121.01, 44.0), (-121.0, 44.01), (-121.0, 44.0)]
    for layer, kind in LAYERS.items():
        lines = [coast, islet] if kind == "coast" else []
        (tmp_path / f"{layer}.shp").write_bytes(shapefile(*lines))
    write(tmp_path, tmp_path / room.FILE)
    monkeypatch.setattr(room, "files", lambda _package: tmp_path)
    room._tiles.cache_clear()  # noqa: SLF001 (as if the program began anew)
    try:
        found = list(outlines(Box(-124, 43, -120, 44.9)))
    finally:
        monkeypatch.undo()
        room._tiles.cache_clear()  # noqa: SLF001
    assert found == [Outline("coast", tuple(coast))] * 2
