"""Touches by the delivery team from `delivered.csv`."""

from campaign.model.accounts import Delivered
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, match
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.record_rows import gather
from campaign.reading.lists.records import Cells, Records
from campaign.reading.parsing.table import Table

_REQUIRED = ("account_id", "date")


def read_delivered(table: Table) -> Records[Delivered]:
    """Every touch of a table."""
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = with_habits(table, match(table, aliases("delivered")), ("date",))
    return gather(table, columns, Unread(table, columns), _REQUIRED, _delivered)


def _delivered(row: Cells) -> Delivered | None:
    account_id = row.required("account_id", "write the id of the account that was touched")
    row.required("date", "write the day of the touch, as 2027-04-30")
    date = row.date("date", None)
    if date is None or not row.text("account_id"):
        return None
    return Delivered(
        account_id,
        date,
        channel=row.text("channel").casefold(),
        who=row.text("who"),
        note=row.text("note"),
    )
