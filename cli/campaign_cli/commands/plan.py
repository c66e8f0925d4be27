"""`campaign plan`: plans a campaign, writes it, and says what it comes to."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import attrs
import click

from campaign import plan, touches
from campaign.answer import Campaign, can_be_written
from campaign.errors import UnreadableFile
from campaign.explaining.needing import needs, render_needs
from campaign.explaining.today import Today
from campaign.model.territory import Territory
from campaign.outputs.summary import first_day_in_words
from campaign.phrases import day_in_words
from campaign.refusing import kept_beside
from campaign.words.lacking import unsigned
from campaign_cli import clock, console
from campaign_cli.commands.verify import RULE_BROKEN, missing_levels, missing_words
from campaign_cli.main import INPUT_FAULT
from campaign_cli.options import (
    File,
    Source,
    effort_option,
    every_option,
    jobs_option,
    json_option,
    sources_options,
)
from campaign_cli.waiting import planning_bar


@attrs.frozen
class PlanWanted:
    """How the plan is wanted: where, after how much search, and how strictly."""

    output: Path | None
    effort: touches.Effort | int
    strict: bool
    afresh: bool
    every: bool


@click.command("plan")
@sources_options
@click.option("-o", "output", type=File(), metavar="FILE", help="Write the plan there.")
@effort_option("normal")
@click.option(
    "--strict", is_flag=True, help="End with 3 if the floor or a required touch is missing."
)
@click.option(
    "--afresh", is_flag=True, help="Write over logged work, and over the files of another plan."
)
@jobs_option("How many of several folders to plan at a time.")
@every_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sources: tuple[Source, ...],
    *,
    jobs: int,
    as_json: bool,
    **wanted: Any,  # noqa: ANN401
) -> None:
    """Plan the campaign and write it.

    PATH is a campaign folder or a list of accounts. Writes campaign.csv, with left-out.csv
    and plan.json beside it; the previous three are kept with .bak at their ends. Ctrl-C ends
    the search and keeps the best plan so far. Several folders are several reps. To plan on
    from work that is logged, see "campaign replan".
    """
    how = PlanWanted(**wanted)
    if len(sources) > 1:
        _plan_several(ctx, sources, how, jobs=jobs, as_json=as_json)
        return
    source = sources[0]
    reading = source.read()
    target = how.output or source.plan_path(reading)
    _spare_the_input(target, source.path)
    can_be_written(target, afresh=how.afresh)
    territory = source.territory_of(reading)
    console.say_findings(tuple(unsigned(territory)))
    campaign = _planned(territory, how.effort)
    refusals, held = kept_beside(source.folder, campaign.territory, ())
    files = campaign.write(target, afresh=how.afresh, beside=refusals, read=held, act="plan")
    if as_json:
        console.result_json(_as_json(campaign, files))
    else:
        _print(campaign, files, source, every=how.every)
    missing = missing_levels(campaign.levels) if how.strict else ()
    for level in missing:
        console.say(missing_words(level))
    if missing:
        ctx.exit(RULE_BROKEN)


def _plan_several(
    ctx: click.Context, sources: tuple[Source, ...], how: PlanWanted, *, jobs: int, as_json: bool
) -> None:
    """Plan each folder as a rep of its own, write each, and print what all come to."""
    from campaign.teams import plan_all  # noqa: PLC0415 (OR-Tools: only when planning)

    if how.output:
        raise click.UsageError("several folders have their own plans; leave -o out")
    targets: dict[str, tuple[Source, Path]] = {}
    territories: dict[str, Territory] = {}
    for source in sources:
        reading = source.read()
        target = source.plan_path(reading)
        _spare_the_input(target, source.path)
        can_be_written(target, afresh=how.afresh)
        targets[source.label] = (source, target)
        territories[source.label] = source.territory_of(reading)
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as executor:
        team = plan_all(territories, executor=executor, effort=how.effort)
    for label, part in team.parts.items():
        source, target = targets[label]
        campaign = part.plan()
        refusals, held = kept_beside(source.folder, campaign.territory, ())
        campaign.write(target, afresh=how.afresh, beside=refusals, read=held, act="plan")
    if as_json:
        failed = {rep: str(failure) for rep, failure in team.failures.items()}
        console.result_json({"coverage": team.coverage(), "failed": failed})
    else:
        console.result(team.summary())
    if team.failures:
        ctx.exit(INPUT_FAULT)
    if how.strict and any(missing_levels(part.levels) for part in team.parts.values()):
        ctx.exit(RULE_BROKEN)


def _spare_the_input(target: Path, list_of_accounts: Path) -> None:
    try:
        is_the_same = list_of_accounts.is_file() and target.samefile(list_of_accounts)
    except (OSError, ValueError):
        is_the_same = False
    if is_the_same:
        problem = "is the list of accounts itself"
        raise UnreadableFile(target, problem, "name another file with -o, as campaign.csv")


def _planned(territory: Territory, effort: touches.Effort | int) -> Campaign:
    with planning_bar() as progress:
        campaign = plan(territory, effort=effort, progress=progress)
    if campaign.stopped:
        console.say("Stopped: this is the best plan that was found until then.")
    return campaign


def _print(campaign: Campaign, files: tuple[Path, ...], source: Source, *, every: bool) -> None:
    from campaign.offers import (  # noqa: PLC0415 (OR-Tools: only when planning)
        called_for,
        soon_tried,
    )

    figures = campaign.summary()
    territory = campaign.territory
    today = Today(campaign, clock.today(territory.rep.timezone))
    console.show_needs(render_needs(needs(today), every=every))
    title, end = territory.name or "Your campaign", territory.calendar.end
    console.heading(f"{title}, {day_in_words(territory.start)} to {day_in_words(end)}")
    console.result(f"{figures}\n")
    offered = called_for(campaign)
    if offered.is_called_for:
        console.result(
            f"{offered.fact}: campaign check{source.where} --offers tries what to do about it"
        )
    if cost := campaign.cost():
        console.result(f"Money: {cost}")
        console.say_findings([cost.finding] if cost.finding else [])
    for each in soon_tried(campaign):
        console.result(f"Tried: {each}.")
    console.result(f"Written to {', '.join(map(str, files))}")
    if figures.first_day:
        console.result(f"It begins on {first_day_in_words(figures)}.")
        is_usual = files[0] == source.folder / "campaign.csv"
        where = source.where if is_usual else f'{source.where} --plan "{files[0]}"'
        console.result(f"See that day: campaign show{where} --date {figures.first_day}")


def _as_json(campaign: Campaign, files: tuple[Path, ...]) -> dict[str, Any]:
    return {"summary": summary_record(campaign), "files": [str(file) for file in files]}


def summary_record(campaign: Campaign) -> dict[str, Any]:
    """What a plan comes to, for a program."""
    cost = campaign.cost()
    figures = attrs.asdict(
        campaign.summary(),
        value_serializer=lambda _, __, v: dict(v) if isinstance(v, Mapping) else v,
    )
    return {**figures, **({"cost": cost.record()} if cost else {})}
