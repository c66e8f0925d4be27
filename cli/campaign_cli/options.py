"""What several commands take: kinds of values, a `Source` of what they read, --json, --effort."""

import datetime as dt
from collections.abc import Callable
from functools import partial, update_wrapper
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from campaign.errors import InvalidInput, raise_errors
from campaign.model.territory import Territory
from campaign.outputs.proof import noted_start, read_proof
from campaign.reading import Reading, load, read_plan
from campaign.reading.assembly import SETTINGS_FILE
from campaign.reading.folder import ACCOUNTS_FILE
from campaign.storage.plan_files import CAMPAIGN_FILE, proof_of
from campaign.touches import Plan
from campaign_cli import clock, console

Command = Callable[..., None]
Decorator = Callable[[Command], Command]
MOST_DIGITS, MOST_JOBS = 9, 64
EFFORTS = ("quick", "normal", "thorough")
HERE = Path()


class Kind(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """What a text on the command line means; its function raises `ValueError` where nothing."""

    def __init__(self, name: str, meaning: Callable[[str], Any]) -> None:
        self.name = name
        self.meaning = meaning

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 (click's signature)
        """What the text means; wrong usage where it means nothing."""
        if not isinstance(value, str):
            return value
        try:
            return self.meaning(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class File(click.Path):
    """A path of which nothing is asked before it is read or written, with its own sentence."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:  # noqa: ANN401, ARG002 (click's)
        """The path."""
        return Path(value)


def _effort(text: str) -> str | int:
    if text in EFFORTS:
        return text
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise ValueError(f'"{text}" is no effort; write {", ".join(EFFORTS)} or a number')
    return int(text)


DATE = Kind("date", clock.day)
PAST_DATE = Kind("date", partial(clock.day, is_past=True))
DAYS = Kind("days", clock.days)
FILE = File()


def pair(example: str, *, alone: str = "") -> Kind:
    """Two texts with an equals sign between them, or one that may stand alone."""

    def _both(text: str) -> tuple[str, str]:
        # a heading may hold the sign itself, what stands after the last one may not
        first, second = (part.strip() for part in text.rpartition("=")[::2])
        if text != alone and not (first and second):
            raise ValueError(f'"{text}" is no pair; write {example}')
        return (text, "") if text == alone else (first, second)

    return Kind("pair", _both)


@frozen
class Source:
    """Where a command reads from: the folder or list, the plan, and how strictly."""

    path: Path
    start: dt.date | None
    plan_file: Path | None
    skip_bad_rows: bool

    @property
    def folder(self) -> Path:
        """Where the lists are."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def plan_path(self) -> Path:
        """Where the plan is, or is to be."""
        return self.plan_file or self.folder / CAMPAIGN_FILE

    @property
    def settings_path(self) -> Path | None:
        """Where `campaign.toml` is, or would be; None for a bare list, which has none."""
        return self.path / SETTINGS_FILE if self.path.is_dir() else None

    @property
    def where(self) -> str:
        """What a further command is given to find the same: nothing in its own folder."""
        return place_words(self.path)

    def load(self, default_start: dt.date | None = None) -> Reading:
        """All that is read of the folder or list to plan it, errors among it."""
        first, skip = default_start or clock.next_monday(), self.skip_bad_rows
        return load(self.path, start=self.start, default_start=first, skip_bad_rows=skip)

    def read(self) -> Territory:
        """What can be planned, notices and assumptions said; raises `InvalidInput`."""
        reading = self.load()
        territory = _planned_of(reading)
        console.say_findings(reading.findings)
        console.say(*reading.said)
        return territory

    def read_plan(self) -> Plan:
        """The plan as it stands; raises `InvalidInput` and `UnreadableFile`.

        The lists are read from the start that the proof beside the plan names; what planning
        has said of them already is not said again.
        """
        noted = noted_start(read_proof(proof_of(self.plan_path)))
        territory = _planned_of(self.load(noted)) if noted else self.read()
        today = clock.today(territory.rep.timezone)
        plan, findings = read_plan(self.plan_path, territory, today=today)
        raise_errors(findings)
        console.say_findings(findings)
        return plan


def _planned_of(reading: Reading) -> Territory:
    if reading.territory is None:
        raise InvalidInput(reading.findings)
    return reading.territory


def place_words(path: Path) -> str:
    """A path as an argument behind a command, with its space; empty for this folder."""
    return "" if path == HERE else f' "{path}"'


def one_path(argument: Path | None, option: Path | None) -> Path:
    """The path that is meant, given as PATH or as `-C PATH`; wrong usage where they differ."""
    if argument and option and argument != option:
        raise click.UsageError(f'"{argument}" and -C "{option}" name two places; keep one of them')
    return argument or option or HERE


def takes_source(command: Command) -> Command:
    """Give a command PATH, also as -C, --start, --plan and --skip-bad-rows, as one `Source`."""

    def _with_source(path: Path | None, folder: Path | None, **options: Any) -> None:  # noqa: ANN401
        command(Source(one_path(path, folder), *_how(options)), **options)

    argument = click.argument("path", type=FILE, required=False)
    return several(argument, *_HOW)(update_wrapper(_with_source, command))


def takes_sources(command: Command) -> Command:
    """The same for a command that takes several PATHs, one a rep, as `sources`."""

    def _with_sources(path: tuple[Path, ...], folder: Path | None, **options: Any) -> None:  # noqa: ANN401
        if len(path) > 1 and (folder or options["plan_file"]):
            raise click.UsageError("several folders have their own plans; leave -C and --plan out")
        paths = path if len(path) > 1 else (one_path(path[0] if path else None, folder),)
        how = _how(options)
        command(tuple(Source(one, *how) for one in paths), **options)

    argument = click.argument("path", type=FILE, nargs=-1)
    return several(argument, *_HOW)(update_wrapper(_with_sources, command))


def takes_words(*, least: int) -> Decorator:
    """The same for a command whose arguments are other words: it takes them as `words`.

    PATH may stand before them, where it is a campaign folder or a list that is there; `least`
    is how many others there have to be.
    """

    def _decorated(command: Command) -> Command:
        def _with_source(words: tuple[str, ...], folder: Path | None, **options: Any) -> None:  # noqa: ANN401
            first = Path(words[0]) if words else HERE
            is_there = (first / ACCOUNTS_FILE).is_file() or (first.suffix and first.is_file())
            if folder is None and len(words) > least and is_there:
                folder, words = first, words[1:]
            command(Source(folder or HERE, *_how(options)), words=words, **options)

        return several(*_HOW)(update_wrapper(_with_source, command))

    return _decorated


def _how(options: dict[str, Any]) -> list[Any]:
    """How a source is read, taken out of the options."""
    return [options.pop(name) for name in ("start", "plan_file", "skip_bad_rows")]


def several(*more: Decorator) -> Decorator:
    """Several options as one, in their order."""

    def _decorated(command: Command) -> Command:
        for option in reversed(more):
            command = option(command)
        return command

    return _decorated


def effort(usual: str) -> Decorator:
    """--effort, with the effort that is usual for a command."""
    return click.option(
        "--effort",
        type=Kind("effort", _effort),
        metavar=f"[{'|'.join(EFFORTS)}|N]",
        default=usual,
        show_default=True,
        help="How long to search.",
    )


def jobs(help_: str) -> Decorator:
    """--jobs: how many processes a command uses for what it does several times."""
    jobs = click.IntRange(1, MOST_JOBS)
    return click.option("--jobs", type=jobs, default=1, show_default=True, help=help_)


def output(help_: str) -> Decorator:
    """-o, where a command writes what it has found."""
    return click.option("-o", "output", type=FILE, metavar="FILE", help=help_)


start: Decorator = click.option(
    "--start",
    type=DATE,
    help="The first day, for a list or a folder that names none.  [default: next Monday]",
)
plan_file: Decorator = click.option(
    "--plan",
    "plan_file",
    type=FILE,
    metavar="FILE",
    help="The plan.  [default: campaign.csv in the folder, or beside the list]",
)
skip: Decorator = click.option(
    "--skip-bad-rows", is_flag=True, help="Leave out rows that cannot be read, and say which."
)
folder: Decorator = click.option(
    "-C",
    "folder",
    type=FILE,
    metavar="PATH",
    help="The campaign folder or list, also as an argument.  [default: this folder]",
)
every: Decorator = click.option(
    "--all", "every", is_flag=True, help="Everything that needs you, one by one."
)
ids: Decorator = click.option("--ids", is_flag=True, help="With the ids of what is shown.")
as_json: Decorator = click.option(
    "--json",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _option, wanted: ctx.meta.update({console.JSON: wanted}),
    help="Print JSON for a program.",
)
_HOW = (folder, start, plan_file, skip)
