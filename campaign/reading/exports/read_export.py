"""An export as accounts and contacts: every step of reading it, in its order.

Which system it comes from is what its headings say.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from attrs import evolve, field, frozen

from campaign.errors import Finding
from campaign.model.accounts import Account, Contact
from campaign.reading.cells import shown
from campaign.reading.columns.headings import lacks
from campaign.reading.exports import links, untouched
from campaign.reading.exports.addresses import with_addresses
from campaign.reading.exports.choices import MAP, Choices, mapped, only, without
from campaign.reading.exports.codes import with_zeros, with_zeros_of_accounts
from campaign.reading.exports.duplicates import merged, with_lookalikes
from campaign.reading.exports.layout import (
    OF_A_CONTACT,
    Tables,
    column_of,
    place_named,
    place_of,
    words,
)
from campaign.reading.exports.people import (
    ListOf,
    apart,
    with_contact_ids,
    with_names,
    without_mixture,
)
from campaign.reading.lists.accounts_and_contacts import other_list, read_accounts, read_contacts
from campaign.reading.lists.records import Records
from campaign.reading.parsing.table import Table
from campaign.shipped import shipped_toml

_FEWEST = 2


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
    bare, refused = untouched.refused_by_account(parts.accounts, channels)
    dialect = dialect_of(table.headings)
    accounts = _accounts(bare, refused, dialect)
    contacts = _people(parts.contacts, accounts, channels)
    contacts = untouched.with_refusals_of_accounts(contacts, accounts, refused)
    return Export(accounts, contacts, dialect=dialect)


def read_export(tables: Tables, channels: Collection[str], choices: Choices) -> Export:
    """An export with what the user says of it: ids made, doubles merged, rules applied."""
    tables, of_names = mapped(tables, choices.columns, channels)
    tables, absent = without(without_mixture(tables), choices.without)
    tables, unchosen = only(tables, choices.only)
    findings = (*of_names, *absent, *unchosen)
    table = with_addresses(evolve(tables.accounts, order=choices.order), "accounts")
    dialect = dialect_of(table.headings)
    parts = apart(table, makes_ids=True)
    if none := tuple(_none_of_accounts(parts.accounts)):
        found, nobody = (*table.findings, *findings, *none), Records[Contact](table.file)
        return Export(Records(table.file), nobody, dialect=dialect, findings=found)
    bare, refused = untouched.refused_by_account(parts.accounts, channels)
    accounts = untouched.with_inactive(_accounts(bare, refused, dialect), bare, choices.inactive)
    people = parts.contacts
    if tables.contacts is not None:
        people = _separate(evolve(tables.contacts, order=choices.order), accounts)
        accounts = links.touched_by_people(accounts, people)
    contacts = links.rejoined(_people(people, accounts, channels), accounts)
    if tables.contacts is not None and parts.kind is ListOf.WITH_CONTACT:
        contacts = links.with_primary(contacts, _people(parts.contacts, accounts, channels))
    if choices.roles:
        contacts = links.with_roles(contacts)
    contacts = untouched.with_inactive_contacts(contacts, choices.inactive)
    contacts = untouched.with_refusals_of_accounts(contacts, accounts, refused)
    accounts = merged(accounts, is_expected=parts.kind is ListOf.PEOPLE)
    # columns of a contact who has no name in the list
    remedy = "name the column of the contact's name as well, as contact.name"
    of_nobody = [
        Finding(MAP, f"{heading} belongs to nobody", remedy=remedy)
        for heading in parts.accounts.headings
        if heading.startswith(OF_A_CONTACT)
    ]
    return Export(
        with_lookalikes(accounts),
        links.without_strangers(merged(contacts), accounts),
        dialect=dialect,
        findings=(*findings, *of_nobody),
        empty={table.file: table.empty_headings for table in tables.all},
    )


def _none_of_accounts(table: Table) -> Iterator[Finding]:
    """Why an export holds no accounts, people taken out; nothing where it may hold some.

    Of a file without rows the list of accounts itself says what is wrong.
    """
    if not table.rows:
        return
    if other := other_list(table):
        problem = f"this looks like a list of {other.words}"
        remedy = other.remedy.format(file=shown(table.file))
        yield Finding(table.file, problem, remedy=remedy, row=table.heading_row)
    elif column_of(table, "name") is None:
        yield _lacking(table, "the names of the accounts", "name", "Name")


def _none_of_people(table: Table) -> Iterator[Finding]:
    """What a list of people has to have and has not: whose they are, and what they are called."""
    if not table.rows:
        return
    whose = column_of(table, "account_id", "contacts"), place_named(table, "account_name")
    if whose == (None, None) and not links.has_domains(table):
        column, heads = f"{OF_A_CONTACT}account_id", "Account ID or Account Name"
        yield _lacking(table, "the account of each person", column, heads)
    parts = place_of(table, (*words("first_name"), *words("last_name")))
    if parts is None and column_of(table, "name", "contacts") is None:
        yield _lacking(table, "the names of the people", f"{OF_A_CONTACT}name", "Name")


def _lacking(table: Table, what: str, column: str, heads: str) -> Finding:
    remedy = f'say which one does, as {MAP} "HEADING={column}", or head it {heads}'
    problem = f"no column is known to hold {what}"
    return lacks(table, problem, remedy, column.removeprefix(OF_A_CONTACT))


def _accounts(table: Table, refused: untouched.Refused, dialect: str) -> Records[Account]:
    accounts = with_zeros_of_accounts(read_accounts(table))
    said = (*_said_of(dialect, table.file), *accounts.said)
    return evolve(accounts, said=said, findings=(*accounts.findings, *refused.faults))


def _said_of(dialect: str, file: str) -> tuple[str, ...]:
    return (f"{file}: an export of {dialect}, as its headings say",) if dialect else ()


def _separate(table: Table, accounts: Records[Account]) -> Table:
    """The separate contacts, each with the id of its account."""
    if found := tuple(_none_of_people(table)):
        return Table(table.file, findings=(*table.findings, *found))
    table = with_addresses(table, "contacts")
    said = (*_said_of(dialect_of(table.headings), table.file), *table.said)
    return with_contact_ids(with_names(links.linked(evolve(table, said=said), accounts)))


def _people(
    table: Table, accounts: Records[Account], channels: Collection[str]
) -> Records[Contact]:
    countries = {account.account_id: account.country for account in accounts.items}
    return with_zeros(
        read_contacts(with_names(table), channels),
        lambda one: one.country or countries.get(one.account_id, ""),
    )


def dialect_of(headings: Sequence[str]) -> str:
    """The system that most headings speak for; empty where no two speak for one."""
    written = [" ".join(heading.split()).casefold() for heading in headings]
    votes: dict[str, int] = {}
    for one in shipped_toml("reading/exports/dialects.toml")["dialect"]:
        patterns = [heading.casefold() for heading in one["headings"]]
        votes[one["name"]] = sum(
            any(fnmatchcase(heading, pattern) for pattern in patterns) for heading in written
        )
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] >= _FEWEST else ""
