"""Small checks and conversions that several model values share."""

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


def _refuse(*_: object, **__: object) -> NoReturn:
    raise TypeError("it is part of a value and cannot be changed; make a dict of it first")


_refused: Any = _refuse


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

    __setitem__: Any = _refused
    __delitem__: Any = _refused
    __ior__: Any = _refused
    clear: Any = _refused
    pop: Any = _refused
    popitem: Any = _refused
    setdefault: Any = _refused
    update: Any = _refused


_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:")
MOST_GAP = 1000
MOST_TOUCHES = 1_000_000
"""Figures beyond which nothing means anything, so that they can be reckoned with safely."""
LATER = "later"
"""The mark of a field that came after plans had been written without it."""
ASIDE = "aside"
"""The mark of a field that is no part of the question, as nothing is planned by it."""


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


def to_coordinates(
    value: "Coordinates | tuple[float, float] | None",
) -> Coordinates | None:
    """Coordinates from themselves or from a pair (latitude, longitude)."""
    if value is None or isinstance(value, Coordinates):
        return value
    return Coordinates(*value)


def frozen_mapping(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A read-only copy of a mapping, in its own order."""
    return value if isinstance(value, FrozenDict) else FrozenDict(value)


def frozen_set(value: Iterable[Any]) -> frozenset[Any]:
    """A read-only set of some values."""
    return frozenset(value)


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
    try:
        found = _WITH_TIME.match(text)
        return dt.date.fromisoformat(found[1] if found else text if is_text else "")
    except ValueError:
        raise ValueError(f"{value!r} is not a date; write 2027-04-30") from None


def to_date_or_none(value: dt.date | str | None) -> dt.date | None:
    """The same, or nothing."""
    return None if value is None else to_date(value)


def degrees(most: int) -> "Callable[[object, Attribute[Any], float | None], None]":
    """A validator of latitudes (most 90) or longitudes (most 180)."""

    def on_earth(_owner: object, _attribute: "Attribute[Any]", value: float | None) -> None:
        if value is not None and abs(value) > most:
            raise ValueError(f"{value} is beyond {most} degrees; write -{most} to {most}")

    return on_earth


def ordered_pair(
    _owner: object, attribute: "Attribute[tuple[int, int]]", value: tuple[int, int]
) -> None:
    """Raise `ValueError` unless the pair is least and most, neither below 0."""
    least, most = value
    if not 0 <= least <= most:
        right = [min(value), max(value)]
        raise ValueError(f"{attribute.name} {list(value)} is not least and most; write {right}")


def not_empty(_owner: object, attribute: "Attribute[str]", value: str) -> None:
    """Raise `ValueError` for an empty text."""
    if not value.strip():
        raise ValueError(f"{attribute.name} is empty")


Known = TypeVar("Known")


def with_known(value: Known, **known: object) -> Known:
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
