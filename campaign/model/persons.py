"""Who is one person, and what a plan has lived through with whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from attrs import field, frozen

from campaign.model.accounts import Account, Contact
from campaign.model.values import frozen_set


@frozen(kw_only=True)
class Lived:
    """The touches of a run that are over, and whom they were meant for.

    `runner` is the contact whose run it is, `contact_id` who was touched: the same, save
    where a step goes to another role. `steps` are the names of those that are over, `by`
    the channels that reached them, in their order, `last` the last day that
    counts to a person's gap.
    """

    account_id: str = field(kw_only=False)
    contact_id: str = field(kw_only=False)
    runner: str
    cadence: str
    steps: AbstractSet[str] = field(default=frozenset(), converter=frozen_set)
    by: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    last: dt.date | None = None


@frozen
class Twin:
    """A contact who is the same person as an earlier one of the list, and what shows it."""

    contact: Contact
    first: Contact
    shown_by: str


def twins(contacts: Iterable[Contact]) -> Iterator[Twin]:
    """The contacts who stand in the list a second time, under another id, at one account.

    One person has the same e-mail address, or the same name and telephone number.
    """
    seen: dict[tuple[str, str, str], Contact] = {}
    for contact in contacts:
        keys = dict(_keys(contact))
        found = next((key for key in keys if key in seen), None)
        first = seen[found] if found else contact
        if found and first.contact_id != contact.contact_id:
            yield Twin(contact, first, keys[found])
        for key in keys:
            seen.setdefault(key, first)


def _keys(contact: Contact) -> Iterator[tuple[tuple[str, str, str], str]]:
    """What a person is known by at an account, and what that is called."""
    email, digits = contact.email.strip().casefold(), digits_of(contact.phone)
    if email:
        yield (contact.account_id, "email", email), "e-mail address"
    if digits:
        name = " ".join(contact.name.casefold().split())
        yield (contact.account_id, name, digits), "name and number"


def digits_of(phone: str) -> str:
    """The digits of a telephone number, by which two of them are compared."""
    return "".join(filter(str.isdigit, phone))


def persons(contacts: Iterable[Contact]) -> Mapping[str, str]:
    """The first id of each person who has several, by each of the others."""
    return {one.contact.contact_id: one.first.contact_id for one in twins(contacts)}


_FEWEST_DIGITS = 6
"""A shorter number is an extension, which many may have."""


def number_of(account: Account | None, person: Contact | None) -> str:
    """The digits at which a person is called: their own number, else the account's."""
    own = digits_of(person.phone) if person else ""
    return own or (digits_of(account.phone) if account else "")


def shared_numbers(
    people: Iterable[tuple[Account, Contact | None]],
) -> Mapping[str, tuple[str, ...]]:
    """The numbers that several accounts share, each with their ids in the order of the list."""
    found: dict[str, dict[str, None]] = {}
    for account, person in people:
        number = number_of(account, person)
        if len(number) >= _FEWEST_DIGITS:
            found.setdefault(number, {})[account.account_id] = None
    return {number: tuple(ids) for number, ids in found.items() if len(ids) > 1}
