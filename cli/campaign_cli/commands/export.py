"""`campaign export`: writes a plan for others to read."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import click

from campaign.answer import PROOF_FILE
from campaign.errors import Finding
from campaign.outputs.journal import recorded_export
from campaign.outputs.proof import noted_bounds, of_this_plan, read_proof
from campaign.reading.parsing.files import read_bytes
from campaign.rules.levels import levels
from campaign.storage.whole import write_whole
from campaign.touches import Plan
from campaign.words import with_words
from campaign_cli import console
from campaign_cli.exporting.arguments import Request, format_options
from campaign_cli.exporting.formats import FORMATS, refuse_others, rendered
from campaign_cli.exporting.places import Destination, spare_the_work
from campaign_cli.options import Source, json_option, source_options

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")


@click.command("export")
@source_options
@click.option(
    "--to", "wanted", type=click.Choice(tuple(FORMATS)), required=True, help="What to write."
)
@click.option(
    "-o",
    "output",
    metavar="PLACE",
    help="Write it there: into a file, as week.html, or a folder, which is made.  [default: "
    "beside the plan, under the format's own names]",
)
@click.option("--open", "opens", is_flag=True, help="Open what is written.")
@format_options
@json_option
def command(
    source: Source,
    *,
    wanted: str,
    output: str | None,
    opens: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 (those of the formats, by their names)
) -> None:
    """Write the plan for others to read.

    PATH is a campaign folder or a list of accounts. "html" is a report, one page that needs
    no network, and beside it a page for a telephone, whose ticks "log --from" reads. "xlsx"
    is a workbook to print, to filter and to tick off. "letters" and "labels" are what is
    planned by post from --from until --until, ready to be printed. "ics" is a calendar for
    Outlook or Google, "json" is for programs. "brief" is a page an account for the next rep
    or the delivery team (-o with .md or .txt: Markdown). "steady" is what each account gets
    after the campaign, as a calendar of recurring events (-o with .csv: a table). "places" are
    home and accounts with their coordinates, to send to a routing engine. The others are files
    of activities for customer systems.
    """
    form = FORMATS[wanted]
    refuse_others(wanted, options)
    path, plan = source.read_plan() if form.needs_plan else source.read_unplanned()
    plan = with_words(plan)
    place = Destination(path.parent, asked=output, inputs=(path, source.path))
    request = Request(plan, source.folder, target=place.only_target(form), options=options)
    measured = _with_levels(path, plan) if form.needs_plan else plan
    exported = rendered(form, measured, request)
    files = {place.target(form, name): content for name, content in exported.files.items()}
    if form.is_ticked_off:
        for target in files:
            spare_the_work(target, plan)
    place.make_folder()
    write_whole({**files, **recorded_export(path, wanted, files)})
    _print(tuple(files), exported.findings, as_json=as_json)
    if opens:
        _open(next(iter(files)))


def _open(file: Path) -> None:
    """Open a file in the program that is for it; a notice where there is no screen or none."""
    has_screen = sys.platform != "linux" or any(map(os.environ.get, _SCREENS))
    if not has_screen or click.launch(str(file)):
        console.say(f"notice: {file} cannot be opened from here; open it yourself")


def _with_levels(path: Path, plan: Plan) -> Plan:
    """The plan with its levels, and with the bounds of its proof where that is its own."""
    proof = read_proof(path.with_name(PROOF_FILE))
    if not of_this_plan(proof, plan, read_bytes(path)):
        return attrs.evolve(plan, levels=levels(plan))
    return attrs.evolve(plan, levels=noted_bounds(proof, levels(plan)))


def _print(files: Sequence[Path], findings: Sequence[Finding], *, as_json: bool) -> None:
    if as_json:
        said = [console.finding_record(one) for one in findings]
        console.result_json({"files": [str(file) for file in files], "findings": said})
        return
    for line in console.finding_lines(findings):
        console.say(line)
    console.result("\n".join(f"Written to {file}" for file in files))
