"""Headings that the user names: `Kunde=name`, or `Buyer=contact.name`."""

from collections.abc import Collection, Iterator, Mapping

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import aliases, folded, headings_in_words
from campaign.reading.parsing.table import Table

OPTION = "--map"
OF_A_CONTACT = "contact."


@frozen
class Tables:
    """The tables of one import: the export itself, and the separate contacts, if any."""

    accounts: Table
    contacts: Table | None = None

    @property
    def all(self) -> tuple[Table, ...]:
        """The tables that there are."""
        return (self.accounts,) if self.contacts is None else (self.accounts, self.contacts)


def mapped(
    tables: Tables, columns: Mapping[str, str], channels: Collection[str]
) -> tuple[Tables, tuple[Finding, ...]]:
    """The tables with the headings that the user names, and what is wrong with the names."""
    findings: list[Finding] = []
    taken: dict[tuple[bool, str], str] = {}
    for heading, target in columns.items():
        found = [*_unknown_target(target, channels)]
        changed = tables if found else _renamed(tables, heading, target)
        if changed is None:
            found.append(_no_heading(tables, heading))
        of_people = changed is not None and changed.contacts is not tables.contacts
        other = taken.setdefault((of_people, target), heading)
        if not found and other != heading:
            found.append(_mapped_twice(heading, other, target))
        findings += found
        tables = changed or tables
    return tables, tuple(findings)


def _unknown_target(target: str, channels: Collection[str]) -> Iterator[Finding]:
    of_contacts = (*aliases("contacts"), *channels)
    known = (*aliases("accounts"), *(f"{OF_A_CONTACT}{name}" for name in of_contacts))
    if target not in known and target not in of_contacts:
        remedy = did_you_mean(target, known) or f"write one of {', '.join(known)}"
        yield Finding(OPTION, f'"{shown(target)}" is no column of ours', remedy=remedy)


def _mapped_twice(heading: str, other: str, target: str) -> Finding:
    names = f'"{shown(other)}" and "{shown(heading)}"'
    remedy = "name one heading for it; the other goes along as it stands"
    return Finding(OPTION, f"{names} are both to be {target}", remedy=remedy)


def _no_heading(tables: Tables, heading: str) -> Finding:
    known = [head for table in tables.all for head in table.headings if head]
    remedy = did_you_mean(heading, known) or headings_in_words(known)
    return Finding(OPTION, f'there is no column "{shown(heading)}"', remedy=remedy)


def _renamed(tables: Tables, heading: str, target: str) -> Tables | None:
    """The tables with one heading renamed; None where neither has it."""
    bare = target.removeprefix(OF_A_CONTACT)
    of_contacts = target != bare or target not in aliases("accounts")
    people = tables.contacts
    if people is not None and (of_contacts or not _has(tables.accounts, heading)):
        return (
            evolve(tables, contacts=_with(people, heading, bare)) if _has(people, heading) else None
        )
    if not _has(tables.accounts, heading):
        return None
    name = f"{OF_A_CONTACT}{bare}" if of_contacts else bare
    return evolve(tables, accounts=_with(tables.accounts, heading, name))


def without_a_name(accounts: Table) -> Iterator[Finding]:
    """A finding on each column of a contact who has no name in the list."""
    for heading in accounts.headings:
        if heading.startswith(OF_A_CONTACT):
            remedy = "name the column of the contact's name as well, as contact.name"
            yield Finding(OPTION, f"{heading} belongs to nobody", remedy=remedy)


def _has(table: Table, heading: str) -> bool:
    return folded(heading) in set(map(folded, table.headings))


def _with(table: Table, heading: str, name: str) -> Table:
    """The table with a heading renamed, and another one of the new name out of the way."""
    heads: list[str] = []
    for head in table.headings:
        if folded(head) == folded(heading):
            heads.append(name)
        else:
            heads.append(f"{head} (in the list)" if folded(head) == folded(name) else head)
    said = f'{table.file}: read "{shown(heading)}" as {name}, as you say'
    return evolve(table, headings=tuple(heads), said=(*table.said, said))
