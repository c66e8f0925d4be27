"""`campaign export`: writes a plan for others to read, a format a row of one table."""

import datetime as dt
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import click

from campaign.answer import NOT_A_PLAN, PROOF_FILE
from campaign.errors import Finding, UnreadableFile, raise_errors
from campaign.outputs.agenda import day_inside
from campaign.outputs.files import target_of, write_whole
from campaign.outputs.proof import noted_bounds, of_this_plan, read_proof
from campaign.reading.files import read_bytes
from campaign.reading.plan import work_only_in
from campaign.reading.stationery import read_stationery
from campaign.rules.levels import levels
from campaign.touches import Plan
from campaign.workdays import Span
from campaign_cli import clock, console
from campaign_cli.options import Date, File, Source, json_option, source_options

_A_WEEK = dt.timedelta(days=6)
_SHEETS = ("5160", "L7160", "10", "DL")


@attrs.frozen
class Exported:
    """The bytes of each file by its name, and what is said of what is not in them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


@attrs.frozen
class Format:
    """What a format writes, and by which function, imported when it is asked for.

    The function gives a text or bytes, which are the file of that name, or a value that
    holds several `files` by their names, and `findings`. `takes` are the keywords that it
    takes beside the plan. Where `is_ticked_off`, somebody may have written into the file.
    """

    file_name: str
    function: str
    takes: tuple[str, ...] = ()
    is_ticked_off: bool = False

    def render(self, plan: Plan, **asked: Any) -> Exported:  # noqa: ANN401 (the function's own)
        """The files, each with its bytes."""
        module, _, name = self.function.partition(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        made = function(plan, **{key: asked[key] for key in self.takes if key in asked})
        if isinstance(made, (str, bytes)):
            return Exported({self.file_name: made.encode() if isinstance(made, str) else made})
        return Exported(made.files, made.findings)


_POST = ("stationery", "days", "channel", "pdf")
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format("report.html", "campaign.outputs.report:render_report"),
        "xlsx": Format(
            "campaign.xlsx",
            "campaign.outputs.workbook:render_workbook",
            ("day",),
            is_ticked_off=True,
        ),
        "letters": Format("", "campaign.outputs.letters:render_letters", _POST),
        "labels": Format("", "campaign.outputs.letters:render_labels", (*_POST, "sheet")),
    }
)
_OPTIONS: Mapping[str, str] = MappingProxyType(
    {"first": "day days", "last": "days", "channel": "channel", "sheet": "sheet", "pdf": "pdf"}
)
_NAMES: Mapping[str, str] = MappingProxyType({"first": "--from", "last": "--until"})


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
    help="Write it there; letters and labels: into that folder.  [default: beside the plan]",
)
@click.option("--from", "first", type=Date(), help="The first day.  [default: today]")
@click.option("--until", "last", type=Date(), help="The last day of letters.  [default: a week]")
@click.option("--channel", metavar="NAME", help="Post by this channel alone.")
@click.option(
    "--sheet",
    type=click.Choice(_SHEETS, case_sensitive=False),
    help="The labels or envelopes.  [default: labels of your country]",
)
@click.option("--pdf", is_flag=True, help="Letters and labels also as PDF.")
@json_option
def command(
    source: Source,
    *,
    wanted: str,
    output: Path | None,
    as_json: bool,
    **options: Any,  # noqa: ANN401 (what some of the formats take)
) -> None:
    """Write the plan for others to read.

    PATH is a campaign folder or a list of accounts. "html" is a report: one page that needs
    no network. "xlsx" is a workbook to print, to filter and to tick off. "letters" and
    "labels" are what is planned by post from --from until --until, ready to be printed.
    """
    _refuse_others(wanted, options)
    path, plan = source.read_plan()
    asked = {**_asked(plan, **options), **_stationery(source, FORMATS[wanted])}
    exported = FORMATS[wanted].render(_with_levels(path, plan), **asked)
    files = _targets(FORMATS[wanted], exported, path, output)
    for target in files:
        _spare_the_inputs(target, (path, source.path))
        if FORMATS[wanted].is_ticked_off and target.exists():
            _spare_the_work(target, plan)
    write_whole(files)
    _print(tuple(files), exported.findings, as_json=as_json)


def _refuse_others(wanted: str, options: Mapping[str, Any]) -> None:
    """Wrong usage where an option is given that means nothing to the format."""
    for name, keywords in _OPTIONS.items():
        if options[name] and not set(keywords.split()) & set(FORMATS[wanted].takes):
            raise click.UsageError(
                f"{_NAMES.get(name, f'--{name}')} means nothing to --to {wanted}"
            )


def _asked(
    plan: Plan,
    *,
    first: dt.date | None,
    last: dt.date | None,
    **others: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """The keywords that the functions of the formats take, as far as they are asked for."""
    calendar = plan.territory.calendar
    day = first or day_inside(calendar, clock.today(plan.territory.rep.timezone))
    end = last or day + _A_WEEK
    if end < day:
        raise click.UsageError(f"--until {end} is before {day}, the first day; give --from")
    given = {name: value for name, value in others.items() if value}
    if "channel" in given and given["channel"] not in plan.territory.channels:
        known = ", ".join(name for name, one in plan.territory.channels.items() if one.is_post)
        raise click.UsageError(f'--channel "{given["channel"]}" is none of {known}')
    return {"day": day, "days": Span(day, end), **given}


def _stationery(source: Source, wanted: Format) -> dict[str, Any]:
    """The templates and the sender, for formats that take them; raises `InvalidInput`."""
    if "stationery" not in wanted.takes:
        return {}
    folder = source.path if source.path.is_dir() else source.path.parent
    stationery, findings = read_stationery(folder)
    raise_errors(findings)
    console.say_findings(findings)
    return {"stationery": stationery}


def _targets(
    wanted: Format, exported: Exported, path: Path, output: Path | None
) -> dict[Path, bytes]:
    """Where each file goes: one file to a name, several into a folder."""
    if wanted.file_name:
        return {output or path.with_name(name): one for name, one in exported.files.items()}
    folder = output or path.parent
    return {folder / name: content for name, content in exported.files.items()}


def _print(files: tuple[Path, ...], findings: tuple[Finding, ...], *, as_json: bool) -> None:
    if as_json:
        said = [{**attrs.asdict(one), "sentence": str(one)} for one in findings]
        console.result_json({"files": [str(file) for file in files], "findings": said})
        return
    for line in console.finding_lines(findings):
        console.say(line)
    for file in files:
        console.result(f"Written to {file}")


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


def _spare_the_work(target: Path, plan: Plan) -> None:
    """Raise `UnreadableFile` where work is ticked off that the plan does not know."""
    logged = work_only_in(target, plan)
    if logged:
        rows = console.counted(logged, "row")
        problem = f"{rows} of work ticked off there would be written over"
        raise UnreadableFile(target, problem, "name another file with -o, or move it away")
