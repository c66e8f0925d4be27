"""What several commands take: PATH or -C, --start, --plan, --skip-bad-rows, --json."""

import datetime as dt
import os
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from campaign.answer import CAMPAIGN_FILE, PROOF_FILE
from campaign.errors import InvalidInput, raise_errors
from campaign.model.territory import Territory
from campaign.outputs.proof import noted_start, read_proof
from campaign.reading import Reading, load, read_plan
from campaign.reading.assembly import SETTINGS_FILE
from campaign.reading.folder import ACCOUNTS_FILE
from campaign.touches import Plan
from campaign_cli import clock, console
from campaign_cli.clock import next_monday
from campaign_cli.day_words import Date
from campaign_cli.main import JSON

Command = Callable[..., None]
Decorator = Callable[[Command], Command]
MOST_DIGITS, MOST_JOBS = 9, 64
EFFORTS = ("quick", "normal", "thorough")


class File(click.Path):
    """A path of which nothing is asked before it is read or written."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,  # noqa: ARG002 (click's signature)
        ctx: click.Context | None,  # noqa: ARG002
    ) -> Path:
        """The path; whether it can be used is found out with its own sentence."""
        return Path(value)


@frozen
class Source:
    """Where a command reads from: the folder or list, the plan, and how strictly."""

    path: Path
    start: dt.date | None
    plan_file: Path | None
    skip_bad_rows: bool

    def load(self) -> Reading:
        """All that is read of the folder or list to plan it, errors among it."""
        return self._load(next_monday())

    def read(self) -> Reading:
        """What can be planned, notices and assumptions said; raises `InvalidInput`."""
        return _said(self.load())

    def read_plan(self) -> tuple[Path, Plan]:
        """The plan and where it is; raises `InvalidInput` and `UnreadableFile`."""
        reading = self._read_planned()
        path = self.plan_path(reading)
        territory = self.territory_of(reading)
        plan, findings = read_plan(path, territory, today=clock.today(territory.rep.timezone))
        raise_errors(findings)
        console.say_findings(findings)
        return path, plan

    def read_unplanned(self) -> tuple[Path, Plan]:
        """Where a plan is to be, and one in which nothing is planned."""
        reading = self.read()
        return self.plan_path(reading), Plan(self.territory_of(reading), ())

    def territory_of(self, reading: Reading) -> Territory:
        """The territory of a reading; raises `InvalidInput` where there is none."""
        if reading.territory is None:
            raise InvalidInput(reading.findings)
        return reading.territory

    def plan_path(self, reading: Reading) -> Path:
        """Where the plan is, or is to be."""
        return self.plan_file or reading.plan_path

    def _read_planned(self) -> Reading:
        """What was planned: from the start that the proof beside the plan names.

        What planning has said already is not said again.
        """
        noted = noted_start(read_proof(self.plan_place.with_name(PROOF_FILE)))
        if noted is None:
            return self.read()
        reading = self._load(noted)
        raise_errors(reading.findings)
        return reading

    def _load(self, default_start: dt.date) -> Reading:
        return load(
            self.path,
            start=self.start,
            default_start=default_start,
            skip_bad_rows=self.skip_bad_rows,
        )

    @property
    def label(self) -> str:
        """What the rep of this source is called beside others: the path as it was given."""
        return str(self.path)

    @property
    def where(self) -> str:
        """What a further command is given to find the same: nothing in its own folder."""
        return place_words(self.path)

    @property
    def plan_place(self) -> Path:
        """Where the plan is, or is to be, before anything is read."""
        return self.plan_file or self.folder / CAMPAIGN_FILE

    @property
    def folder(self) -> Path:
        """Where the lists are."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def settings_place(self) -> Path | None:
        """Where `campaign.toml` is, or would be; None for a bare list, which has none."""
        return self.path / SETTINGS_FILE if self.path.is_dir() else None


def _said(reading: Reading) -> Reading:
    raise_errors(reading.findings)
    console.say_findings(reading.findings)
    for line in reading.said:
        console.say(line)
    return reading


start_option = click.option(
    "--start",
    type=Date(),
    help="The first day, for a list or a folder that names none.  [default: next Monday]",
)


def _asks_for_json(ctx: click.Context, _option: click.Parameter, wanted: bool) -> bool:  # noqa: FBT001 (click's signature)
    """Noted where the group finds it, for what ends a command before its result."""
    ctx.meta[JSON] = wanted
    return wanted


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=_asks_for_json,
    help="Print JSON for a program.",
)


class Effort(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """A named effort, or a number."""

    name = "effort"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """How the help page shows it."""
        return f"[{'|'.join(EFFORTS)}|N]"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | int:
        """The effort; wrong usage where it is none."""
        if isinstance(value, int) or value in EFFORTS:
            return value
        if not value.isdecimal() or len(value) > MOST_DIGITS:
            self.fail(f'"{value}" is no effort; write {", ".join(EFFORTS)} or a number', param, ctx)
        return int(value)


def effort_option(usual: str) -> Decorator:
    """--effort, with the effort that is usual for a command."""
    return click.option(
        "--effort", type=Effort(), default=usual, show_default=True, help="How long to search."
    )


def jobs_option(help_: str) -> Decorator:
    """--jobs: how many processes a command uses for what it does several times."""
    jobs = click.IntRange(1, MOST_JOBS)
    return click.option("--jobs", type=jobs, default=1, show_default=True, help=help_)


page_option: Decorator = click.option(
    "-o", "output", type=File(), metavar="FILE", help="Write it there as a page, as figures.html."
)

every_option: Decorator = click.option(
    "--all", "every", is_flag=True, help="Everything that needs you, one by one."
)
ids_option: Decorator = click.option("--ids", is_flag=True, help="With the ids of what is shown.")

HERE = Path()
folder_option: Decorator = click.option(
    "-C",
    "folder",
    type=File(),
    metavar="PATH",
    help="The campaign folder or list, also as an argument.  [default: this folder]",
)


def place_words(path: Path) -> str:
    """A path as an argument behind a command, with its space; empty for this folder."""
    return "" if path == HERE else f' "{path}"'


def one_path(argument: Path | None, option: Path | None) -> Path:
    """The path that is meant, given as PATH or as `-C PATH`; wrong usage where they differ."""
    if argument and option and argument != option:
        raise click.UsageError(f'"{argument}" and -C "{option}" name two places; keep one of them')
    return argument or option or HERE


def leading_path(
    words: tuple[str, ...], option: Path | None, *, least: int
) -> tuple[Path, tuple[str, ...]]:
    """The path that stands before other words, or as `-C`, and the words without it.

    Only a campaign folder or a list that is there is taken for one, where `least` words are
    left beside it.
    """
    if option is None and len(words) > least:
        first = Path(words[0])
        if (first / ACCOUNTS_FILE).is_file() or (first.suffix and first.is_file()):
            return first, words[1:]
    return option or HERE, words


def source_options(command: Command) -> Command:
    """Give a command PATH, also as -C, --start, --plan and --skip-bad-rows, as one `Source`."""

    def with_source(path: Path | None, folder: Path | None, **options: Any) -> None:  # noqa: ANN401
        command(_source(one_path(path, folder), options), **options)

    argument = click.argument("path", type=File(), required=False)
    return _with_options(update_wrapper(with_source, command), argument)


def sources_options(command: Command) -> Command:
    """The same for a command that takes several PATHs, one a rep, as `sources`."""

    def with_sources(path: tuple[Path, ...], folder: Path | None, **options: Any) -> None:  # noqa: ANN401
        paths = path if len(path) > 1 else (one_path(path[0] if path else None, folder),)
        if len(path) > 1 and (folder or options["plan_file"]):
            raise click.UsageError("several folders have their own plans; leave -C and --plan out")
        names = ("start", "plan_file", "skip_bad_rows")
        how = [options.pop(name) for name in names]
        command(tuple(Source(one, *how) for one in paths), **options)

    argument = click.argument("path", type=File(), nargs=-1)
    return _with_options(update_wrapper(with_sources, command), argument)


def worded_options(*, least: int) -> Decorator:
    """The same for a command whose arguments are other words: it takes them as `words`.

    PATH may stand before them; `least` is how many others there have to be.
    """

    def decorated(command: Command) -> Command:
        def with_source(words: tuple[str, ...], folder: Path | None, **options: Any) -> None:  # noqa: ANN401
            path, rest = leading_path(words, folder, least=least)
            command(_source(path, options), words=rest, **options)

        return _with_options(update_wrapper(with_source, command))

    return decorated


def _source(path: Path, options: dict[str, Any]) -> Source:
    return Source(path, *(options.pop(name) for name in ("start", "plan_file", "skip_bad_rows")))


def _with_options(command: Command, *more: Decorator) -> Command:
    for option in reversed((*more, folder_option, *_SOURCE_OPTIONS)):
        command = option(command)
    return command


_SOURCE_OPTIONS: tuple[Decorator, ...] = (
    start_option,
    click.option(
        "--plan",
        "plan_file",
        type=File(),
        metavar="FILE",
        help="The plan.  [default: campaign.csv in the folder, or beside the list]",
    ),
    click.option(
        "--skip-bad-rows", is_flag=True, help="Leave out rows that cannot be read, and say which."
    ),
)
