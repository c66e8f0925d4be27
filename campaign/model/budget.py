"""What touches and kilometres cost, and how much money there is."""

from collections.abc import Mapping

from attrs import Attribute, field, frozen
from attrs.validators import ge, le, optional

from campaign.model.frozen_dicts import FrozenDict
from campaign.model.given import converting
from campaign.model.values import frozen_mapping

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
