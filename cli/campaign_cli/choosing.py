"""Which account or person a rep means: by id, by name, or a choice of several."""

from collections.abc import Sequence
from difflib import get_close_matches

import click
from attrs import frozen

from campaign.model.accounts import Account, Contact
from campaign.touches import Plan
from campaign_cli import console

_MOST_NAMES = 5
_MOST_ALIKE = 3


@frozen
class Chosen:
    """An account, or one of its people."""

    account: Account
    person: Contact | None = None

    @property
    def name(self) -> str:
        """The name that was meant."""
        return self.person.name if self.person else self.account.name

    @property
    def told(self) -> str:
        """The name with its id."""
        if self.person:
            return f"{self.person.name} of {self.account.name} ({self.person.contact_id})"
        return f"{self.account.name} ({self.account.account_id})"


def find_account(plan: Plan, text: str) -> Account:
    """The account of that id or name, or of that person; wrong usage for none or several."""
    return find(plan, text).account


def find(plan: Plan, text: str) -> Chosen:
    """The account, else the person, of that id or name, or a part of it.

    Wrong usage where it is none, with the names that are alike, or several.
    """
    wanted = " ".join(text.split()).casefold()
    accounts = [(Chosen(one), one.account_id, one.name) for one in plan.territory.ranked_accounts]
    people = [
        (Chosen(whom.account, person), person.contact_id, person.name)
        for whom, account_id, _ in accounts
        for person in plan.territory.contacts_of(account_id)
        if person.contact_id != account_id
    ]
    for known in (accounts, people):
        for exact in (
            [whom for whom, identity, _ in known if identity.casefold() == wanted],
            [whom for whom, _, name in known if name.casefold() == wanted],
            [whom for whom, _, name in known if wanted and wanted in name.casefold()],
        ):
            if len(exact) == 1:
                return exact[0]
            if exact:
                return _chosen(text, exact)
    names = list(dict.fromkeys(name for _, _, name in (*accounts, *people)))
    raise click.UsageError(f'"{text}" is no account; {_remedy(wanted, names)}')


def _remedy(wanted: str, names: Sequence[str]) -> str:
    """The names that are alike, by the whole or by one of their words; else what to give."""
    folded = {name.casefold(): name for name in names}
    words = {word: name for name in names for word in name.casefold().split()}
    alike = [folded[one] for one in get_close_matches(wanted, folded, n=_MOST_ALIKE)]
    alike += [words[one] for one in get_close_matches(wanted, words, n=_MOST_ALIKE, cutoff=0.75)]
    if not alike:
        return "give its id, or a part of its name"
    return f"did you mean {' or '.join(list(dict.fromkeys(alike))[:_MOST_ALIKE])}?"


def _chosen(text: str, found: Sequence[Chosen]) -> Chosen:
    """The one of several that is meant: asked for on a terminal, else wrong usage."""
    if len(found) > _MOST_NAMES or not console.can_ask():
        raise click.UsageError(f'"{text}" may be {_names(found)}; give the id')
    for number, whom in enumerate(found, start=1):
        console.say(f"{number}  {whom.told}")
    number = click.prompt("Which one", type=click.IntRange(1, len(found)), err=True)
    return found[number - 1]


def _names(found: Sequence[Chosen]) -> str:
    named = [whom.told for whom in found[:_MOST_NAMES]]
    more = len(found) - len(named)
    return ", ".join(named) + (f" or {more} more" if more else "")
