"""What the steps of reading an export share: its tables, where their columns stand, new columns."""

from collections.abc import Iterable, Sequence
from functools import cache

from attrs import frozen

from campaign.errors import Finding
from campaign.reading.cells import did_you_mean, shown
from campaign.reading.columns.headings import aliases, folded, headings_in_words, match
from campaign.reading.parsing.table import Table
from campaign.shipped import shipped_toml

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


@cache
def words(key: str) -> tuple[str, ...]:
    """The headings or words of one entry of `people.toml`, folded, in their order."""
    return tuple(map(folded, shipped_toml("reading/exports/people.toml")[key]))


def places_of(table: Table, headings: Iterable[str]) -> list[int]:
    """Where some headings stand, in their own order; those that are not there left out."""
    heads = list(map(folded, table.headings))
    return [heads.index(heading) for heading in map(folded, headings) if heading in heads]


def place_of(table: Table, headings: Iterable[str]) -> int | None:
    """Where the first of some headings that is there stands."""
    return next(iter(places_of(table, headings)), None)


def place_named(table: Table, key: str) -> int | None:
    """Where the first of the headings of an entry of `people.toml` stands."""
    return place_of(table, words(key))


def column_of(table: Table, column: str, kind: str = "accounts") -> int | None:
    """Where a column of ours stands, under any of its headings."""
    return match(table, {column: aliases(kind)[column]}).places.get(column)


def no_column(option: str, name: str, headings: Sequence[str]) -> Finding:
    """What is wrong with an option that names a column which is not there."""
    remedy = did_you_mean(name, headings) or f"the headings are {headings_in_words(headings)}"
    return Finding(option, f'there is no column "{shown(name)}"', remedy=remedy)
