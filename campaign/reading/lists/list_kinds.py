"""Lists that are given in the place of one of accounts, known by their headings."""

from attrs import frozen

from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.parsing.table import Table

_GIVE = "give the export of the accounts"


@frozen
class OtherList:
    """What a list is one of, the file of a campaign folder that holds such, what to import."""

    words: str
    file: str
    remedy: str


CONTACTS = OtherList(
    "contacts, one row a person",
    "contacts.csv",
    f'{_GIVE}, and this one beside it: campaign import ACCOUNTS --contacts "{{file}}"',
)
PROMISES = OtherList(
    "promises", "promises.csv", f"{_GIVE}, and put this one into the folder as promises.csv"
)
PLANNED = OtherList("planned touches", "campaign.csv", f"{_GIVE}; a plan is not imported")
TASKS = OtherList(
    "tasks, one row an activity", "", f"{_GIVE}; an import takes accounts and people, no tasks"
)


def other_list(table: Table) -> OtherList | None:
    """What a list is, where it is none of accounts; None where it may be one."""
    heads = set(map(folded, table.headings))
    if "touchid" in heads:
        return PLANNED
    if "promiseid" in heads or {"accountid", "what", "due"} <= heads:
        return PROMISES
    if aliases("tasks").keys() <= match(table, aliases("tasks")).places.keys():
        return TASKS
    return CONTACTS if _is_of_people(table, heads) else None


def _is_of_people(table: Table, heads: set[str]) -> bool:
    if not ({"firstname", "lastname"} <= heads or "contactid" in heads):
        return False
    places = match(table, aliases("accounts")).places
    if {"id", "accountid"} <= heads or "name" not in places:
        return True
    accounts, contacts = (
        {folded(heading) for names in aliases(kind).values() for heading in names}
        for kind in ("accounts", "contacts")
    )
    if {"contactid", "accountid"} <= heads and not heads & (accounts - contacts):
        return True
    # An id that stands twice is that of several people.
    place = places.get("account_id")
    ids = [row.at(place) for row in table.rows if row.cells] if place is not None else []
    return len(set(ids)) < max(len(ids), 1)
