"""Minutes between places from a routing engine, in place of straight lines."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

HOME = "home"
"""What the rep's home is called where places have names."""
_UNKNOWN = -1
_SQUARE = "give a row and a column for each of the territory's places, in their order"
_MOST_MINUTES = 7 * 24 * 60


@frozen(cache_hash=True, kw_only=True)
class Drives:
    """Whole minutes from each of some places to each other, a row an origin.

    `places` are account ids, `home` and `base-1` and so on. `packed` holds the minutes row by
    row as 32-bit integers, -1 where they are not known: 2,000 places take 16 MB.
    """

    places: tuple[str, ...] = field(kw_only=False, default=(), converter=tuple[str, ...])
    packed: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, places: Sequence[str], rows: Iterable[Iterable[int | None]]) -> "Drives":
        """The drives of a table, None where they are not known.

        Raises `ValueError` where the table is not as wide and as long as the places, a place
        stands twice, or minutes are below 0 or more than a week.
        """
        if len(set(places)) < len(places):
            raise ValueError("a place stands twice among the places of the drives")
        minutes = array("i")
        for number, row in enumerate(rows):
            cells = [_UNKNOWN if cell is None else _checked(cell) for cell in row]
            if len(cells) != len(places):
                wrong = f"has {len(cells)} cells for {len(places)} places"
                raise ValueError(f"row {number + 1} of the drives {wrong}; {_SQUARE}")
            cells[number : number + 1] = [0]  # nobody drives to where they are
            minutes.extend(cells)
        if len(minutes) != len(places) ** 2:
            raise ValueError(
                f"the drives have not as many rows as places, {len(places)}; {_SQUARE}"
            )
        return cls(tuple(places), packed=minutes.tobytes())

    @classmethod
    def of_pairs(cls, pairs: Mapping[tuple[str, str], int]) -> "Drives":
        """The drives of single pairs, from and to."""
        places = tuple(dict.fromkeys(place for pair in pairs for place in pair))
        rows = ((pairs.get((one, other)) for other in places) for one in places)
        return cls.of(places, rows)

    def __bool__(self) -> bool:
        """Whether any place is known."""
        return bool(self.places)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The row and column of each place."""
        return {place: number for number, place in enumerate(self.places)}

    @cached_property
    def _minutes(self) -> memoryview:
        return memoryview(self.packed).cast("i")

    def between(self, origin: str, destination: str) -> int | None:
        """The minutes from one place to another; None where they are not known."""
        row, column = self.numbers.get(origin), self.numbers.get(destination)
        if row is None or column is None:
            return None
        minutes = self._minutes[row * len(self.places) + column]
        return None if minutes == _UNKNOWN else minutes


def _checked(minutes: int) -> int:
    if not 0 <= minutes <= _MOST_MINUTES:
        raise ValueError(f"a drive of {minutes} minutes is none; write minutes up to a week")
    return minutes


NO_DRIVES = Drives()
