"""Small checks and conversions that several model values share."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import Attribute, frozen

from campaign.workdays import Span


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


def to_coordinates(
    value: "Coordinates | tuple[float, float] | None",
) -> Coordinates | None:
    """Coordinates from themselves or from a pair (latitude, longitude)."""
    if value is None or isinstance(value, Coordinates):
        return value
    return Coordinates(*value)


def frozen_mapping(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A read-only copy of a mapping, in its own order."""
    return MappingProxyType(dict(value))


def frozen_set(value: Iterable[Any]) -> frozenset[Any]:
    """A read-only set of some values."""
    return frozenset(value)


def to_spans(values: "Iterable[Span | str]") -> tuple[Span, ...]:
    """Spans from themselves or from texts such as `2027-02-15/2027-02-19`."""
    return tuple(value if isinstance(value, Span) else Span.parse(value) for value in values)


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
