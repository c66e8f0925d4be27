"""Where addresses stand on sheets of labels and on envelopes, in millimetres."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from attrs import field, frozen

_MM_A_POINT = 25.4 / 72
_LEADING = 1.2
_WIDTH_OF_A_LETTER = 0.55
_SMALLEST, _STEP = 4.0, 0.5


@frozen
class Box:
    """A place on a page: its left upper corner, its width and its height."""

    left: float
    top: float
    width: float
    height: float


@frozen
class Sheet:
    """A page of `width` and `height` with a box for each address, `points` large.

    `sender` is where the sender stands, None on labels. `pad` is kept free inside a box.
    """

    name: str
    width: float = field(kw_only=True)
    height: float = field(kw_only=True)
    boxes: tuple[Box, ...] = field(kw_only=True)
    points: float = field(kw_only=True)
    pad: float = field(default=0.0, kw_only=True)
    sender: Box | None = field(default=None, kw_only=True)

    def points_for(self, lines: Sequence[str], box: Box) -> float:
        """The largest letters, in points, in which the lines fit into a box."""
        size = self.points
        while size > _SMALLEST and not self._fits(lines, box, size):
            size -= _STEP
        return size

    def _fits(self, lines: Sequence[str], box: Box, size: float) -> bool:
        wide = (box.width - 2 * self.pad) / (size * _MM_A_POINT * _WIDTH_OF_A_LETTER)
        high = (box.height - 2 * self.pad) / (size * _MM_A_POINT * _LEADING)
        return sum(max(1, -int(-len(line) // wide)) for line in lines) <= high


def _grid(columns: int, rows: int, *, first: Box, across: float, down: float) -> Iterator[Box]:
    for row in range(rows):
        for column in range(columns):
            left, top = first.left + column * across, first.top + row * down
            yield Box(round(left, 4), round(top, 4), first.width, first.height)


_5160 = Box(4.7625, 12.7, 66.675, 25.4)
_L7160 = Box(7.21, 15.15, 63.5, 38.1)

SHEETS: Mapping[str, Sheet] = MappingProxyType(
    {
        "5160": Sheet(
            "Avery 5160",
            width=215.9,
            height=279.4,
            boxes=tuple(_grid(3, 10, first=_5160, across=69.85, down=25.4)),
            points=10,
            pad=2,
        ),
        "L7160": Sheet(
            "Avery L7160",
            width=210,
            height=297,
            boxes=tuple(_grid(3, 7, first=_L7160, across=66.04, down=38.1)),
            points=11,
            pad=3,
        ),
        "10": Sheet(
            "#10 envelope",
            width=241.3,
            height=104.775,
            boxes=(Box(101.6, 45, 120, 42),),
            points=12,
            sender=Box(10, 9, 80, 25),
        ),
        "DL": Sheet(
            "DL envelope",
            width=220,
            height=110,
            boxes=(Box(100, 50, 105, 42),),
            points=12,
            sender=Box(10, 9, 80, 25),
        ),
    }
)
"""Each sheet by the name under which it is asked for."""
