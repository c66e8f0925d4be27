"""Lists as the program writes them: the other way round of reading."""

from collections.abc import Iterable

from reading_strategies import CHANNELS

from campaign.model.accounts import Account, Contact
from campaign.outputs.lists import (
    columns_of_accounts,
    columns_of_contacts,
    record_of,
    render_list,
)


def write_accounts(accounts: Iterable[Account]) -> bytes:
    """Accounts as accounts.csv."""
    return render_list([record_of(account) for account in accounts], columns_of_accounts())


def write_contacts(contacts: Iterable[Contact]) -> bytes:
    """Contacts as contacts.csv."""
    records = [record_of(contact) for contact in contacts]
    return render_list(records, columns_of_contacts(CHANNELS))
