"""The days of a plan as a page for a telephone, which needs no network."""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import quote

from campaign.model.outcomes import outcomes_of
from campaign.outputs.pages import View, render_page
from campaign.outputs.timetable import DayEntry, DayPart, channel_of, day_of
from campaign.outputs.whom import Whom, night_of, whom_of
from campaign.phrases import clock, day_in_words, minutes_in_words
from campaign.touches import Plan, Status, Touch

_EXTENSION = re.compile(r"\s*(?:x|ext\.?|#)\s*(\d+)\s*$", re.IGNORECASE)
_DIALLED = re.compile(r"[^\d+]")
_VERBS = {DayPart.CALLS: "calls", DayPart.WRITING: "write", DayPart.DONE: "done"}


def render_phone(plan: Plan) -> str:
    """The days of a plan as one HTML page, a day at a time, for a telephone.

    It holds all it needs and asks nothing of any network. The same plan gives the same bytes.
    """
    title, days = plan.territory.name or "Campaign", [_day(plan, date) for date in plan.by_date]
    return render_page("campaign.outputs.phone", "phone", title=title, days=days)


def _day(plan: Plan, date: dt.date) -> View:
    """A day on which something stands: one thing after the other, with the touches it holds."""
    slots = []
    for entry in day_of(plan, date):
        when = "" if entry.start is None else clock(entry.start)
        if entry.end is not None and entry.part not in (DayPart.DRIVE, DayPart.HOME):
            when = f"{when} to {clock(entry.end)}"
        cards = [_card(plan, touch) for touch in entry.touches]
        slots.append({"when": when, "what": _what(entry), "cards": cards})
    return {
        "date": date.isoformat(),
        "title": day_in_words(date),
        "figures": minutes_in_words(plan.minutes_on(date)),
        "slots": slots,
        "night": night_of(plan, date),
    }


def _what(entry: DayEntry) -> str:
    minutes = minutes_in_words(entry.minutes)
    if entry.part is DayPart.VISIT:
        stop = entry.touches[0].stop
        return f"visit {stop}" if stop else "visit"
    if entry.part in (DayPart.DRIVE, DayPart.HOME):
        return f"drive{' home' if entry.part is DayPart.HOME else ''} {minutes}"
    named = f": {entry.what}" if entry.what else ""
    return f"{_VERBS.get(entry.part, entry.part.value)}{named}"


def _card(plan: Plan, touch: Touch) -> View:
    """A touch as the page shows it, with the outcomes that its channel can have."""
    who, is_open = whom_of(plan, touch), touch.status is Status.PLANNED
    return {
        "touch": touch,
        "what": f"{'' if touch.start is None else f'{clock(touch.start)} '}{touch.channel}",
        "name": who.called,
        "person": who.meets,
        "links": list(_links(who)),
        "outcomes": list(map(str, outcomes_of(channel_of(plan, touch)))) if is_open else [],
    }


def _links(who: Whom) -> Iterator[View]:
    """What a tap opens: a call, a map, a mail."""
    if href := phone_link(who.phone):
        yield {"kind": "call", "href": href, "text": who.phone}
    if href := map_link(who):
        yield {"kind": "map", "href": href, "text": who.address or "map"}
    if "@" in who.email:
        yield {"kind": "mail", "href": f"mailto:{quote(who.email, safe='@+')}", "text": who.email}


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
