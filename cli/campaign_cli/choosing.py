"""Which account or person a rep means: by id, by name, or a choice of several."""

from collections.abc import Sequence
from difflib import get_close_matches

import click
from attrs import frozen

from campaign.model.accounts import Account, Contact
from campaign.phrases import first_of
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
    def id(self) -> str:
        """The id that it is known by."""
        return self.person.contact_id if self.person else self.account.account_id

    @property
    def name(self) -> str:
        """The name that was meant."""
        return self.person.name if self.person else self.account.name

    @property
    def told(self) -> str:
        """The name with its id."""
        return f"{self.name}{f' of {self.account.name}' if self.person else ''} ({self.id})"


def find_account(plan: Plan, text: str) -> Account:
    """The account of that id or name, or of that person; wrong usage for none or several."""
    return find(plan, text).account


def find(plan: Plan, text: str) -> Chosen:
    """The account, else the person, of that id or name, or a part of it.

    Of several the one that is meant is asked for on a terminal. Wrong usage where it is none,
    with the names that are alike, or still several.
    """
    wanted = " ".join(text.split()).casefold()
    accounts = [Chosen(one) for one in plan.territory.ranked_accounts]
    people = [
        Chosen(whom.account, person)
        for whom in accounts
        for person in plan.territory.contacts_of(whom.id)
        if person.contact_id != whom.id
    ]
    for known in (accounts, people):
        for found in (
            [whom for whom in known if whom.id.casefold() == wanted],
            [whom for whom in known if whom.name.casefold() == wanted],
            [whom for whom in known if wanted and wanted in whom.name.casefold()],
        ):
            if found:
                return found[0] if len(found) == 1 else _one_of(text, found)
    names = [whom.name for whom in (*accounts, *people)]
    # alike by the whole name, or by one of its words
    folded = {name.casefold(): name for name in names}
    words = {word: name for name in names for word in name.casefold().split()}
    alike = [folded[one] for one in get_close_matches(wanted, folded, n=_MOST_ALIKE)]
    alike += [words[one] for one in get_close_matches(wanted, words, n=_MOST_ALIKE, cutoff=0.75)]
    near = " or ".join(list(dict.fromkeys(alike))[:_MOST_ALIKE])
    remedy = f"did you mean {near}?" if near else "give its id, or a part of its name"
    raise click.UsageError(f'"{text}" is no account; {remedy}')


def _one_of(text: str, found: Sequence[Chosen]) -> Chosen:
    if len(found) > _MOST_NAMES or not console.can_ask():
        several = first_of([whom.told for whom in found], _MOST_NAMES, last="or")
        raise click.UsageError(f'"{text}" may be {several}; give the id')
    console.say(*(f"{number}  {whom.told}" for number, whom in enumerate(found, start=1)))
    return found[console.which("Which one", len(found))]
