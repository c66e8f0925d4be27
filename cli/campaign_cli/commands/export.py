"""`campaign export`: writes a plan for others to read; its formats, a row a format."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import click

from campaign.answer import NOT_A_PLAN
from campaign.errors import Finding, UnreadableFile
from campaign.outputs.agenda import day_inside
from campaign.outputs.proof import noted_bounds, of_this_plan, read_proof
from campaign.phrases import counted, day_in_words
from campaign.reading.parsing.files import read_bytes
from campaign.reading.plans.campaign_csv import work_only_in
from campaign.rules.levels import levels
from campaign.storage.journal import recorded_export
from campaign.storage.plan_files import proof_of
from campaign.storage.whole import make_folder, unwritable, write_whole
from campaign.touches import Plan
from campaign.words import with_words
from campaign.workdays import Span
from campaign_cli import clock, console, options
from campaign_cli.choosing import find_account
from campaign_cli.options import Source

_SEPARATORS = tuple(filter(None, ("/", os.sep, os.altsep)))
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
Said = Mapping[str, Any]
"""The options that were given, by their names."""
_A_WEEK = dt.timedelta(days=6)
_SHEETS = ("5160", "L7160", "10", "DL")

OPTIONS: tuple[options.Decorator, ...] = (
    click.option(
        "--from", type=options.DATE, help="xlsx, letters, labels: the first day.  [default: today]"
    ),
    click.option(
        "--until", type=options.DATE, help="letters, labels: the last day.  [default: for a week]"
    ),
    click.option("--channel", metavar="NAME", help="letters, labels: post by this channel alone."),
    click.option(
        "--sheet",
        type=click.Choice(_SHEETS, case_sensitive=False),
        help="labels: the labels or envelopes.  [default: labels of your country]",
    ),
    click.option("--pdf", is_flag=True, help="letters, labels: as PDF too."),
    click.option(
        "--since",
        type=options.FILE,
        metavar="FILE",
        help="ics: the export that the calendar has now.  [default: the file that is written over]",
    ),
    click.option(
        "--pick",
        type=options.pair('"High=Urgent"'),
        multiple=True,
        metavar="WORD=WORD",
        help="salesforce, hubspot, dynamics: your own word in a picklist. May be repeated.",
    ),
    click.option("--account", metavar="ID-OR-NAME", help="brief: one account.  [default: all]"),
)


def _day(plan: Plan, said: Said) -> dt.date:
    """The day that is named, else today, or the nearest day inside the campaign."""
    named: dt.date | None = said["from"]
    today = clock.today(plan.territory.rep.timezone)
    return named or day_inside(plan.territory.calendar, today)


def _post(plan: Plan, said: Said) -> Said:
    """What is posted from the first day on, for a week where no end is named, and how."""
    first = _day(plan, said)
    last = said["until"] or first + _A_WEEK
    if last < first:
        remedy = "give a later day" if said["from"] else "give --from"
        days = f"{day_in_words(last)} is before {day_in_words(first)}"
        raise click.UsageError(f"--until {days}, the first day; {remedy}")
    channels = plan.territory.channels
    if said["channel"] and said["channel"] not in channels:
        known = ", ".join(name for name, one in channels.items() if one.is_post)
        raise click.UsageError(f'--channel "{said["channel"]}" is none of {known}')
    return {"days": Span(first, last), **{name: said[name] for name in ("channel", "sheet", "pdf")}}


def _account(plan: Plan, said: Said) -> Said:
    name: str | None = said["account"]
    return {"account_id": find_account(plan, name).account_id} if name else {}


_NONE: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Format:
    """What a format writes, by functions that are imported when it is asked for.

    `made_by` names a function for each file, which gives its text or bytes, or one function
    for all of them, which gives a value with `files` and `findings`. Each is given the plan
    and the `arguments` that come of the `options`, those that mean something to the format.
    `doubts` names a function that gives findings on a plan. Where `is_ticked_off`, somebody may
    have written into the file. `endings` names other functions for the only file, by the ending
    of its name. `beside` names the functions of files that go along with the only one. Without
    `needs_plan` it is about the territory alone, and nothing need be planned yet.
    """

    made_by: Mapping[str, str] | str
    options: tuple[str, ...] = ()
    arguments: Callable[[Plan, Said], Said] = attrs.field(
        default=lambda _plan, _said: {}, kw_only=True
    )
    doubts: str = attrs.field(default="", kw_only=True)
    is_ticked_off: bool = attrs.field(default=False, kw_only=True)
    endings: Mapping[str, str] = attrs.field(default=_NONE, kw_only=True)
    beside: Mapping[str, str] = attrs.field(default=_NONE, kw_only=True)
    needs_plan: bool = attrs.field(default=True, kw_only=True)

    @property
    def only_file(self) -> str | None:
        """The name of the file of a format that has no more than one."""
        names = () if isinstance(self.made_by, str) else tuple(self.made_by)
        return names[0] if len(names) == 1 else None

    def render(
        self, plan: Plan, ending: str = "", **arguments: object
    ) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
        """The bytes of each file by its name, and what is to be said of them."""
        findings = tuple(_named(self.doubts)(plan)) if self.doubts else ()
        if isinstance(self.made_by, str):
            made = _named(self.made_by)(plan, **arguments)
            return made.files, (*findings, *made.findings)
        found: dict[str, bytes] = {}
        for name, path in {**self.made_by, **self.beside}.items():
            content = _named(self.endings.get(ending.casefold(), path))(plan, **arguments)
            found[name] = content.encode() if isinstance(content, str) else content
        return found, findings


def _named(path: str) -> Any:  # noqa: ANN401 (whatever has that name)
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def _activities(system: str, *kinds: str) -> Format:
    """The activities of a customer system, a file a kind, with the org's own words."""
    room = f"campaign.outputs.crm.{system}"
    return Format(
        {f"{system}-{kind}.csv": f"{room}:render_{kind}" for kind in kinds},
        ("pick",),
        arguments=lambda _plan, said: {"words": dict(said["pick"]) or None},
        doubts=f"{room}:doubts",
    )


_OUTPUTS = "campaign.outputs"
_POST = ("from", "until", "channel", "pdf")
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(
            {"report.html": f"{_OUTPUTS}.report:render_report"},
            beside={"phone.html": f"{_OUTPUTS}.phone:render_phone"},
        ),
        "xlsx": Format(
            {"campaign.xlsx": f"{_OUTPUTS}.workbook:render_workbook"},
            ("from",),
            arguments=lambda plan, said: {"day": _day(plan, said)},
            is_ticked_off=True,
        ),
        "letters": Format(f"{_OUTPUTS}.letters:render_letters", _POST, arguments=_post),
        "labels": Format(f"{_OUTPUTS}.letters:render_labels", (*_POST, "sheet"), arguments=_post),
        "ics": Format(
            {"campaign.ics": f"{_OUTPUTS}.calendar:render_calendar"},
            ("since",),
            arguments=lambda _plan, said: {"previous": said["since"] and read_bytes(said["since"])},
            doubts=f"{_OUTPUTS}.activities:waiting",
        ),
        "json": Format({"campaign.json": f"{_OUTPUTS}.json:render_json"}),
        "brief": Format(
            {"briefs.html": f"{_OUTPUTS}.handover:render_briefs"},
            ("account",),
            arguments=_account,
            endings=dict.fromkeys((".md", ".txt"), f"{_OUTPUTS}.handover:render_briefs_text"),
        ),
        "steady": Format(
            {"steady.ics": f"{_OUTPUTS}.steady:render_steady"},
            endings={".csv": f"{_OUTPUTS}.steady:render_steady_table"},
        ),
        "places": Format({"places.csv": f"{_OUTPUTS}.lists:render_places"}, needs_plan=False),
        "salesforce": _activities("salesforce", "tasks", "events"),
        "hubspot": _activities("hubspot", "tasks"),
        "dynamics": _activities("dynamics", "tasks", "calls", "appointments"),
    }
)


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
def command(source: Source, *, wanted: str, output: str | None, opens: bool, **said: Any) -> None:  # noqa: ANN401
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
    for option in (name for name, value in said.items() if value):
        if option not in form.options:
            others = ", ".join(name for name, row in FORMATS.items() if option in row.options)
            raise click.UsageError(f"--{option} goes with --to {others}, not with --to {wanted}.")
    path = source.plan_path
    plan = with_words(source.read_plan() if form.needs_plan else Plan(source.read(), ()))
    place = Destination(path.parent, asked=output, inputs=(path, source.path))
    target = place.target(form, form.only_file) if form.only_file else None
    if form.needs_plan:
        proof, known = read_proof(proof_of(path)), levels(plan)
        is_its_own = of_this_plan(proof, plan, read_bytes(path))
        plan = attrs.evolve(plan, levels=noted_bounds(proof, known) if is_its_own else known)
    contents, findings = _rendered(form, plan, said, target)
    files = {place.target(form, name): content for name, content in contents.items()}
    for file in files if form.is_ticked_off else ():
        if file.exists() and (logged := work_only_in(file, plan)):
            problem = f"{counted(logged, 'row')} of work ticked off there would be written over"
            raise UnreadableFile(file, problem, "name another file with -o, or move it away")
    if output and place.is_asked_folder:
        make_folder(Path(output))
    write_whole({**files, **recorded_export(path, wanted, files)})
    if not console.wants_json():
        console.say(*console.finding_lines(findings))
    records = console.findings_record(findings)["findings"]
    console.answer(
        lambda: {"files": list(files), "findings": records},
        *(f"Written to {file}" for file in files),
    )
    if opens:
        _open(next(iter(files)))


def _rendered(
    form: Format, plan: Plan, said: Said, target: Path | None
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """The files of a format as the options ask for them; what it refuses is told of the option.

    `target` is the file that is written, where the format has no more than one: where no
    earlier export is named, it is the one that is written over.
    """
    there = target if target and target.exists() else None
    earlier: Path | None = said["since"] or there
    arguments = form.arguments(plan, {**said, "since": earlier})
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        return form.render(plan, target.suffix if target else "", **given)
    except ValueError as error:
        if "words" in given:
            raise click.UsageError(f"--pick {error}.") from error
        if earlier is None or "previous" not in given:
            raise
        is_named = said["since"] is not None
        remedy = "name the file of an earlier export" if is_named else "name another file with -o"
        raise UnreadableFile(earlier, str(error), remedy) from error


def _open(file: Path) -> None:
    """Open a file in the program that is for it; a notice where there is no screen or none."""
    has_screen = sys.platform != "linux" or any(map(os.environ.get, _SCREENS))
    if not has_screen or click.launch(str(file)):
        console.notice(f"{file} cannot be opened from here; open it yourself")
