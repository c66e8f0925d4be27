"""Contacts from `contacts.csv`."""

from collections.abc import Iterable, Mapping

from campaign.model.accounts import Consent, Contact
from campaign.model.hours import OpeningHours
from campaign.reading import cells
from campaign.reading.headings import Columns, aliases, folded, match, missing
from campaign.reading.records import Cells, Placed, Records, address, place
from campaign.reading.table import Table

_TEXTS = ("title", "phone", "cadence", "notes")
_EMAIL = "email"
_UNKNOWN = frozenset({"unknown", "?"})


def read_contacts(table: Table, channels: Iterable[str]) -> Records[Contact]:
    """Every contact of a table; a column named after a channel holds consents.

    The column `email` may hold an address, a yes or a no, and may stand twice.
    """
    if not table.rows:
        return Records(table.file, findings=table.findings)
    columns = match(table, aliases("contacts"))
    lacking = tuple(missing(table, columns, ("contact_id", "account_id", "name")))
    repeated = [finding for finding in columns.findings if finding.column != _EMAIL]
    findings = (*table.findings, *repeated, *lacking)
    if lacking:
        return Records(table.file, findings=findings)
    asked = _consent_columns(columns, channels)
    placed = (_placed(Cells(row, columns, table.file), asked) for row in table.rows)
    return Records(table.file, tuple(placed), findings=findings, renamed=columns.renamed)


def _consent_columns(columns: Columns, channels: Iterable[str]) -> Mapping[str, str]:
    """The columns that hold consents, with the channel that each asks for."""
    asked: dict[str, str] = {}
    for channel in channels:
        for heading in columns.others:
            bare = heading.removesuffix(" (2)")
            if folded(bare) in (folded(channel), folded(f"{channel} consent")):
                asked[heading] = channel
    return asked


def _placed(row: Cells, asked: Mapping[str, str]) -> Placed[Contact]:
    contact = _contact(row, asked) if row.can_be_read else None
    return Placed(row.row.number, contact, findings=tuple(row.findings))


def _contact(row: Cells, asked: Mapping[str, str]) -> Contact | None:
    contact_id = row.required("contact_id", "give each contact an id of its own")
    account_id = row.required("account_id", "write the id of the contact's account")
    name = row.required("name", "write the contact's name")
    latitude, longitude = place(row)
    extra = row.others()
    email, consents = _email_and_consents(row, extra, asked)
    contact = Contact(
        contact_id,
        account_id,
        name=name,
        role=row.text("role").casefold().replace(" ", "_").replace("-", "_"),
        since=row.value("since", cells.date, None),
        email=email,
        latitude=latitude,
        longitude=longitude,
        timezone=row.value("timezone", cells.timezone, ""),
        call_hours=row.value("call_hours", OpeningHours.parse, None),
        prefers=row.text("prefers").casefold(),
        consents=consents,
        do_not_contact=row.value("do_not_contact", cells.yes_no, default=False),
        extra={heading: text for heading, text in extra.items() if heading not in asked},
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
            email = email or text
        elif text and text.casefold() not in _UNKNOWN:
            answer = _answer(row, heading, text)
            if answer is not None:
                consents[channel] = answer
    return email, consents


def _answer(row: Cells, heading: str, text: str) -> Consent | None:
    try:
        return Consent.YES if cells.yes_no(text) else Consent.NO
    except ValueError as error:
        remedy = " or an address" if heading == _EMAIL else ""
        row.fault(heading, f"{error}{remedy}")
        return None
