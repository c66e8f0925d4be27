"""Columns that the user wants left out of an import."""

from collections.abc import Iterable

from attrs import evolve

from campaign.errors import Finding
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import aliases, folded, headings_in_words, match
from campaign.reading.exports.column_names import Tables
from campaign.reading.parsing.table import Table

OPTION = "--without"


def without(tables: Tables, names: Iterable[str]) -> tuple[Tables, tuple[Finding, ...]]:
    """The tables without some columns, named by their headings or by ours; what is not there."""
    findings: list[Finding] = []
    for name in names:
        accounts = _without(tables.accounts, name, "accounts")
        people = _without(tables.contacts, name, "contacts") if tables.contacts else None
        if accounts is tables.accounts and people is tables.contacts:
            findings.append(_no_column(tables, name))
        tables = Tables(accounts, people)
    return tables, tuple(findings)


def _without(table: Table, name: str, kind: str) -> Table:
    places = {at for at, head in enumerate(table.headings) if folded(head) == folded(name)}
    known = aliases(kind)
    if not places and name in known:
        places = set(match(table, {name: known[name]}).places.values())
    if not places:
        return table
    heads = ", ".join(f'"{shown(table.headings[place])}"' for place in sorted(places))
    said = f"{table.file}: {heads} is left out, as you say"
    return evolve(table.without(places), said=(*table.said, said))


def _no_column(tables: Tables, name: str) -> Finding:
    heads = [head for table in tables.all for head in table.headings if head]
    remedy = did_you_mean(name, heads) or headings_in_words(heads)
    return Finding(OPTION, f'there is no column "{shown(name)}"', remedy=remedy)
