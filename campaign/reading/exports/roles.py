"""Who decides at an account: whom the system calls its primary contact, and what titles show."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from attrs import evolve

from campaign.model.accounts import Contact
from campaign.model.runs import DECISION_MAKER
from campaign.reading.cells import shown
from campaign.reading.columns.headings import folded
from campaign.reading.lists.records import Placed, Records

_NOT = "not"
_MOST_NAMED = 3
Person = tuple[str, str]


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    text = files("campaign.reading.exports").joinpath("roles.toml").read_text(encoding="utf-8")
    return {
        role: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
        for role, words in tomllib.loads(text).items()
    }


@cache
def role_of(title: str) -> str:
    """The role that a job title shows; empty where it shows none."""
    bare = title.casefold()
    if _words()[_NOT].search(bare):
        return ""
    roles = (role for role, words in _words().items() if role != _NOT and words.search(bare))
    return next(roles, "")


def with_roles(contacts: Records[Contact]) -> Records[Contact]:
    """The contacts, those without a role with the one that their title shows, which is told.

    Where somebody at an account decides already, as the list says, no title shows another.
    """
    decided = {one.account_id for one in contacts.items if one.role == DECISION_MAKER}
    shows: Counter[Person] = Counter()
    placed = []
    for one in contacts.placed:
        role = role_of(one.item.title) if one.item and not one.item.role else ""
        if one.item and role and not (role == DECISION_MAKER and one.item.account_id in decided):
            shows[one.item.title, role] += 1
            one = evolve(one, item=evolve(one.item, role=role))  # noqa: PLW2901 (the same row)
        placed.append(one)
    return evolve(contacts, placed=tuple(placed), said=(*contacts.said, *_said(contacts, shows)))


def _said(contacts: Records[Contact], shows: Counter[Person]) -> Iterator[str]:
    if shows:
        named = [f'"{shown(title)}" is {role}' for title, role in list(shows)[:_MOST_NAMED]]
        more = " and so on" if len(shows) > _MOST_NAMED else ""
        roles = "1 role is" if shows.total() == 1 else f"{shows.total()} roles are"
        yield (
            f"{contacts.file} role: {roles} guessed from titles ({', '.join(named)}{more}); "
            "write another one under role, or import with --roles none"
        )


def with_primary(contacts: Records[Contact], primary: Records[Contact]) -> Records[Contact]:
    """The contacts, those first whom the list of accounts names as primary, made where missing.

    Where the list of people gives them no role they are taken as who decides.
    """
    named = {_person(one.item): one for one in primary.placed if one.item is not None}
    there = {_person(item) for item in contacts.items}
    made = [one for person, one in named.items() if person not in there]
    placed = [_deciding(one, named) for one in (*contacts.placed, *made)]
    first: dict[str, int] = {}
    for number, one in enumerate(placed):
        first.setdefault(one.item.account_id if one.item else str(number), number)
    ordered = sorted(
        enumerate(placed),
        key=lambda pair: (
            first[pair[1].item.account_id] if pair[1].item else pair[0],
            pair[1].item is None or _person(pair[1].item) not in named,
            pair[0],
        ),
    )
    said = list(_said_of_primary(contacts.file, primary.file, len(named), len(made)))
    return evolve(contacts, placed=tuple(one for _, one in ordered), said=(*contacts.said, *said))


def _person(contact: Contact) -> Person:
    return contact.account_id, folded(contact.name)


def _deciding(one: Placed[Contact], named: Mapping[Person, object]) -> Placed[Contact]:
    if one.item is None or one.item.role or _person(one.item) not in named:
        return one
    return evolve(one, item=evolve(one.item, role=DECISION_MAKER))


def _said_of_primary(file: str, accounts: str, number: int, made: int) -> Iterator[str]:
    if number:
        who = "1 primary contact is" if number == 1 else f"{number} primary contacts are"
        lacking = f"; {made} of them made, as {file} has them not" if made else ""
        yield f"{accounts}: {who} taken as who decides there{lacking}"
