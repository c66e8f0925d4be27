"""Channels: the ways in which a rep reaches out, and what each of them costs."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Attribute, field, frozen
from attrs.validators import and_, ge, le, optional

from campaign.model.given import converting
from campaign.model.values import MOST_TOUCHES, FrozenDict, frozen_mapping, frozen_set, ordered_pair

CALL, VISIT = "call", "visit"
EVERY_WEEKDAY = frozenset(range(7))
_A_DAY = 24 * 60
_MOST_TRANSIT = 365
_TOUCHES = and_(ge(0), le(MOST_TOUCHES))


def _to_pair(value: Iterable[int] | None) -> tuple[int, int] | None:
    if value is None:
        return None
    least, most = value
    return least, most


@frozen(field_transformer=converting)
class Channel:
    """One way to reach out: letter, postcard, call, visit, email, or the user's own.

    `minutes` are the rep's minutes a touch, drives excluded; for a call they are the
    expected minutes, attempts that are not answered included. `per_day` and `per_week` are
    the most touches a day and a week. `transit` is the time in the post in business days,
    least and most, `abroad` the same to another country than the rep's (None: as at home).
    `travels` is true where the rep drives there. `weekdays` are those on
    which the channel may be used (Monday is 0).
    """

    name: str
    minutes: int = field(validator=[ge(0), le(_A_DAY)])
    per_day: int | None = field(default=None, kw_only=True, validator=optional(_TOUCHES))
    per_week: int | None = field(default=None, kw_only=True, validator=optional(_TOUCHES))
    transit: tuple[int, int] | None = field(
        default=None, kw_only=True, converter=_to_pair, validator=optional(ordered_pair)
    )
    abroad: tuple[int, int] | None = field(
        default=None, kw_only=True, converter=_to_pair, validator=optional(ordered_pair)
    )
    travels: bool = field(default=False, kw_only=True)
    weekdays: frozenset[int] = field(default=EVERY_WEEKDAY, kw_only=True, converter=frozen_set)

    @transit.validator
    @abroad.validator
    def _arrives_within_a_year(self, its: "Attribute[Any]", days: tuple[int, int] | None) -> None:
        if days and days[1] > _MOST_TRANSIT:
            raise ValueError(f"{its.name} {list(days)} is more than {_MOST_TRANSIT} business days")

    @property
    def is_post(self) -> bool:
        """Whether a touch is written now and arrives later."""
        return self.transit is not None

    @property
    def days_in_post(self) -> int:
        """The most business days until it has arrived; 0 where nothing is posted."""
        return self.transit[1] if self.transit else 0

    @property
    def days_abroad(self) -> int:
        """The same to another country than the rep's."""
        return self.abroad[1] if self.transit and self.abroad else self.days_in_post


_MOST = 1_000_000_000


@frozen(field_transformer=converting)
class Budget:
    """Money, in whatever currency: what a touch by each channel costs, and a `kilometre`.

    `most` is what the campaign may cost, None for any. Nothing is planned by it: what a plan
    costs is told.
    """

    channels: Mapping[str, float] = field(
        default=FrozenDict(), kw_only=True, converter=frozen_mapping
    )
    kilometre: float = field(default=0.0, kw_only=True, validator=[ge(0), le(_MOST)])
    most: float | None = field(default=None, kw_only=True, validator=optional([ge(0), le(_MOST)]))

    @channels.validator
    def _amounts(self, _attribute: "Attribute[object]", channels: Mapping[str, float]) -> None:
        for name, amount in channels.items():
            if not 0 <= amount <= _MOST:
                raise ValueError(f"{name} cannot cost {amount}; write 2.50")

    def __bool__(self) -> bool:
        """Whether anything is said of money."""
        return bool(self.channels or self.kilometre or self.most is not None)


NO_BUDGET = Budget()
