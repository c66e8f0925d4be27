"""What people said of being reached, from `refusals.csv`."""

from campaign.model.refusals import NO_CONTACT, Refusal
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import match
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.record_rows import gather
from campaign.reading.lists.records import Cells, Records
from campaign.reading.parsing.table import Table

REFUSALS_FILE = "refusals.csv"
COLUMNS = ("contact_id", "account_id", "name", "channel", "because", "since", "until", "note")
_DATES = ("since", "until")


def read_refusals(table: Table) -> Records[Refusal]:
    """Every refusal of a table; a row that names neither a person nor an account is an error."""
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = with_habits(table, match(table, {name: (name,) for name in COLUMNS}), _DATES)
    return gather(table, columns, Unread(table, columns), ("contact_id",), _refusal)


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
