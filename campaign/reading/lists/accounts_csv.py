"""Accounts from `accounts.csv`, or from a list with the headings of a CRM."""

from collections.abc import Iterator
from typing import Any

from campaign.errors import Finding
from campaign.model.accounts import ACTIVE, LAST_CONTACT, NEVER, Account, Relationship
from campaign.model.hours import OpeningHours
from campaign.reading import cells
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, match
from campaign.reading.columns.unread import Unread
from campaign.reading.lists.list_kinds import OtherList, other_list
from campaign.reading.lists.record_rows import gather
from campaign.reading.lists.records import Cells, Records, address, first_of, place
from campaign.reading.parsing.table import Table

_DATES = ("grievance_since", "last_contact")
_AMOUNTS = ("value", "potential")
_TEXTS = ("cadence", "owner", "grievance", "notes")


def read_accounts(table: Table) -> Records[Account]:
    """Every account of a table; a row with faults gives the account as far as it goes."""
    if not table.rows:
        return Records(table.file, findings=(*table.findings, *_no_rows(table)))
    columns = with_habits(table, match(table, aliases("accounts")), _DATES, _AMOUNTS)
    if other := other_list(table):
        return Records(table.file, findings=(*table.findings, _is_of(table, other)))
    unread = Unread(table, columns)
    return gather(table, columns, unread, ("account_id", "name"), _account)


def _is_of(table: Table, other: OtherList) -> Finding:
    """The one finding on a list that is none of accounts."""
    own = f"; in a campaign folder this one is {other.file}" if other.file else ""
    return Finding(
        table.file,
        f"this looks like a list of {other.words}",
        remedy=f"give the list of accounts, one row an account, in its place{own}",
        row=table.heading_row,
    )


def _no_rows(table: Table) -> Iterator[Finding]:
    if not table.is_sound:
        return
    if table.is_empty:
        yield Finding(table.file, "is empty", remedy="write a heading row and one row an account")
    else:
        yield Finding(table.file, "holds headings and no account", remedy="add one row an account")


def _account(row: Cells) -> Account | None:
    account_id = row.identity("account_id", "give each account an id of its own")
    name = row.required("name", "write the account's name")
    latitude, longitude = place(row)
    where: dict[str, Any] = {**address(row), **{column: row.text(column) for column in _TEXTS}}
    untouched = {LAST_CONTACT: NEVER} if row.text(LAST_CONTACT).casefold() == NEVER else {}
    account = Account(
        account_id,
        name,
        status=_status(row),
        tier=row.text("tier"),
        value=row.money("value"),
        potential=row.money("potential"),
        relationship=row.value("relationship", _relationship, Relationship.UNKNOWN),
        grievance_since=row.past("grievance_since"),
        last_contact=None if untouched else row.past(LAST_CONTACT),
        latitude=latitude,
        longitude=longitude,
        timezone=row.value("timezone", cells.timezone, ""),
        visit_hours=row.value("visit_hours", OpeningHours.parse, None),
        closed_dates=row.value("closed_dates", cells.closed, ()),
        visit_minutes=row.value("visit_minutes", cells.minutes, None) or None,
        extra_minutes=row.value("extra_minutes", cells.minutes, 0),
        do_not_contact=row.refusal("do_not_contact"),
        phone=row.phone(),
        email=first_of(row.text("email")),
        extra={**row.others(), **untouched},
        **where,
    )
    return account if row.text("account_id") else None


def _status(row: Cells) -> str:
    status = row.text("status").casefold()
    return status or ACTIVE


def _relationship(text: str) -> Relationship:
    return Relationship(cells.one_of(text, (known.value for known in Relationship)))
