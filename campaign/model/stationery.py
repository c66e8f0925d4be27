"""What letters are written with: templates, the sender, and the rep's own words."""

from collections.abc import Mapping

from attrs import field, frozen

from campaign.model.frozen_dicts import FrozenDict
from campaign.model.values import frozen_mapping

NOTHING: Mapping[str, str] = FrozenDict()


@frozen
class Sender:
    """Who a letter is from, as its head says; what is empty is not known."""

    name: str = ""
    title: str = field(default="", kw_only=True)
    firm: str = field(default="", kw_only=True)
    street: str = field(default="", kw_only=True)
    city: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    postal_code: str = field(default="", kw_only=True)
    country: str = field(default="", kw_only=True)
    phone: str = field(default="", kw_only=True)
    email: str = field(default="", kw_only=True)


@frozen
class Stationery:
    """Templates by their names (`thank`), which go before those that ship.

    `words` are texts of the rep's own that templates may use, by name.
    """

    templates: Mapping[str, str] = field(default=NOTHING, converter=frozen_mapping)
    sender: Sender = field(factory=Sender, kw_only=True)
    words: Mapping[str, str] = field(default=NOTHING, kw_only=True, converter=frozen_mapping)
