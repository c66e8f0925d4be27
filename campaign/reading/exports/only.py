"""The part of an export that the user wants: rows by what a column says."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from campaign.errors import Finding
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import aliases, folded, headings_in_words, match
from campaign.reading.parsing.table import Table

OPTION = "--only"
_MOST_NAMED = 6


def only(table: Table, wanted: Mapping[str, Sequence[str]]) -> tuple[Table, tuple[Finding, ...]]:
    """The rows that hold, under each heading, one of its words; and what is wrong with these.

    A heading may be one of the list, or the name of ours for it (`owner`).
    """
    findings: list[Finding] = []
    for heading, words in wanted.items():
        place = _place(table, heading)
        if place is None:
            findings.append(_no_column(table, heading))
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


def _no_column(table: Table, heading: str) -> Finding:
    remedy = did_you_mean(heading, table.headings) or headings_in_words(table.headings)
    return Finding(OPTION, f'there is no column "{shown(heading)}"', remedy=remedy)


def _nothing(table: Table, place: int, words: Sequence[str]) -> Finding:
    there = list(dict.fromkeys(filter(None, (row.at(place) for row in table.rows))))
    named = ", ".join(map(shown, there[:_MOST_NAMED]))
    more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
    which = " or ".join(map(shown, words))
    remedy = did_you_mean(words[0], there) or f"there are {named}{more}"
    return Finding(
        OPTION, f'no row has {which} under "{shown(table.headings[place])}"', remedy=remedy
    )
