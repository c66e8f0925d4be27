"""The sheets that reading takes in again: the whole campaign, and what is left out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from campaign.outputs.agenda import WRITING, groups_of
from campaign.outputs.coverage import AccountMonths, Key, TierCoverage, coverage
from campaign.outputs.plan_table import NIGHT, in_order, left_out_record, touch_record
from campaign.outputs.plan_table import Cell as Value
from campaign.outputs.timetable import sitting_on, touches_on
from campaign.outputs.whom import Whom, night_of, whom_of
from campaign.outputs.workbook.book import (
    DATE,
    DONE,
    GROUP,
    HEAD,
    MISSED,
    RULED,
    TEXT,
    TITLE,
    TO_FILL,
    WRAPPED,
    BookCell,
    BookSheet,
    coloured,
)
from campaign.phrases import clock, day_in_words, minutes_in_words
from campaign.touches import Plan, Status, Touch

_BOX = "☐"
_HEADS = ("", "When", "What", "Whom", "Where", "Know before", "What came of it")
_DAY_WIDTHS = (4, 9, 16, 26, 32, 52, 26)
_CHANNEL = 2
_TITLE_HEIGHT = 24


def write_days(
    sheet: BookSheet, plan: Plan, days: Sequence[dt.date], *, title: str, keys: Mapping[str, Key]
) -> None:
    """Some days one below the other: visits in their order, calls, what is written."""
    sheet.widths(_DAY_WIDTHS)
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
            _day_touch(sheet, row, plan, touch, key=keys[touch.channel])
        row += 1
    return row


def _day_touch(sheet: BookSheet, row: int, plan: Plan, touch: Touch, *, key: Key) -> None:
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
    sheet.fit_height(row, cells, _DAY_WIDTHS)
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


OUTCOMES = (
    *("reached", "no_answer", "voicemail", "wrong_number", "returned_mail", "later"),
    *("met", "replied", "complaint", "do_not_contact", "done"),
)
"""What may come of a touch."""

_FILLED_IN = ("status", "outcome", "done_on", "again_on", "told", "note", "pinned")
_DATES = ("date", "arrives", "done_on", "again_on", "planned_on", "due", "told")
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
    *(
        "required",
        "day",
        "end",
        "minutes",
        "travel_minutes",
        "home_minutes",
        "arrives",
        "planned_on",
        "why",
    ),
    *("cadence", "step", "touch_id", "account_id", "contact_id"),
)
"""The columns of `campaign.csv` in the order in which a person needs them."""

LEFT_OUT_SHEET_COLUMNS = (
    *("account", "tier", "contact", "channel", "step", "required", "reason", "reason_code"),
    *("cadence", "touch_id", "account_id", "contact_id"),
)
"""The columns of `left-out.csv` in the order in which a person needs them."""


def write_campaign(sheet: BookSheet, plan: Plan, keys: Mapping[str, Key]) -> None:
    """Every touch, with filters and with drop-downs where the rep ticks off."""
    touches = in_order(plan.touches)
    columns = (*CAMPAIGN_SHEET_COLUMNS, *((NIGHT,) if plan.tells_nights else ()))
    _head(sheet, columns)
    for row, touch in enumerate(touches, start=1):
        # A row that was only heard of an account has no channel, and so no colour.
        looks = {} if touch.is_heard else {"channel": coloured(keys[touch.channel])}
        _row(sheet, row, columns, touch_record(plan, touch), looks)
    last = max(1, len(touches))
    sheet.raw.autofilter(0, 0, last, len(columns) - 1)
    sheet.raw.print_area(0, 0, last, columns.index("note"))
    _drop_downs(sheet, last)
    _grey_what_is_done(sheet, last)


def write_left_out(sheet: BookSheet, plan: Plan, keys: Mapping[str, Key]) -> None:
    """What is owed and not planned, each with its reason."""
    columns = LEFT_OUT_SHEET_COLUMNS
    _head(sheet, columns)
    for row, left in enumerate(plan.left_out, start=1):
        colour = coloured(keys[left.channel])
        _row(sheet, row, columns, left_out_record(plan, left), {"channel": colour})
    last = max(1, len(plan.left_out))
    sheet.raw.autofilter(0, 0, last, len(columns) - 1)
    sheet.raw.print_area(0, 0, last, columns.index("reason"))


def _head(sheet: BookSheet, columns: Sequence[str]) -> None:
    for place, name in enumerate(columns):
        heading = name.replace("_", " ").capitalize()
        sheet.put(0, place, heading, **(TO_FILL if name in _FILLED_IN else HEAD))
    sheet.widths([_WIDE.get(name, _USUAL_WIDTH) for name in columns])
    sheet.repeat_head(0, columns.index("account") + 1)


def _row(
    sheet: BookSheet,
    row: int,
    columns: Sequence[str],
    record: Mapping[str, Value],
    looks: Mapping[str, Mapping[str, Any]],
) -> None:
    for place, name in enumerate(columns):
        style = {**_kept_as(name), **looks.get(name, {})}
        sheet.put(row, place, _cell(name, record[name]), **style)


def _kept_as(name: str) -> Mapping[str, Any]:
    """How a cell keeps what is typed into it: a date as a date, a text as a text."""
    if name == "date":
        return {"num_format": _WITH_WEEKDAY, "align": "left"}
    if name in _DATES:
        return {"num_format": DATE, "align": "left"}
    return {"align": "center"} if name in _NUMBERS else {"num_format": TEXT}


def _cell(name: str, value: Value) -> BookCell:
    return dt.date.fromisoformat(str(value)) if name in _DATES and value else value


def _drop_downs(sheet: BookSheet, last: int) -> None:
    _choice(sheet, last, "status", tuple(status.value for status in Status))
    _choice(sheet, last, "outcome", OUTCOMES)
    _choice(sheet, last, "pinned", ("yes",))
    for name in ("done_on", "again_on"):
        place = CAMPAIGN_SHEET_COLUMNS.index(name)
        rule = {"validate": "date", "criteria": ">=", "value": _FIRST_DATE}
        told = {"error_title": "No date", "error_message": "Write a date, as 2027-01-04."}
        sheet.raw.data_validation(1, place, last, place, {**rule, **told})


def _choice(sheet: BookSheet, last: int, name: str, words: Sequence[str]) -> None:
    place = CAMPAIGN_SHEET_COLUMNS.index(name)
    told = {"error_title": "Not on the list", "error_message": f"Choose: {', '.join(words)}."}
    rule = {"validate": "list", "source": list(words), **told}
    sheet.raw.data_validation(1, place, last, place, rule)


def _grey_what_is_done(sheet: BookSheet, last: int) -> None:
    status = CAMPAIGN_SHEET_COLUMNS.index("status")
    outcome = CAMPAIGN_SHEET_COLUMNS.index("outcome")
    cells = f'${_letter(status)}2<>"planned"', f'${_letter(outcome)}2<>""'
    rule = {"type": "formula", "criteria": f"=OR({','.join(cells)})"}
    look = sheet.book.style(**DONE)
    sheet.raw.conditional_format(
        1, 0, last, len(CAMPAIGN_SHEET_COLUMNS) - 1, {**rule, "format": look}
    )


def _letter(column: int) -> str:
    return chr(ord("A") + column)


_BEFORE = ("Account", "Tier", "City", "Account id")
_WIDTHS = (32, 7, 20, 16)
_MONTH_WIDTH = 24


def write_months(sheet: BookSheet, plan: Plan, keys: Mapping[str, Key]) -> None:
    """Every account that is worked, with the channels of its touches, month by month.

    A month without a touch is marked where the account's tier is owed one in each, unless
    the delivery team was there or the account wants no contact.
    """
    found = coverage(plan, keys)
    months = [f"Month {number}" for number in range(1, found.months + 1)]
    sheet.put_row(0, (*_BEFORE, *months), **HEAD)
    sheet.widths((*_WIDTHS, *[_MONTH_WIDTH] * found.months))
    sheet.repeat_head(0, 1)
    rows = [(tier, row) for tier in found.tiers for row in tier.rows]
    for place, (tier, row) in enumerate(rows, start=1):
        _account(sheet, place, row, has_floor=tier.has_floor)
    sheet.raw.autofilter(0, 0, max(1, len(rows)), len(_BEFORE) + found.months - 1)
    for place, tier in enumerate(found.tiers, start=len(rows) + 2):
        _figures(sheet, place, tier)


def _account(sheet: BookSheet, place: int, row: AccountMonths, *, has_floor: bool) -> None:
    account = row.account
    before = (account.name, account.tier, account.city, account.account_id)
    months = [", ".join(key.name for key in touches) for touches in row.months]
    widths = (*_WIDTHS, *[_MONTH_WIDTH] * len(months))
    sheet.fit_height(place, (*before, *months), widths)
    sheet.put_row(place, before, **WRAPPED)
    for month, words in enumerate(months, start=1):
        column = len(_BEFORE) + month - 1
        if said := words or row.without_touch(month):
            sheet.put(place, column, said, **WRAPPED)
        elif has_floor:
            sheet.put(place, column, "missed", **MISSED)


def _figures(sheet: BookSheet, place: int, tier: TierCoverage) -> None:
    """How many accounts of a tier are touched in each month."""
    title = f"Tier {tier.name}" + ("" if tier.has_floor else " (no month is owed)")
    counts = tuple(str(count) for count in tier.by_month)
    sheet.put_row(place, (title, "", "", "", *counts), **GROUP)
