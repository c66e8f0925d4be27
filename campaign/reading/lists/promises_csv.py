"""Promises from `promises.csv`."""

import datetime as dt

from campaign.model.accounts import Promise
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, match
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.record_rows import gather
from campaign.reading.lists.records import Cells, Records
from campaign.reading.parsing.table import Table

_REQUIRED = ("promise_id", "account_id", "what", "due")
_USUAL_CHANNEL = "call"


def read_promises(table: Table) -> Records[Promise]:
    """Every promise of a table."""
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = with_habits(table, match(table, aliases("promises")), ("due", "kept_on"))
    return gather(table, columns, Unread(table, columns), _REQUIRED, _promise)


def _promise(row: Cells) -> Promise | None:
    promise_id = row.required("promise_id", "give each promise an id of its own")
    account_id = row.required("account_id", "write the id of the account it was given to")
    what = row.required("what", "write what was promised")
    row.required("due", "write the day by which it is due, as 2027-04-30")
    due = row.date("due", dt.date.max)
    promise = Promise(
        promise_id,
        account_id,
        what=what,
        due=due,
        contact_id=row.text("contact_id"),
        channel=row.text("channel").casefold() or _USUAL_CHANNEL,
        kept_on=row.date("kept_on", None),
    )
    return promise if row.text("promise_id") and row.text("account_id") else None
