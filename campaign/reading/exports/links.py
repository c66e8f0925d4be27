"""Whose people are: by id, by name, else by domain; and who of them decides."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from attrs import evolve

from campaign.errors import Finding
from campaign.model.accounts import LAST_CONTACT, Account, Contact, Promise
from campaign.model.runs import DECISION_MAKER
from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.columns.formats import with_habits
from campaign.reading.columns.headings import aliases, folded, match
from campaign.reading.exports.codes import loose_id, short_id
from campaign.reading.exports.layout import column_of, place_named, places_of, words
from campaign.reading.lists.records import Cells, Placed, Records
from campaign.reading.parsing.table import Table
from campaign.shipped import shipped_toml

_ID = "account_id"
_MOST_NAMED = 3
Named = TypeVar("Named", Contact, Promise)
_SITE = re.compile(r"(?:[a-z]+://)?(?:[^@/\s]*@)?(?:www\d?\.)?(?P<domain>[\w-]+(?:\.[\w-]+)+)")


def linked(table: Table, accounts: Records[Account]) -> Table:
    """The contacts with the id of their account as the list of accounts writes it.

    Of several ids in one cell it is the first that is there; without a column of ids an
    account is found by its name, else by the domain of its site, if only one has it.
    """
    place = column_of(table, _ID, "contacts")
    if place is not None and any(row.at(place) for row in table.rows):
        ids = {short_id(one.account_id): one.account_id for one in accounts.items}
        texts = []
        for row in table.rows:
            several = [row.at(place), *(part.strip() for part in row.at(place).split(";"))]
            known = (ids[short_id(part)] for part in several if short_id(part) in ids)
            texts.append(next(known, several[1]))
        return table.with_column(table.headings[place], texts, place)
    names = place_named(table, "account_name")
    sites = places_of(table, (*words("domain"), *words("email")))
    if names is None and not has_domains(table):
        return table
    by_name = _of_one((folded(one.name), one.account_id) for one in accounts.items)
    by_site = _of_one(
        (domain, one.account_id)
        for one in accounts.items
        for heading, text in one.extra.items()
        if folded(heading) in words("domain")
        for domain in filter(None, map(domain_of, re.split(r"[;,\s]+", text)))
    )
    found, number = [], 0
    for row in table.rows:
        identity = by_name.get(folded(row.at(names)), "") if names is not None else ""
        if not identity:
            known = (by_site.get(domain_of(row.at(site)), "") for site in sites)
            identity = next(filter(None, known), "")
            number += bool(identity)
        found.append(identity)
    if names is not None:
        table = table.saying(f'accounts are found by "{shown(table.headings[names])}"')
    if number:
        people = counted(number, "contact is", "contacts are")
        table = table.saying(f"{people} joined to accounts by the domain of their site")
    return (table if place is None else table.without((place,))).with_column(_ID, found)


def _of_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The ids of accounts by keys, of those keys that only one account has."""
    found: dict[str, set[str]] = {}
    for key, identity in pairs:
        found.setdefault(key, set()).add(identity)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def domain_of(text: str) -> str:
    """The domain of a site or of an address for email; empty where there is none."""
    found = _SITE.match(text.strip().casefold())
    return found["domain"] if found else ""


def has_domains(table: Table) -> bool:
    """Whether a list of people names the domains of their accounts."""
    return place_named(table, "domain") is not None


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

    def _touched(account: Account, _: int) -> Account:
        day = latest.get(account.account_id)
        own = account.last_contact or dt.date.min
        return evolve(account, last_contact=day) if day and own < day else account

    touched_accounts, changes = accounts.each(_touched)
    which = counted(len(changes), "account was", "accounts were")
    said = f"{people.file}: {which} last touched by what is said there of a person"
    return touched_accounts.saying(said if changes else "")


def rejoined(records: Records[Named], accounts: Records[Account]) -> Records[Named]:
    """The records with the account's own id where they write it otherwise, which is told.

    A list that was opened in a spreadsheet has lost the zeros of its ids, or their case.
    """
    known = {account.account_id for account in accounts.items}
    if all(item.account_id in known for item in records.items):
        return records
    ids = _of_one((loose_id(one.account_id), one.account_id) for one in accounts.items)

    def _own(item: Named, _: int) -> Named:
        identity = "" if item.account_id in known else ids.get(loose_id(item.account_id), "")
        return evolve(item, account_id=identity) if identity else item

    joined, changes = records.each(_own)
    if not changes:
        return records
    changed = {old.account_id: new.account_id for old, new in changes}
    text, identity = next(iter(changed.items()))
    which = counted(len(changed), "id is", "ids are")
    return joined.saying(
        f"{records.file} {_ID}: {which} written otherwise than in {accounts.file}, and joined: "
        f"{shown(text)} is {shown(identity)}"
    )


def without_strangers(contacts: Records[Contact], accounts: Records[Account]) -> Records[Contact]:
    """The contacts of accounts of the list; who belongs to no such account is told.

    An export of contacts is seldom cut to one territory, so that this is no error.
    """
    if not accounts.is_whole:
        return contacts
    ids = {account.account_id for account in accounts.items}
    kept: list[Placed[Contact]] = []
    left: dict[str, list[int]] = {"no account at all": [], "an account that is not in the list": []}
    nobodys, strangers = left.values()
    for one in contacts.placed:
        if any(found.column == _ID and found.problem == "is empty" for found in one.findings):
            nobodys.append(one.row)
        elif one.item is not None and one.item.account_id not in ids:
            strangers.append(one.row)
        else:
            kept.append(one)
    findings = list(contacts.findings)
    for what, rows in left.items():
        if rows:
            some = ", ".join(map(str, rows[:_MOST_NAMED]))
            more = " and so on" if len(rows) > _MOST_NAMED else ""
            belong = counted(len(rows), "contact belongs", "contacts belong")
            problem = f"{belong} to {what} (row {some}{more})"
            remedy = "not taken over; give the account to take them"
            findings.append(Finding.notice(contacts.file, problem, remedy, column=_ID))
    return evolve(contacts, placed=tuple(kept), findings=tuple(findings))


@cache
def role_of(title: str) -> str:
    """The role that a job title shows; empty where it shows none."""
    for role, known in shipped_toml("reading/exports/roles.toml").items():
        word = "|".join(map(re.escape, known))
        if re.search(rf"(?<!\w)(?:{word})(?!\w)", title.casefold()):
            return "" if role == "not" else str(role)
    return ""


def with_roles(contacts: Records[Contact]) -> Records[Contact]:
    """The contacts, those without a role with the one that their title shows, which is told.

    Where somebody at an account decides already, as the list says, no title shows another.
    """
    decided = {one.account_id for one in contacts.items if one.role == DECISION_MAKER}

    def _shown_by_title(contact: Contact, _: int) -> Contact:
        role = "" if contact.role else role_of(contact.title)
        is_decided = role == DECISION_MAKER and contact.account_id in decided
        return evolve(contact, role=role) if role and not is_decided else contact

    changed, changes = contacts.each(_shown_by_title)
    if not changes:
        return contacts
    shows = Counter((new.title, new.role) for _, new in changes)
    named = [f'"{shown(title)}" is {role}' for title, role in list(shows)[:_MOST_NAMED]]
    more = " and so on" if len(shows) > _MOST_NAMED else ""
    return changed.saying(
        f"{contacts.file} role: {counted(len(changes), 'role is', 'roles are')} guessed from "
        f"titles ({', '.join(named)}{more}); "
        "write another one under role, or import with --roles none"
    )


def with_primary(contacts: Records[Contact], primary: Records[Contact]) -> Records[Contact]:
    """The contacts, those first whom the list of accounts names as primary, made where missing.

    Where the list of people gives them no role they are taken as who decides.
    """
    named = {_person(one): one for one in primary.placed if one.item is not None}
    there = set(map(_person, contacts.placed))
    made = [one for person, one in named.items() if person not in there]

    def _deciding(contact: Contact, _: int) -> Contact:
        is_named = (contact.account_id, folded(contact.name)) in named
        return evolve(contact, role=DECISION_MAKER) if is_named and not contact.role else contact

    every, _ = evolve(contacts, placed=(*contacts.placed, *made)).each(_deciding)
    # By account in the order of the list, and within it the primary contacts first; a row
    # without a value keeps its place.
    first: dict[str, int] = {}
    keys = {}
    for number, one in enumerate(every.placed):
        at = first.setdefault(one.item.account_id, number) if one.item else number
        keys[number] = at, _person(one) not in named, number
    placed = tuple(every.placed[number] for number in sorted(keys, key=lambda at: keys[at]))
    who = counted(len(named), "primary contact is", "primary contacts are")
    lacking = f"; {len(made)} of them made, as {contacts.file} has them not" if made else ""
    said = f"{primary.file}: {who} taken as who decides there{lacking}"
    return evolve(every, placed=placed).saying(said if named else "")


def _person(one: Placed[Contact]) -> tuple[str, str]:
    return (one.item.account_id, folded(one.item.name)) if one.item else ("", "")
