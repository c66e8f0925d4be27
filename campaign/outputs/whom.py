"""Who a row of the plan is about: the account, the person, the phone and the address."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
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

    Of those that it has no more the names may be known still. `home` is the rep's country.
    `called` and `meets` are how a row is told: by names, and by ids where these are not known.
    """

    account: Account | None
    person: Contact | None
    former_account: str = ""
    former_person: str = ""
    home: str = ""
    account_id: str = ""
    contact_id: str = ""

    @property
    def called(self) -> str:
        """The account as a row is told: its name, else its id."""
        return self.account_name or self.account_id

    @property
    def meets(self) -> str:
        """The person as a row is told, apart from the account: empty where it is the account."""
        is_account = self.contact_id == self.account_id
        return "" if is_account else self.person_name or self.contact_id

    @property
    def account_name(self) -> str:
        """The name of the account, empty where it is not known."""
        return self.account.name if self.account else self.former_account

    @property
    def tier(self) -> str:
        """The name of the account's tier."""
        return self.account.tier if self.account else ""

    @property
    def person_name(self) -> str:
        """The name of the person; the account's own where no person is known."""
        return self.person.name if self.person else self.former_person

    @property
    def phone(self) -> str:
        """The person's number, else the account's."""
        of_account = self.account.phone if self.account else ""
        return (self.person.phone if self.person else "") or of_account

    @property
    def email(self) -> str:
        """The person's e-mail address, else the account's."""
        of_account = self.account.email if self.account else ""
        return (self.person.email if self.person else "") or of_account

    @property
    def has_own_address(self) -> bool:
        """Whether the person's own address goes before the account's."""
        return has_own_address(self.person, self.account)

    @property
    def address(self) -> str:
        """The person's own address in one line where it is whole, else the account's.

        Its country is named where it is not the rep's.
        """
        if self.has_own_address and self.person:
            one, country = self.person, self.person.country
            town = " ".join(filter(None, (one.region, one.postal_code)))
            place = ", ".join(filter(None, (one.street, one.city, town)))
        else:
            place = self.account.address if self.account else ""
            country = ""
        country = country or (self.account.country if self.account else "")
        is_abroad = bool(place and country and self.home and country != self.home)
        return f"{place}, {country_name(country)}" if is_abroad else place


def whom(territory: Territory, account_id: str, contact_id: str) -> Whom:
    """The account and the person of these ids, as far as the territory knows them."""
    former, home = territory.former.get, territory.rep.country
    names = former((account_id, account_id), ""), former((account_id, contact_id), ""), home
    ids = {"account_id": account_id, "contact_id": contact_id}
    try:
        account = territory.account(account_id)
    except KeyError:
        return Whom(None, None, *names, **ids)
    if contact_id == account_id:
        return Whom(account, itself(account), home=home, **ids)
    people = (one for one in territory.contacts_of(account_id) if one.contact_id == contact_id)
    return Whom(account, next(people, None), *names, **ids)


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
    # Longer and longer names, for those alone that are still alike.
    names = {account.account_id: account.name for account in territory.accounts}
    for longer in _LONGER:
        counts = Counter(name.casefold() for name in names.values())
        several = {name for name, number in counts.items() if number > 1}
        more = {
            account.account_id: longer(account)
            for account in territory.accounts
            if names[account.account_id].casefold() in several
        }
        names |= {key: name for key, name in more.items() if name}
    return names


_LONGER: tuple[Callable[[Account], str], ...] = (
    lambda one: f"{one.name}, {one.city}" if one.city else "",
    lambda one: f"{one.name}, {one.street}, {one.city}" if one.street and one.city else "",
    lambda one: f"{one.name} ({one.account_id})",
)


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
