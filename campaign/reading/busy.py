"""The calendars that campaign.toml names: read, and their meetings put on known places."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from campaign.errors import Finding, UnreadableFile
from campaign.model.accounts import Account
from campaign.model.busy import Busy
from campaign.model.marks import event_mark
from campaign.model.values import Coordinates
from campaign.reading.calendars import CalendarFile, read_calendar
from campaign.reading.document import Document
from campaign.reading.files import read_bytes
from campaign.reading.headings import folded
from campaign.reading.settings import Settings
from campaign.workdays import Span

_KEY = "rep.busy"
_WEB = ("http://", "https://", "webcal://")
_SHORTEST_NAME = 6


@frozen
class Calendars:
    """The busy times of all files, what is wrong with these, and a sentence on each."""

    busy: tuple[Busy, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    said: tuple[str, ...] = field(default=(), kw_only=True)


def read_calendars(settings: Settings, folder: Path, window: Span) -> Calendars:
    """Every calendar that is named, its file beside campaign.toml; nothing raises.

    The campaign's own events in them, by its name and start, are left aside.
    """
    mark = event_mark(settings.name, window.first)
    busy: list[Busy] = []
    findings: list[Finding] = []
    said: list[str] = []
    for name in settings.busy:
        try:
            data = _bytes(folder, name)
        except UnreadableFile as error:
            findings.append(_missing(settings.document, name, error))
            continue
        found = read_calendar(data, name, window, settings.rep.email, mark=mark)
        busy += found.busy
        findings += found.findings
        if found.events:
            said.append(_sentence(name, found, window))
    return Calendars(tuple(busy), findings=tuple(findings), said=tuple(said))


def _bytes(folder: Path, name: str) -> bytes:
    if name.casefold().startswith(_WEB):
        remedy = "download it, and name the file"
        raise UnreadableFile(folder / "calendar", "is an address on the web", remedy)
    return read_bytes(folder / name)


def _missing(document: Document, name: str, error: UnreadableFile) -> Finding:
    return Finding(
        document.file,
        f'"{name}" {error.problem}',
        remedy=error.remedy,
        row=document.line(_KEY),
        column=_KEY,
    )


def _sentence(name: str, found: CalendarFile, window: Span) -> str:
    events = "1 event" if found.events == 1 else f"{found.events} events"
    inside = sum(
        busy.start.date() <= window.last and window.first <= busy.end.date() for busy in found.busy
    )
    times = "1 time" if inside == 1 else f"{inside} times"
    own = f", {found.own} of them of this campaign itself and left aside" if found.own else ""
    return f"{name}: {events} read{own}; busy at {times} from {window.first} to {window.last}"


def at_known_places(busy: Iterable[Busy], accounts: Iterable[Account]) -> tuple[Busy, ...]:
    """The busy times, those at an account's name or address with its coordinates.

    A location that fits accounts at several places is left as it is.
    """
    known = dict(_known(accounts))
    places: dict[str, Coordinates | None] = {}
    found: list[Busy] = []
    for each in busy:
        if each.where and each.place is None:
            if each.where not in places:
                places[each.where] = _place(folded(each.where), known)
            each = evolve(each, place=places[each.where])  # noqa: PLW2901 (the same, placed)
        found.append(each)
    return tuple(found)


def _known(accounts: Iterable[Account]) -> Iterator[tuple[str, frozenset[Coordinates]]]:
    """Names and streets with towns, folded, and where the accounts that have them are."""
    found: dict[str, set[Coordinates]] = {}
    for account in accounts:
        if account.coordinates is None:
            continue
        words = [folded(account.name), folded(account.street + account.city)]
        words += [folded(account.street + account.postal_code)] if account.postal_code else []
        for word in words:
            if len(word) >= _SHORTEST_NAME:
                found.setdefault(word, set()).add(account.coordinates)
    yield from ((word, frozenset(places)) for word, places in found.items())


def _place(location: str, known: Mapping[str, frozenset[Coordinates]]) -> Coordinates | None:
    fits = [places for word, places in known.items() if word in location]
    everywhere = frozenset[Coordinates]().union(*fits)
    return next(iter(everywhere)) if len(everywhere) == 1 else None
