"""What came of touches, as a list of its own: a page on a telephone makes one."""

import datetime as dt

from attrs import frozen

from campaign.model.outcomes import to_outcome
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import match
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.record_rows import gather
from campaign.reading.lists.records import Cells, Records
from campaign.reading.parsing.table import Table

HEARD_COLUMNS = ("touch_id", "outcome", "done_on", "again_on", "note")
_REQUIRED = ("touch_id", "outcome", "done_on")
_DATES = ("done_on", "again_on")


@frozen
class Heard:
    """What came of which touch: one row. `again_on` is None where no day was asked for."""

    touch_id: str
    outcome: str
    done_on: dt.date
    again_on: dt.date | None
    note: str


def read_heard(table: Table) -> Records[Heard]:
    """Every row of a table; an empty one is no error."""
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = with_habits(table, match(table, {name: (name,) for name in HEARD_COLUMNS}), _DATES)
    return gather(table, columns, Unread(table, columns), _REQUIRED, _heard)


def _heard(row: Cells) -> Heard | None:
    touch_id = row.required("touch_id", "write the id of the touch")
    row.required("outcome", "write what came of it, as done")
    row.required("done_on", "write the day on which it was, as 2027-04-30")
    outcome, done_on = row.value("outcome", to_outcome, None), row.date("done_on", None)
    if not touch_id or not outcome or done_on is None:
        return None
    return Heard(
        touch_id,
        outcome,
        done_on,
        row.date("again_on", None),
        row.text("note"),
    )
