"""Small checks and conversions that several model values share."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from numbers import Real
from typing import Any

from attrs import Attribute, frozen

from campaign.model.frozen_dicts import FrozenDict
from campaign.workdays import Span

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


def to_spans(values: "Iterable[Span | str]") -> tuple[Span, ...]:
    """Spans from themselves or from texts such as `2027-02-15/2027-02-19`."""
    return tuple(value if isinstance(value, Span) else Span.parse(value) for value in values)


def to_date(name: str, value: dt.date | str) -> dt.date:
    """A date from itself, from a date and time or from a text such as `2027-01-04`.

    Raises `ValueError`, which names the field (`name`), for anything else.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value.strip())
    except (AttributeError, ValueError) as error:
        raise ValueError(f"{name} {value!r} is not a date; write 2027-04-30") from error


def to_date_or_none(name: str, value: dt.date | str | None) -> dt.date | None:
    """The same, or nothing."""
    return None if value is None else to_date(name, value)


def number_or_none(_owner: object, attribute: "Attribute[Any]", value: object) -> None:
    """Raise `ValueError` for what is no number that can be reckoned with; None is none."""
    is_number = isinstance(value, (Real, Decimal)) and not isinstance(value, bool)
    if value is not None and not (is_number and isfinite(value)):  # type: ignore[arg-type]
        raise ValueError(f"{attribute.name} {value!r} is not a number; write 1234.50")


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
