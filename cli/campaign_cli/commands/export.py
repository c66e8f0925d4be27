"""`campaign export`: writes a plan for others to read, a format a row of one table."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import click

from campaign.answer import NOT_A_PLAN, PROOF_FILE
from campaign.errors import Finding, UnreadableFile
from campaign.outputs.files import target_of, write_whole
from campaign.outputs.proof import noted_bounds, of_this_plan, read_proof
from campaign.reading.files import read_bytes
from campaign.rules.levels import levels
from campaign.touches import Plan
from campaign_cli import console
from campaign_cli.options import File, Source, json_option, source_options

SINCE, PICK = "--since", "--pick"


@attrs.frozen
class Format:
    """The files of a format by name, each with its function, imported when it is asked for.

    A function takes the plan and gives text or bytes. `option` is the option that all of
    them take besides; `doubts` a function that gives notices on a plan.
    """

    files: Mapping[str, str]
    option: str = attrs.field(default="", kw_only=True)
    doubts: str = attrs.field(default="", kw_only=True)

    def render(self, plan: Plan, **more: object) -> dict[str, bytes]:
        """The bytes of each file by its name."""
        contents = ((name, _named(path)(plan, **more)) for name, path in self.files.items())
        return {name: text.encode() if isinstance(text, str) else text for name, text in contents}

    def notices(self, plan: Plan) -> list[Finding]:
        """What its reader will not understand."""
        found: list[Finding] = _named(self.doubts)(plan) if self.doubts else []
        return found


def _named(path: str) -> Any:  # noqa: ANN401 (whatever has that name)
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


_CRM = "campaign.outputs.crm"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format({"report.html": "campaign.outputs.report:render_report"}),
        "ics": Format({"campaign.ics": "campaign.outputs.calendar:render_calendar"}, option=SINCE),
        "json": Format({"campaign.json": "campaign.outputs.json:render_json"}),
        "salesforce": Format(
            {
                "salesforce-tasks.csv": f"{_CRM}.salesforce:render_tasks",
                "salesforce-events.csv": f"{_CRM}.salesforce:render_events",
            },
            option=PICK,
            doubts=f"{_CRM}.salesforce:doubts",
        ),
        "hubspot": Format(
            {"hubspot-tasks.csv": f"{_CRM}.hubspot:render_tasks"},
            option=PICK,
            doubts=f"{_CRM}.hubspot:doubts",
        ),
        "dynamics": Format(
            {
                "dynamics-tasks.csv": f"{_CRM}.dynamics:render_tasks",
                "dynamics-calls.csv": f"{_CRM}.dynamics:render_calls",
                "dynamics-appointments.csv": f"{_CRM}.dynamics:render_appointments",
            },
            option=PICK,
            doubts=f"{_CRM}.dynamics:doubts",
        ),
    }
)


@click.command("export")
@source_options
@click.option(
    "--to", "wanted", type=click.Choice(tuple(FORMATS)), required=True, help="What to write."
)
@click.option(
    "-o",
    "output",
    type=File(),
    metavar="FILE",
    help="Write it there; a folder, where a format has several files.  [default: beside the "
    "plan, under the format's own names]",
)
@click.option(
    SINCE,
    type=File(),
    metavar="FILE",
    help="ics: the export that the calendar has now.  [default: the file that is written over]",
)
@click.option(
    PICK,
    multiple=True,
    metavar="WORD=WORD",
    help="salesforce, hubspot, dynamics: your own word in a picklist. May be repeated.",
)
@json_option
def command(
    source: Source,
    *,
    wanted: str,
    output: Path | None,
    as_json: bool,
    **options: Any,  # noqa: ANN401 (--since and --pick, for the formats that take them)
) -> None:
    """Write the plan for others to read.

    PATH is a campaign folder or a list of accounts. "html" is a report: one page that needs
    no network. "ics" is a calendar for Outlook or Google, "json" is for programs; the others
    are files of activities for customer systems.
    """
    chosen = FORMATS[wanted]
    _only_its_own(wanted, options)
    path, plan = source.read_plan()
    targets = _targets(chosen, output, path.parent)
    for target in targets:
        _spare_the_inputs(target, (path, source.path))
    contents = _rendered(chosen, _with_levels(path, plan), targets, options)
    console.say_findings(chosen.notices(plan))
    write_whole(contents)
    if as_json:
        console.result_json({"files": [str(target) for target in contents]})
    else:
        console.result("\n".join(f"Written to {target}" for target in contents))


def _only_its_own(wanted: str, options: Mapping[str, object]) -> None:
    """End with wrong usage where an option goes with another format."""
    for option in (SINCE, PICK):
        if options[option.strip("-")] and FORMATS[wanted].option != option:
            others = ", ".join(name for name, row in FORMATS.items() if row.option == option)
            raise click.UsageError(f"{option} goes with --to {others}, not with --to {wanted}.")


def _targets(chosen: Format, output: Path | None, folder: Path) -> dict[Path, str]:
    """Where each file of a format goes."""
    if output is None or output.is_dir() or len(chosen.files) > 1:
        return {(output or folder) / name: name for name in chosen.files}
    (name,) = chosen.files
    return {output: name}


def _rendered(
    chosen: Format, plan: Plan, targets: Mapping[Path, str], options: Mapping[str, Any]
) -> dict[Path, bytes]:
    if chosen.option == SINCE:
        contents = _since(chosen, plan, options["since"], next(iter(targets)))
    elif chosen.option == PICK:
        contents = _picked(chosen, plan, options["pick"])
    else:
        contents = chosen.render(plan)
    return {target: contents[name] for target, name in targets.items()}


def _since(chosen: Format, plan: Plan, since: Path | None, target: Path) -> dict[str, bytes]:
    """The files, compared with the export before: the one named, else the one in the way."""
    before = since or (target if target.exists() else None)
    if before is None:
        return chosen.render(plan)
    try:
        return chosen.render(plan, previous=read_bytes(before))
    except ValueError as error:
        remedy = "name the file of an earlier export" if since else "name another file with -o"
        raise UnreadableFile(before, str(error), remedy) from error


def _picked(chosen: Format, plan: Plan, picks: tuple[str, ...]) -> dict[str, bytes]:
    """The files in the org's own words; wrong usage where one is no such word."""
    pairs = [pick.partition("=") for pick in picks]
    wrong = [pick for pick, pair in zip(picks, pairs, strict=True) if not all(pair)]
    if wrong:
        raise click.UsageError(f'{PICK} "{wrong[0]}" is no pair; write {PICK} "High=Urgent".')
    words = {ours.strip(): own.strip() for ours, _, own in pairs}
    try:
        return chosen.render(plan, words=words)
    except ValueError as error:
        raise click.UsageError(f"{PICK} {error}.") from error


def _with_levels(path: Path, plan: Plan) -> Plan:
    """The plan with its levels, and with the bounds of its proof where that is its own."""
    proof = read_proof(path.with_name(PROOF_FILE))
    if not of_this_plan(proof, plan.territory, read_bytes(path)):
        return attrs.evolve(plan, levels=levels(plan))
    return attrs.evolve(plan, levels=noted_bounds(proof, levels(plan)))


def _spare_the_inputs(target: Path, inputs: tuple[Path, ...]) -> None:
    """Raise `UnreadableFile` where a file of the campaign would be written over."""
    real = target_of(target)
    if target.name.casefold() in NOT_A_PLAN or real in [path.resolve() for path in inputs]:
        problem = "belongs to the campaign itself"
        raise UnreadableFile(target, problem, "name another file with -o")
