"""Other places than home where the tours of some days start and end."""

import datetime as dt
from collections.abc import Iterable

from attrs import field, frozen

from campaign.model.given import converting
from campaign.model.values import (
    Coordinates,
    frozen_set,
    to_date_or_none,
    to_spans,
)
from campaign.workdays import Span, in_any


def _to_place(value: Coordinates | tuple[float, float]) -> Coordinates:
    return value if isinstance(value, Coordinates) else Coordinates(*value)


def _to_weekdays(value: Iterable[int]) -> frozenset[int]:
    weekdays = frozen_set(value)
    if not weekdays <= frozenset(range(7)):
        raise ValueError(f"weekdays {sorted(weekdays)} are not 0 (Monday) to 6 (Sunday)")
    return weekdays


@frozen(field_transformer=converting)
class Base:
    """Where tours start and end on some days: by weekday (Monday is 0), date, or from a day on.

    Its days are the `weekdays` and the `days`, all where there are neither, from `since` on.
    Raises `ValueError` where nothing is given, as that would be the home.
    """

    place: Coordinates = field(converter=_to_place)
    weekdays: frozenset[int] = field(default=frozenset(), kw_only=True, converter=_to_weekdays)
    days: tuple[Span, ...] = field(default=(), kw_only=True, converter=to_spans)
    since: dt.date | None = field(default=None, kw_only=True, converter=to_date_or_none)

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for a base of every day."""
        if not (self.weekdays or self.days or self.since):
            raise ValueError('a base says neither `on` nor `from`; write on = "Th"')

    def holds_on(self, day: dt.date) -> bool:
        """Whether the tour of a day starts and ends there."""
        is_named = day.weekday() in self.weekdays or in_any(day, self.days)
        is_any = not (self.weekdays or self.days)
        return (is_named or is_any) and (self.since is None or day >= self.since)
