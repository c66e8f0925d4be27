"""Where a letter goes, and how long it takes: to another country it has its own time."""

from typing import TYPE_CHECKING

from campaign.model.accounts import Account, Contact

if TYPE_CHECKING:
    from campaign.model.territory import Territory

_LETTERS_OF_A_CODE = 2


def has_own_address(person: Contact | None, account: Account | None) -> bool:
    """Whether the person's own address goes before the account's.

    One that lacks a street or a town does so only where the account has none either.
    """
    if person is None or not (person.street or person.city or person.postal_code):
        return False
    is_whole = bool(person.street and person.city)
    return is_whole or account is None or not (account.street and account.city)


def days_in_post(
    territory: "Territory", channel: str, account: Account | None, person: Contact | None
) -> int:
    """The most business days until something posted has arrived; 0 by what is no post.

    It goes abroad by the country of the address that is written on it; one that nobody names
    is the rep's.
    """
    used = territory.channels.get(channel)
    if used is None or not used.is_post:
        return 0
    there = person.country if person and has_own_address(person, account) else ""
    there = there or (account.country if account else "")
    home = territory.rep.country
    is_abroad = bool(home) and len(there) == _LETTERS_OF_A_CODE and there != home
    return used.days_abroad if is_abroad else used.days_in_post


def days_in_post_of(territory: "Territory", channel: str, account_id: str, contact_id: str) -> int:
    """The same by the ids of a row, of which the territory may know neither."""
    try:
        account = territory.account(account_id)
    except KeyError:
        return days_in_post(territory, channel, None, None)
    people = territory.contacts_of(account_id)
    person = next((one for one in people if one.contact_id == contact_id), None)
    return days_in_post(territory, channel, account, person)
