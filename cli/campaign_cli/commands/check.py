"""`campaign check`: everything that is wrong or doubtful, then whether the hours do."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click
from click.exceptions import Exit

from campaign.answer import Checked, checked
from campaign.geography.travel import far_accounts
from campaign.model.territory import Territory
from campaign.phrases import counted, day_in_words
from campaign.reading import read_plan
from campaign_cli import console, options
from campaign_cli.commands.compare import write_page
from campaign_cli.main import INPUT_FAULT
from campaign_cli.options import Source

if TYPE_CHECKING:
    from campaign.offers import Offers

A_WEEK = 168
_MANY_FAR = 3


def _hours_of(text: str) -> tuple[float, ...]:
    """Numbers of hours a week, with commas between."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or not all(0 <= hours <= A_WEEK for hours in found):
        raise ValueError(f'"{text}" are no hours a week; write some, as 8,10,12')
    return found


@click.command("check")
@options.takes_source
@click.option(
    "--hours",
    type=options.Kind("hours", _hours_of),
    metavar="H,H,...",
    help="Plan with each of these hours a week, and show what it buys.",
)
@click.option(
    "--offers",
    "with_offers",
    is_flag=True,
    help="Plan, and try what free hours could be used for, or what would help.",
)
@options.output("--hours: write the curve there, as hours.html.")
@options.as_json
def command(
    source: Source, *, hours: tuple[float, ...] | None, with_offers: bool, output: Path | None
) -> None:
    """List every finding, then the hours needed and available.

    PATH is a campaign folder or a list of accounts. With --plan the plan is read as well. To
    test a plan against the rules, see "campaign verify".
    """
    reading = source.load()
    findings = list(reading.findings)
    if source.plan_file and reading.territory:
        findings += read_plan(source.plan_file, reading.territory)[1]
    check = checked(reading.territory, findings)
    console.say(*reading.said)
    can_plan = reading.territory if not check.errors else None
    found: Offers | None = None
    if can_plan and with_offers:
        from campaign.offers import offers  # noqa: PLC0415 (OR-Tools: only when planning)

        found = offers(can_plan)
    if console.wants_json():
        needed, territory = check.feasibility, reading.territory
        record = {
            **console.findings_record(check.findings),
            "accounts": len(territory.active_accounts) if territory else None,
            "feasibility": attrs.asdict(needed) if needed else None,
            **({"cost": check.cost.record()} if check.cost else {}),
        }
        console.result_json({**record, **({"offers": found.record()} if found else {})})
    else:
        _print(check, reading.territory)
        if found:
            console.result(f"\n{found}")
        elif can_plan:
            _print_far(can_plan)
        if hours and can_plan:
            from campaign.whatif import hours_curve  # noqa: PLC0415 (OR-Tools, as above)

            curve = hours_curve(can_plan, hours, effort="quick")
            console.result(f"\n{curve}")
            write_page(curve, output)
    if check.errors:
        raise Exit(INPUT_FAULT)


def _print(check: Checked, territory: Territory | None) -> None:
    console.result(*console.finding_lines(check.findings))
    errors, notices = len(check.errors), len(check.notices)
    console.result(f"{counted(errors, 'error')}, {counted(notices, 'notice')}.")
    if territory and check.feasibility:
        console.result("\n".join(("", _counts(territory), "", *check.feasibility.lines())))
        if check.cost:
            by = "by the first channel of each step and usual drives"
            console.result(f"Money: {check.cost}, {by}.")


def _print_far(territory: Territory) -> None:
    """How many accounts are far away, and what was tried about it."""
    far = far_accounts(territory)
    if len(far) < _MANY_FAR or territory.travel.overnight:
        return
    from campaign.offers import tried_at_once  # noqa: PLC0415 (OR-Tools: only when planning)

    console.result(f"\n{len(far)} accounts are two hours and more there and back.")
    console.say("Planning with nights away, with longer days and from another base ...")
    found = tried_at_once(territory)
    if found is None:
        console.result("What would help is tried by campaign check --offers.")
    console.result(*(f"Tried: {each}." for each in found or ()))


def _counts(territory: Territory) -> str:
    active = territory.active_accounts
    left = len(territory.accounts) - len(active)
    counts = (
        f"{day_in_words(territory.start)} to {day_in_words(territory.calendar.end)}",
        counted(len(active), "active account"),
        *([f"{counted(left, 'account')} of another status"] if left else []),
        counted(len(territory.contacts), "contact"),
        counted(sum(p.is_open for p in territory.promises), "open promise"),
    )
    tiers = Counter(account.tier for account in active)
    of_tier = ", ".join(f"{tiers[tier.name]} {tier.name}" for tier in territory.tiers)
    return f"{'; '.join(counts)}. By tier: {of_tier}."
