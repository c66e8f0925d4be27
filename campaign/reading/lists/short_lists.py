"""The short lists of a campaign: promises, what was delivered, refusals, what was heard.

Each is a table of its columns: those that are dates, those that have to be filled and what to
write there, and what its rows become.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from campaign.model.accounts import Delivered, Promise
from campaign.model.outcomes import to_outcome
from campaign.model.refusals import NO_CONTACT, Refusal
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, match
from campaign.reading.lists.records import Cells, Item, Records, gather
from campaign.reading.parsing.table import Table

REFUSALS_FILE = "refusals.csv"
REFUSAL_COLUMNS = (
    *("contact_id", "account_id", "name", "channel", "because", "since", "until", "note"),
)
HEARD_COLUMNS = ("touch_id", "outcome", "done_on", "again_on", "note")
_OF_PROMISES = {
    "promise_id": "give each promise an id of its own",
    "account_id": "write the id of the account it was given to",
    "what": "write what was promised",
    "due": "write the day by which it is due, as 2027-04-30",
}
_OF_DELIVERED = {
    "account_id": "write the id of the account that was touched",
    "date": "write the day of the touch, as 2027-04-30",
}
_OF_HEARD = {
    "touch_id": "write the id of the touch",
    "outcome": "write what came of it, as done",
    "done_on": "write the day on which it was, as 2027-04-30",
}


@frozen
class Heard:
    """What came of which touch: one row. `again_on` is None where no day was asked for."""

    touch_id: str
    outcome: str
    done_on: dt.date
    again_on: dt.date | None
    note: str


def read_promises(table: Table) -> Records[Promise]:
    """Every promise of a table."""
    return _read(table, aliases("promises"), ("due", "kept_on"), _OF_PROMISES, _promise)


def read_delivered(table: Table) -> Records[Delivered]:
    """Every touch by the delivery team of a table."""
    return _read(table, aliases("delivered"), ("date",), _OF_DELIVERED, _delivered)


def read_refusals(table: Table) -> Records[Refusal]:
    """Every refusal of a table; a row that names neither a person nor an account is an error."""
    known = {name: (name,) for name in REFUSAL_COLUMNS}
    return _read(table, known, ("since", "until"), {"contact_id": ""}, _refusal)


def read_heard(table: Table) -> Records[Heard]:
    """Every row of a list of what came of touches, as a page on a telephone makes one."""
    known = {name: (name,) for name in HEARD_COLUMNS}
    return _read(table, known, ("done_on", "again_on"), _OF_HEARD, _heard)


def _read(
    table: Table,
    known: Mapping[str, Sequence[str]],
    dates: Sequence[str],
    required: Mapping[str, str],
    make: Callable[[Cells], Item | None],
) -> Records[Item]:
    """The rows as `make` has them; `required` columns are there, their cells filled as it says."""
    if not table.rows:
        return Records(table.file, findings=table.findings)

    def _row(row: Cells) -> Item | None:
        for column, remedy in required.items():
            if remedy:
                row.required(column, remedy)
        return make(row)

    return gather(table, with_habits(table, match(table, known), dates), required, _row)


def _promise(row: Cells) -> Promise | None:
    promise = Promise(
        row.text("promise_id") or "?",
        row.text("account_id") or "?",
        what=row.text("what") or "?",
        due=row.date("due", dt.date.max),
        contact_id=row.text("contact_id"),
        channel=row.text("channel").casefold() or "call",
        kept_on=row.date("kept_on", None),
    )
    return promise if row.text("promise_id") and row.text("account_id") else None


def _delivered(row: Cells) -> Delivered | None:
    account_id, date = row.text("account_id"), row.date("date", None)
    if date is None or not account_id:
        return None
    channel = row.text("channel").casefold()
    return Delivered(account_id, date, channel=channel, who=row.text("who"), note=row.text("note"))


def _refusal(row: Cells) -> Refusal | None:
    contact_id, account_id = row.text("contact_id"), row.text("account_id")
    if not (contact_id or account_id):
        row.fault("contact_id", "is empty; write who it is, or the account in account_id")
        return None
    return Refusal(
        contact_id,
        account_id,
        name=row.text("name"),
        channel=row.text("channel").casefold(),
        because=row.text("because").casefold() or NO_CONTACT,
        since=row.date("since", None),
        until=row.date("until", None),
        note=row.text("note"),
    )


def _heard(row: Cells) -> Heard | None:
    touch_id, outcome = row.text("touch_id"), row.value("outcome", to_outcome, None)
    done_on = row.date("done_on", None)
    if not touch_id or not outcome or done_on is None:
        return None
    return Heard(touch_id, outcome, done_on, row.date("again_on", None), row.text("note"))
