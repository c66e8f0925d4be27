"""Lists as a program would write them: the other way round of reading."""

import csv
import io
from collections.abc import Iterable, Mapping

from attrs import fields

from campaign.model.accounts import Account, Contact
from campaign.outputs.table import harmless


def write_accounts(accounts: Iterable[Account]) -> bytes:
    """Accounts as accounts.csv."""
    return _written([_record(account) for account in accounts])


def write_contacts(contacts: Iterable[Contact]) -> bytes:
    """Contacts as contacts.csv."""
    return _written([_record(contact) for contact in contacts])


def _record(value: Account | Contact) -> dict[str, str]:
    record: dict[str, str] = {}
    for field in fields(type(value)):
        content = getattr(value, field.name)
        if field.name == "extra":
            record |= content
        elif field.name == "located_by":
            continue  # found by reading, never written
        elif field.name == "consents":
            record |= {f"{name} consent": str(consent) for name, consent in content.items()}
        else:
            record[field.name] = _text(field.name, content)
    return record


def _text(name: str, content: object) -> str:
    match content:
        case None:
            return ""
        case bool():
            return "yes" if content else "no"
        case tuple():
            return "; ".join(map(str, content))
        case float() if name in ("value", "potential"):
            return f"{content:.2f}"
    return str(content)


def _written(records: list[Mapping[str, str]] | list[dict[str, str]]) -> bytes:
    columns = list(dict.fromkeys(name for record in records for name in record))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for record in records:
        writer.writerow([harmless(record.get(name, "")) for name in columns])
    return text.getvalue().encode("utf-8-sig")
