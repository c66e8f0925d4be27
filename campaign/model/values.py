"""Small values, checks and conversions that several model values share."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn, TypeVar

from attrs import Attribute, fields, frozen

from campaign.workdays import Span, plain

Key = TypeVar("Key")
Value = TypeVar("Value")

_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:")
MOST_GAP = 1000
"""Figures beyond which nothing means anything, so that they can be reckoned with safely."""
LATER = "later"
"""The mark of a field that came after plans had been written without it."""
ASIDE = "aside"
"""The mark of a field that is no part of the question, as nothing is planned by it."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("it is part of a value and cannot be changed; make a dict of it first")


class FrozenDict(dict[Key, Value]):
    """A dict that hashes, pickles and copies as the values do that hold it.

    It reads as fast as a dict, is equal to any dict of the same items whatever their order,
    and keeps the order in which it was made. Raises `TypeError` where it would be changed.
    """

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]  # dict says that it has none
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type["FrozenDict[Key, Value]"], tuple[dict[Key, Value]]]:
        """How pickle and copy make it again: whole, since it cannot be filled later."""
        return type(self), (dict(self),)

    __setitem__: Any = _refuse
    __delitem__: Any = _refuse
    __ior__: Any = _refuse
    clear: Any = _refuse
    pop: Any = _refuse
    popitem: Any = _refuse
    setdefault: Any = _refuse
    update: Any = _refuse


NOTHING: Mapping[Any, Any] = FrozenDict()


@frozen
class Coordinates:
    """A place on the earth, in degrees; north and east are positive."""

    latitude: float
    longitude: float

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for a place that is not on the earth."""
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004
            raise ValueError(
                f"{self.latitude}, {self.longitude} is no place on the earth; "
                "latitudes run from -90 to 90 and longitudes from -180 to 180"
            )


@frozen
class Place:
    """A place that somebody drives to: where it is, None where nobody knows.

    `name` is what a table of drives calls it, empty where it has none; `extra_minutes` are
    those of each drive there beside the road, and of the way home from it: a ferry, a gate.
    """

    coordinates: Coordinates | None = None
    name: str = ""
    extra_minutes: int = 0


NOWHERE = Place()


class Precision(StrEnum):
    """How the place of an account is known, from the best to none."""

    GIVEN = "coordinates given"
    POSTAL_CODE = "postal code"
    CITY = "city"
    UNKNOWN = "unknown"


def to_coordinates(value: Coordinates | tuple[float, float] | None) -> Coordinates | None:
    """Coordinates from themselves or from a pair (latitude, longitude)."""
    return value if value is None or isinstance(value, Coordinates) else Coordinates(*value)


def coordinates_of(latitude: float | None, longitude: float | None) -> Coordinates | None:
    """Coordinates, if both degrees are known."""
    return None if latitude is None or longitude is None else Coordinates(latitude, longitude)


def turned(place: Coordinates) -> Coordinates | None:
    """A place with latitude and longitude exchanged, if there is one."""
    is_one = abs(place.longitude) <= 90  # noqa: PLR2004 (degrees)
    return Coordinates(place.longitude, place.latitude) if is_one else None


def frozen_mapping(
    value: Mapping[Any, Any], convert: Callable[[Any], Any] = lambda part: part
) -> Mapping[Any, Any]:
    """A read-only copy of a mapping, in its own order, each of its values converted."""
    if isinstance(value, FrozenDict):
        return value
    return FrozenDict({key: convert(part) for key, part in value.items()})


def frozen_set(value: Iterable[Any]) -> frozenset[Any]:
    """A read-only set of some values."""
    return frozenset(value)


def to_pair(value: Iterable[int] | None) -> tuple[int, int] | None:
    """A pair of numbers, as least and most, from anything that holds two."""
    if value is None:
        return None
    least, most = value
    return least, most


def to_spans(values: "Iterable[Span | dt.date | str] | str") -> tuple[Span, ...]:
    """Spans from themselves, dates, or texts such as `2027-02-15/2027-02-19; 2027-03-01`."""
    given = values.split(";") if isinstance(values, str) else values
    return tuple(value if isinstance(value, Span) else Span.parse(str(value)) for value in given)


def to_date(value: dt.date | str) -> dt.date:
    """A date of any usual kind: a date, a date and time, a text such as `2027-01-04`.

    Dates and times of pandas and of numpy are known, their time of day is left off. Raises
    `ValueError` for anything else.
    """
    if isinstance(value, dt.datetime):
        return plain(value)
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    is_text = isinstance(value, str) or type(value).__name__ == "datetime64"
    found = _WITH_TIME.match(text)
    written = text if is_text else ""
    try:
        return dt.date.fromisoformat(found[1] if found else written)
    except ValueError:
        raise ValueError(f"{value!r} is not a date; write 2027-04-30") from None


def to_date_or_none(value: dt.date | str | None) -> dt.date | None:
    """The same, or nothing."""
    return None if value is None else to_date(value)


def ordered_pair(_owner: object, its: "Attribute[Any]", value: tuple[int, int] | None) -> None:
    """Raise `ValueError` unless a pair is least and most, neither below 0; None is none."""
    if value is not None and not 0 <= value[0] <= value[1]:
        right = [min(value), max(value)]
        raise ValueError(f"{its.name} {list(value)} is not least and most; write {right}")


def not_empty(_owner: object, its: "Attribute[Any]", value: str) -> None:
    """Raise `ValueError` for an empty text."""
    if not value.strip():
        raise ValueError(f"{its.name} is empty")


def with_known(value: Value, **known: object) -> Value:
    """A frozen value with some fields that are known to be right already.

    As `attrs.evolve`, without converting and validating all of its fields once more: a list
    of 50,000 accounts is gone through several times.
    """
    kind: Any = type(value)  # of attrs, as every value of ours is
    made, put = object.__new__(type(value)), object.__setattr__
    for name in _names_of(kind):
        put(made, name, known[name] if name in known else getattr(value, name))
    return made


@cache
def _names_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 (the same)
    return tuple(each.name for each in fields(kind))


def grouped(items: Iterable[Value], key: Callable[[Value], Key]) -> dict[Key, list[Value]]:
    """Items by a key, in their order."""
    found: dict[Key, list[Value]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
