"""The days of a plan as a page for a telephone, which needs no network."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from attrs import frozen

from campaign.model.outcomes import outcomes_of
from campaign.outputs.pages import render_page, text_of
from campaign.outputs.timetable import DayEntry, DayPart, channel_of, day_of
from campaign.outputs.whom import Whom, night_of, whom_of
from campaign.phrases import clock, day_in_words, minutes_in_words
from campaign.touches import Plan, Status, Touch

_ROOM = "campaign.outputs.phone"
_EXTENSION = re.compile(r"\s*(?:x|ext\.?|#)\s*(\d+)\s*$", re.IGNORECASE)
_DIALLED = re.compile(r"[^\d+]")
_VERBS = {DayPart.CALLS: "calls", DayPart.WRITING: "write", DayPart.DONE: "done"}


@frozen
class Link:
    """What a tap opens: a call, a map or a mail."""

    kind: str
    href: str
    text: str


@frozen
class Card:
    """A touch as the page shows it; `outcomes` are those that its channel can have."""

    touch: Touch
    what: str
    name: str
    person: str
    links: tuple[Link, ...]
    outcomes: tuple[str, ...]


@frozen
class Slot:
    """One thing after the other: when, what, and the touches that it holds."""

    when: str
    what: str
    cards: tuple[Card, ...]


@frozen
class PhoneDay:
    """A day on which something stands."""

    date: str
    title: str
    figures: str
    slots: tuple[Slot, ...]
    night: str


def render_phone(plan: Plan) -> str:
    """The days of a plan as one HTML page, a day at a time, for a telephone.

    It holds all it needs and asks nothing of any network. The same plan gives the same bytes.
    """
    style, script = text_of(_ROOM, "phone.css"), text_of(_ROOM, "phone.js")
    title = plan.territory.name or "Campaign"
    days = tuple(_days(plan))
    return render_page(_ROOM, "phone.html", style=style, script=script, title=title, days=days)


def _days(plan: Plan) -> Iterator[PhoneDay]:
    for date in plan.by_date:
        minutes = minutes_in_words(plan.minutes_on(date))
        slots = tuple(_slot(plan, entry) for entry in day_of(plan, date))
        title = day_in_words(date)
        yield PhoneDay(date.isoformat(), title, minutes, slots, night_of(plan, date))


def _slot(plan: Plan, entry: DayEntry) -> Slot:
    when = "" if entry.start is None else clock(entry.start)
    if entry.end is not None and entry.part not in (DayPart.DRIVE, DayPart.HOME):
        when = f"{when} to {clock(entry.end)}"
    return Slot(when, _what(entry), tuple(_card(plan, touch) for touch in entry.touches))


def _what(entry: DayEntry) -> str:
    minutes = minutes_in_words(entry.minutes)
    if entry.part is DayPart.VISIT:
        stop = entry.touches[0].stop
        return f"visit {stop}" if stop else "visit"
    if entry.part in (DayPart.DRIVE, DayPart.HOME):
        return f"drive{' home' if entry.part is DayPart.HOME else ''} {minutes}"
    named = f": {entry.what}" if entry.what else ""
    return f"{_VERBS.get(entry.part, entry.part.value)}{named}"


def _card(plan: Plan, touch: Touch) -> Card:
    who = whom_of(plan, touch)
    channel = channel_of(plan, touch)
    is_open = touch.status is Status.PLANNED
    return Card(
        touch,
        f"{'' if touch.start is None else f'{clock(touch.start)} '}{touch.channel}",
        who.called,
        who.meets,
        tuple(_links(who)),
        tuple(str(one) for one in outcomes_of(channel)) if is_open else (),
    )


def _links(who: Whom) -> Iterator[Link]:
    if href := phone_link(who.phone):
        yield Link("call", href, who.phone)
    if href := map_link(who):
        yield Link("map", href, who.address or "map")
    if "@" in who.email:
        yield Link("mail", f"mailto:{quote(who.email, safe='@+')}", who.email)


def phone_link(phone: str) -> str:
    """The address that dials a number (RFC 3966), empty where it holds no digits."""
    extension = _EXTENSION.search(phone)
    number = phone[: extension.start()] if extension else phone
    dialled = _DIALLED.sub("", number.replace("(0)", ""))
    dialled = dialled[:1] + dialled[1:].replace("+", "")
    if not dialled.strip("+"):
        return ""
    return f"tel:{dialled}{f';ext={extension[1]}' if extension else ''}"


def map_link(who: Whom) -> str:
    """The address that opens a map (RFC 5870), by coordinates and by the address in words."""
    place = who.account.coordinates if who.account and not who.has_own_address else None
    if place is None:
        return f"geo:0,0?q={quote(who.address)}" if who.address else ""
    at = f"{place.latitude:.5f},{place.longitude:.5f}"
    return f"geo:{at}?q={quote(who.address)}" if who.address else f"geo:{at}?q={at}"


__all__ = ["render_phone"]
