"""Which account a contact of a separate export belongs to: by id, by name, else by domain."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

from attrs import evolve

from campaign.errors import Finding, Severity
from campaign.model.accounts import LAST_CONTACT, Account, Contact, Promise
from campaign.reading.cells import shown
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.exports.column_owners import first_place
from campaign.reading.exports.ids import alike, plain
from campaign.reading.lists.records import Cells, Placed, Records
from campaign.reading.parsing.rows import Row
from campaign.reading.parsing.table import Table

_ID = "account_id"
_MOST_NAMED = 3
Named = TypeVar("Named", Contact, Promise)


def linked(table: Table, accounts: Records[Account]) -> Table:
    """The contacts with the id of their account as the list of accounts writes it.

    Of several ids in one cell it is the first that is there; without a column of ids an
    account is found by its name, else by the domain of its site, if only one has it.
    """
    ids = {plain(one.account_id): one.account_id for one in accounts.items}
    place = match(table, {_ID: aliases("contacts")[_ID]}).places.get(_ID)
    names = first_place(table, "account_name")
    if place is not None and any(row.at(place) for row in table.rows):
        return _with_ids(table, place, ids)
    found: dict[int, str] = {}
    said: list[str] = []
    if names is not None:
        by_name = _by_name(accounts)
        found = {row.number: by_name.get(folded(row.at(names)), "") for row in table.rows}
        said.append(f'{table.file}: accounts are found by "{shown(table.headings[names])}"')
    domains = Domains(accounts)
    more = {
        row.number: domains.id_of(table, row) for row in table.rows if not found.get(row.number)
    }
    number = sum(map(bool, more.values()))
    if number:
        people = "1 contact is" if number == 1 else f"{number} contacts are"
        said.append(f"{table.file}: {people} joined to accounts by the domain of their site")
    if names is None and not has_domains(table):
        return table
    joined = {**found, **more}
    bare = table if place is None else table.without((place,))
    rows = tuple(_with_cell(row, joined[row.number]) for row in bare.rows)
    return evolve(bare, headings=(*bare.headings, _ID), rows=rows, said=(*table.said, *said))


def _by_name(accounts: Records[Account]) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    for account in accounts.items:
        found.setdefault(folded(account.name), []).append(account.account_id)
    return {name: ids[0] for name, ids in found.items() if len(set(ids)) == 1}


def touched_by_people(accounts: Records[Account], people: Table) -> Records[Account]:
    """The accounts with the last activity of anybody there, where that is later than their own.

    `people` name their account as the list of accounts does; a day that cannot be read is none.
    """
    known = {_ID: aliases("contacts")[_ID], LAST_CONTACT: aliases("accounts")[LAST_CONTACT]}
    columns = with_habits(people, match(people, known), (LAST_CONTACT,))
    if not columns.places.keys() >= known.keys():
        return accounts
    latest: dict[str, dt.date] = {}
    for row in people.rows:
        cells = Cells(evolve(row, faults=()), columns, people.file)
        if day := cells.past(LAST_CONTACT):
            identity = cells.text(_ID)
            latest[identity] = max(day, latest.get(identity, day))
    placed = [_touched(one, latest) for one in accounts.placed]
    number = sum(old is not new for old, new in zip(accounts.placed, placed, strict=True))
    if not number:
        return accounts
    which = "1 account was" if number == 1 else f"{number:,} accounts were"
    said = f"{people.file}: {which} last touched by what is said there of a person"
    return evolve(accounts, placed=tuple(placed), said=(*accounts.said, said))


def _touched(one: Placed[Account], latest: Mapping[str, dt.date]) -> Placed[Account]:
    day = latest.get(one.item.account_id) if one.item else None
    if one.item is None or day is None or (one.item.last_contact or dt.date.min) >= day:
        return one
    return evolve(one, item=evolve(one.item, last_contact=day))


def _with_ids(table: Table, place: int, ids: Mapping[str, str]) -> Table:
    rows = tuple(
        evolve(row, cells=(*row.cells[:place], _known(row.at(place), ids), *row.cells[place + 1 :]))
        if row.cells
        else row
        for row in table.rows
    )
    return evolve(table, rows=rows)


def _known(text: str, ids: Mapping[str, str]) -> str:
    if plain(text) in ids:
        return ids[plain(text)]
    several = [part.strip() for part in text.split(";")]
    return next((ids[plain(part)] for part in several if plain(part) in ids), several[0])


def _with_cell(row: Row, text: str) -> Row:
    return evolve(row, cells=(*row.cells, text)) if row.cells else row


def rejoined(records: Records[Named], accounts: Records[Account]) -> Records[Named]:
    """The records with the account's own id where they write it otherwise, which is told.

    A list that was opened in a spreadsheet has lost the zeros of its ids, or their case.
    """
    known = {account.account_id for account in accounts.items}
    strange = any(item.account_id not in known for item in records.items)
    alike_ids = _alike(accounts) if strange else {}
    placed, changed = [], dict[str, str]()
    for one in records.placed:
        text = one.item.account_id if one.item is not None else ""
        own = alike_ids.get(alike(text), "") if text and text not in known else ""
        if own and one.item is not None:
            changed[text] = own
            one = evolve(one, item=evolve(one.item, account_id=own))  # noqa: PLW2901 (the same row)
        placed.append(one)
    if not changed:
        return records
    text, own = next(iter(changed.items()))
    which = "1 id is" if len(changed) == 1 else f"{len(changed)} ids are"
    said = f"{records.file} {_ID}: {which} written otherwise than in {accounts.file}, and joined"
    return evolve(
        records,
        placed=tuple(placed),
        said=(*records.said, f"{said}: {shown(text)} is {shown(own)}"),
    )


def _alike(accounts: Records[Account]) -> Mapping[str, str]:
    """The ids by what they have in common with other writings, where only one has that."""
    found: dict[str, set[str]] = {}
    for account in accounts.items:
        found.setdefault(alike(account.account_id), set()).add(account.account_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def without_strangers(contacts: Records[Contact], accounts: Records[Account]) -> Records[Contact]:
    """The contacts of accounts of the list; who belongs to no such account is told.

    An export of contacts is seldom cut to one territory, so that this is no error.
    """
    if not accounts.is_whole:
        return contacts
    ids = {account.account_id for account in accounts.items}
    kept, strangers, nobodys = [], [], []
    for one in contacts.placed:
        if not _has_account(one):
            nobodys.append(one)
        elif one.item is not None and one.item.account_id not in ids:
            strangers.append(one)
        else:
            kept.append(one)
    findings = [
        *_left_out(contacts.file, nobodys, "no account at all"),
        *_left_out(contacts.file, strangers, "an account that is not in the list"),
    ]
    return evolve(contacts, placed=tuple(kept), findings=(*contacts.findings, *findings))


def _has_account(one: Placed[Contact]) -> bool:
    return not any(f.column == _ID and f.problem == "is empty" for f in one.findings)


def _left_out(file: str, placed: list[Placed[Contact]], what: str) -> list[Finding]:
    if not placed:
        return []
    rows = ", ".join(str(one.row) for one in placed[:_MOST_NAMED])
    more = " and so on" if len(placed) > _MOST_NAMED else ""
    subject = "1 contact belongs" if len(placed) == 1 else f"{len(placed)} contacts belong"
    return [
        Finding(
            file,
            f"{subject} to {what} (row {rows}{more})",
            remedy="not taken over; give the account to take them",
            column=_ID,
            severity=Severity.NOTICE,
        )
    ]


_SITE = re.compile(r"(?:[a-z]+://)?(?:[^@/\s]*@)?(?:www\d?\.)?(?P<domain>[\w-]+(?:\.[\w-]+)+)")


@cache
def _headings(kind: str) -> tuple[str, ...]:
    text = files("campaign.reading.exports").joinpath("people.toml").read_text(encoding="utf-8")
    return tuple(map(folded, tomllib.loads(text)[kind]))


def domain_of(text: str) -> str:
    """The domain of a site or of an address for email; empty where there is none."""
    found = _SITE.match(text.strip().casefold())
    return found["domain"] if found else ""


class Domains:
    """The accounts by the domains of their sites, each that only one account has."""

    def __init__(self, accounts: Records[Account]) -> None:
        found: dict[str, set[str]] = {}
        for account in accounts.items:
            for domain in _domains_of(account):
                found.setdefault(domain, set()).add(account.account_id)
        self._ids = {domain: next(iter(ids)) for domain, ids in found.items() if len(ids) == 1}

    def id_of(self, table: Table, row: Row) -> str:
        """The id of the account of a person, by the domain that is told, else that of email."""
        for place in places(table):
            if known := self._ids.get(domain_of(row.at(place)), ""):
                return known
        return ""


def _domains_of(account: Account) -> Iterator[str]:
    for heading, text in account.extra.items():
        if folded(heading) in _headings("domain"):
            yield from filter(None, map(domain_of, re.split(r"[;,\s]+", text)))


def places(table: Table) -> tuple[int, ...]:
    """Where a list of people says a domain: that of the account, then those of email."""
    heads = [folded(heading) for heading in table.headings]
    wanted = (*_headings("domain"), *_headings("email"))
    return tuple(heads.index(head) for head in wanted if head in heads)


def has_domains(table: Table) -> bool:
    """Whether a list of people names the domains of their accounts."""
    return bool(set(map(folded, table.headings)) & set(_headings("domain")))
