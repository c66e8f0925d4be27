"""Contacts from `contacts.csv`."""

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from campaign.model.accounts import Consent, Contact
from campaign.model.hours import OpeningHours
from campaign.reading import cells
from campaign.reading.columns.damage import is_spoilt
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import Columns, aliases, folded, match
from campaign.reading.columns.unread import Unread, refusal_in_words, refusals, refuses
from campaign.reading.lists.record_rows import gather
from campaign.reading.lists.records import NOTHING, Cells, Records, address, first_of, place
from campaign.reading.parsing.table import Table

_TEXTS = ("title", "cadence", "notes")
_EMAIL = "email"
_UNKNOWN = frozenset({"unknown", "?"})


def read_contacts(table: Table, channels: Iterable[str]) -> Records[Contact]:
    """Every contact of a table; a column named after a channel holds consents.

    The column `email` may hold an address, a yes or a no, and may stand twice.
    """
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = with_habits(table, match(table, aliases("contacts")), ("since",))
    repeated = tuple(finding for finding in columns.findings if finding.column != _EMAIL)
    channels = tuple(channels)
    asked = _consent_columns(columns, channels)
    refused = refusals(columns, channels)
    unread = Unread(table, columns, {*asked, *refused})
    headings = _Headings(asked, refused)
    return gather(
        table,
        evolve(columns, findings=repeated),
        unread,
        ("contact_id", "account_id", "name"),
        lambda row: _contact(row, headings),
    )


@frozen
class _Headings:
    """The headings that hold consents, and those that hold refusals, by their channels."""

    asked: Mapping[str, str]
    refused: Mapping[str, tuple[str, ...]]


def _consent_columns(columns: Columns, channels: Iterable[str]) -> Mapping[str, str]:
    """The columns that hold consents, with the channel that each asks for."""
    asked: dict[str, str] = {}
    for channel in channels:
        for heading in columns.others:
            bare = heading.removesuffix(" (2)")
            if folded(bare) in (folded(channel), folded(f"{channel} consent")):
                asked[heading] = channel
    return asked


def _contact(row: Cells, headings: _Headings) -> Contact | None:
    contact_id = row.identity("contact_id", "give each contact an id of its own")
    account_id = row.identity("account_id", "write the id of the contact's account")
    name = row.required("name", "write the contact's name")
    latitude, longitude = place(row)
    extra = row.others()
    email, consents = _email_and_consents(row, extra, headings.asked)
    consents |= _refused(row, extra, headings.refused)
    contact = Contact(
        contact_id,
        account_id,
        name=name,
        role=row.text("role").casefold().replace(" ", "_").replace("-", "_"),
        since=row.past("since"),
        phone=row.phone(),
        email=email,
        latitude=latitude,
        longitude=longitude,
        timezone=row.value("timezone", cells.timezone, ""),
        call_hours=row.value("call_hours", OpeningHours.parse, None),
        visit_hours=row.value("visit_hours", OpeningHours.parse, None),
        closed_dates=row.value("closed_dates", cells.closed, ()),
        prefers=row.text("prefers").casefold(),
        consents=consents,
        do_not_contact=row.refusal("do_not_contact"),
        extra={
            heading: text
            for heading, text in extra.items()
            if heading not in headings.asked and heading not in headings.refused
        },
        **address(row),
        **{column: row.text(column) for column in _TEXTS},
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
            answer = _answer(row, heading, text)
            if answer is not None:
                consents[channel] = answer
    return email, consents


def _refused(
    row: Cells, extra: Mapping[str, str], refused: Mapping[str, tuple[str, ...]]
) -> dict[str, Consent]:
    """A no for every channel that a refusal covers; no refusal is not yet a consent."""
    consents = dict[str, Consent]()
    for heading, channels in refused.items():
        text = extra.get(heading, "")
        if not text or (text.casefold() in _UNKNOWN | NOTHING and not is_spoilt(text)):
            continue
        try:
            if refuses(text):
                consents |= dict.fromkeys(channels, Consent.NO)
        except ValueError as error:
            row.fault(heading, str(error))
    return consents


def _answer(row: Cells, heading: str, text: str) -> Consent | None:
    refused = refusal_in_words(text)
    if refused is not None:
        return Consent.NO if refused else Consent.YES
    try:
        return Consent.YES if cells.yes_no(text) else Consent.NO
    except ValueError as error:
        remedy = " or an address" if heading == _EMAIL else ""
        row.fault(heading, f"{error}{remedy}")
        return None
