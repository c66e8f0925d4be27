"""Which columns of a list are the account's, and which a person's."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

from attrs import frozen

from campaign.reading.columns.headings import aliases, folded
from campaign.reading.exports.column_names import OF_A_CONTACT
from campaign.reading.parsing.table import Table

CONTACT_NAME = f"{OF_A_CONTACT}name"


class Kind(StrEnum):
    """What one row of a list is about."""

    ACCOUNTS = "accounts"
    PEOPLE = "people"
    WITH_CONTACT = "accounts with a contact each"


@frozen
class Sides:
    """The places of the columns of accounts and of contacts; some are both's."""

    kind: Kind
    accounts: tuple[int, ...]
    contacts: tuple[int, ...]


@cache
def words(key: str) -> tuple[str, ...]:
    """The headings of one entry of the table, folded, in their order."""
    text = files("campaign.reading.exports").joinpath("people.toml").read_text(encoding="utf-8")
    entries: Mapping[str, Sequence[str]] = tomllib.loads(text)
    return tuple(map(folded, entries[key]))


def first_place(table: Table, key: str) -> int | None:
    """Where the best known of the headings of an entry stands."""
    heads = [folded(heading) for heading in table.headings]
    return next((heads.index(word) for word in words(key) if word in heads), None)


def sides_of(table: Table) -> Sides:
    """Whose each column of a list is."""
    kind = _kind(table)
    if kind is Kind.ACCOUNTS:
        return Sides(kind, tuple(range(len(table.headings))), ())
    owner = _of_people if kind is Kind.PEOPLE else _of_accounts
    owners = [owner(heading) for heading in table.headings]
    return Sides(
        kind,
        tuple(place for place, whose in enumerate(owners) if "a" in whose),
        tuple(place for place, whose in enumerate(owners) if "c" in whose),
    )


def is_of_people(table: Table) -> bool:
    """Whether one row of a list is one person."""
    heads = set(map(folded, table.headings))
    named = first_place(table, "first_name") is not None
    return (named and first_place(table, "last_name") is not None) or bool(
        heads & set(words("people"))
    )


def _kind(table: Table) -> Kind:
    if is_of_people(table):
        has_name = first_place(table, "account_name") is not None
        return Kind.PEOPLE if has_name else Kind.ACCOUNTS
    if CONTACT_NAME in table.headings:
        return Kind.WITH_CONTACT
    place = first_place(table, "contact_name")
    heads = [folded(heading) for heading in table.headings]
    names = {folded(name) for name in aliases("accounts")["name"]} - set(words("contact_name"))
    if place is None or not names & set(heads) or not _holds_names(table, place):
        return Kind.ACCOUNTS
    return Kind.WITH_CONTACT


def _holds_names(table: Table, place: int) -> bool:
    """Whether a column holds what may be names of people: letters, and no address of email."""
    texts = [row.cells[place].strip() for row in table.rows if row.cells]
    names = [text for text in filter(None, texts) if "@" not in text and _has_a_word(text)]
    return bool(names) and 2 * len(names) >= len(list(filter(None, texts)))


def _has_a_word(text: str) -> bool:
    return any(sign.isalpha() for sign in text) and not any(map(str.isdigit, text))


def _of_people(heading: str) -> str:
    head = folded(heading)
    if head in words("account_id") + words("account_name"):
        return "a"
    if head in words("of_persons") or heading.startswith(OF_A_CONTACT):
        return "c"
    if head.startswith(words("of_accounts")):
        return "a"
    if head in _known("contacts", words("of_both")):
        return "ac" if head in _known("accounts", words("of_both")) else "c"
    if head in _all_known("contacts") or head not in _all_known("accounts"):
        return "c"
    return "a"


def _of_accounts(heading: str) -> str:
    head = folded(heading)
    if heading.startswith(OF_A_CONTACT):
        return "c"
    return "c" if head in words("contact_name") or head.startswith(words("of_contacts")) else "a"


@cache
def _known(kind: str, columns: tuple[str, ...]) -> frozenset[str]:
    named = (names for column, names in aliases(kind).items() if folded(column) in columns)
    return frozenset(folded(heading) for names in named for heading in names)


def _all_known(kind: str) -> frozenset[str]:
    return _known(kind, tuple(map(folded, aliases(kind))))


def person_name(table: Table) -> Iterator[int]:
    """Where the first and the last name of a person stand."""
    places = first_place(table, "first_name"), first_place(table, "last_name")
    return (place for place in places if place is not None)
