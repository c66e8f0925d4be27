"""Accounts from `accounts.csv`, or from a list with the headings of a CRM."""

from collections.abc import Iterator

from campaign.errors import Finding
from campaign.model.accounts import ACTIVE, Account, Relationship
from campaign.model.hours import OpeningHours
from campaign.reading import cells
from campaign.reading.headings import aliases, match, missing
from campaign.reading.records import Cells, Placed, Records, address, place
from campaign.reading.table import Table

_TEXTS = ("cadence", "owner", "grievance", "phone", "email", "notes")


def read_accounts(table: Table) -> Records[Account]:
    """Every account of a table; a row with faults gives the account as far as it goes."""
    if not table.rows:
        return Records(table.file, findings=(*table.findings, *_no_rows(table)))
    columns = match(table, aliases("accounts"))
    lacking = tuple(missing(table, columns, ("account_id", "name")))
    findings = (*table.findings, *columns.findings, *lacking)
    if lacking:
        return Records(table.file, findings=findings)
    placed = (_placed(Cells(row, columns, table.file)) for row in table.rows)
    return Records(table.file, tuple(placed), findings=findings, renamed=columns.renamed)


def _no_rows(table: Table) -> Iterator[Finding]:
    if not table.is_sound:
        return
    if table.is_empty:
        yield Finding(table.file, "is empty", remedy="write a heading row and one row an account")
    else:
        yield Finding(table.file, "holds headings and no account", remedy="add one row an account")


def _placed(row: Cells) -> Placed[Account]:
    account = _account(row) if row.can_be_read else None
    return Placed(row.row.number, account, findings=tuple(row.findings))


def _account(row: Cells) -> Account | None:
    account_id = row.required("account_id", "give each account an id of its own")
    name = row.required("name", "write the account's name")
    latitude, longitude = place(row)
    account = Account(
        account_id,
        name,
        status=_status(row),
        tier=row.text("tier"),
        value=row.value("value", cells.money, None),
        potential=row.value("potential", cells.money, None),
        relationship=row.value("relationship", _relationship, Relationship.UNKNOWN),
        grievance_since=row.value("grievance_since", cells.date, None),
        last_contact=row.value("last_contact", cells.date, None),
        latitude=latitude,
        longitude=longitude,
        timezone=row.value("timezone", cells.timezone, ""),
        visit_hours=row.value("visit_hours", OpeningHours.parse, None),
        closed_dates=row.value("closed_dates", cells.spans, ()),
        do_not_contact=row.value("do_not_contact", cells.yes_no, default=False),
        extra=row.others(),
        **address(row),
        **{column: row.text(column) for column in _TEXTS},
    )
    return account if row.text("account_id") else None


def _status(row: Cells) -> str:
    status = row.text("status").casefold()
    return status or ACTIVE


def _relationship(text: str) -> Relationship:
    return Relationship(cells.one_of(text, (known.value for known in Relationship)))
