"""Refusals that a list of accounts holds: a no of everybody at the account."""

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.model.accounts import Account, Consent, Contact
from campaign.phrases import counted
from campaign.reading.columns.headings import aliases, match
from campaign.reading.columns.unread import refusals
from campaign.reading.lists.accounts_and_contacts import refused_channels
from campaign.reading.lists.records import Cells, Placed, Records
from campaign.reading.parsing.table import Table


@frozen
class Refused:
    """The channels that accounts refuse, by the row of the account, and what is unclear."""

    channels: Mapping[int, tuple[str, ...]]
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
    return table.without({columns.others[heading] for heading in asked}), Refused(found, faults)


def with_refusals(
    contacts: Records[Contact], accounts: Records[Account], refused: Refused
) -> Records[Contact]:
    """The contacts, with a no to each channel that their account refuses.

    An account without a contact becomes its own, so that the no has a place.
    """
    lines = zip(accounts.rows, accounts.items, strict=True)
    refusing = {one.account_id: (row, one) for row, one in lines if refused.channels.get(row)}
    if not refusing:
        return contacts

    def with_no(contact: Contact, _: int) -> Contact:
        if contact.account_id not in refusing:
            return contact
        row, _account = refusing[contact.account_id]
        nos = dict.fromkeys(refused.channels[row], Consent.NO)
        return evolve(contact, consents={**contact.consents, **nos})

    there = {contact.account_id for contact in contacts.items}
    alone = tuple(
        Placed(row, Contact(one.account_id, one.account_id, name=one.name))
        for row, one in refusing.values()
        if one.account_id not in there
    )
    every, _ = evolve(contacts, placed=(*contacts.placed, *alone)).each(with_no)
    refuse = counted(len(refusing), "account refuses a channel", "accounts refuse channels")
    return every.saying(f"{accounts.file}: {refuse}: a no of everybody there")
