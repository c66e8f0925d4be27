"""The agenda of days as text, for a narrow terminal: each day from leaving home to being back."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from campaign.outputs.plan_table import in_order
from campaign.outputs.timetable import DayEntry, DayPart, channel_of, day_of
from campaign.outputs.whom import Whom, names_apart, night_of, whom, whom_of
from campaign.phrases import clock, counted, day_in_words, minutes_in_words, short_day
from campaign.touches import HEARD, Plan, Status, Touch
from campaign.words.story import eve_of
from campaign.workdays import Calendar

WIDTH = 56
"""Columns: as many as a phone held upright shows."""

VISITS, CALLS, WRITING = "Visits", "Calls", "Writing"
_MARGIN = 12
_INDENT, _DETAIL = " " * _MARGIN, " " * 4
_A_DAY = dt.timedelta(days=1)
_VERBS = {DayPart.CALLS: "call ", DayPart.WRITING: "write "}


def render_agenda(plan: Plan, dates: Iterable[dt.date]) -> str:
    """The agenda of some days, one after the other, in 56 columns."""
    return "\n".join("\n".join(_day(plan, date)) + "\n" for date in dates)


def render_account(plan: Plan, account_id: str) -> str:
    """Every touch of one account in 56 columns, then what was left out and why."""
    return "\n".join((*_account(plan, account_id), ""))


def groups_of(plan: Plan, touches: Iterable[Touch]) -> list[tuple[str, list[Touch]]]:
    """Touches by where they are done: on the road, on the phone, at the desk; none is empty."""
    found: dict[str, list[Touch]] = {VISITS: [], CALLS: [], WRITING: []}
    for touch in touches:
        channel = channel_of(plan, touch)
        at_desk = WRITING if channel.is_post else CALLS
        found[VISITS if channel.travels else at_desk].append(touch)
    return [(title, group) for title, group in found.items() if group]


def week_of(calendar: Calendar, day: dt.date) -> Sequence[dt.date]:
    """The days of a week on which the rep works; the day itself where there is none."""
    monday = day - dt.timedelta(days=day.weekday())
    days = [monday + dt.timedelta(days=number) for number in range(7)]
    return [one for one in days if one in calendar.working_days] or [day]


def day_inside(calendar: Calendar, day: dt.date) -> dt.date:
    """The day, or the end of the campaign that is nearest to it."""
    return max(calendar.start, min(calendar.end, day))


def said_in(touch: Touch) -> Sequence[str]:
    """The words of a touch, a line each."""
    return tuple(filter(None, touch.say.split("\n")))


def _day(plan: Plan, date: dt.date) -> Iterator[str]:
    entries = day_of(plan, date)
    calendar, words = plan.territory.calendar, day_in_words(date)
    is_inside = calendar.start <= date <= calendar.end
    if is_inside:
        words += f", day {calendar.day_number(date)}"
    minutes = sum(touch.day_minutes for entry in entries for touch in entry.touches)
    total = minutes_in_words(minutes) if minutes else ""
    yield f"{words}{total:>{max(WIDTH - len(words), len(total) + 1)}}".rstrip()
    yield "-" * WIDTH
    if not any(entry.touches for entry in entries):
        first, last = short_day(calendar.start), short_day(calendar.end)
        outside = f"The campaign runs from {first} to {last} {calendar.end.year}."
        empty = "Nothing planned." if calendar.is_working_day(date) else "No working day."
        yield f"  {empty if is_inside else outside}"
    is_away, night = date - _A_DAY in plan.nights, night_of(plan, date)
    for entry in entries:
        if entry.part is DayPart.HOME and night:
            yield f"{_from(entry)}drive {minutes_in_words(entry.minutes)} to the night's place"
        else:
            yield from _entry(plan, entry, is_away=is_away)
        is_away = entry.part is not DayPart.HOME and (
            is_away or entry.part in (DayPart.DRIVE, DayPart.MEETING)
        )
    yield from _filled(night, _INDENT, _INDENT)
    # The visits of the next days that are announced by telephone, one an account.
    visits: dict[str, Touch] = {}
    for touch in in_order(plan.touches):
        if eve_of(plan, touch) == date:
            visits.setdefault(touch.account_id, touch)
    lead = "announce    "
    for visit in visits.values():
        who = whom_of(plan, visit)
        at = "" if visit.start is None else f" at {clock(visit.start)}"
        what = f"{_name(who)}, {who.phone}: the visit on {day_in_words(visit.date)}{at}"
        yield from _filled(what, lead, _INDENT)
        lead = _INDENT


def _entry(plan: Plan, entry: DayEntry, *, is_away: bool) -> Iterator[str]:
    minutes, verb = minutes_in_words(entry.minutes), _VERBS.get(entry.part, "")
    first = entry.touches[0] if entry.touches else None
    if entry.part is DayPart.DRIVE:
        yield f"{_from(entry)}{'' if is_away else 'leave home, '}drive {minutes}"
    elif entry.part is DayPart.HOME:
        yield f"{_from(entry)}drive home {minutes}"
        if entry.end is not None:
            yield f"{clock(entry.end):<{_MARGIN}}home"
    elif first is None:
        what = f": {entry.what}" if entry.what else ""
        yield from _filled(f"{entry.part.value}{what}", _time(entry), _INDENT)
    elif entry.part is DayPart.VISIT:
        # A visit may meet several persons: the account is told once.
        stop = f"visit {first.stop}, " if first.stop else "visit "
        leads = (f"{_time(entry):<{_MARGIN}}{stop}", *[f"{_INDENT}and "] * len(entry.touches))
        for lead, touch in zip(leads, entry.touches, strict=False):
            yield from _touch(plan, touch, lead=lead, is_told=True)
    elif len(entry.touches) == 1:
        lead = f"{_time(entry):<{_MARGIN}}{verb}"
        is_told = entry.part is DayPart.CALLS
        yield from _touch(plan, first, lead=lead, is_told=is_told)
    else:
        counts = Counter(touch.channel for touch in entry.touches)
        what = ", ".join(counted(count, name) for name, count in counts.items())
        yield f"{_time(entry):<{_MARGIN}}{'write ' if verb == 'write ' else ''}{what}"
        for touch in entry.touches:
            start = "" if touch.start is None else clock(touch.start)
            lead = f"  {start:<{_MARGIN - 4}}- "
            yield from _touch(plan, touch, lead=lead, is_told=entry.part is DayPart.CALLS)


def _from(entry: DayEntry) -> str:
    return _INDENT if entry.start is None else f"{clock(entry.start):<{_MARGIN}}"


def _time(entry: DayEntry | Touch) -> str:
    if entry.start is None:
        return _INDENT
    return f"{clock(entry.start)}{f'-{clock(entry.end)}' if entry.end is not None else ''} "


def _touch(plan: Plan, touch: Touch, *, lead: str, is_told: bool) -> Iterator[str]:
    """A touch with what to know of it; its channel, unless that is told already."""
    who, channel = whom_of(plan, touch), channel_of(plan, touch)
    what = f"{'' if is_told else f'{touch.channel}, '}{touch.purpose}{_standing(touch)}"
    yield from _filled(f"{_name(who)}: {what}", lead, _INDENT)
    details = (
        who.address if channel.travels or channel.is_post else "",
        "" if channel.is_post else who.phone,
        f"arrives by {day_in_words(touch.arrives)}" if touch.arrives else "",
        touch.brief,
        *said_in(touch),
        f"note: {touch.note}" if touch.note else "",
    )
    for detail in details:
        yield from _filled(detail, _INDENT, _INDENT)


def _standing(touch: Touch) -> str:
    optional = "" if touch.required else " (optional)"
    if touch.status is Status.PLANNED:
        return optional
    return f"{optional} [{', '.join(filter(None, (touch.status.value, touch.outcome.value)))}]"


def _name(who: Whom) -> str:
    return f"{who.titled}{who.meets and f', {who.meets}'}"


def _filled(text: str, lead: str, indent: str) -> list[str]:
    """The lines of a text, none of them wider than the page."""
    return wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _account(plan: Plan, account_id: str) -> Iterator[str]:
    account = plan.territory.account(account_id)
    yield from _filled(f"{names_apart(plan.territory)[account_id]}, tier {account.tier}", "", "")
    who = whom(plan.territory, account_id, account_id)
    yield from _filled(", ".join(filter(None, (who.phone, who.address))), "", "")
    yield "-" * WIDTH
    for touch in in_order(t for t in plan.touches if t.account_id == account_id):
        met = whom_of(plan, touch).meets
        what = f"{touch.channel or HEARD}, {touch.purpose}{_standing(touch)}{met and f', {met}'}"
        when = "" if touch.start is None else _time(touch)
        yield from _filled(f"{when}{what}", f"  {short_day(touch.date)} ", _DETAIL)
        noted = f"note: {touch.note}" if touch.note else ""
        for detail in (touch.why, touch.brief, *said_in(touch), noted):
            yield from _filled(detail, _DETAIL, _DETAIL)
    for left in plan.left_out:
        if left.account_id == account_id:
            optional = "" if left.required else " (optional)"
            what = f"{left.step}, {left.channel}{optional}: {left.reason}"
            yield from _filled(what, "  left out   ", _DETAIL)
