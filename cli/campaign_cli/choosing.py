"""Which account a rep means: by its id, its name, or a choice of several."""

import sys
from collections.abc import Sequence

import click

from campaign.model.accounts import Account
from campaign.touches import Plan
from campaign_cli import console

_MOST_NAMES = 5


def find_account(plan: Plan, text: str) -> Account:
    """The account of that id or name; wrong usage where it is none or several."""
    wanted = text.strip().casefold()
    accounts = plan.territory.ranked_accounts
    for exact in (
        [a for a in accounts if a.account_id.casefold() == wanted],
        [a for a in accounts if a.name.casefold() == wanted],
        [a for a in accounts if wanted and wanted in a.name.casefold()],
    ):
        if len(exact) == 1:
            return exact[0]
        if exact:
            return _chosen(text, exact)
    raise click.UsageError(f'"{text}" is no account; give its id, or a part of its name')


def _chosen(text: str, accounts: Sequence[Account]) -> Account:
    """The one of several accounts that is meant: asked for on a terminal, else wrong usage."""
    if len(accounts) > _MOST_NAMES or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f'"{text}" may be {_names(accounts)}; give the id')
    for number, account in enumerate(accounts, start=1):
        console.say(f"{number}  {account.name} ({account.account_id})")
    number = click.prompt("Which one", type=click.IntRange(1, len(accounts)), err=True)
    return accounts[number - 1]


def _names(accounts: Sequence[Account]) -> str:
    named = [f"{account.name} ({account.account_id})" for account in accounts[:_MOST_NAMES]]
    more = len(accounts) - len(named)
    return ", ".join(named) + (f" or {more} more" if more else "")
