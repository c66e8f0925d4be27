"""Lists that are given in the place of one of accounts, known by their headings."""

from attrs import frozen

from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.parsing.table import Table


@frozen
class OtherList:
    """What a list is one of, and the file of a campaign folder that holds such, if any does."""

    words: str
    file: str = ""


CONTACTS = OtherList("contacts, one row a person", "contacts.csv")
PROMISES = OtherList("promises", "promises.csv")
PLANNED = OtherList("planned touches", "campaign.csv")
TASKS = OtherList("tasks, one row an activity")


def other_list(table: Table) -> OtherList | None:
    """What a list is, where it is none of accounts; None where it may be one."""
    heads = set(map(folded, table.headings))
    if "touchid" in heads:
        return PLANNED
    if "promiseid" in heads or {"accountid", "what", "due"} <= heads:
        return PROMISES
    if aliases("tasks").keys() <= match(table, aliases("tasks")).places.keys():
        return TASKS
    return CONTACTS if _is_of_people(table) else None


def _is_of_people(table: Table) -> bool:
    heads = set(map(folded, table.headings))
    if not ({"firstname", "lastname"} <= heads or "contactid" in heads):
        return False
    columns = match(table, aliases("accounts")).places
    place = columns.get("account_id")
    ids = [row.cells[place].strip() for row in table.rows if row.cells] if place is not None else []
    no_names = {"id", "accountid"} <= heads or "name" not in columns
    contacts_only = {"contactid", "accountid"} <= heads and not heads & _of_accounts_alone()
    return no_names or contacts_only or len(set(ids)) < max(len(ids), 1)


def _of_accounts_alone() -> set[str]:
    """The headings that a list of accounts may have, and one of people has not."""
    known = {kind: _headings(kind) for kind in ("accounts", "contacts")}
    return known["accounts"] - known["contacts"]


def _headings(kind: str) -> set[str]:
    return {folded(heading) for names in aliases(kind).values() for heading in names}
