"""`campaign new`: a folder to fill in, or an invented territory to try things on."""

import datetime as dt
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from campaign.errors import UnreadableFile
from campaign.outputs.files import make_folder, unwritable, write_whole
from campaign_cli import console
from campaign_cli.clock import next_monday
from campaign_cli.options import File, start_option

SETTINGS = "campaign.toml"
_SHIPPED = files("campaign.model").joinpath("shipped.toml")
_LISTS = ("accounts.csv", "contacts.csv", "promises.csv", "delivered.csv")


@click.command("new")
@click.argument("folder", type=File())
@click.option("--example", is_flag=True, help="Fill it with an invented territory.")
@start_option
def command(folder: Path, start: dt.date | None, *, example: bool) -> None:
    """Make a campaign folder to fill in.

    FOLDER is made; one that is there must be empty. Every setting stands in campaign.toml
    with its default, every list has its headings.
    """
    contents = _example() if example else _templates(start or next_monday())
    _make(folder)
    write_whole({folder / name: content for name, content in contents.items()})
    for name in contents:
        console.result(f"{folder / name}")
    if example and start is not None:
        console.say("notice: --start does not change the example; its dates are its own")
    for line in _next_steps(folder, example=example):
        console.say(line)


def _example() -> dict[str, bytes]:
    example = files("campaign_cli").joinpath("example")
    return {name: _content(example, name) for name in (SETTINGS, *_LISTS)}


def _templates(start: dt.date) -> dict[str, bytes]:
    templates = files("campaign_cli").joinpath("templates")
    settings = _content(templates, SETTINGS).decode().format(start=start)
    lists = {name: _content(templates, name) for name in _LISTS}
    return {SETTINGS: (settings + _commented_defaults()).encode(), **lists}


def _content(folder: Traversable, name: str) -> bytes:
    return folder.joinpath(name).read_bytes()


def _commented_defaults() -> str:
    """The shipped channels, tiers and cadences, each line commented out."""
    shipped = _SHIPPED.read_text(encoding="utf-8")
    tables = shipped[shipped.index("[channels") :]
    return "".join(f"# {line}".rstrip() + "\n" for line in tables.splitlines())


def _make(folder: Path) -> None:
    make_folder(folder)
    try:
        filled = any(folder.iterdir())
    except OSError as error:
        raise unwritable(folder, error) from error
    if filled:
        raise UnreadableFile(folder, "is not empty", "name a folder that is to be made")


def _next_steps(folder: Path, *, example: bool) -> list[str]:
    if example:
        return [f'Plan it: campaign plan "{folder}"']
    return [
        "1. Put your accounts into accounts.csv, one a row: account_id and name are enough.",
        f'2. See what is missing: campaign check "{folder}"',
        f'3. Plan: campaign plan "{folder}"',
    ]
