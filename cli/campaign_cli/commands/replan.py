"""`campaign replan`: plans on from a day, shows what changes, and writes it once confirmed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen
from click.exceptions import Exit

from campaign import touches
from campaign.answer import Campaign
from campaign.consequences import FREEZE
from campaign.errors import UnreadableFile
from campaign.explaining.today import Today
from campaign.outputs.plan_table import left_out_record, touch_record
from campaign.phrases import counted, day_in_words
from campaign.reading.parsing.workbook import is_workbook
from campaign.refusing import kept_beside
from campaign.rules import doubts
from campaign.storage.plan_files import CAMPAIGN_FILE, left_out_of
from campaign.storage.settings import with_leave
from campaign.storage.whole import content_of
from campaign.touches import Plan, Status
from campaign.workdays import Span
from campaign_cli import clock, console, options
from campaign_cli.__main__ import INTERRUPTED
from campaign_cli.commands.plan import summary_record
from campaign_cli.options import Source

if TYPE_CHECKING:
    from campaign.replanning import Replanned
    from campaign.replanning.changes import Change


@frozen
class ReplanWanted:
    """How it is planned on: from when, what stays, which days are off, and how it is said."""

    day: dt.date | None
    freeze: int
    off: tuple[Span, ...]
    effort: touches.Effort | int
    yes: bool
    every: bool


@click.command("replan")
@options.takes_source
@click.option("--from", "day", type=options.DATE, help="Plan on from that day.  [default: today]")
@click.option(
    "--freeze",
    type=click.IntRange(min=0),
    default=FREEZE,
    show_default=True,
    help="So many working days from then on stay as they are.",
)
@click.option(
    "--off",
    type=options.DAYS,
    multiple=True,
    metavar="DATE[/DATE]",
    help="Days off, written into campaign.toml; may be given several times.",
)
@options.effort("normal")
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--all", "every", is_flag=True, help="List every change.")
@options.as_json
def command(source: Source, **wanted: Any) -> None:  # noqa: ANN401
    """Plan on from a day, with few changes.

    PATH is a campaign folder or a list of accounts. What is done stays, so do pinned touches
    and the next working days; what was planned for an earlier day and is not logged is
    missed and comes back. Shows what changes and why, and asks before anything is written;
    without a terminal nothing is written unless --yes is given. To begin with a plan, see
    "campaign plan".
    """
    from campaign.replanning import replan  # noqa: PLC0415 (OR-Tools: only when planning)

    how, target = ReplanWanted(**wanted), source.plan_path
    if is_workbook(content_of(target) or b""):
        target = target.with_name(CAMPAIGN_FILE)
    paths = {source.plan_path, target, left_out_of(target), source.settings_path}
    held = {path: content_of(path) for path in sorted(filter(None, paths))}
    plan = source.read_plan()
    off, settings = _off(source, plan, how.off, held)
    day = _day(plan, how.day)
    with console.planning_bar() as progress:
        replanned = replan(
            plan, day, freeze=how.freeze, off=off, effort=how.effort, progress=progress
        )
    campaign, is_empty = replanned.campaign, replanned.difference.is_empty
    if campaign.stopped:
        console.say("Stopped: this is the best plan that was found until then.")
    console.notice(*doubts(campaign))
    is_new = bool(settings) or not (is_empty and campaign.is_written_in(target))
    _show(replanned, is_new=is_new, every=how.every)
    written: tuple[Path, ...] = ()
    if is_new and _may_write(campaign, yes=how.yes):
        refusals, held_too = kept_beside(source.folder, campaign.territory, campaign.touches)
        beside, read = {**settings, **refusals}, {**held, **held_too}
        written = (*campaign.write(target, beside=beside, read=read, act="replan"), *settings)
    if console.wants_json():
        console.result_json(_record(replanned, how, written))
    elif written:
        console.result(f"Written to {', '.join(map(str, written))}")


def _off(
    source: Source, plan: Plan, wanted: Sequence[Span], held: Mapping[Path, bytes | None]
) -> tuple[list[Span], dict[Path, bytes]]:
    """The days off that are not known yet, and the settings with them put in, where there are any.

    Wrong usage where there is no place for them.
    """
    calendar, settings = plan.territory.calendar, source.settings_path
    if wanted and settings is None:
        raise click.UsageError(
            "--off is written into the campaign.toml of a campaign folder, and a list alone has "
            "none; put the list into a folder as accounts.csv, and name the folder"
        )
    for span in wanted:
        if span.last < calendar.start or calendar.end < span.first:
            when = f"{day_in_words(calendar.start)} to {day_in_words(calendar.end)}"
            raise click.UsageError(f"--off {span} is not in the campaign, {when}; give days of it")
    off = [span for span in dict.fromkeys(wanted) if span not in plan.territory.rep.leave]
    if not off or settings is None:
        return [], {}
    try:
        return off, {settings: with_leave(held[settings], off)}
    except ValueError as error:
        problem = "has a form into which days off cannot be put"
        raise UnreadableFile(settings, problem, str(error)) from error


def _day(plan: Plan, wanted: dt.date | None) -> dt.date:
    """The day to plan on from, and what it means; wrong usage where it is not in the campaign."""
    calendar, today = plan.territory.calendar, clock.today(plan.territory.rep.timezone)
    day = wanted or max(today, calendar.start)
    words = day_in_words(day)
    if not calendar.start <= day <= calendar.end:
        span = f"which runs from {day_in_words(calendar.start)} to {day_in_words(calendar.end)}"
        raise click.UsageError(
            f"{words} is not in the campaign, {span}; give another day with --from"
        )
    if wanted is None and day > today:
        console.say(f"The campaign has not begun: planned on from its first day, {words}.")
    until = sum(
        touch.status is Status.PLANNED and today <= touch.date < day for touch in plan.touches
    )
    if until:
        number = counted(until, "touch")
        console.notice(f"{number} of the days until {words} will count as missed; log first")
    if day < today:
        console.notice(f"{words} is before today; touches may come to days that are over")
    return day


def _show(replanned: "Replanned", *, is_new: bool, every: bool) -> None:
    from campaign.replanning.telling import render_difference  # noqa: PLC0415 (as above)

    found = replanned.difference
    if not console.wants_json():
        console.show_needs(Today(replanned.campaign, found.day), every=every)
        console.result(render_difference(found, every=every))
        console.result(f"\n{replanned.campaign.summary()}\n")
    if not is_new:
        console.say("Nothing changes, and nothing is written.")
    elif found.is_empty:
        console.say("Every touch stands as it did; only what is told of it is brought up to date.")


def _may_write(campaign: Campaign, *, yes: bool) -> bool:
    """Whether the plan may be written: said beforehand, or asked now."""
    if yes and not campaign.stopped:
        return True
    if console.can_ask() and not console.wants_json():
        if click.confirm("Write this plan?", err=True):
            return True
        console.say("Nothing is written.")
    elif campaign.stopped:
        console.say("Nothing is written; run this again, and let it come to its end.")
        raise Exit(INTERRUPTED)
    else:
        console.say("Nothing is written; give --yes to write it.")
    return False


def _record(replanned: "Replanned", how: ReplanWanted, written: Sequence[Path]) -> dict[str, Any]:
    from campaign.replanning.changes import ChangeKind  # noqa: PLC0415 (as above)

    found = replanned.difference
    return {
        "from": found.day,
        "freeze": how.freeze,
        "stay": found.stay,
        "counts": {kind.value: len(found.of(kind)) for kind in ChangeKind},
        "changes": [_change(replanned.campaign, change) for change in found.changes],
        "summary": summary_record(replanned.campaign),
        "stopped": replanned.campaign.stopped,
        "written": bool(written),
        "files": written,
    }


def _change(plan: Plan, change: "Change") -> dict[str, Any]:
    from campaign.replanning import telling  # noqa: PLC0415 (as above)

    because, left = change.because, change.left_out
    return {
        "change": change.kind.value,
        "touch_id": change.touch_id,
        "before": touch_record(plan, change.before) if change.before else None,
        "after": touch_record(plan, change.after) if change.after else None,
        "left_out": left_out_record(plan, left) if left else None,
        "cause": because.cause.value,
        "other": because.other.touch_id if because.other else None,
        "because": telling.because_in_words(plan.territory, because),
        "channel_cause": change.by_because.cause.value if change.by_because else None,
        "sentence": telling.change_in_words(plan.territory, change),
    }
