"""What letters are written with: templates, the sender, and the rep's own words."""

from collections.abc import Mapping

from attrs import field, frozen

from campaign.model.values import FrozenDict, frozen_mapping

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
class Colleague:
    """Somebody of the rep's team whom a first letter introduces as well."""

    name: str
    role: str = field(default="", kw_only=True)
    line: str = field(default="", kw_only=True)


@frozen
class Share:
    """Something useful to give away: a title, a sentence or two, and who it is for.

    It is for everybody where `roles`, `tiers` and `tags` are empty, else for whoever has one
    of each that is given; tags are those of the column `tags` of the account or the person.
    """

    name: str
    title: str = field(kw_only=True)
    text: str = field(kw_only=True)
    roles: tuple[str, ...] = field(default=(), kw_only=True, converter=tuple[str, ...])
    tiers: tuple[str, ...] = field(default=(), kw_only=True, converter=tuple[str, ...])
    tags: tuple[str, ...] = field(default=(), kw_only=True, converter=tuple[str, ...])


@frozen
class Stationery:
    """Templates by their names (`thank`), which go before the words that ship.

    `words` are texts of the rep's own that templates may use, by name; `team` is introduced
    in first letters, `shares` are dealt out by touches that share something useful.
    """

    templates: Mapping[str, str] = field(default=NOTHING, converter=frozen_mapping)
    sender: Sender = field(factory=Sender, kw_only=True)
    words: Mapping[str, str] = field(default=NOTHING, kw_only=True, converter=frozen_mapping)
    team: tuple[Colleague, ...] = field(default=(), kw_only=True, converter=tuple[Colleague, ...])
    shares: tuple[Share, ...] = field(default=(), kw_only=True, converter=tuple[Share, ...])
