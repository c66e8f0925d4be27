"""Where post goes: the lines of an address as the country writes them."""

from collections.abc import Iterator, Mapping

from campaign.model.stationery import Sender
from campaign.outputs.countries import country_name
from campaign.outputs.people import Whom
from campaign.words.plain import plain

_PARTS = ("street", "city", "region", "postal_code", "country")
_NEEDED = ("street", "city")
_TOWN_FIRST = frozenset({"AU", "CA", "MX", "NZ", "PH", "US", ""})
_CODE_BELOW = frozenset({"GB", "IE"})
_COMMA = frozenset({"US", ""})


def parts_of(who: Whom) -> Mapping[str, str]:
    """The parts of the person's own address where it is whole, else of the account's."""
    account = who.account
    own = who.person if who.has_own_address else account
    parts = {name: plain(getattr(own, name, "")) for name in _PARTS}
    if not parts["country"] and account:
        parts["country"] = plain(account.country)
    return parts


def missing_of(parts: Mapping[str, str]) -> tuple[str, ...]:
    """The parts without which nothing arrives."""
    return tuple(name for name in _NEEDED if not parts[name])


def address_lines(who: Whom, home: str) -> tuple[str, ...]:
    """Person, account, street, town and, where it is not that of `home`, the country."""
    names = dict.fromkeys((plain(who.person_name), plain(who.account_name)))
    return tuple(filter(None, (*names, *_below(parts_of(who), home))))


def sender_lines(sender: Sender, home: str) -> tuple[str, ...]:
    """The firm or the name, the street and the town of the sender."""
    parts = {name: plain(getattr(sender, name)) for name in _PARTS}
    return tuple(filter(None, (plain(sender.firm or sender.name), *_below(parts, home))))


def _below(parts: Mapping[str, str], home: str) -> Iterator[str]:
    country = parts["country"] or home
    yield parts["street"]
    yield from _town(parts, country)
    if country != home:
        yield country_name(country).upper()


def _town(parts: Mapping[str, str], country: str) -> Iterator[str]:
    city, region, code = parts["city"], parts["region"], parts["postal_code"]
    if country in _CODE_BELOW:
        yield from (city, code)
    elif country in _TOWN_FIRST:
        town = f"{city}," if country in _COMMA and region else city
        yield " ".join(filter(None, (town, region, code)))
    else:
        yield " ".join(filter(None, (code, city)))
