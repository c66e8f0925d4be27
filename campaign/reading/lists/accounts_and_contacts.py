"""Accounts and contacts from `accounts.csv` and `contacts.csv`, or from the lists of a CRM.

Most columns mean the same in both: `_HOW` says how the cells of each are read, all others
are texts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from campaign.errors import Finding
from campaign.model.accounts import (
    ACTIVE,
    LAST_CONTACT,
    NEVER,
    Account,
    Consent,
    Contact,
    Relationship,
)
from campaign.model.hours import OpeningHours
from campaign.reading import cells
from campaign.reading.cells.countries import country_code
from campaign.reading.columns.damage import is_spoilt, whole_digits
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.columns.unread import refusal_in_words, refusals, refuses
from campaign.reading.lists.records import NOTHING, Cells, Records, first_of, gather, place
from campaign.reading.parsing.table import Table

_EMAIL = "email"
_GIVE = "give the export of the accounts"
_UNKNOWN = frozenset({"unknown", "?"})
_ADDRESS = ("street", "city", "region", "postal_code", "country")
_OF_ACCOUNTS = (
    *(*_ADDRESS, "cadence", "owner", "grievance", "notes", "status", "tier", "value"),
    *("potential", "relationship", "grievance_since", LAST_CONTACT, "timezone", "visit_hours"),
    *("closed_dates", "visit_minutes", "extra_minutes", "do_not_contact", "phone", _EMAIL),
)
_OF_CONTACTS = (
    *("role", "since", "phone", "timezone", "call_hours", "visit_hours", "closed_dates"),
    *("prefers", "do_not_contact", *_ADDRESS, "title", "cadence", "notes"),
)


def _parsed(parse: Callable[[str], object], default: object) -> Callable[[Cells, str], object]:
    return lambda row, column: row.value(column, parse, default)


_HOURS = _parsed(OpeningHours.parse, None)
_HOW: Mapping[str, Callable[[Cells, str], object]] = {
    "street": lambda row, column: " ".join(row.text(column).split()),
    "postal_code": lambda row, column: whole_digits(row.text(column)),
    "country": lambda row, column: country_code(row.text(column)),
    "status": lambda row, column: row.text(column).casefold() or ACTIVE,
    "role": lambda row, column: row.text(column).casefold().replace(" ", "_").replace("-", "_"),
    "prefers": lambda row, column: row.text(column).casefold(),
    "value": Cells.money,
    "potential": Cells.money,
    "grievance_since": Cells.past,
    LAST_CONTACT: Cells.past,
    "since": Cells.past,
    "relationship": _parsed(
        lambda text: Relationship(cells.one_of(text, map(str, Relationship))), Relationship.UNKNOWN
    ),
    "timezone": _parsed(cells.timezone, ""),
    "call_hours": _HOURS,
    "visit_hours": _HOURS,
    "closed_dates": _parsed(cells.closed, ()),
    "visit_minutes": lambda row, column: row.value(column, cells.minutes, None) or None,
    "extra_minutes": _parsed(cells.minutes, 0),
    "do_not_contact": Cells.refusal,
    "phone": Cells.phone,
    _EMAIL: lambda row, column: first_of(row.text(column)),
}


def _values(row: Cells, columns: Iterable[str]) -> dict[str, Any]:
    """What a row holds under the columns that its list has."""
    there = (column for column in columns if column in row.columns.places)
    return {column: _HOW.get(column, Cells.text)(row, column) for column in there}


def read_accounts(table: Table) -> Records[Account]:
    """Every account of a table; a row with faults gives the account as far as it goes."""
    if not table.rows:
        problem, remedy = "holds headings and no account", "add one row an account"
        if table.is_empty:
            problem, remedy = "is empty", "write a heading row and one row an account"
        lacking = [Finding(table.file, problem, remedy=remedy)] if table.is_sound else []
        return Records(table.file, findings=(*table.findings, *lacking))
    other = other_list(table)
    if other:
        own = f"; in a campaign folder this one is {other.file}" if other.file else ""
        is_other = Finding(
            table.file,
            f"this looks like a list of {other.words}",
            remedy=f"give the list of accounts, one row an account, in its place{own}",
            row=table.heading_row,
        )
        return Records(table.file, findings=(*table.findings, is_other))
    dates, amounts = ("grievance_since", LAST_CONTACT), ("value", "potential")
    columns = with_habits(table, match(table, aliases("accounts")), dates, amounts)
    return gather(table, columns, ("account_id", "name"), _account)


def _account(row: Cells) -> Account | None:
    account_id = row.identity("account_id", "give each account an id of its own")
    name = row.required("name", "write the account's name")
    is_untouched = row.text(LAST_CONTACT).casefold() == NEVER
    latitude, longitude = place(row)
    account = Account(
        account_id,
        name,
        latitude=latitude,
        longitude=longitude,
        extra={**row.others(), **({LAST_CONTACT: NEVER} if is_untouched else {})},
        **_values(row, _OF_ACCOUNTS),
    )
    return account if row.text("account_id") else None


def read_contacts(table: Table, channels: Iterable[str]) -> Records[Contact]:
    """Every contact of a table; a column named after a channel holds consents.

    The column `email` may hold an address, a yes or a no, and may stand twice.
    """
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = with_habits(table, match(table, aliases("contacts")), ("since",))
    repeated = tuple(finding for finding in columns.findings if finding.column != _EMAIL)
    channels = tuple(channels)
    asked = {
        heading: channel
        for channel in channels
        for heading in columns.others
        if folded(heading.removesuffix(" (2)")) in (folded(channel), folded(f"{channel} consent"))
    }
    refused = refusals(columns, channels)
    return gather(
        table,
        evolve(columns, findings=repeated),
        ("contact_id", "account_id", "name"),
        lambda row: _contact(row, asked, refused),
        also_read={*asked, *refused},
    )


def _contact(
    row: Cells, asked: Mapping[str, str], refused: Mapping[str, Iterable[str]]
) -> Contact | None:
    contact_id = row.identity("contact_id", "give each contact an id of its own")
    account_id = row.identity("account_id", "write the id of the contact's account")
    name = row.required("name", "write the contact's name")
    latitude, longitude = place(row)
    extra = row.others()
    email, consents = _email_and_consents(row, extra, asked)
    consents |= dict.fromkeys(refused_channels(row, extra, refused), Consent.NO)
    contact = Contact(
        contact_id,
        account_id,
        name=name,
        email=email,
        consents=consents,
        extra={
            heading: text
            for heading, text in extra.items()
            if heading not in asked and heading not in refused
        },
        latitude=latitude,
        longitude=longitude,
        **_values(row, _OF_CONTACTS),
    )
    return contact if row.text("contact_id") and row.text("account_id") else None


def _email_and_consents(
    row: Cells, extra: Mapping[str, str], asked: Mapping[str, str]
) -> tuple[str, dict[str, Consent]]:
    email, consents = "", dict[str, Consent]()
    texts = [(_EMAIL, _EMAIL, row.text(_EMAIL))]
    texts += [(heading, channel, extra.get(heading, "")) for heading, channel in asked.items()]
    for heading, channel, text in texts:
        if channel == _EMAIL and "@" in text:
            email = email or first_of(text)
        elif text and text.casefold() not in _UNKNOWN:
            refused = refusal_in_words(text)
            try:
                is_yes = cells.yes_no(text) if refused is None else not refused
                consents[channel] = Consent.YES if is_yes else Consent.NO
            except ValueError as error:
                remedy = " or an address" if heading == _EMAIL else ""
                row.fault(heading, f"{error}{remedy}")
    return email, consents


def refused_channels(
    row: Cells, texts: Mapping[str, str], refused: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    """The channels that a row refuses, by the channels of each heading that holds refusals.

    A no under such a heading is not yet a consent.
    """
    for heading, channels in refused.items():
        text = texts.get(heading, "")
        if text and (text.casefold() not in _UNKNOWN | NOTHING or is_spoilt(text)):
            try:
                if refuses(text):
                    yield from channels
            except ValueError as error:
                row.fault(heading, str(error))


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
