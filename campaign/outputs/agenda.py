"""The agenda of days as text: visits in their order, then calls, then what is written."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

import pendulum

from campaign.model.channels import Channel
from campaign.model.hours import clock
from campaign.outputs.people import Whom, whom
from campaign.outputs.table import in_order
from campaign.touches import LeftOut, Plan, Status, Touch
from campaign.workdays import Calendar

WIDTH = 80
VISITS, CALLS, WRITING = "Visits", "Calls", "Writing"
_INDENT = " " * 6
_DETAIL = " " * 8


def render_agenda(plan: Plan, dates: Iterable[dt.date]) -> str:
    """The agenda of some days, one after the other, in 80 columns."""
    return "\n".join("\n".join(_day(plan, date)) + "\n" for date in dates)


def render_account(plan: Plan, account_id: str) -> str:
    """Every touch of one account in 80 columns, then what was left out and why."""
    return "\n".join((*_account(plan, account_id), ""))


def minutes_in_words(minutes: float) -> str:
    """Minutes as hours and minutes: 185 is `3 h 05 min`, 40 is `40 min`."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def day_in_words(date: dt.date) -> str:
    """A date with its weekday, as `Monday 4 January 2027`."""
    return pendulum.date(date.year, date.month, date.day).format("dddd D MMMM YYYY", locale="en")


def _day(plan: Plan, date: dt.date) -> Iterator[str]:
    touches = touches_on(plan, date)
    yield from _heading(plan, date, touches)
    if not touches:
        yield f"  {_why_empty(plan, date)}"
    for title, group in groups_of(plan, touches):
        yield f"  {title}"
        yield from _visits(group, plan) if title == VISITS else _group(title, group, plan)


def groups_of(plan: Plan, touches: Iterable[Touch]) -> list[tuple[str, list[Touch]]]:
    """Touches by where they are done: on the road, on the phone, at the desk; none is empty."""
    found: dict[str, list[Touch]] = {VISITS: [], CALLS: [], WRITING: []}
    for touch in touches:
        channel = _channel(plan, touch)
        at_desk = WRITING if channel.is_post else CALLS
        found[VISITS if channel.travels else at_desk].append(touch)
    return [(title, group) for title, group in found.items() if group]


def touches_on(plan: Plan, date: dt.date) -> Sequence[Touch]:
    """The touches of a day, done ones too, in the order of the file."""
    return in_order(touch for touch in plan.touches if touch.date == date and touch.stands)


def week_of(calendar: Calendar, day: dt.date) -> Sequence[dt.date]:
    """The days of a week on which the rep works; the day itself where there is none."""
    monday = day - dt.timedelta(days=day.weekday())
    days = [monday + dt.timedelta(days=number) for number in range(7)]
    return [one for one in days if one in calendar.working_days] or [day]


def day_inside(calendar: Calendar, day: dt.date) -> dt.date:
    """The day, or the end of the campaign that is nearest to it."""
    return max(calendar.start, min(calendar.end, day))


def _heading(plan: Plan, date: dt.date, touches: Sequence[Touch]) -> Iterator[str]:
    calendar = plan.territory.calendar
    words = day_in_words(date)
    if calendar.start <= date <= calendar.end:
        words += f", day {calendar.day_number(date)}"
    minutes = sum(touch.day_minutes for touch in touches)
    total = minutes_in_words(minutes) if minutes else ""
    yield f"{words}{total:>{max(WIDTH - len(words), len(total) + 1)}}".rstrip()
    yield "-" * WIDTH


def _why_empty(plan: Plan, date: dt.date) -> str:
    calendar = plan.territory.calendar
    if not calendar.start <= date <= calendar.end:
        return f"The campaign runs from {calendar.start} to {calendar.end}."
    return "Nothing planned." if calendar.is_working_day(date) else "No working day."


def _channel(plan: Plan, touch: Touch) -> Channel:
    return plan.territory.channels.get(touch.channel) or Channel(touch.channel, touch.minutes)


def _visits(touches: Sequence[Touch], plan: Plan) -> Iterator[str]:
    for touch in touches:
        if touch.travel_minutes:
            yield f"{_INDENT}drive {minutes_in_words(touch.travel_minutes)}"
        yield from _touch(touch, plan, lead=f"{touch.stop or '-':>4}. ", told_channel="visit")
        if touch.home_minutes:
            yield f"{_INDENT}drive home {minutes_in_words(touch.home_minutes)}"


def _group(title: str, touches: Sequence[Touch], plan: Plan) -> Iterator[str]:
    told = "call" if title == CALLS else ""
    for touch in touches:
        yield from _touch(touch, plan, lead="    - ", told_channel=told)


def _touch(touch: Touch, plan: Plan, *, lead: str, told_channel: str) -> Iterator[str]:
    who = whom(plan.territory, touch.account_id, touch.contact_id)
    channel = "" if touch.channel == told_channel else f"{touch.channel}, "
    what = f"{channel}{touch.purpose}{_standing(touch)}"
    yield from _filled(f"{_time(touch)}{_name(who, touch)}: {what}", lead, _INDENT)
    for detail in _details(touch, who, plan):
        yield from _filled(detail, _DETAIL, _DETAIL)


def _standing(touch: Touch) -> str:
    optional = "" if touch.required else " (optional)"
    return optional if touch.status is Status.PLANNED else f"{optional} [{touch.status.value}]"


def _time(touch: Touch) -> str:
    if touch.start is None:
        return ""
    return f"{clock(touch.start)}{f'-{clock(touch.end)}' if touch.end is not None else ''} "


def _name(who: Whom, touch: Touch) -> str:
    account = who.account_name or touch.account_id
    tier = f" ({who.tier})" if who.tier else ""
    person = "" if touch.contact_id == touch.account_id else who.person_name or touch.contact_id
    return f"{account}{tier}, {person}" if person else f"{account}{tier}"


def _details(touch: Touch, who: Whom, plan: Plan) -> Iterator[str]:
    channel = _channel(plan, touch)
    if channel.travels or channel.is_post:
        yield who.address
    if not channel.is_post:
        yield who.phone
    if touch.arrives:
        yield f"arrives by {day_in_words(touch.arrives)}"
    yield touch.brief
    yield f"note: {touch.note}" if touch.note else ""


def _filled(text: str, lead: str, indent: str) -> Iterator[str]:
    plain = " ".join(text.split())
    if plain:
        yield from wrap(
            plain,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )


def _account(plan: Plan, account_id: str) -> Iterator[str]:
    account = plan.territory.account(account_id)
    yield from _filled(f"{account.name} ({account_id}), tier {account.tier}", "", "")
    yield from _filled(", ".join(filter(None, (account.phone, account.address))), "", "")
    yield "-" * WIDTH
    for touch in in_order(t for t in plan.touches if t.account_id == account_id):
        yield from _touch_of_account(touch, plan)
    for left in plan.left_out:
        if left.account_id == account_id:
            yield from _filled(_left_out(left), "  left out   ", _INDENT)


def _touch_of_account(touch: Touch, plan: Plan) -> Iterator[str]:
    who = whom(plan.territory, touch.account_id, touch.contact_id)
    to = "" if touch.contact_id == touch.account_id else f", {who.person_name or touch.contact_id}"
    what = f"{_time(touch)}{touch.channel}, {touch.purpose}{_standing(touch)}{to}"
    yield from _filled(what, f"  {touch.date.isoformat()} ", _DETAIL)
    for detail in (touch.why, touch.brief, f"note: {touch.note}" if touch.note else ""):
        yield from _filled(detail, _DETAIL, _DETAIL)


def _left_out(left: LeftOut) -> str:
    optional = "" if left.required else " (optional)"
    return f"{left.step}, {left.channel}{optional}: {left.reason}"
