"""Rhythms: what an account gets again and again once the campaign is over."""

from attrs import field, frozen
from attrs.validators import ge, le

from campaign.model.given import converting
from campaign.model.values import not_empty

MOST_WEEKS = 104


def _to_channels(value: "str | list[str] | tuple[str, ...]") -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@frozen(field_transformer=converting)
class Beat:
    """One touch of a rhythm: in its `week`, by the first of `channels` that is possible."""

    week: int = field(validator=[ge(1), le(MOST_WEEKS)])
    channels: tuple[str, ...] = field(converter=_to_channels)
    purpose: str = field(validator=not_empty)

    @channels.validator
    def _some_channel(self, _attribute: object, channels: tuple[str, ...]) -> None:
        if not channels:
            raise ValueError(f"the touch of week {self.week} has no channel")


@frozen(field_transformer=converting)
class Rhythm:
    """Touches that come again every so many `weeks`, counted from the last of the campaign.

    Raises `ValueError` for a touch beyond the last week, and for two in one week.
    """

    name: str = field(validator=not_empty)
    weeks: int = field(validator=[ge(1), le(MOST_WEEKS)])
    touches: tuple[Beat, ...] = field(converter=tuple[Beat, ...])

    @touches.validator
    def _one_a_week(self, _attribute: object, touches: tuple[Beat, ...]) -> None:
        weeks = [beat.week for beat in touches]
        if not weeks:
            raise ValueError(f"rhythm {self.name} has no touches")
        if max(weeks) > self.weeks:
            raise ValueError(f"week {max(weeks)} is beyond the {self.weeks} weeks of {self.name}")
        if len(set(weeks)) < len(weeks):
            raise ValueError(f"rhythm {self.name} has two touches in one week")
