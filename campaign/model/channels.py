"""Channels: the ways in which a rep reaches out, and what each of them costs."""

from collections.abc import Mapping
from typing import Any

from attrs import Attribute, field, frozen

from campaign.model.given import Between, converting, whole
from campaign.model.hours import A_DAY
from campaign.model.values import NOTHING, frozen_set, ordered_pair, to_pair

CALL, VISIT = "call", "visit"
EVERY_WEEKDAY = frozenset(range(7))
_MOST_TRANSIT = 365


def _in_the_post(owner: object, its: "Attribute[Any]", days: tuple[int, int] | None) -> None:
    ordered_pair(owner, its, days)
    if days and days[1] > _MOST_TRANSIT:
        raise ValueError(f"{its.name} {list(days)} is more than {_MOST_TRANSIT} business days")


@frozen(field_transformer=converting, kw_only=True)
class Channel:
    """One way to reach out: letter, postcard, call, visit, email, or the user's own.

    `minutes` are the rep's minutes a touch, drives excluded; for a call they are the
    expected minutes, attempts that are not answered included. `per_day` and `per_week` are
    the most touches a day and a week. `transit` is the time in the post in business days,
    least and most, `abroad` the same to another country than the rep's (None: as at home).
    `travels` is true where the rep drives there. `weekdays` are those on
    which the channel may be used (Monday is 0).
    """

    name: str = field(kw_only=False)
    minutes: int = field(kw_only=False, validator=whole("minutes", 15, 0, A_DAY))
    per_day: int | None = field(default=None, validator=whole("touches", 10))
    per_week: int | None = field(default=None, validator=whole("touches", 30))
    transit: tuple[int, int] | None = field(default=None, converter=to_pair, validator=_in_the_post)
    abroad: tuple[int, int] | None = field(default=None, converter=to_pair, validator=_in_the_post)
    travels: bool = False
    weekdays: frozenset[int] = field(default=EVERY_WEEKDAY, converter=frozen_set)

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


_MONEY = Between(0, 1_000_000_000, like=2.5)


@frozen(field_transformer=converting, kw_only=True)
class Budget:
    """Money, in whatever currency: what a touch by each channel costs, and a `kilometre`.

    `most` is what the campaign may cost, None for any. Nothing is planned by it: what a plan
    costs is told.
    """

    channels: Mapping[str, float] = field(default=NOTHING)
    kilometre: float = field(default=0.0, validator=_MONEY)
    most: float | None = field(default=None, validator=_MONEY)

    @channels.validator
    def _amounts(self, _attribute: object, channels: Mapping[str, float]) -> None:
        for name, amount in channels.items():
            if not 0 <= amount <= _MONEY.most:
                raise ValueError(f"{name} cannot cost {amount}; write 2.50")

    def __bool__(self) -> bool:
        """Whether anything is said of money."""
        return bool(self.channels or self.kilometre or self.most is not None)


NO_BUDGET = Budget()
