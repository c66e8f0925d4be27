"""An export as accounts and contacts: every step of reading it, in its order.

Which system it comes from is what its headings say.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from attrs import evolve, field, frozen

from campaign.errors import Finding
from campaign.model.accounts import Account, Contact
from campaign.reading.exports.addresses import with_addresses
from campaign.reading.exports.choices import Choices
from campaign.reading.exports.column_names import Tables, mapped, without_a_name
from campaign.reading.exports.column_owners import Kind
from campaign.reading.exports.duplicates import lookalikes, merged, noticed
from campaign.reading.exports.inactive import with_inactive, with_inactive_contacts
from campaign.reading.exports.links import linked, rejoined, touched_by_people, without_strangers
from campaign.reading.exports.people import (
    Apart,
    apart,
    with_contact_ids,
    with_names,
    without_mixture,
)
from campaign.reading.exports.postal_codes import with_zeros, with_zeros_of_accounts
from campaign.reading.exports.refused import Refused, refused_by_account, with_refusals
from campaign.reading.exports.roles import with_primary, with_roles
from campaign.reading.exports.selection import only, without
from campaign.reading.exports.wrong_lists import without_accounts, without_people
from campaign.reading.lists.accounts_and_contacts import read_accounts, read_contacts
from campaign.reading.lists.records import Records
from campaign.reading.parsing.table import Table


@frozen
class Export:
    """The accounts and contacts of an export, and the system that it comes from.

    `empty` holds the headings under which nothing stands, by the file.
    """

    accounts: Records[Account]
    contacts: Records[Contact]
    dialect: str = field(default="", kw_only=True)
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    empty: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True)


def read_list(table: Table, channels: Collection[str]) -> Export:
    """A bare list: what its own cells say, with nothing made and nothing left out."""
    table = with_addresses(table, "accounts")
    parts = apart(table, makes_ids=False)
    bare, refused = refused_by_account(parts.accounts, channels)
    accounts = _accounts(bare, refused, dialect_of(table.headings))
    contacts = _people(parts.contacts, accounts, channels)
    return Export(
        accounts,
        with_refusals(contacts, accounts, refused),
        dialect=dialect_of(table.headings),
    )


def read_export(tables: Tables, channels: Collection[str], choices: Choices) -> Export:
    """An export with what the user says of it: ids made, doubles merged, rules applied."""
    tables, findings = mapped(tables, choices.columns, channels)
    tables, absent = without(without_mixture(tables), choices.without)
    chosen, more = only(tables.accounts, choices.only)
    tables, findings = evolve(tables, accounts=chosen), (*findings, *absent, *more)
    table = with_addresses(evolve(tables.accounts, order=choices.order), "accounts")
    parts = apart(table, makes_ids=True)
    if stranger := without_accounts(parts.accounts):
        return _of_none(table, (*findings, stranger))
    bare, refused = refused_by_account(parts.accounts, channels)
    accounts = _accounts(bare, refused, dialect_of(table.headings))
    accounts = with_inactive(accounts, bare, choices.inactive)
    people = _people_of(tables, parts, accounts, choices)
    if tables.contacts is not None:
        accounts = touched_by_people(accounts, people)
    named = rejoined(_people(people, accounts, channels), accounts)
    if tables.contacts is not None and parts.kind is Kind.WITH_CONTACT:
        named = with_primary(named, _people(parts.contacts, accounts, channels))
    if choices.roles:
        named = with_roles(named)
    found = with_inactive_contacts(named, choices.inactive)
    contacts = with_refusals(found, accounts, refused)
    accounts = merged(accounts, is_expected=parts.kind is Kind.PEOPLE)
    return Export(
        noticed(accounts, lookalikes(accounts)),
        without_strangers(merged(contacts), accounts),
        dialect=dialect_of(table.headings),
        findings=(*findings, *without_a_name(parts.accounts)),
        empty={table.file: table.empty_headings for table in tables.all},
    )


def _of_none(table: Table, findings: tuple[Finding, ...]) -> Export:
    """What is left of an export that holds no accounts: why it holds none."""
    nobody = Records[Contact](table.file)
    found = (*table.findings, *findings)
    return Export(Records(table.file), nobody, dialect=dialect_of(table.headings), findings=found)


def _accounts(table: Table, refused: Refused, dialect: str) -> Records[Account]:
    accounts = with_zeros_of_accounts(read_accounts(table))
    said = (*_said_of(dialect, table.file), *accounts.said)
    return evolve(accounts, said=said, findings=(*accounts.findings, *refused.faults))


def _said_of(dialect: str, file: str) -> tuple[str, ...]:
    return (f"{file}: an export of {dialect}, as its headings say",) if dialect else ()


def _people_of(tables: Tables, parts: Apart, accounts: Records[Account], choices: Choices) -> Table:
    """The separate contacts where they are given, else those that stand in the export."""
    if tables.contacts is None:
        return parts.contacts
    if found := tuple(without_people(tables.contacts)):
        return Table(tables.contacts.file, findings=(*tables.contacts.findings, *found))
    table = with_addresses(evolve(tables.contacts, order=choices.order), "contacts")
    said = (*_said_of(dialect_of(table.headings), table.file), *table.said)
    return with_contact_ids(with_names(linked(evolve(table, said=said), accounts)))


def _people(
    table: Table, accounts: Records[Account], channels: Collection[str]
) -> Records[Contact]:
    countries = {account.account_id: account.country for account in accounts.items}
    return with_zeros(
        read_contacts(with_names(table), channels),
        lambda one: one.country or countries.get(one.account_id, ""),
    )


_FEWEST = 2


@cache
def dialects() -> Mapping[str, Sequence[str]]:
    """The headings of each system that is known, by its name."""
    text = files("campaign.reading.exports").joinpath("dialects.toml").read_text(encoding="utf-8")
    return {one["name"]: one["headings"] for one in tomllib.loads(text)["dialect"]}


def dialect_of(headings: Sequence[str]) -> str:
    """The system that most headings speak for; empty where no two speak for one."""
    written = [" ".join(heading.split()).casefold() for heading in headings]
    votes = {name: _votes(written, known) for name, known in dialects().items()}
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] >= _FEWEST else ""


def _votes(written: Sequence[str], known: Sequence[str]) -> int:
    patterns = [heading.casefold() for heading in known]
    return sum(any(fnmatchcase(heading, one) for one in patterns) for heading in written)
