"""What the functions of formats take beside the plan, and the options that give it."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import click

from campaign.errors import UnreadableFile
from campaign.outputs.agenda import day_inside
from campaign.phrases import day_in_words
from campaign.reading.parsing.files import read_bytes
from campaign.touches import Plan
from campaign.workdays import Span
from campaign_cli import clock
from campaign_cli.choosing import find_account
from campaign_cli.dates import Date
from campaign_cli.options import Command, File

_A_WEEK = dt.timedelta(days=6)
_SHEETS = ("5160", "L7160", "10", "DL")


@attrs.frozen
class Request:
    """What is asked for: the plan, its folder, and the options by their names.

    `target` is the file that is written, where the format has no more than one.
    """

    plan: Plan
    folder: Path
    target: Path | None = attrs.field(kw_only=True)
    options: Mapping[str, Any] = attrs.field(kw_only=True)

    @property
    def earlier(self) -> Path | None:
        """The export before: the one that is named, else the one that is written over."""
        named: Path | None = self.options["since"]
        there = self.target if self.target and self.target.exists() else None
        return named or there


@attrs.frozen
class Argument:
    """A keyword of a format's functions: the options behind it, and its value.

    None is no value. `refused` is what is raised where the function raises `ValueError`.
    """

    options: tuple[str, ...]
    value: Callable[[Request], Any]
    refused: Callable[[Request, ValueError], Exception] | None = None


def _previous(request: Request) -> bytes | None:
    return read_bytes(request.earlier) if request.earlier else None


def _no_calendar_of_ours(request: Request, error: ValueError) -> Exception:
    is_named = request.options["since"] is not None
    remedy = "name the file of an earlier export" if is_named else "name another file with -o"
    return UnreadableFile(request.earlier or request.folder, str(error), remedy)


def _words(request: Request) -> dict[str, str] | None:
    """The org's own words by ours; wrong usage where one is no pair."""
    pairs = {pick: pick.partition("=") for pick in request.options["pick"]}
    for pick, pair in pairs.items():
        if not all(pair):
            raise click.UsageError(f'--pick "{pick}" is no pair; write --pick "High=Urgent".')
    return {ours.strip(): own.strip() for ours, _, own in pairs.values()} or None


def _no_such_word(_request: Request, error: ValueError) -> Exception:
    return click.UsageError(f"--pick {error}.")


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


ARGUMENTS: Mapping[str, Argument] = MappingProxyType(
    {
        "previous": Argument(("since",), _previous, _no_calendar_of_ours),
        "words": Argument(("pick",), _words, _no_such_word),
        "day": Argument(("from",), _day),
        "days": Argument(("from", "until"), _days),
        "channel": Argument(("channel",), _channel),
        "account_id": Argument(("account", "all"), _account_id),
        "sheet": Argument(("sheet",), lambda request: request.options["sheet"]),
        "pdf": Argument(("pdf",), lambda request: request.options["pdf"]),
    }
)

_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--from", type=Date(), help="xlsx, letters, labels: the first day.  [default: today]"
    ),
    click.option(
        "--until", type=Date(), help="letters, labels: the last day.  [default: for a week]"
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
        type=File(),
        metavar="FILE",
        help="ics: the export that the calendar has now.  [default: the file that is written over]",
    ),
    click.option(
        "--pick",
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
