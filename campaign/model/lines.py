"""Telephone numbers at which people of several accounts are reached."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from campaign.model.accounts import Account, Contact
from campaign.model.persons import digits_of
from campaign.model.runs import itself

if TYPE_CHECKING:
    from campaign.model.territory import Territory

_FEWEST_DIGITS = 6
"""A shorter number is an extension, which many may have."""


def number_of(account: Account | None, person: Contact | None) -> str:
    """The digits at which a person is called: their own number, else the account's."""
    own = digits_of(person.phone) if person else ""
    return own or (digits_of(account.phone) if account else "")


def shared_numbers(territory: "Territory") -> Mapping[str, tuple[str, ...]]:
    """The numbers that several active accounts share, each with their ids in the list's order."""
    found: dict[str, dict[str, None]] = {}
    for account in territory.active_accounts:
        for person in territory.contacts_of(account.account_id) or (itself(account),):
            number = number_of(account, person)
            if len(number) >= _FEWEST_DIGITS:
                found.setdefault(number, {})[account.account_id] = None
    return {number: tuple(ids) for number, ids in found.items() if len(ids) > 1}


def line_of(territory: "Territory", account: Account | None, person: Contact | None) -> int:
    """The place of a person's number among those that several accounts share; -1 for none."""
    shared = territory.shared_numbers
    number = number_of(account, person) if shared else ""
    return list(shared).index(number) if number in shared else -1
