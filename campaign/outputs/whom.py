"""Who a row of the plan is about: the account, the person, the phone and the address."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files

from attrs import frozen

from campaign.model.accounts import Account, Contact, itself
from campaign.model.post import has_own_address
from campaign.model.territory import Territory
from campaign.touches import LeftOut, Plan, Touch


@frozen
class Whom:
    """The account and the person that a row names, None where the territory has no such one.

    Of those that it has no more the names may be known still. `called`, `titled` (with the
    tier) and `meets` are how a row is told: by names, by ids where these are not known, and
    no person beside an account that is its own contact. Number, e-mail and address are the
    person's where they have their own, else the account's; the address is one line, with the
    country where it is not the rep's.
    """

    account: Account | None
    person: Contact | None
    account_name: str
    person_name: str
    called: str
    titled: str
    meets: str
    tier: str
    phone: str
    email: str
    address: str
    has_own_address: bool


def whom(territory: Territory, account_id: str, contact_id: str) -> Whom:
    """The account and the person of these ids, as far as the territory knows them."""
    account = person = None
    with suppress(KeyError):
        account = territory.account(account_id)
        is_itself = contact_id == account_id
        people = territory.contacts_of(account_id)
        named = (one for one in people if one.contact_id == contact_id)
        person = itself(account) if is_itself else next(named, None)
    former = territory.former
    account_name = account.name if account else former.get((account_id, account_id), "")
    person_name = person.name if person else former.get((account_id, contact_id), "")
    called = account_name or account_id
    tier = account.tier if account else ""
    known = [one for one in (person, account) if one]
    return Whom(
        account,
        person,
        account_name,
        person_name,
        called,
        f"{called} ({tier})" if tier else called,
        "" if contact_id == account_id else person_name or contact_id,
        tier,
        next((one.phone for one in known if one.phone), ""),
        next((one.email for one in known if one.email), ""),
        _address(account, person, territory.rep.country),
        has_own_address(person, account),
    )


def _address(account: Account | None, person: Contact | None, home: str) -> str:
    place, country = (account.address, account.country) if account else ("", "")
    if person and has_own_address(person, account):
        town = " ".join(filter(None, (person.region, person.postal_code)))
        place = ", ".join(filter(None, (person.street, person.city, town)))
        country = person.country or country
    is_abroad = bool(place and country and home and country != home)
    return f"{place}, {country_name(country)}" if is_abroad else place


def whom_of(plan: Plan, row: Touch | LeftOut) -> Whom:
    """The same of a touch, or of what is left out."""
    return whom(plan.territory, row.account_id, row.contact_id)


def night_of(plan: Plan, date: dt.date) -> str:
    """Where the rep sleeps after a day, as `night near Cascade Dental, Salem`; empty at home."""
    account_id = plan.nights.get(date, "")
    if not account_id:
        return ""
    account = whom(plan.territory, account_id, account_id).account
    names = (account.name, account.city) if account else (account_id,)
    return f"night near {', '.join(filter(None, names))}"


def names_apart(territory: Territory) -> Mapping[str, str]:
    """The name of each account by its id; one that several have, with what tells them apart.

    That is the town, else the street and the town, else the id.
    """
    names = {one.account_id: one.name for one in territory.accounts}
    longer = ("{0.name}, {0.city}", "{0.name}, {0.street}, {0.city}", "{0.name} ({0.account_id})")
    # Longer and longer names, for those alone that are still alike.
    for form in longer:
        counts = Counter(name.casefold() for name in names.values())
        for one in territory.accounts:
            is_whole = one.city and (one.street or "street" not in form)
            if counts[names[one.account_id].casefold()] > 1 and (is_whole or form is longer[-1]):
                names[one.account_id] = form.format(one)
    return names


# The countries that print on Letter; everybody else prints on A4.
_LETTER = frozenset({"BO", "CA", "CL", "CO", "CR", "DO", "GT", "MX", "NI", "PA", "PH", "US", "VE"})


def is_letter_paper(country: str) -> bool:
    """Whether a country (ISO 3166) prints on US Letter rather than on A4."""
    return country.upper() in _LETTER


def country_name(code: str) -> str:
    """The English name of a country (ISO 3166); what is no code as it stands."""
    return _names().get(code, code)


@cache
def _names() -> Mapping[str, str]:
    text = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {**{code: name for code, name in rows}, "GB": "United Kingdom"}  # noqa: C416 (pairs)
