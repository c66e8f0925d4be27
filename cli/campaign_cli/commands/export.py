"""`campaign export`: writes a plan for others to read."""

import os
import sys
from pathlib import Path
from typing import Any

import attrs
import click

from campaign.answer import NOT_A_PLAN, PROOF_FILE
from campaign.errors import UnreadableFile
from campaign.outputs.proof import noted_bounds, of_this_plan, read_proof
from campaign.phrases import counted
from campaign.reading.parsing.files import read_bytes
from campaign.reading.plans.campaign_csv import work_only_in
from campaign.rules.levels import levels
from campaign.storage.journal import recorded_export
from campaign.storage.problems import unwritable
from campaign.storage.whole import make_folder, write_whole
from campaign.touches import Plan
from campaign.words import with_words
from campaign_cli import console, options
from campaign_cli.export_formats import (
    FORMATS,
    OPTIONS,
    Format,
    refuse_others,
    rendered,
)
from campaign_cli.options import Source

_SEPARATORS = tuple(filter(None, ("/", os.sep, os.altsep)))


@attrs.frozen
class Destination:
    """The plan's folder, or another place that is asked for; `inputs` are left alone.

    What is asked for is a file where its name has an ending, or where there is such a file;
    else a folder, which is made where there is none.
    """

    folder: Path
    asked: str | None = attrs.field(kw_only=True)
    inputs: tuple[Path, ...] = attrs.field(kw_only=True)

    @property
    def is_asked_folder(self) -> bool:
        """Whether a folder is asked for."""
        asked = self.asked or ""
        is_folder = asked.endswith(_SEPARATORS) or os.path.isdir(asked)  # noqa: PTH112 (never raises)
        return is_folder or not (Path(asked).suffix or os.path.exists(asked))  # noqa: PTH110 (the same)

    def target(self, form: Format, name: str) -> Path:
        """Where a file of a format goes; raises `UnreadableFile` where it may not.

        Only a format that has no more than one file goes into a file that is named; what
        goes along with it stands beside it, under its name.
        """
        target = Path(self.asked or self.folder / name)
        if self.asked and self.is_asked_folder:
            target /= name
        elif self.asked and not form.only_file:
            problem = "is the name of a file, and this format wants a folder"
            raise UnreadableFile(target, problem, "name a folder with -o")
        elif self.asked and name in form.beside:
            target = target.with_name(f"{target.stem}-{name}")
        try:
            real = Path(os.path.realpath(target))
        except (OSError, ValueError) as error:
            raise unwritable(target, error) from error
        inputs = [path.resolve() for path in self.inputs]
        if target.name.casefold() in NOT_A_PLAN or real in inputs:
            problem = "belongs to the campaign itself"
            raise UnreadableFile(target, problem, "name another file with -o")
        return target


_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")


@click.command("export")
@options.takes_source
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
@options.several(*OPTIONS)
@options.as_json
def command(
    source: Source,
    *,
    wanted: str,
    output: str | None,
    opens: bool,
    **said: Any,  # noqa: ANN401 (those of the formats, by their names)
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
    refuse_others(wanted, said)
    path = source.plan_path
    plan = with_words(source.read_plan() if form.needs_plan else Plan(source.read(), ()))
    place = Destination(path.parent, asked=output, inputs=(path, source.path))
    target = place.target(form, form.only_file) if form.only_file else None
    if form.needs_plan:
        proof, known = read_proof(path.with_name(PROOF_FILE)), levels(plan)
        is_its_own = of_this_plan(proof, plan, read_bytes(path))
        plan = attrs.evolve(plan, levels=noted_bounds(proof, known) if is_its_own else known)
    contents, findings = rendered(form, plan, said, target)
    files = {place.target(form, name): content for name, content in contents.items()}
    for file in files if form.is_ticked_off else ():
        if file.exists() and (logged := work_only_in(file, plan)):
            problem = f"{counted(logged, 'row')} of work ticked off there would be written over"
            raise UnreadableFile(file, problem, "name another file with -o, or move it away")
    if output and place.is_asked_folder:
        make_folder(Path(output))
    write_whole({**files, **recorded_export(path, wanted, files)})
    if console.wants_json():
        records = [console.finding_record(one) for one in findings]
        console.result_json({"files": [str(file) for file in files], "findings": records})
    else:
        for line in console.finding_lines(findings):
            console.say(line)
        console.result("\n".join(f"Written to {file}" for file in files))
    if opens:
        _open(next(iter(files)))


def _open(file: Path) -> None:
    """Open a file in the program that is for it; a notice where there is no screen or none."""
    has_screen = sys.platform != "linux" or any(map(os.environ.get, _SCREENS))
    if not has_screen or click.launch(str(file)):
        console.say(f"notice: {file} cannot be opened from here; open it yourself")
