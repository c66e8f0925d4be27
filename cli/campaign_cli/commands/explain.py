"""`campaign explain`: why an account is treated as it is, and what would change it."""

import click

from campaign.explaining import explain
from campaign_cli import console, options
from campaign_cli.choosing import find_account
from campaign_cli.options import Source


@click.command("explain")
@options.takes_words(least=1)
@click.argument("words", nargs=-1, required=True, metavar="[PATH] ACCOUNT")
@options.as_json
def command(source: Source, *, words: tuple[str, ...]) -> None:
    """Explain the plan of one account.

    ACCOUNT is an id, or a name or a part of it. Its score, tier and cadences are told, why
    each touch stands on its day, and what is left out. For each touch that is left out the
    cheapest single change is named that would let it in. Each is tried out first: it is
    applied, the touch put into the plan, and every rule asked.
    """
    plan = source.read_plan()
    explanation = explain(plan, find_account(plan, " ".join(words)).account_id)
    console.answer(explanation.record, explanation)
