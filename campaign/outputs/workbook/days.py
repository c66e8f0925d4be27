"""The sheets for the wall and the pocket: one day, and the week around it."""

import datetime as dt
from collections.abc import Mapping, Sequence

from campaign.outputs.agenda import WRITING, groups_of
from campaign.outputs.coverage import Key
from campaign.outputs.people import Whom, night_of, whom_of
from campaign.outputs.timetable import sitting_on, touches_on
from campaign.outputs.workbook.book import GROUP, HEAD, RULED, TITLE, BookCell, BookSheet, coloured
from campaign.phrases import clock, day_in_words, minutes_in_words
from campaign.touches import Plan, Status, Touch

_BOX = "☐"
_HEADS = ("", "When", "What", "Whom", "Where", "Know before", "What came of it")
_WIDTHS = (4, 9, 16, 26, 32, 52, 26)
_CHANNEL = 2
_TITLE_HEIGHT = 24


def write_days(
    sheet: BookSheet, plan: Plan, days: Sequence[dt.date], *, title: str, keys: Mapping[str, Key]
) -> None:
    """Some days one below the other: visits in their order, calls, what is written."""
    sheet.widths(_WIDTHS)
    sheet.put(0, 0, title, **TITLE)
    sheet.raw.set_row(0, _TITLE_HEIGHT)
    sheet.put_row(1, _HEADS, **HEAD)
    sheet.repeat_head(1)
    row = 2
    for day in days:
        row = _day(sheet, plan, day, row=row, keys=keys)


def _day(sheet: BookSheet, plan: Plan, day: dt.date, *, row: int, keys: Mapping[str, Key]) -> int:
    touches = touches_on(plan, day)
    minutes = sum(touch.day_minutes for touch in touches)
    night = night_of(plan, day)
    figures = f", {minutes_in_words(minutes)}" if minutes else ""
    figures += night and f", {night}"
    sheet.put(row + 1, 0, f"{day_in_words(day)}{figures}", **TITLE)
    sheet.raw.set_row(row + 1, _TITLE_HEIGHT)
    row += 2
    if not touches:
        sheet.put(row, 0, "Nothing planned.")
        return row + 1
    sitting = sitting_on(plan, day)
    for title, group in groups_of(plan, touches):
        if title == WRITING and sitting and sitting.start is not None:
            title = f"{title}, from {clock(sitting.start)}"  # noqa: PLW2901 (told with its time)
        sheet.put_row(row, (title, *[None] * (len(_HEADS) - 1)), **GROUP)
        for row, touch in enumerate(group, start=row + 1):  # noqa: B020 (goes on below)
            _touch(sheet, row, plan, touch, key=keys[touch.channel])
        row += 1
    return row


def _touch(sheet: BookSheet, row: int, plan: Plan, touch: Touch, *, key: Key) -> None:
    who = whom_of(plan, touch)
    cells: tuple[BookCell, ...] = (
        _BOX if touch.status is Status.PLANNED else "✓",
        _when(touch),
        f"{touch.channel}, {touch.purpose}",
        _name(who),
        _where(plan, touch, who),
        "\n".join(
            filter(None, (touch.brief, touch.say, f"Note: {touch.note}" if touch.note else ""))
        ),
        touch.outcome,
    )
    sheet.fit_height(row, cells, _WIDTHS)
    sheet.put_row(row, cells, **RULED)
    sheet.put(row, _CHANNEL, cells[_CHANNEL], **{**RULED, **coloured(key)})


def _when(touch: Touch) -> str:
    stop = f"stop {touch.stop}" if touch.stop else ""
    return "\n".join(filter(None, (clock(touch.start) if touch.start is not None else "", stop)))


def _name(who: Whom) -> str:
    tier = f" ({who.tier})" if who.tier else ""
    return f"{who.called}{tier}\n{who.meets}".strip()


def _where(plan: Plan, touch: Touch, who: Whom) -> str:
    """Where a visit or a letter goes, and the number to ring."""
    channel = plan.territory.channels.get(touch.channel)
    address = who.address if channel and (channel.travels or channel.is_post) else ""
    drive = f"drive {minutes_in_words(touch.travel_minutes)}" if touch.travel_minutes else ""
    phone = "" if channel and channel.is_post else who.phone
    return "\n".join(filter(None, (address, phone, drive)))
