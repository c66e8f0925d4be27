"""Lists in which some rows are companies and others the people there, taken apart."""

from collections.abc import Mapping

from attrs import evolve

from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded
from campaign.reading.exports.column_names import Tables
from campaign.reading.exports.column_owners import first_place, words
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table


def without_mixture(tables: Tables) -> Tables:
    """The companies of a list as its accounts, the people in it as those of a list of their own.

    Only where a column says of each row which of the two it is, and another whose a person is.
    """
    table, company = tables.accounts, first_place(tables.accounts, "account_name")
    kinds = _kinds(table)
    if tables.contacts is not None or company is None or len({*kinds.values()}) <= 1:
        return tables
    firms = [row for row in table.rows if kinds.get(row.number) != "persons"]
    people = [row for row in table.rows if kinds.get(row.number) == "persons"]
    of = shown(table.headings[company])
    said = f"{table.file}: {counted(len(people), 'row')} of people, of the account under {of}"
    accounts = evolve(table, rows=tuple(firms), said=(*table.said, said)).without((company,))
    return Tables(accounts, evolve(table, rows=tuple(people), findings=(), said=()))


def _kinds(table: Table) -> Mapping[int, str]:
    """What each row is of, by its number; nothing where a cell says something else."""
    place = first_place(table, "kind_of_row")
    if place is None:
        return {}
    found = {row.number: _kind(row, place) for row in table.rows if row.cells}
    return found if all(found.values()) else {}


def _kind(row: Row, place: int) -> str:
    said = folded(row.at(place))
    return next((kind for kind in ("firms", "persons") if said in words(kind)), "")
