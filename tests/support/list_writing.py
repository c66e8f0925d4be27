"""Lists as the program writes them, and as a spreadsheet does: reading turned round."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

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


def write_rows(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    separator: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    """Rows below their columns as a spreadsheet saves them; what a row lacks is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
