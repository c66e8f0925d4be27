"""`campaign new`: a folder to fill in, or an invented territory to try things on."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import click
from attrs import evolve, frozen

from campaign.errors import UnreadableFile
from campaign.geography.cities import countries_of
from campaign.geography.places import find
from campaign.importing.remembered import MEMORY_FILE
from campaign.model.hours import WEEKDAYS
from campaign.model.values import Coordinates
from campaign.reading.folder import ACCOUNTS_FILE
from campaign.reading.settings import toml_values as kinds
from campaign.storage.problems import unwritable
from campaign.storage.whole import make_folder, write_whole
from campaign.workdays import Span
from campaign_cli import console
from campaign_cli.clock import next_monday
from campaign_cli.day_words import Days
from campaign_cli.options import File, folder_option, one_path, place_words, start_option

SETTINGS = "campaign.toml"
SENDER = "letters/letters.toml"
LISTS = ("accounts.csv", "contacts.csv", "promises.csv", "delivered.csv")
_SHIPPED = files("campaign.model").joinpath("shipped.toml")
_MOST_COUNTRIES = 6
_MOST_HOURS = 80
_BETWEEN = re.compile(r"[\s,;]+")


class TownAnswer(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """Where the rep is at home: a town or a postal code that is known."""

    name = "town"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, where a place is known by it; wrong usage where none or several are."""
        try:
            place = kinds.home(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if isinstance(place, Coordinates) or not (place.city or place.country):
            return value
        codes = (place.country,) if place.country else countries_of(place.city, place.region)
        if len(codes) > 1:
            shown = ", ".join(codes[:_MOST_COUNTRIES])
            self.fail(f'"{value}" may be in {shown}; write "{value}, {codes[-1]}"', param, ctx)
        known = codes and find(
            codes[0], postal_code=place.postal_code, city=place.city, region=place.region
        )
        if not known:
            example = 'the next larger town, or a postal code with its country, as "97301, US"'
            self.fail(f'"{value}" is not known; write {example}', param, ctx)
        return value


class Weekdays(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """Weekdays by their names: tue, thu, or mon-fri."""

    name = "days"

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The short names in their order; wrong usage where one is none."""
        if isinstance(value, tuple):
            return value
        found: set[int] = set()
        for part in filter(None, _BETWEEN.split(value.casefold().replace(" - ", "-"))):
            first, _, last = (end[:3] for end in part.partition("-"))
            if not {first, last or first} <= set(WEEKDAYS):
                self.fail(f'"{part}" is no weekday; write tue thu, or mon-fri', param, ctx)
            one, other = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
            found |= {day % 7 for day in range(one, (other if other >= one else other + 7) + 1)}
        return tuple(name for number, name in enumerate(WEEKDAYS) if number in found)


class HoursAnswer(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """Whole hours of a week."""

    name = "hours"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The hours; wrong usage for what is none."""
        found = int(value) if str(value).strip().isdecimal() else 0
        if not 1 <= found <= _MOST_HOURS:
            self.fail(f'"{value}" is no number of hours; write 1 to {_MOST_HOURS}', param, ctx)
        return found


@frozen
class Wishes:
    """What a rep says of a new campaign; empty where nothing is said."""

    name: str = ""
    firm: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    home: str = ""
    hours: int | None = None
    call_days: tuple[str, ...] = ()
    visit_days: tuple[str, ...] = ()
    leave: tuple[Span, ...] = ()
    calendar: str = ""


def asked(wishes: Wishes) -> Wishes:
    """The same with what is asked on a terminal of all that is not said yet; Enter for none."""
    for name, question, kind, usual in _QUESTIONS:
        if not getattr(wishes, name):
            answer = click.prompt(question, type=kind, default=usual, err=True, **_shown(usual))
            wishes = evolve(wishes, **{name: _some(name, answer)})
    return wishes


def _shown(usual: object) -> dict[str, Any]:
    return {"show_default": bool(usual)}


def _some(name: str, answer: Any) -> Any:  # noqa: ANN401 (of whichever field)
    return ((answer,) if answer else ()) if name == "leave" else answer


class _OrNone(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5 only
    """A kind of value, or nothing."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 (generic since click 8.5 only)
        self.kind = kind
        self.name = kind.name

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """The value, empty where nothing was typed."""
        return value if value in ("", ()) else self.kind.convert(value, param, ctx)


_QUESTIONS: Sequence[tuple[str, str, Any, object]] = (
    ("name", "Your name", click.STRING, ""),
    ("firm", "Your firm, for letters", click.STRING, ""),
    ("phone", "Your phone, for letters", click.STRING, ""),
    ("email", "Your e-mail, for letters", click.STRING, ""),
    ("address", "Your street and town, for letters", click.STRING, ""),
    ("home", 'Your town, as "Salem, OR" or "97301, US"', _OrNone(TownAnswer()), ""),
    ("hours", "Hours a week for the campaign", HoursAnswer(), 12),
    ("call_days", "Days on which you call", _OrNone(Weekdays()), "mon-fri"),
    ("visit_days", "Days on which you drive", _OrNone(Weekdays()), "mon-fri"),
    ("leave", "Days off, as 2027-02-15/2027-02-19", _OrNone(Days()), ""),
    ("calendar", "Your calendar, an .ics file", _OrNone(File()), ""),
)


def example() -> dict[str, bytes]:
    """The files of the invented territory."""
    folder = files("campaign_cli").joinpath("example")
    lists = {name: _content(folder, name) for name in (SETTINGS, *LISTS)}
    words = {
        f"{room}/{one.name}": one.read_bytes()
        for room in ("letters", "shares")
        for one in sorted(folder.joinpath(room).iterdir(), key=lambda one: one.name)
    }
    return {**lists, **words}


def founded(start: dt.date, wishes: Wishes) -> dict[str, bytes]:
    """The files of a new folder, each list with its headings, by their names."""
    templates = files("campaign_cli").joinpath("templates")
    text = _content(templates, SETTINGS).decode().format(start=start, **_settings(wishes))
    lists = {name: _content(templates, name) for name in LISTS}
    settings = (text + _defaults(wishes)).encode()
    return {SETTINGS: settings, **lists, **_sender(wishes)}


def _settings(wishes: Wishes) -> Mapping[str, str]:
    leave = ", ".join(_text(str(span)) for span in wishes.leave)
    home = "{ latitude = 44.94, longitude = -123.03 }"
    week = (wishes.hours or 12) * 60
    return {
        "name": _text(wishes.name or "Rep"),
        "home": f"home = {_text(wishes.home)}" if wishes.home else f"# home = {home}",
        "leave": f"leave = [{leave}]" if leave else "# leave = []",
        "busy": f"busy = {_text(str(wishes.calendar))}" if wishes.calendar else "# busy = []",
        "week": f"{'' if wishes.hours else '# '}minutes_per_week = {week}",
    }


def _text(text: str) -> str:
    """A text as TOML writes it, which is as JSON does."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _defaults(wishes: Wishes) -> str:
    """The shipped channels, tiers and cadences, commented out but for the days that are wished."""
    shipped = _SHIPPED.read_text(encoding="utf-8")
    tables = shipped[shipped.index("[channels") :]
    text = "".join(f"# {line}".rstrip() + "\n" for line in tables.splitlines())
    days = {"call": wishes.call_days, "visit": wishes.visit_days}
    for channel, wished in days.items():
        is_usual = not wished or wished == WEEKDAYS[:5]
        mark, listed = ("# ", WEEKDAYS) if is_usual else ("", wished)
        keys = f"{mark}[channels.{channel}]\n{mark}weekdays = {json.dumps(list(listed))}\n"
        text = text.replace(f"# [channels.{channel}]\n", keys, 1)
    return text


def _sender(wishes: Wishes) -> dict[str, bytes]:
    keys = {"firm": wishes.firm, "street": wishes.address}
    given = {"name": wishes.name, **keys, "phone": wishes.phone, "email": wishes.email}
    if not (wishes.firm or wishes.phone or wishes.email or wishes.address):
        return {}
    lines = [f"{key} = {_text(value)}" for key, value in given.items() if value]
    return {SENDER: "\n".join(("[sender]", *lines, "")).encode()}


def _content(folder: Traversable, name: str) -> bytes:
    return folder.joinpath(name).read_bytes()


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
        calendar = Path(wishes.calendar)
        is_there = calendar.parent.resolve() == folder.resolve()
        wishes = evolve(wishes, calendar=calendar.name if is_there else str(calendar.resolve()))
    contents = example() if is_example else founded(start or next_monday(), wishes)
    new = {name: data for name, data in contents.items() if not (folder / name).exists()}
    for name in new:
        make_folder((folder / name).parent)
    write_whole({folder / name: content for name, content in new.items()})
    for name in new:
        console.result(f"{folder / name}")
    if is_example and start is not None:
        console.say("notice: --start does not change the example; its dates are its own")
    where = place_words(folder)
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
