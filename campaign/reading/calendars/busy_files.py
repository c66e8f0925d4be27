"""The calendars that campaign.toml names, read."""

from pathlib import Path

from attrs import field, frozen

from campaign.errors import Finding, UnreadableFile
from campaign.model.busy import Busy
from campaign.model.marks import event_mark
from campaign.reading.calendars import CalendarFile, read_calendar
from campaign.reading.parsing.files import read_bytes
from campaign.reading.settings.campaign_toml import Settings
from campaign.reading.settings.document import Document
from campaign.workdays import Span

_KEY = "rep.busy"
_WEB = ("http://", "https://", "webcal://")


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
        found = read_calendar(data, name, window, settings.rep.email, settings.rep.name, mark=mark)
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
