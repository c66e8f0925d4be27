"""`campaign plan`: plans a campaign, writes it, and says what it comes to."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import attrs
import click
from click.exceptions import Exit

from campaign import plan, touches
from campaign.answer import Campaign, can_be_written
from campaign.errors import UnreadableFile
from campaign.explaining.today import Today
from campaign.model.territory import Territory
from campaign.outputs.summary import first_day_in_words
from campaign.phrases import day_in_words
from campaign.refusing import kept_beside
from campaign.words.shares import unsigned
from campaign_cli import clock, console, options
from campaign_cli.commands.verify import missing_levels, missing_words
from campaign_cli.main import INPUT_FAULT, RULE_BROKEN
from campaign_cli.options import Source


@attrs.frozen
class PlanWanted:
    """How the plan is wanted: where, after how much search, and how strictly."""

    output: Path | None
    effort: touches.Effort | int
    strict: bool
    afresh: bool
    every: bool
    jobs: int


@click.command("plan")
@options.takes_sources
@options.output("Write the plan there.")
@options.effort("normal")
@click.option(
    "--strict", is_flag=True, help="End with 3 if the floor or a required touch is missing."
)
@click.option(
    "--afresh", is_flag=True, help="Write over logged work, and over the files of another plan."
)
@options.jobs("How many of several folders to plan at a time.")
@options.every
@options.as_json
def command(sources: tuple[Source, ...], **wanted: Any) -> None:  # noqa: ANN401
    """Plan the campaign and write it.

    PATH is a campaign folder or a list of accounts. Writes campaign.csv, with left-out.csv
    and plan.json beside it; the previous three are kept with .bak at their ends. Ctrl-C ends
    the search and keeps the best plan so far. Several folders are several reps. To plan on
    from work that is logged, see "campaign replan".
    """
    how = PlanWanted(**wanted)
    if len(sources) > 1:
        _plan_several(sources, how)
        return
    source = sources[0]
    territory = _read(source, how)
    console.say_findings(unsigned(territory))
    with console.planning_bar() as progress:
        campaign = plan(territory, effort=how.effort, progress=progress)
    if campaign.stopped:
        console.say("Stopped: this is the best plan that was found until then.")
    files = _write(campaign, source, how)
    if console.wants_json():
        console.result_json({"summary": summary_record(campaign), "files": files})
    else:
        _print(campaign, files, source, every=how.every)
    missing = missing_levels(campaign.levels) if how.strict else ()
    console.say(*map(missing_words, missing))
    if missing:
        raise Exit(RULE_BROKEN)


def _plan_several(sources: tuple[Source, ...], how: PlanWanted) -> None:
    """Plan each folder as a rep of its own, write each, and print what all come to."""
    from campaign.teams import plan_all  # noqa: PLC0415 (OR-Tools: only when planning)

    if how.output:
        raise click.UsageError("several folders have their own plans; leave -o out")
    reps = {str(source.path): source for source in sources}
    territories = {rep: _read(source, how) for rep, source in reps.items()}
    with ProcessPoolExecutor(how.jobs) if how.jobs > 1 else nullcontext() as executor:
        team = plan_all(territories, executor=executor, effort=how.effort)
    for rep, part in team.parts.items():
        _write(part.plan(), reps[rep], how)
    failed = {rep: str(failure) for rep, failure in team.failures.items()}
    console.answer(lambda: {"coverage": team.coverage(), "failed": failed}, team.summary())
    if team.failures:
        raise Exit(INPUT_FAULT)
    if how.strict and any(missing_levels(part.levels) for part in team.parts.values()):
        raise Exit(RULE_BROKEN)


def _read(source: Source, how: PlanWanted) -> Territory:
    """What is to be planned; raises where the plan could not be written in the end."""
    territory, target = source.read(), how.output or source.plan_path
    try:
        is_the_list = source.path.is_file() and target.samefile(source.path)
    except (OSError, ValueError):
        is_the_list = False
    if is_the_list:
        problem = "is the list of accounts itself"
        raise UnreadableFile(target, problem, "name another file with -o, as campaign.csv")
    can_be_written(target, afresh=how.afresh)
    return territory


def _write(campaign: Campaign, source: Source, how: PlanWanted) -> tuple[Path, ...]:
    refusals, held = kept_beside(source.folder, campaign.territory, ())
    target = how.output or source.plan_path
    return campaign.write(target, afresh=how.afresh, beside=refusals, read=held, act="plan")


def _print(campaign: Campaign, files: tuple[Path, ...], source: Source, *, every: bool) -> None:
    from campaign import offers  # noqa: PLC0415 (OR-Tools: only when planning)

    figures = campaign.summary()
    territory = campaign.territory
    console.show_needs(Today(campaign, clock.today(territory.rep.timezone)), every=every)
    title, end = territory.name or "Your campaign", territory.calendar.end
    console.heading(f"{title}, {day_in_words(territory.start)} to {day_in_words(end)}")
    console.result(f"{figures}\n")
    offered = offers.called_for(campaign)
    if offered.is_called_for:
        console.result(
            f"{offered.fact}: campaign check{source.where} --offers tries what to do about it"
        )
    if cost := campaign.cost():
        console.result(f"Money: {cost}")
        console.say_findings([cost.finding] if cost.finding else [])
    console.result(*(f"Tried: {each}." for each in offers.soon_tried(campaign)))
    console.result(f"Written to {', '.join(map(str, files))}")
    if figures.first_day:
        console.result(f"It begins on {first_day_in_words(figures)}.")
        is_usual = files[0] == source.folder / "campaign.csv"
        where = source.where if is_usual else f'{source.where} --plan "{files[0]}"'
        console.result(f"See that day: campaign show{where} --date {figures.first_day}")


def summary_record(campaign: Campaign) -> dict[str, Any]:
    """What a plan comes to, for a program."""
    cost = campaign.cost()
    figures = attrs.asdict(
        campaign.summary(),
        value_serializer=lambda _, __, v: dict(v) if isinstance(v, Mapping) else v,
    )
    return {**figures, **({"cost": cost.record()} if cost else {})}
