"""From the rows of a table to records, the same way for each list.

A column of which most cells cannot be read becomes one finding, not one for each row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve

from campaign.errors import Finding
from campaign.reading.columns.damage import told
from campaign.reading.columns.headings import Columns, missing
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.records import Cells, Item, Placed, Records
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


_FEWEST = 3
# Dates of two senses have a finding of their own, and an answer that settles them all.
_TWO_SENSES = "can be two"


def with_columns_set_aside(
    records: Records[Item], table: Table, columns: Columns, required: Sequence[str]
) -> Records[Item]:
    """The records, the errors of each hopeless column as one that says how to go on."""
    found: dict[str, list[Finding]] = {}
    for placed in records.placed:
        for fault in placed.findings:
            if fault.is_error and fault.column not in required and _TWO_SENSES not in fault.problem:
                found.setdefault(fault.column, []).append(fault)
    aside = {
        column: faults
        for column, faults in found.items()
        if len(faults) >= _FEWEST and 2 * len(faults) > _filled(table, columns, column)
    }
    if not aside:
        return records
    kept = tuple(_without(one, aside) for one in records.placed)
    more = tuple(_one(table, columns, aside))
    return evolve(records, placed=kept, findings=(*records.findings, *more))


def _filled(table: Table, columns: Columns, column: str) -> int:
    place = {**columns.others, **columns.places}.get(column)
    if place is None:
        return len(table.rows)
    return sum(bool(row.at(place)) for row in table.rows)


def _without(one: Placed[Item], aside: Mapping[str, object]) -> Placed[Item]:
    kept = (fault for fault in one.findings if not (fault.is_error and fault.column in aside))
    return evolve(one, findings=tuple(kept))


def _one(
    table: Table, columns: Columns, aside: Mapping[str, Sequence[Finding]]
) -> Iterator[Finding]:
    for column, faults in aside.items():
        filled, first = _filled(table, columns, column), faults[0]
        yield Finding(
            table.file,
            f"{len(faults)} of {filled} cells cannot be read; the first, in row {first.row}: "
            f"{first.problem} ({first.remedy})",
            remedy=f"mend the column, or import without it: --without {column}",
            row=table.heading_row,
            column=column,
        )
