"""The part of an export that the user wants: rows by what a column says, columns left out."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from campaign.errors import Finding
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import aliases, folded, headings_in_words, match
from campaign.reading.exports.column_names import Tables
from campaign.reading.parsing.table import Table

ONLY, WITHOUT = "--only", "--without"
_MOST_NAMED = 6


def only(table: Table, wanted: Mapping[str, Sequence[str]]) -> tuple[Table, tuple[Finding, ...]]:
    """The rows that hold, under each heading, one of its words; and what is wrong with these.

    A heading may be one of the list, or the name of ours for it (`owner`).
    """
    findings: list[Finding] = []
    for heading, words in wanted.items():
        place = _place(table, heading)
        if place is None:
            findings.append(_no_column(ONLY, heading, table.headings))
            continue
        sought = set(map(folded, words))
        rows = tuple(row for row in table.rows if folded(row.at(place)) in sought)
        if not rows:
            findings.append(_nothing(table, place, words))
            continue
        said = (
            f"{table.file}: {len(rows)} of {len(table.rows)} rows are taken, where "
            f'"{shown(table.headings[place])}" is {" or ".join(map(shown, words))}'
        )
        table = evolve(table, rows=rows, said=(*table.said, said))
    return table, tuple(findings)


def _place(table: Table, heading: str) -> int | None:
    heads = [folded(one) for one in table.headings]
    if folded(heading) in heads:
        return heads.index(folded(heading))
    known = aliases("accounts")
    name = heading.strip().casefold()
    return match(table, {name: known[name]}).places.get(name) if name in known else None


def _no_column(option: str, name: str, heads: Sequence[str]) -> Finding:
    remedy = did_you_mean(name, heads) or headings_in_words(heads)
    return Finding(option, f'there is no column "{shown(name)}"', remedy=remedy)


def _nothing(table: Table, place: int, words: Sequence[str]) -> Finding:
    there = list(dict.fromkeys(filter(None, (row.at(place) for row in table.rows))))
    named = ", ".join(map(shown, there[:_MOST_NAMED]))
    more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
    which = " or ".join(map(shown, words))
    remedy = did_you_mean(words[0], there) or f"there are {named}{more}"
    return Finding(
        ONLY, f'no row has {which} under "{shown(table.headings[place])}"', remedy=remedy
    )


def without(tables: Tables, names: Iterable[str]) -> tuple[Tables, tuple[Finding, ...]]:
    """The tables without some columns, named by their headings or by ours; what is not there."""
    findings: list[Finding] = []
    for name in names:
        accounts = _without(tables.accounts, name, "accounts")
        people = _without(tables.contacts, name, "contacts") if tables.contacts else None
        if accounts is tables.accounts and people is tables.contacts:
            heads = [head for table in tables.all for head in table.headings if head]
            findings.append(_no_column(WITHOUT, name, heads))
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
