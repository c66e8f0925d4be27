"""Refusals that a list of accounts holds: a no of everybody at the account."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.model.accounts import Account, Consent, Contact
from campaign.reading.columns.headings import aliases, match
from campaign.reading.columns.unread import refusals
from campaign.reading.lists.accounts_and_contacts import refused_channels
from campaign.reading.lists.records import Cells, Placed, Records
from campaign.reading.parsing.table import Table


@frozen
class Refused:
    """The channels that accounts refuse, by the row of the account, and what is unclear."""

    channels: Mapping[int, Sequence[str]]
    faults: tuple[Finding, ...] = ()


def refused_by_account(table: Table, channels: Iterable[str]) -> tuple[Table, Refused]:
    """The table without its columns of refusals, and what these say."""
    columns = match(table, aliases("accounts"))
    asked = refusals(columns, channels)
    if not asked:
        return table, Refused({})
    rows = [Cells(evolve(row, faults=()), columns, table.file) for row in table.rows if row.cells]
    found = {row.row.number: tuple(refused_channels(row, row.others(), asked)) for row in rows}
    faults = tuple(finding for row in rows for finding in row.findings)
    places = {columns.others[heading] for heading in asked}
    return table.without(places), Refused(found, faults)


def with_refusals(
    contacts: Records[Contact], accounts: Records[Account], refused: Refused
) -> Records[Contact]:
    """The contacts, with a no to each channel that their account refuses.

    An account without a contact becomes its own, so that the no has a place.
    """
    by_account = {
        account.account_id: refused.channels[row]
        for row, account in zip(accounts.rows, accounts.items, strict=True)
        if refused.channels.get(row)
    }
    if not by_account:
        return contacts
    placed = tuple(_with_no(one, by_account) for one in contacts.placed)
    there = {contact.account_id for contact in contacts.items}
    alone = tuple(
        Placed(row, _with_nos(_alone(account), by_account[account.account_id]))
        for row, account in zip(accounts.rows, accounts.items, strict=True)
        if account.account_id in by_account.keys() - there
    )
    said = f"{accounts.file}: {_counted(len(by_account))}: a no of everybody there"
    return evolve(contacts, placed=(*placed, *alone), said=(*contacts.said, said))


def _alone(account: Account) -> Contact:
    """The account as its own contact; what the person lacks is taken from the account."""
    return Contact(account.account_id, account.account_id, name=account.name)


def _counted(number: int) -> str:
    return "1 account refuses a channel" if number == 1 else f"{number} accounts refuse channels"


def _with_no(one: Placed[Contact], refused: Mapping[str, Sequence[str]]) -> Placed[Contact]:
    if one.item is None or one.item.account_id not in refused:
        return one
    return evolve(one, item=_with_nos(one.item, refused[one.item.account_id]))


def _with_nos(contact: Contact, channels: Sequence[str]) -> Contact:
    return evolve(contact, consents={**contact.consents, **dict.fromkeys(channels, Consent.NO)})
