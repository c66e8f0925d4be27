"""`campaign replan`: plans on from a day, shows what changes, and writes it once confirmed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from campaign import touches
from campaign.answer import CAMPAIGN_FILE, LEFT_OUT_FILE, Campaign
from campaign.consequences import FREEZE
from campaign.errors import UnreadableFile
from campaign.explaining.needing import needs, render_needs
from campaign.explaining.today import Today
from campaign.outputs.plan_table import left_out_record, touch_record
from campaign.phrases import counted, day_in_words
from campaign.reading.parsing.workbook import is_workbook
from campaign.refusing import kept_beside
from campaign.rules import doubts
from campaign.storage.settings import with_leave
from campaign.storage.whole import content_of
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Calendar, Span
from campaign_cli import clock, console
from campaign_cli.__main__ import INTERRUPTED
from campaign_cli.commands.plan import summary_record
from campaign_cli.day_words import Date, Days
from campaign_cli.options import Source, effort_option, json_option, source_options
from campaign_cli.waiting import planning_bar

if TYPE_CHECKING:
    from campaign.replanning import Replanned
    from campaign.replanning.changes import Change

Held = Mapping[Path, bytes | None]


@frozen
class ReplanWanted:
    """How it is planned on: from when, what stays, which days are off, and how it is said."""

    day: dt.date | None
    freeze: int
    off: tuple[Span, ...]
    effort: touches.Effort | int
    yes: bool
    every: bool


@frozen
class ReplanFiles:
    """What the files held before the search, and which is to hold the new plan."""

    target: Path
    held: Held
    settings: Path | None

    def beside(self, off: Sequence[Span]) -> dict[Path, bytes]:
        """The settings with days off put in; nothing without such days."""
        if not off or self.settings is None:
            return {}
        try:
            return {self.settings: with_leave(self.held[self.settings], off)}
        except ValueError as error:
            problem = "has a form into which days off cannot be put"
            raise UnreadableFile(self.settings, problem, str(error)) from error


@click.command("replan")
@source_options
@click.option("--from", "day", type=Date(), help="Plan on from that day.  [default: today]")
@click.option(
    "--freeze",
    type=click.IntRange(min=0),
    default=FREEZE,
    show_default=True,
    help="So many working days from then on stay as they are.",
)
@click.option(
    "--off",
    type=Days(),
    multiple=True,
    metavar="DATE[/DATE]",
    help="Days off, written into campaign.toml; may be given several times.",
)
@effort_option("normal")
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--all", "every", is_flag=True, help="List every change.")
@json_option
@click.pass_context
def command(ctx: click.Context, /, source: Source, *, as_json: bool, **wanted: Any) -> None:  # noqa: ANN401
    """Plan on from a day, with few changes.

    PATH is a campaign folder or a list of accounts. What is done stays, so do pinned touches
    and the next working days; what was planned for an earlier day and is not logged is
    missed and comes back. Shows what changes and why, and asks before anything is written;
    without a terminal nothing is written unless --yes is given. To begin with a plan, see
    "campaign plan".
    """
    how = ReplanWanted(**wanted)
    files, plan = _read(source)
    calendar = plan.territory.calendar
    off = _off(source, plan, how.off)
    beside = files.beside(off)
    replanned = _replanned(plan, _day(plan, calendar, how.day), how, off)
    for doubt in doubts(replanned.campaign):
        console.say(f"notice: {doubt}")
    is_new = bool(beside) or not (
        replanned.difference.is_empty and replanned.campaign.is_written_in(files.target)
    )
    _show(replanned, is_new=is_new, as_json=as_json, every=how.every)
    written = (
        _written(replanned.campaign, files, beside, source.folder)
        if is_new and _may(ctx, replanned.campaign, yes=how.yes, as_json=as_json)
        else ()
    )
    if as_json:
        console.result_json(_as_json(replanned, how, written))
    elif written:
        console.result(f"Written to {', '.join(map(str, written))}")


def _read(source: Source) -> tuple[ReplanFiles, Plan]:
    """The plan, and what the files held before it was read."""
    place, settings = source.plan_place, source.settings_place
    target = place
    if is_workbook(content_of(place) or b""):
        target = place.with_name(CAMPAIGN_FILE)
    paths = {place, target, target.with_name(LEFT_OUT_FILE), *filter(None, [settings])}
    held = {path: content_of(path) for path in sorted(paths)}
    _path, plan = source.read_plan()
    return ReplanFiles(target, held, settings), plan


def _day(plan: Plan, calendar: Calendar, wanted: dt.date | None) -> dt.date:
    """The day to plan on from; wrong usage where it is not in the campaign."""
    today = clock.today(plan.territory.rep.timezone)
    day = wanted or max(today, calendar.start)
    if not calendar.start <= day <= calendar.end:
        span = f"which runs from {day_in_words(calendar.start)} to {day_in_words(calendar.end)}"
        raise click.UsageError(
            f"{day_in_words(day)} is not in the campaign, {span}; give another day with --from"
        )
    if wanted is None and day > today:
        first = day_in_words(day)
        console.say(f"The campaign has not begun: planned on from its first day, {first}.")
    _say_what_a_day_means(plan, day, today)
    return day


def _say_what_a_day_means(plan: Plan, day: dt.date, today: dt.date) -> None:
    """What a day that is not today does with the days between."""
    open_rows = (touch for touch in plan.touches if touch.status is Status.PLANNED)
    until = sum(today <= touch.date < day for touch in open_rows)
    if until:
        touches = counted(until, "touch", "touches")
        until_day = day_in_words(day)
        console.say(
            f"notice: {touches} of the days until {until_day} will count as missed; log first"
        )
    if day < today:
        console.say(
            f"notice: {day_in_words(day)} is before today; touches may come to days that are over"
        )


def _off(source: Source, plan: Plan, wanted: Sequence[Span]) -> tuple[Span, ...]:
    """The days off that are not known yet; wrong usage where there is no place for them."""
    calendar = plan.territory.calendar
    if wanted and source.settings_place is None:
        raise click.UsageError(
            "--off is written into the campaign.toml of a campaign folder, and a list alone has "
            "none; put the list into a folder as accounts.csv, and name the folder"
        )
    for span in wanted:
        if span.last < calendar.start or calendar.end < span.first:
            when = f"{day_in_words(calendar.start)} to {day_in_words(calendar.end)}"
            raise click.UsageError(f"--off {span} is not in the campaign, {when}; give days of it")
    known = plan.territory.rep.leave
    return tuple(span for span in dict.fromkeys(wanted) if span not in known)


def _replanned(plan: Plan, day: dt.date, how: ReplanWanted, off: Sequence[Span]) -> "Replanned":
    from campaign.replanning import replan  # noqa: PLC0415 (OR-Tools: only when planning)

    with planning_bar() as progress:
        replanned = replan(
            plan, day, freeze=how.freeze, off=off, effort=how.effort, progress=progress
        )
    if replanned.campaign.stopped:
        console.say("Stopped: this is the best plan that was found until then.")
    return replanned


def _show(replanned: "Replanned", *, is_new: bool, as_json: bool, every: bool) -> None:
    from campaign.replanning.telling import render_difference  # noqa: PLC0415 (as above)

    if not as_json:
        today = Today(replanned.campaign, replanned.difference.day)
        console.show_needs(render_needs(needs(today), every=every))
        console.result(render_difference(replanned.difference, every=every))
        console.result(f"\n{replanned.campaign.summary()}\n")
    if not is_new:
        console.say("Nothing changes, and nothing is written.")
    elif replanned.difference.is_empty:
        console.say("Every touch stands as it did; only what is told of it is brought up to date.")


def _may(ctx: click.Context, campaign: Campaign, *, yes: bool, as_json: bool) -> bool:
    """Whether the plan may be written: said beforehand, or asked now."""
    can_ask = console.can_ask() and not as_json
    if campaign.stopped and not can_ask:
        console.say("Nothing is written; run this again, and let it come to its end.")
        ctx.exit(INTERRUPTED)
    if yes and not campaign.stopped:
        return True
    if not can_ask:
        console.say("Nothing is written; give --yes to write it.")
        return False
    confirmed = click.confirm("Write this plan?", err=True)
    if not confirmed:
        console.say("Nothing is written.")
    return confirmed


def _written(
    campaign: Campaign, files: ReplanFiles, beside: Mapping[Path, bytes], folder: Path
) -> tuple[Path, ...]:
    refusals, held = kept_beside(folder, campaign.territory, campaign.touches)
    everything, read = {**beside, **refusals}, {**files.held, **held}
    return (*campaign.write(files.target, beside=everything, read=read, act="replan"), *beside)


def _as_json(replanned: "Replanned", how: ReplanWanted, written: Sequence[Path]) -> dict[str, Any]:
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
        "files": [str(path) for path in written],
    }


def _change(plan: Plan, change: "Change") -> dict[str, Any]:
    from campaign.replanning import telling  # noqa: PLC0415 (as above)

    because, left = change.because, change.left_out
    return {
        "change": change.kind.value,
        "touch_id": change.touch_id,
        "before": _row(plan, change.before),
        "after": _row(plan, change.after),
        "left_out": None if left is None else left_out_record(plan, left),
        "cause": because.cause.value,
        "other": because.other.touch_id if because.other else None,
        "because": telling.because_in_words(plan.territory, because),
        "channel_cause": change.by_because.cause.value if change.by_because else None,
        "sentence": telling.change_in_words(plan.territory, change),
    }


def _row(plan: Plan, touch: Touch | None) -> dict[str, Any] | None:
    return None if touch is None else touch_record(plan, touch)
