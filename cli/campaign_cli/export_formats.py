"""The formats of `campaign export`, a row a format, and the options that go with them."""

import datetime as dt
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import click

from campaign.errors import Finding, UnreadableFile
from campaign.outputs.agenda import day_inside
from campaign.phrases import day_in_words
from campaign.reading.parsing.files import read_bytes
from campaign.touches import Plan
from campaign.workdays import Span
from campaign_cli import clock
from campaign_cli.choosing import find_account
from campaign_cli.options import DATE, FILE, Command, pair

_A_WEEK = dt.timedelta(days=6)
_ANOTHER = "name another file with -o"
_SHEETS = ("5160", "L7160", "10", "DL")


@attrs.frozen
class Request:
    """What is asked for: the plan, and the options by their names.

    `earlier` is the export before: the one that is named, else the one that is written over.
    """

    plan: Plan
    options: Mapping[str, Any]
    earlier: Path | None


def _day(request: Request) -> dt.date:
    """The day that is named, else today, or the nearest day inside the campaign."""
    named: dt.date | None = request.options["from"]
    territory = request.plan.territory
    return named or day_inside(territory.calendar, clock.today(territory.rep.timezone))


def _days(request: Request) -> Span:
    """From the first day on, for a week where no end is named; wrong usage for an early end."""
    first = _day(request)
    last = request.options["until"] or first + _A_WEEK
    if last < first:
        remedy = "give a later day" if request.options["from"] else "give --from"
        days = f"{day_in_words(last)} is before {day_in_words(first)}"
        raise click.UsageError(f"--until {days}, the first day; {remedy}")
    return Span(first, last)


def _channel(request: Request) -> str | None:
    name: str | None = request.options["channel"]
    channels = request.plan.territory.channels
    if name and name not in channels:
        known = ", ".join(name for name, one in channels.items() if one.is_post)
        raise click.UsageError(f'--channel "{name}" is none of {known}')
    return name or None


def _account_id(request: Request) -> str | None:
    """The account that is named; None for every one."""
    name: str | None = request.options["account"]
    if name and request.options["all"]:
        raise click.UsageError("--account and --all name different accounts; keep one of them")
    return find_account(request.plan, name).account_id if name else None


ARGUMENTS: Mapping[str, tuple[tuple[str, ...], Callable[[Request], Any]]] = MappingProxyType(
    {
        "previous": (("since",), lambda it: it.earlier and read_bytes(it.earlier)),
        "words": (("pick",), lambda it: dict(it.options["pick"]) or None),
        "day": (("from",), _day),
        "days": (("from", "until"), _days),
        "channel": (("channel",), _channel),
        "account_id": (("account", "all"), _account_id),
        "sheet": (("sheet",), lambda it: it.options["sheet"]),
        "pdf": (("pdf",), lambda it: it.options["pdf"]),
    }
)
"""The keywords of a format's functions: the options behind each, and its value, None for none."""

_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--from", type=DATE, help="xlsx, letters, labels: the first day.  [default: today]"
    ),
    click.option(
        "--until", type=DATE, help="letters, labels: the last day.  [default: for a week]"
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
        type=FILE,
        metavar="FILE",
        help="ics: the export that the calendar has now.  [default: the file that is written over]",
    ),
    click.option(
        "--pick",
        type=pair('"High=Urgent"'),
        multiple=True,
        metavar="WORD=WORD",
        help="salesforce, hubspot, dynamics: your own word in a picklist. May be repeated.",
    ),
    click.option("--account", metavar="ID-OR-NAME", help="brief: one account."),
    click.option("--all", is_flag=True, help="brief: every account.  [default]"),
)


def format_options(command: Command) -> Command:
    """Give a command the options of all formats; an option has the name of its argument."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@attrs.frozen
class Exported:
    """The bytes of each file by its name, and what is said of what is not in them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


_NO_ENDINGS: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Format:
    """What a format writes, by functions that are imported when it is asked for.

    `made_by` names a function for each file, which gives its text or bytes, or one function
    for all of them, which gives a value with `files` and `findings`. Each is given the plan
    and the arguments that the format `takes`, of `ARGUMENTS`. `doubts` names a function that
    gives findings on a plan. Where `is_ticked_off`, somebody may have written into the file.
    `endings` names other functions for the only file, by the ending of its name. `beside`
    names the functions of files that go along with the only one. Without `needs_plan` it is
    about the territory alone, and nothing need be planned yet.
    """

    made_by: Mapping[str, str] | str
    takes: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    doubts: str = attrs.field(default="", kw_only=True)
    is_ticked_off: bool = attrs.field(default=False, kw_only=True)
    endings: Mapping[str, str] = attrs.field(default=_NO_ENDINGS, kw_only=True)
    beside: Mapping[str, str] = attrs.field(default=_NO_ENDINGS, kw_only=True)
    needs_plan: bool = attrs.field(default=True, kw_only=True)

    @property
    def only_file(self) -> str | None:
        """The name of the file of a format that has no more than one."""
        names = () if isinstance(self.made_by, str) else tuple(self.made_by)
        return names[0] if len(names) == 1 else None

    @property
    def options(self) -> frozenset[str]:
        """The names of the options that mean something to the format."""
        return frozenset(option for name in self.takes for option in ARGUMENTS[name][0])

    def render(self, plan: Plan, **arguments: object) -> Exported:
        """The files, and what is to be said of them."""
        findings = tuple(_named(self.doubts)(plan)) if self.doubts else ()
        if isinstance(self.made_by, str):
            made = _named(self.made_by)(plan, **arguments)
            return Exported(made.files, (*findings, *made.findings))
        functions = {**self.made_by, **self.beside}
        contents = {name: _named(path)(plan, **arguments) for name, path in functions.items()}
        files = {name: it.encode() if isinstance(it, str) else it for name, it in contents.items()}
        return Exported(files, findings)


def _named(path: str) -> Any:  # noqa: ANN401 (whatever has that name)
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


_CRM, _LETTERS = "campaign.outputs.crm", "campaign.outputs.letters"
_BRIEFS, _STEADY = "campaign.outputs.handover", "campaign.outputs.steady"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(
            {"report.html": "campaign.outputs.report:render_report"},
            beside={"phone.html": "campaign.outputs.phone:render_phone"},
        ),
        "xlsx": Format(
            {"campaign.xlsx": "campaign.outputs.workbook:render_workbook"},
            takes=("day",),
            is_ticked_off=True,
        ),
        "letters": Format(f"{_LETTERS}:render_letters", takes=("days", "channel", "pdf")),
        "labels": Format(f"{_LETTERS}:render_labels", takes=("days", "channel", "sheet", "pdf")),
        "ics": Format(
            {"campaign.ics": "campaign.outputs.calendar:render_calendar"},
            takes=("previous",),
            doubts="campaign.outputs.activities:waiting",
        ),
        "json": Format({"campaign.json": "campaign.outputs.json:render_json"}),
        "brief": Format(
            {"briefs.html": f"{_BRIEFS}:render_briefs"},
            takes=("account_id",),
            endings=dict.fromkeys((".md", ".txt"), f"{_BRIEFS}:render_briefs_text"),
        ),
        "steady": Format(
            {"steady.ics": f"{_STEADY}:render_steady"},
            endings={".csv": f"{_STEADY}:render_steady_table"},
        ),
        "places": Format({"places.csv": "campaign.outputs.lists:render_places"}, needs_plan=False),
        "salesforce": Format(
            {
                "salesforce-tasks.csv": f"{_CRM}.salesforce:render_tasks",
                "salesforce-events.csv": f"{_CRM}.salesforce:render_events",
            },
            takes=("words",),
            doubts=f"{_CRM}.salesforce:doubts",
        ),
        "hubspot": Format(
            {"hubspot-tasks.csv": f"{_CRM}.hubspot:render_tasks"},
            takes=("words",),
            doubts=f"{_CRM}.hubspot:doubts",
        ),
        "dynamics": Format(
            {
                "dynamics-tasks.csv": f"{_CRM}.dynamics:render_tasks",
                "dynamics-calls.csv": f"{_CRM}.dynamics:render_calls",
                "dynamics-appointments.csv": f"{_CRM}.dynamics:render_appointments",
            },
            takes=("words",),
            doubts=f"{_CRM}.dynamics:doubts",
        ),
    }
)


def refuse_others(wanted: str, options: Mapping[str, object]) -> None:
    """Wrong usage where an option is given that means nothing to a format."""
    for option in (name for name, value in options.items() if value):
        if option not in FORMATS[wanted].options:
            others = ", ".join(name for name, row in FORMATS.items() if option in row.options)
            raise click.UsageError(f"--{option} goes with --to {others}, not with --to {wanted}.")


def rendered(form: Format, plan: Plan, options: Mapping[str, Any], target: Path | None) -> Exported:
    """The files of a format as the options ask for them; what it refuses is told of the option.

    `target` is the file that is written, where the format has no more than one.
    """
    there = target if target and target.exists() else None
    request = Request(plan, options, options["since"] or there)
    values = {name: ARGUMENTS[name][1](request) for name in form.takes}
    given = {name: value for name, value in values.items() if value is not None}
    function = form.endings.get(target.suffix.casefold()) if target else None
    if function and form.only_file:
        form = attrs.evolve(form, made_by={form.only_file: function})
    try:
        return form.render(plan, **given)
    except ValueError as error:
        if "words" in given:
            raise click.UsageError(f"--pick {error}.") from error
        if "previous" not in given or not request.earlier:
            raise
        remedy = "name the file of an earlier export" if options["since"] else _ANOTHER
        raise UnreadableFile(request.earlier, str(error), remedy) from error
