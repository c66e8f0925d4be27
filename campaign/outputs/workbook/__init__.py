"""The workbook: to print, to filter and to tick off; reading takes it in again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from campaign.model.outcomes import OUTCOMES
from campaign.model.rep import USUAL_NAME
from campaign.outputs.agenda import WRITING, day_inside, groups_of, week_of
from campaign.outputs.coverage import Key, coverage, keys_of
from campaign.outputs.json import DATES
from campaign.outputs.plan_table import NIGHT, in_order, left_out_record, touch_record
from campaign.outputs.plan_table import Cell as Value
from campaign.outputs.timetable import sitting_on, touches_on
from campaign.outputs.whom import is_letter_paper, night_of, whom_of
from campaign.outputs.workbook import book
from campaign.outputs.workbook.book import Book, BookCell, BookSheet, Look
from campaign.phrases import clock, day_in_words, minutes_in_words
from campaign.touches import Plan, Status, Touch

_BOX = "☐"
_HEADS = ("", "When", "What", "Whom", "Where", "Know before", "What came of it")
_DAY_WIDTHS = (4, 9, 16, 26, 32, 52, 26)
_CHANNEL = 2
_TITLE_HEIGHT = 24


def render_workbook(plan: Plan, *, day: dt.date | None = None) -> bytes:
    """A plan as a workbook (XLSX) to print, to filter and to tick off.

    `day` is that of the sheet Today, and its week that of the sheet Week; a day outside the
    campaign, or none, is the nearest one inside. The same plan and day give the same bytes.
    Names may hold anything: all of it is text. `read_plan` takes the workbook in again.
    """
    territory = plan.territory
    today = day_inside(territory.calendar, day or territory.start)
    is_letter = is_letter_paper(territory.rep.country)
    made = Book(territory.name or "Campaign", territory.start, letter_paper=is_letter)
    keys = keys_of(plan)
    rep = territory.rep.name
    whose = "" if rep in ("", USUAL_NAME) else f", {rep}"
    _write_days(made.sheet("Today"), plan, [today], title=f"Today{whose}", keys=keys)
    week = week_of(territory.calendar, today)
    _write_days(made.sheet("Week"), plan, week, title=f"This week{whose}", keys=keys)
    _write_campaign(made.sheet("Campaign"), plan, keys)
    _write_months(made.sheet("Coverage"), plan, keys)
    # What is owed and not planned, each with its reason.
    left = [(one.channel, left_out_record(plan, one)) for one in plan.left_out]
    _write_table(made.sheet("Left out"), LEFT_OUT_SHEET_COLUMNS, left, keys, until="reason")
    return made.content()


def _write_days(
    sheet: BookSheet, plan: Plan, days: Sequence[dt.date], *, title: str, keys: Mapping[str, Key]
) -> None:
    """Some days one below the other: visits in their order, calls, what is written."""
    sheet.widths(_DAY_WIDTHS)
    sheet.put(0, 0, title, **book.TITLE)
    sheet.raw.set_row(0, _TITLE_HEIGHT)
    sheet.put_row(1, _HEADS, **book.HEAD)
    sheet.repeat_head(1)
    row = 2
    for day in days:
        touches, sitting = touches_on(plan, day), sitting_on(plan, day)
        minutes = sum(touch.day_minutes for touch in touches)
        told = minutes_in_words(minutes) if minutes else ""
        head = ", ".join(filter(None, (day_in_words(day), told, night_of(plan, day))))
        sheet.put(row + 1, 0, head, **book.TITLE)
        sheet.raw.set_row(row + 1, _TITLE_HEIGHT)
        row += 2
        if not touches:
            sheet.put(row, 0, "Nothing planned.")
            row += 1
        for name, group in groups_of(plan, touches):
            start = sitting.start if name == WRITING and sitting else None
            titled = name if start is None else f"{name}, from {clock(start)}"
            sheet.put_row(row, (titled, *[None] * (len(_HEADS) - 1)), **book.GROUP)
            for at, touch in enumerate(group, start=row + 1):
                _write_touch(sheet, at, plan, touch, look=book.coloured(keys[touch.channel]))
            row += len(group) + 1


def _write_touch(sheet: BookSheet, row: int, plan: Plan, touch: Touch, *, look: Look) -> None:
    who, channel = whom_of(plan, touch), plan.territory.channels.get(touch.channel)
    is_post, travels = (channel.is_post, channel.travels) if channel else (False, False)
    drive = f"drive {minutes_in_words(touch.travel_minutes)}" if touch.travel_minutes else ""
    stop = f"stop {touch.stop}" if touch.stop else ""
    cells: tuple[BookCell, ...] = (
        _BOX if touch.status is Status.PLANNED else "✓",
        _lines(clock(touch.start) if touch.start is not None else "", stop),
        f"{touch.channel}, {touch.purpose}",
        f"{who.titled}\n{who.meets}".strip(),
        _lines(who.address if travels or is_post else "", "" if is_post else who.phone, drive),
        _lines(touch.brief, touch.say, f"Note: {touch.note}" if touch.note else ""),
        touch.outcome,
    )
    sheet.fit_height(row, cells, _DAY_WIDTHS)
    sheet.put_row(row, cells, **book.RULED)
    sheet.put(row, _CHANNEL, cells[_CHANNEL], **{**book.RULED, **look})


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


_FILLED_IN = ("status", "outcome", "done_on", "again_on", "told", "note", "pinned")
_NUMBERS = ("day", "stop", "minutes", "travel_minutes", "home_minutes", "late")
_WIDE = {"account": 28, "contact": 25, "address": 34, "brief": 44, "say": 44, "note": 30, "why": 40}
_WIDE |= {"start": 6, "stop": 6, "pinned": 8, "tier": 6, "required": 9, "status": 10}
_WIDE |= {"reason": 90, "phone": 17, "date": 15, "touch_id": 24, "outcome": 15, "channel": 11}
_USUAL_WIDTH = 11
_WITH_WEEKDAY = "ddd yyyy-mm-dd"
_FIRST_DATE = dt.date(2000, 1, 1)

CAMPAIGN_SHEET_COLUMNS = (
    *("date", "start", "stop", "account", "contact", "channel", "purpose", "phone", "address"),
    *("brief", "say", "status", "outcome", "done_on", "again_on", "note", "pinned", "tier"),
    *("due", "late", "told"),
    *("required", "day", "end", "minutes", "travel_minutes", "home_minutes", "arrives"),
    *("planned_on", "why", "cadence", "step", "touch_id", "account_id", "contact_id"),
)
"""The columns of `campaign.csv` in the order in which a person needs them."""

LEFT_OUT_SHEET_COLUMNS = (
    *("account", "tier", "contact", "channel", "step", "required", "reason", "reason_code"),
    *("cadence", "touch_id", "account_id", "contact_id"),
)
"""The columns of `left-out.csv` in the order in which a person needs them."""


def _write_campaign(sheet: BookSheet, plan: Plan, keys: Mapping[str, Key]) -> None:
    """Every touch, with filters and with drop-downs where the rep ticks off."""
    columns = (*CAMPAIGN_SHEET_COLUMNS, *((NIGHT,) if plan.tells_nights else ()))
    rows = [(one.channel, touch_record(plan, one)) for one in in_order(plan.touches)]
    last = _write_table(sheet, columns, rows, keys, until="note")
    _choice(sheet, last, "status", [status.value for status in Status])
    _choice(sheet, last, "outcome", OUTCOMES)
    _choice(sheet, last, "pinned", ["yes"])
    for name in ("done_on", "again_on"):
        rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DATE}
        told = {"error_title": "No date", "error_message": "Write a date, as 2027-01-04."}
        _validated(sheet, last, name, {**rule, **told})
    # What is done is grey.
    status, outcome = (
        chr(ord("A") + CAMPAIGN_SHEET_COLUMNS.index(name)) for name in ("status", "outcome")
    )
    rule = {"type": "formula", "criteria": f'=OR(${status}2<>"planned",${outcome}2<>"")'}
    look = {"format": sheet.book.style(**book.DONE)}
    width = len(CAMPAIGN_SHEET_COLUMNS) - 1
    sheet.raw.conditional_format(1, 0, last, width, {**rule, **look})


def _write_table(
    sheet: BookSheet,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Mapping[str, Value]]],
    keys: Mapping[str, Key],
    *,
    until: str,
) -> int:
    """Records with their channels, which are printed until a column; the last row of them."""
    for place, name in enumerate(columns):
        heading = name.replace("_", " ").capitalize()
        sheet.put(0, place, heading, **(book.TO_FILL if name in _FILLED_IN else book.HEAD))
    sheet.widths([_WIDE.get(name, _USUAL_WIDTH) for name in columns])
    sheet.repeat_head(0, columns.index("account") + 1)
    for row, (channel, record) in enumerate(rows, start=1):
        for place, name in enumerate(columns):
            cell, look = _kept(name, record[name])
            # A row that was only heard of an account has no channel, and so no colour.
            if name == "channel" and channel in keys:
                look = {**look, **book.coloured(keys[channel])}
            sheet.put(row, place, cell, **look)
    last = max(1, len(rows))
    sheet.raw.autofilter(0, 0, last, len(columns) - 1)
    sheet.raw.print_area(0, 0, last, columns.index(until))
    return last


def _kept(name: str, value: Value) -> tuple[BookCell, Look]:
    """A cell, and how it keeps what is typed into it: a date as a date, a text as a text."""
    if name in DATES:
        style = {"num_format": _WITH_WEEKDAY if name == "date" else book.DATE, "align": "left"}
        return (dt.date.fromisoformat(str(value)) if value else value), style
    return value, {"align": "center"} if name in _NUMBERS else {"num_format": book.TEXT}


def _choice(sheet: BookSheet, last: int, name: str, words: Sequence[str]) -> None:
    told = {"error_title": "Not on the list", "error_message": f"Choose: {', '.join(words)}."}
    _validated(sheet, last, name, {"validate": "list", "source": list(words), **told})


def _validated(sheet: BookSheet, last: int, name: str, rule: Mapping[str, Any]) -> None:
    place = CAMPAIGN_SHEET_COLUMNS.index(name)
    sheet.raw.data_validation(1, place, last, place, rule)


_BEFORE = ("Account", "Tier", "City", "Account id")
_WIDTHS, _MONTH_WIDTH = (32, 7, 20, 16), 24


def _write_months(sheet: BookSheet, plan: Plan, keys: Mapping[str, Key]) -> None:
    """Every account that is worked, with the channels of its touches, month by month.

    A month without a touch is marked where the account's tier is owed one in each, unless
    the delivery team was there or the account wants no contact.
    """
    found = coverage(plan, keys)
    months = range(1, found.months + 1)
    widths = (*_WIDTHS, *[_MONTH_WIDTH] * found.months)
    sheet.put_row(0, (*_BEFORE, *(f"Month {month}" for month in months)), **book.HEAD)
    sheet.widths(widths)
    sheet.repeat_head(0, 1)
    rows = [(tier, row) for tier in found.tiers for row in tier.rows]
    for place, (tier, row) in enumerate(rows, start=1):
        before = (row.account.name, row.account.tier, row.account.city, row.account.account_id)
        named = [", ".join(key.name for key in touches) for touches in row.months]
        sheet.fit_height(place, (*before, *named), widths)
        sheet.put_row(place, before, **book.WRAPPED)
        for month, words in zip(months, named, strict=True):
            column = len(_BEFORE) + month - 1
            if said := words or row.without_touch(month):
                sheet.put(place, column, said, **book.WRAPPED)
            elif tier.has_floor:
                sheet.put(place, column, "missed", **book.MISSED)
    sheet.raw.autofilter(0, 0, max(1, len(rows)), len(widths) - 1)
    # How many accounts of a tier are touched in each month.
    for place, tier in enumerate(found.tiers, start=len(rows) + 2):
        title = f"Tier {tier.name}" + ("" if tier.has_floor else " (no month is owed)")
        sheet.put_row(place, (title, "", "", "", *map(str, tier.by_month)), **book.GROUP)
