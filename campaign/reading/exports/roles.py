"""Who decides at an account: whom the system calls its primary contact, and what titles show."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from attrs import evolve

from campaign.model.accounts import Contact
from campaign.model.runs import DECISION_MAKER
from campaign.phrases import counted
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Placed, Records
from campaign.shipped import shipped_toml

_NOT = "not"
_MOST_NAMED = 3


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    return {
        role: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
        for role, words in shipped_toml("reading/exports/roles.toml").items()
    }


@cache
def role_of(title: str) -> str:
    """The role that a job title shows; empty where it shows none."""
    shows = (role for role, words in _words().items() if words.search(title.casefold()))
    role = next(shows, "")
    return "" if role == _NOT else role


def with_roles(contacts: Records[Contact]) -> Records[Contact]:
    """The contacts, those without a role with the one that their title shows, which is told.

    Where somebody at an account decides already, as the list says, no title shows another.
    """
    decided = {one.account_id for one in contacts.items if one.role == DECISION_MAKER}

    def shown_by_title(contact: Contact, _: int) -> Contact:
        role = "" if contact.role else role_of(contact.title)
        is_decided = role == DECISION_MAKER and contact.account_id in decided
        return evolve(contact, role=role) if role and not is_decided else contact

    changed, changes = contacts.each(shown_by_title)
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

    def deciding(contact: Contact, _: int) -> Contact:
        is_named = (contact.account_id, folded(contact.name)) in named
        return evolve(contact, role=DECISION_MAKER) if is_named and not contact.role else contact

    every, _ = evolve(contacts, placed=(*contacts.placed, *made)).each(deciding)
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
