"""`campaign check`: everything that is wrong or doubtful, then whether the hours do."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
import click

from campaign.answer import Checked, checked
from campaign.model.territory import Territory
from campaign.reading import read_plan
from campaign_cli import console
from campaign_cli.main import INPUT_FAULT
from campaign_cli.options import Source, json_option, source_options


@click.command("check")
@source_options
@json_option
@click.pass_context
def command(ctx: click.Context, source: Source, *, as_json: bool) -> None:
    """List every finding, then the hours needed and available.

    PATH is a campaign folder or a list of accounts. With --plan the plan is read as well.
    """
    reading = source.load()
    found = list(reading.findings)
    if source.plan_file and reading.territory:
        found += read_plan(source.plan_file, reading.territory)[1]
    check = checked(reading.territory, found)
    for line in reading.said:
        console.say(line)
    if as_json:
        console.result_json(_as_json(check, reading.territory))
    else:
        _print(check, reading.territory)
    if check.errors:
        ctx.exit(INPUT_FAULT)


def _print(check: Checked, territory: Territory | None) -> None:
    for line in console.finding_lines(check.findings):
        console.result(line)
    errors, notices = len(check.errors), len(check.notices)
    console.result(f"{console.counted(errors, 'error')}, {console.counted(notices, 'notice')}.")
    if territory and check.feasibility:
        console.result("\n".join(("", _counts(territory), "", *check.feasibility.lines())))


def _counts(territory: Territory) -> str:
    counts = (
        f"{territory.start} to {territory.calendar.end}",
        console.counted(len(territory.active_accounts), "active account"),
        *_inactive(territory),
        console.counted(len(territory.contacts), "contact"),
        console.counted(sum(p.is_open for p in territory.promises), "open promise"),
    )
    tiers = Counter(account.tier for account in territory.active_accounts)
    of_tier = ", ".join(f"{tiers[tier.name]} {tier.name}" for tier in territory.tiers)
    return f"{'; '.join(counts)}. By tier: {of_tier}."


def _inactive(territory: Territory) -> Iterator[str]:
    left = len(territory.accounts) - len(territory.active_accounts)
    if left:
        yield f"{console.counted(left, 'account')} of another status"


def _as_json(check: Checked, territory: Territory | None) -> dict[str, Any]:
    return {
        "findings": [console.finding_record(finding) for finding in check.findings],
        "errors": len(check.errors),
        "notices": len(check.notices),
        "accounts": len(territory.active_accounts) if territory else None,
        "feasibility": attrs.asdict(check.feasibility) if check.feasibility else None,
    }
