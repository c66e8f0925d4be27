"""Exports that hold no accounts, or people of nobody: what is missing, and what to give."""

from collections.abc import Iterator

from campaign.errors import Finding
from campaign.reading.cells import shown
from campaign.reading.columns.headings import aliases, lacks, match
from campaign.reading.exports.column_names import OF_A_CONTACT, OPTION
from campaign.reading.exports.column_owners import first_place, person_name
from campaign.reading.exports.links import has_domains
from campaign.reading.lists.list_kinds import other_list
from campaign.reading.parsing.table import Table

_ID, _NAME = "account_id", "name"
_HEADS = {_ID: "Account ID or Account Name", _NAME: "Name"}


def without_accounts(table: Table) -> Finding | None:
    """Why an export holds no accounts, people taken out; None where it may hold some.

    Of a file without rows the list of accounts itself says what is wrong.
    """
    other = other_list(table) if table.rows else None
    if other:
        problem = f"this looks like a list of {other.words}"
        remedy = other.remedy.format(file=shown(table.file))
        return Finding(table.file, problem, remedy=remedy, row=table.heading_row)
    named = _NAME in match(table, {_NAME: aliases("accounts")[_NAME]}).places
    lacks_names = bool(table.rows) and not named
    return _lacking(table, "the names of the accounts", _NAME) if lacks_names else None


def without_people(table: Table) -> Iterator[Finding]:
    """What a list of people has to have and has not: whose they are, and what they are called."""
    if not table.rows:
        return
    known = {column: aliases("contacts")[column] for column in (_ID, _NAME)}
    places = match(table, known).places
    is_named = first_place(table, "account_name") is not None or has_domains(table)
    if _ID not in places and not is_named:
        yield _lacking(table, "the account of each person", f"{OF_A_CONTACT}{_ID}")
    if _NAME not in places and not any(True for _ in person_name(table)):
        yield _lacking(table, "the names of the people", f"{OF_A_CONTACT}{_NAME}")


def _lacking(table: Table, what: str, column: str) -> Finding:
    bare = column.removeprefix(OF_A_CONTACT)
    remedy = f'say which one does, as {OPTION} "HEADING={column}", or head it {_HEADS[bare]}'
    return lacks(table, f"no column is known to hold {what}", remedy, bare)
