"""From the rows of a table to records, the same way for each list."""

from collections.abc import Callable, Sequence

from campaign.reading.columns.damage import told
from campaign.reading.columns.headings import Columns, missing
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.records import Cells, Item, Records
from campaign.reading.lists.set_aside import with_columns_set_aside
from campaign.reading.parsing.table import Table

_ANSWER = "do_not_contact"


def gather(
    table: Table,
    columns: Columns,
    unread: Unread,
    required: Sequence[str],
    read: Callable[[Cells], Item | None],
) -> Records[Item]:
    """Every row as `read` finds it; none where a required column is missing."""
    lacking = tuple(missing(table, columns, required))
    spoilt = told(table, {name: at for name, at in columns.places.items() if name != _ANSWER})
    findings = (*table.findings, *columns.findings, *unread.findings, *lacking, *spoilt)
    if lacking:
        return Records(table.file, findings=findings)
    records = Records(
        table.file,
        tuple(Cells(row, columns, table.file).placed(read) for row in table.rows),
        findings=findings,
        renamed=columns.renamed,
        said=(*table.said, *columns.said, *unread.said),
    )
    return with_columns_set_aside(records, table, columns, required)
