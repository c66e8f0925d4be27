"""What letters are written with: templates, the sender, and the rep's own words."""

from collections.abc import Mapping

from attrs import field, frozen

from campaign.model.values import NOTHING, frozen_mapping


@frozen(kw_only=True)
class Sender:
    """Who a letter is from, as its head says; what is empty is not known."""

    name: str = field(default="", kw_only=False)
    title: str = ""
    firm: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""


@frozen(kw_only=True)
class Colleague:
    """Somebody of the rep's team whom a first letter introduces as well."""

    name: str = field(kw_only=False)
    role: str = ""
    line: str = ""


@frozen(kw_only=True)
class Share:
    """Something useful to give away: a title, a sentence or two, and who it is for.

    It is for everybody where `roles`, `tiers` and `tags` are empty, else for whoever has one
    of each that is given; tags are those of the column `tags` of the account or the person.
    """

    name: str = field(kw_only=False)
    title: str
    text: str
    roles: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    tiers: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    tags: tuple[str, ...] = field(default=(), converter=tuple[str, ...])


@frozen(kw_only=True)
class Stationery:
    """Templates by their names (`thank`), which go before the words that ship.

    `words` are texts of the rep's own that templates may use, by name; `team` is introduced
    in first letters, `shares` are dealt out by touches that share something useful.
    """

    templates: Mapping[str, str] = field(kw_only=False, default=NOTHING, converter=frozen_mapping)
    sender: Sender = field(factory=Sender)
    words: Mapping[str, str] = field(default=NOTHING, converter=frozen_mapping)
    team: tuple[Colleague, ...] = field(default=(), converter=tuple[Colleague, ...])
    shares: tuple[Share, ...] = field(default=(), converter=tuple[Share, ...])
