"""`campaign new`: a folder to fill in, or an invented territory to try things on."""

import datetime as dt
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from campaign.errors import UnreadableFile
from campaign.importing.remembered import MEMORY_FILE
from campaign.reading.folder import ACCOUNTS_FILE
from campaign.storage.problems import unwritable
from campaign.storage.whole import make_folder, write_whole
from campaign_cli import console
from campaign_cli.clock import next_monday
from campaign_cli.dates import Days
from campaign_cli.founding import (
    LISTS,
    SETTINGS,
    HoursAnswer,
    TownAnswer,
    Weekdays,
    Wishes,
    asked,
    calendar_in,
    example,
    founded,
)
from campaign_cli.options import File, folder_option, one_path, place_words, start_option


@click.command("new")
@click.argument("path", type=File(), required=False, metavar="[FOLDER]")
@folder_option
@click.option("--example", "is_example", is_flag=True, help="Fill it with an invented territory.")
@start_option
@click.option("--name", default="", help="Your name.")
@click.option("--firm", default="", help="Your firm, for letters.")
@click.option("--phone", default="", help="Your phone, for letters.")
@click.option("--email", default="", help="Your e-mail, for letters.")
@click.option("--address", default="", help="Your street and town, for letters.")
@click.option("--home", type=TownAnswer(), default=None, help='Your town, as "97301, US".')
@click.option("--hours", type=HoursAnswer(), help="Hours a week for the campaign.  [default: 12]")
@click.option("--call-days", type=Weekdays(), help="Days on which you call, as tue,thu.")
@click.option("--visit-days", type=Weekdays(), help="Days on which you drive.")
@click.option("--leave", type=Days(), multiple=True, metavar="DATE[/DATE]", help="Days off.")
@click.option("--calendar", type=File(), metavar="FILE", help="Your own calendar, an .ics file.")
def command(
    path: Path | None,
    folder: Path | None,
    start: dt.date | None,
    *,
    is_example: bool,
    **said: Any,  # noqa: ANN401
) -> None:
    """Make a campaign folder to fill in.

    FOLDER is made, by default this one; lists that an import has brought into it stay. On a
    terminal it asks what is not said by an option. Every setting stands in campaign.toml
    with its default, every list has its headings.
    """
    folder = one_path(path, folder)
    _make(folder)
    wishes = Wishes(**{name: value for name, value in said.items() if value})
    if console.can_ask() and not is_example:
        wishes = asked(wishes)
    if wishes.calendar:
        wishes = evolve(wishes, calendar=calendar_in(folder, str(wishes.calendar)))
    contents = example() if is_example else founded(start or next_monday(), wishes)
    new = {name: data for name, data in contents.items() if not (folder / name).exists()}
    for name in new:
        make_folder((folder / name).parent)
    write_whole({folder / name: content for name, content in new.items()})
    for name in new:
        console.result(f"{folder / name}")
    if is_example and start is not None:
        console.say("notice: --start does not change the example; its dates are its own")
    for line in _next_steps(folder, is_filled=is_example or ACCOUNTS_FILE not in new):
        console.say(line)


def _make(folder: Path) -> None:
    """Make the folder; refuse one that holds a campaign, or anything but brought lists."""
    make_folder(folder)
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise unwritable(folder, error) from error
    if SETTINGS in names:
        problem, remedy = "holds a campaign already", f"change its {SETTINGS}, or name another"
        raise UnreadableFile(folder, problem, remedy)
    if names and not names & {*LISTS, MEMORY_FILE}:
        raise UnreadableFile(folder, "is not empty", "name a folder that is to be made")


def _next_steps(folder: Path, *, is_filled: bool) -> list[str]:
    where = place_words(folder)
    if is_filled:
        return [f"Plan it: campaign plan{where}"]
    return [
        f"1. Bring your accounts: campaign import EXPORT.csv{where}",
        "   or write them into accounts.csv, one a row: account_id and name are enough.",
        f"2. See what is missing: campaign check{where}",
        f"3. Plan: campaign plan{where}",
    ]
