"""The names of towns on the map, as many as have room."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from attrs import evolve, frozen

from campaign.outputs.report.frame import WIDTH, Frame, Point

MOST = 16
ON_A_PHONE = 2.3
"""How much larger letters are on a phone, against the drawing."""

_LONGEST = 24
_LETTER, _LINE, _GAP = 7.0, 15.0, 7.0
_TOGETHER = 30


@frozen
class Town:
    """A name beside its accounts; not all that fit a page fit a phone."""

    name: str
    point: Point
    fits_a_phone: bool


def towns(places: Iterable[tuple[str, Point]], frame: Frame) -> tuple[Town, ...]:
    """The towns with the most accounts whose names do not cover one another."""
    found: dict[str, list[tuple[str, Point]]] = {}
    for city, point in places:
        name = " ".join(city.split())
        if name and len(name) <= _LONGEST:
            found.setdefault(name.casefold(), []).append((name, point))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    shown: list[Town] = []
    for town in (_town(same) for _, same in ordered):
        if len(shown) < MOST and _has_room(town, shown, frame, 1.0):
            on_phones = [other for other in shown if other.fits_a_phone]
            fits = _has_room(town, on_phones, frame, ON_A_PHONE)
            shown.append(evolve(town, fits_a_phone=fits))
    return tuple(shown)


def _town(same: Sequence[tuple[str, Point]]) -> Town:
    """A town whose name stands to the right of the accounts in its middle."""
    name = Counter(name for name, _ in same).most_common(1)[0][0]
    middle, down = (fmean(point[axis] for _, point in same) for axis in (0, 1))
    rights = [right for _, (right, _) in same if abs(right - middle) <= _TOGETHER]
    right = max(rights, default=middle)
    return Town(name, (round(right + _GAP, 1), round(down + _LINE / 3, 1)), fits_a_phone=True)


def _has_room(town: Town, others: Iterable[Town], frame: Frame, size: float) -> bool:
    right, down = town.point
    line = _LINE * size
    inside = right + _length(town) * size <= WIDTH and line <= down <= frame.height - line
    return inside and not any(_overlap(town, other, size) for other in others)


def _overlap(one: Town, other: Town, size: float) -> bool:
    (left, down), (other_left, other_down) = one.point, other.point
    apart = left > other_left + _length(other) * size or other_left > left + _length(one) * size
    return not apart and abs(down - other_down) < _LINE * size


def _length(town: Town) -> float:
    return _LETTER * len(town.name)
