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


def twins(contacts: Iterable[Contact]) -> Iterator[tuple[Contact, Contact, str]]:
    """The contacts who stand in the list a second time, under another id, at one account.

    Each with the first of them, and with what shows it: one person has the same e-mail address,
    or the same name and telephone number.
    """
    seen: dict[tuple[str, str, str], Contact] = {}
    for contact in contacts:
        account_id, email = contact.account_id, contact.email.strip().casefold()
        digits, name = digits_of(contact.phone), " ".join(contact.name.casefold().split())
        keys = {(account_id, "email", email): "e-mail address"} if email else {}
        keys |= {(account_id, name, digits): "name and number"} if digits else {}
        found = next((key for key in keys if key in seen), None)
        first = seen[found] if found else contact
        if found and first.contact_id != contact.contact_id:
            yield contact, first, keys[found]
        for key in keys:
            seen.setdefault(key, first)


def digits_of(phone: str) -> str:
    """The digits of a telephone number, by which two of them are compared."""
    return "".join(filter(str.isdigit, phone))


def persons(contacts: Iterable[Contact]) -> Mapping[str, str]:
    """The first id of each person who has several, by each of the others."""
    return {again.contact_id: first.contact_id for again, first, _ in twins(contacts)}


def number_of(account: Account | None, person: Contact | None) -> str:
    """The digits at which a person is called: their own number, else the account's."""
    own = digits_of(person.phone) if person else ""
    return own or (digits_of(account.phone) if account else "")
