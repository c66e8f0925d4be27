"""`campaign new`: a folder to fill in, or an invented territory to try things on."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from campaign.errors import UnreadableFile
from campaign.geography.places import countries_of, find
from campaign.importing.update import MEMORY_FILE
from campaign.model.hours import WEEKDAYS, weekdays_in
from campaign.model.values import Coordinates
from campaign.reading.folder import ACCOUNTS_FILE
from campaign.reading.settings import toml_values as kinds
from campaign.storage.whole import make_folder, unwritable, write_whole
from campaign_cli import clock, console, options

Said = Mapping[str, Any]
"""What a rep says of a new campaign, by the names of the options; empty where nothing."""
SETTINGS = "campaign.toml"
SENDER = "letters/letters.toml"
LISTS = ("accounts.csv", "contacts.csv", "promises.csv", "delivered.csv")
_SHIPPED = files("campaign.model").joinpath("shipped.toml")
_MOST_COUNTRIES = 6
_MOST_HOURS = 80


def _town(text: str) -> str:
    """A text by which the place is known where the rep is at home."""
    place = kinds.home(text)
    if isinstance(place, Coordinates) or not (place.city or place.country):
        return text
    codes = (place.country,) if place.country else countries_of(place.city, place.region)
    if len(codes) > 1:
        shown = ", ".join(codes[:_MOST_COUNTRIES])
        raise ValueError(f'"{text}" may be in {shown}; write "{text}, {codes[-1]}"')
    known = codes and find(
        codes[0], postal_code=place.postal_code, city=place.city, region=place.region
    )
    if not known:
        example = 'the next larger town, or a postal code with its country, as "97301, US"'
        raise ValueError(f'"{text}" is not known; write {example}')
    return text


def _weekdays(text: str) -> tuple[str, ...]:
    """The short names of weekdays in their order, of names such as tue, thu, or mon-fri."""
    found = weekdays_in(text.replace(" - ", "-").replace(";", ",").strip(" ,"))
    return tuple(name for number, name in enumerate(WEEKDAYS) if number in found)


def _hours(text: str) -> int:
    """Whole hours of a week."""
    found = int(text) if text.strip().isdecimal() else 0
    if not 1 <= found <= _MOST_HOURS:
        raise ValueError(f'"{text}" is no number of hours; write 1 to {_MOST_HOURS}')
    return found


TOWN = options.Kind("town", _town)
HOURS = options.Kind("hours", _hours)
WEEKDAY_NAMES = options.Kind("days", _weekdays)
_QUESTIONS: Mapping[str, tuple[str, object]] = MappingProxyType(
    {
        "name": ("Your name", ""),
        "firm": ("Your firm, for letters", ""),
        "phone": ("Your phone, for letters", ""),
        "email": ("Your e-mail, for letters", ""),
        "address": ("Your street and town, for letters", ""),
        "home": ('Your town, as "Salem, OR" or "97301, US"', ""),
        "hours": ("Hours a week for the campaign", 12),
        "call_days": ("Days on which you call", "mon-fri"),
        "visit_days": ("Days on which you drive", "mon-fri"),
        "leave": ("Days off, as 2027-02-15/2027-02-19", ""),
        "calendar": ("Your calendar, an .ics file", ""),
    }
)
"""What is asked for each option, and the usual answer; empty for none."""


def _asked(said: Said) -> Said:
    """What is answered on a terminal to all that is not said yet; Enter for none."""
    kinds = {param.name: param.type for param in command.params}
    answers: dict[str, Any] = {}
    for name, (question, usual) in _QUESTIONS.items():
        if not said[name]:
            asked = partial(_answer, kinds[name])
            answers[name] = click.prompt(
                question, default=usual, value_proc=asked, show_default=bool(usual), err=True
            )
    if answers.get("leave"):
        answers["leave"] = (answers["leave"],)
    return answers


def _answer(kind: Any, text: Any) -> Any:  # noqa: ANN401 (generic since click 8.5 only)
    return kind(text) if text else text


def example() -> dict[str, bytes]:
    """The files of the invented territory."""
    folder = files("campaign_cli").joinpath("example")
    lists = {name: folder.joinpath(name).read_bytes() for name in (SETTINGS, *LISTS)}
    words = {
        f"{room}/{one.name}": one.read_bytes()
        for room in ("letters", "shares")
        for one in sorted(folder.joinpath(room).iterdir(), key=lambda one: one.name)
    }
    return {**lists, **words}


def founded(start: dt.date, said: Said) -> dict[str, bytes]:
    """The files of a new folder, each list with its headings, by their names."""
    templates = files("campaign_cli").joinpath("templates")
    lists = {name: templates.joinpath(name).read_bytes() for name in LISTS}
    leave = ", ".join(_text(str(span)) for span in said["leave"])
    home = "# home = { latitude = 44.94, longitude = -123.03 }"
    settings = (
        templates.joinpath(SETTINGS)
        .read_text(encoding="utf-8")
        .format(
            start=start,
            name=_text(said["name"] or "Rep"),
            home=f"home = {_text(said['home'])}" if said["home"] else home,
            leave=f"leave = [{leave}]" if leave else "# leave = []",
            busy=f"busy = {_text(str(said['calendar']))}" if said["calendar"] else "# busy = []",
            week=f"{'' if said['hours'] else '# '}minutes_per_week = {(said['hours'] or 12) * 60}",
        )
    )
    given = {"firm": said["firm"], "street": said["address"]}
    given |= {"phone": said["phone"], "email": said["email"]}
    sender = {"name": said["name"], **given} if any(given.values()) else {}
    lines = [f"{key} = {_text(value)}" for key, value in sender.items() if value]
    letters = {SENDER: "\n".join(("[sender]", *lines, "")).encode()} if lines else {}
    return {SETTINGS: (settings + _defaults(said)).encode(), **lists, **letters}


def _text(text: str) -> str:
    """A text as TOML writes it, which is as JSON does."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _defaults(said: Said) -> str:
    """The shipped channels, tiers and cadences, commented out but for the days that are wished."""
    shipped = _SHIPPED.read_text(encoding="utf-8")
    tables = shipped[shipped.index("[channels") :]
    text = "".join(f"# {line}".rstrip() + "\n" for line in tables.splitlines())
    days = {"call": said["call_days"], "visit": said["visit_days"]}
    for channel, wished in days.items():
        is_usual = not wished or wished == WEEKDAYS[:5]
        mark, listed = ("# ", WEEKDAYS) if is_usual else ("", wished)
        keys = f"{mark}[channels.{channel}]\n{mark}weekdays = {json.dumps(list(listed))}\n"
        text = text.replace(f"# [channels.{channel}]\n", keys, 1)
    return text


@click.command("new")
@click.argument("path", type=options.FILE, required=False, metavar="[FOLDER]")
@options.folder
@click.option("--example", "is_example", is_flag=True, help="Fill it with an invented territory.")
@options.start
@click.option("--name", default="", help="Your name.")
@click.option("--firm", default="", help="Your firm, for letters.")
@click.option("--phone", default="", help="Your phone, for letters.")
@click.option("--email", default="", help="Your e-mail, for letters.")
@click.option("--address", default="", help="Your street and town, for letters.")
@click.option("--home", type=TOWN, help='Your town, as "97301, US".')
@click.option("--hours", type=HOURS, help="Hours a week for the campaign.  [default: 12]")
@click.option("--call-days", type=WEEKDAY_NAMES, help="Days on which you call, as tue,thu.")
@click.option("--visit-days", type=WEEKDAY_NAMES, help="Days on which you drive.")
@click.option("--leave", type=options.DAYS, multiple=True, metavar="DATE[/DATE]", help="Days off.")
@click.option(
    "--calendar", type=options.FILE, metavar="FILE", help="Your own calendar, an .ics file."
)
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
    folder = options.one_path(path, folder)
    _make(folder)
    if console.can_ask() and not is_example:
        said |= _asked(said)
    if calendar := said["calendar"]:
        is_there = calendar.parent.resolve() == folder.resolve()
        said["calendar"] = calendar.name if is_there else calendar.resolve()
    contents = example() if is_example else founded(start or clock.next_monday(), said)
    new = {name: data for name, data in contents.items() if not (folder / name).exists()}
    for name in new:
        make_folder((folder / name).parent)
    write_whole({folder / name: content for name, content in new.items()})
    console.result(*(str(folder / name) for name in new))
    if is_example and start is not None:
        console.notice("--start does not change the example; its dates are its own")
    where = options.place_words(folder)
    if is_example or ACCOUNTS_FILE not in new:
        console.say(f"Plan it: campaign plan{where}")
        return
    console.say(
        f"1. Bring your accounts: campaign import EXPORT.csv{where}\n"
        "   or write them into accounts.csv, one a row: account_id and name are enough.\n"
        f"2. See what is missing: campaign check{where}\n"
        f"3. Plan: campaign plan{where}"
    )


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
