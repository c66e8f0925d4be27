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
    def account_name(self) -> str:
        """The name of the account, empty where it is not known."""
        return self.account.name if self.account else self.former_account

    @property
    def called(self) -> str:
        """The account as a row is told: its name, else its id."""
        return self.account_name or self.account_id

    @property
    def person_name(self) -> str:
        """The name of the person; the account's own where no person is known."""
        return self.person.name if self.person else self.former_person

    @property
    def meets(self) -> str:
        """The person as a row is told, apart from the account: empty where it is the account."""
        is_account = self.contact_id == self.account_id
        return "" if is_account else self.person_name or self.contact_id

    @property
    def tier(self) -> str:
        """The name of the account's tier."""
        return self.account.tier if self.account else ""

    @property
    def titled(self) -> str:
        """The account as a row is told, with its tier where one is known."""
        return f"{self.called} ({self.tier})" if self.tier else self.called

    @property
    def phone(self) -> str:
        """The person's number, else the account's."""
        return next((one.phone for one in (self.person, self.account) if one and one.phone), "")

    @property
    def email(self) -> str:
        """The person's e-mail address, else the account's."""
        return next((one.email for one in (self.person, self.account) if one and one.email), "")

    @property
    def has_own_address(self) -> bool:
        """Whether the person's own address goes before the account's."""
        return has_own_address(self.person, self.account)

    @property
    def address(self) -> str:
        """The person's own address in one line where it is whole, else the account's.

        Its country is named where it is not the rep's.
        """
        place, country = (self.account.address, self.account.country) if self.account else ("", "")
        if self.has_own_address and self.person:
            one, country = self.person, self.person.country or country
            town = " ".join(filter(None, (one.region, one.postal_code)))
            place = ", ".join(filter(None, (one.street, one.city, town)))
        is_abroad = bool(place and country and self.home and country != self.home)
        return f"{place}, {country_name(country)}" if is_abroad else place


def whom(territory: Territory, account_id: str, contact_id: str) -> Whom:
    """The account and the person of these ids, as far as the territory knows them."""
    account = person = None
    with suppress(KeyError):
        account = territory.account(account_id)
        people = (
            [itself(account)] if contact_id == account_id else territory.contacts_of(account_id)
        )
        person = next((one for one in people if one.contact_id == contact_id), None)
    return Whom(
        account,
        person,
        territory.former.get((account_id, account_id), ""),
        territory.former.get((account_id, contact_id), ""),
        territory.rep.country,
        account_id=account_id,
        contact_id=contact_id,
    )


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
    # Longer and longer names, for those alone that are still alike.
    for parts in (("city",), ("street", "city"), ("account_id",)):
        counts = Counter(name.casefold() for name in names.values())
        for one in territory.accounts:
            more = [getattr(one, part) for part in parts]
            if counts[names[one.account_id].casefold()] > 1 and all(more):
                by_id = f"{one.name} ({one.account_id})"
                longer = by_id if parts == ("account_id",) else ", ".join((one.name, *more))
                names[one.account_id] = longer
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
