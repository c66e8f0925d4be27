"""The report: one HTML page for a manager, which needs no network and prints well."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from math import ceil

import attrs

from campaign.costs import cost_of
from campaign.outputs.coverage import Key, coverage, keys_of
from campaign.outputs.pages import View, render_page
from campaign.outputs.report.territory_map import anchor, territory_map
from campaign.outputs.summary import BY_TIER, REASONS, Summary, bound_in_words, percent, summary
from campaign.outputs.timetable import touches_on
from campaign.outputs.whom import names_apart, night_of, whom_of
from campaign.phrases import WEEKDAYS, clock, counted, day_in_words, minutes_in_words, short_date
from campaign.rules import RULES, violations
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.levels import levels
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Calendar, in_any

MOST_BROKEN = 20
WIDTH = 1000
HEATS = 5
ROAD = Key("on the road", "", -1)
"""The drives, which belong to no channel's own minutes."""

_LEVELS: Mapping[str, tuple[str, str]] = {
    "owed": ("What is owed before all else: promises, grievances and their repair", ""),
    "in_time": ("Business days by which that is late", "fewer are better"),
    "floor": ("Months in which a prioritised account is touched", BY_TIER),
    "required": ("Required touches", BY_TIER),
    "service": (
        "Late, second choices, optional touches left out",
        "in late days weighted by tier, fewer are better",
    ),
    "comfort": (
        "Drives, uneven weeks, days off the ideal, set-ups",
        "in minutes, fewer are better",
    ),
}


def render_report(plan: Plan) -> str:
    """A plan as one HTML page that holds all it needs and asks nothing of any network.

    The same plan gives the same bytes. A plan that knows no levels, as one that was read
    from its file, gets their figures without bounds. Names may hold anything: all of it is
    shown as text.
    """
    whole = plan if plan.levels else attrs.evolve(plan, levels=levels(plan))
    keys, figures = keys_of(whole), summary(whole)
    return render_page(
        "campaign.outputs.report",
        "report",
        headline=headline(whole, figures),
        keys=keys.values(),
        calendar=calendar(whole),
        load=load(whole, keys),
        coverage=coverage(whole, keys),
        map=territory_map(whole),
        agenda=agenda(whole, keys),
        left_out=left_out(whole, figures, keys),
        levels=level_rows(whole),
        tested=rules_tested(whole),
    )


def _monday_of(calendar: Calendar, week: int) -> dt.date:
    """The Monday of a week of the campaign, 0 being that of the start."""
    return calendar.start + dt.timedelta(days=7 * week - calendar.start.weekday())


def _hours(minutes: int) -> str:
    """Minutes as hours in little room: 185 is `3:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def headline(plan: Plan, figures: Summary) -> View:
    """The title of the page, its dates, the promise, and what stands below it."""
    territory, days, every = plan.territory, plan.territory.calendar, figures.every_month
    return {
        "title": territory.name or "Your campaign",
        "rep": territory.rep.name,
        "dates": f"{short_date(days.start)} {days.start.year} to "
        f"{short_date(days.end)} {days.end.year}, {days.days} days",
        "every_month": every,
        "is_kept": every.reached == every.of,
        "months": days.months,
        "facts": list(_facts(plan, figures)),
    }


def _facts(plan: Plan, figures: Summary) -> Iterator[tuple[str, str, str]]:
    """A word, its figure, and what is said beside it."""
    standing = sum(touch.stands for touch in plan.touches)
    required = f"{figures.required.reached:,} of {figures.required.of:,} required"
    optional = f", {figures.optional.reached:,} of {figures.optional.of:,} optional"
    yield "Touches", f"{standing:,}", f"{required}{optional if figures.optional.of else ''}"
    kept = figures.promises
    if kept.of:
        yield "Promises", f"{kept.reached:,} of {kept.of:,}", "planned for their day, or kept"
    travel, fullest = (
        minutes_in_words(minutes).replace(" ", "\N{NO-BREAK SPACE}")
        for minutes in (figures.travel_minutes_a_week, figures.fullest_week)
    )
    a_week = f"on average, {travel} on the road; the fullest {fullest}"
    yield "A week", minutes_in_words(figures.minutes_a_week), a_week
    if cost := cost_of(plan):
        over = f", {cost.over:,.2f} over the budget" if cost.over else ""
        yield "Money", f"{cost.total:,.2f}", f"{str(cost).partition(': ')[2]}{over}"
    counts = Counter(touch.status for touch in plan.touches if not touch.is_heard)
    if counts[Status.DONE]:
        missed = f", {counts[Status.MISSED]} missed" if counts[Status.MISSED] else ""
        yield "Done", f"{counts[Status.DONE]:,}", f"{counts[Status.PLANNED]:,} to do{missed}"
    left = len(plan.left_out)
    yield "Left out", f"{left:,}", "each with its reason" if left else "nothing that is owed"


def calendar(plan: Plan) -> View:
    """The days of the campaign, a row a week, without weekdays on which nobody works."""
    days = plan.territory.calendar
    used = {day.weekday() for day in (*days.working_days, *plan.by_date)}
    weekdays = [weekday for weekday in range(7) if weekday in used or weekday not in days.weekend]
    weeks = []
    for week in range(days.week(days.end) + 1):
        monday = _monday_of(days, week)
        row = [_calendar_day(plan, monday + dt.timedelta(days=weekday)) for weekday in weekdays]
        weeks.append({"label": short_date(monday), "days": row})
    return {"weekdays": [WEEKDAYS[weekday][:3] for weekday in weekdays], "weeks": weeks}


def _calendar_day(plan: Plan, date: dt.date) -> View:
    """A cell: its `heat` runs from 0 (nothing) to 5 (full), 6 is too full.

    `off` is why nothing can stand there, empty on a working day.
    """
    touches, minutes = len(touches_on(plan, date)), plan.minutes_on(date)
    capacity = capacity_of_day(plan.territory, date)
    fullness = max(1, ceil(HEATS * minutes / capacity)) if capacity else 1
    heat = HEATS + 1 if minutes > capacity else fullness
    figures = f"{counted(touches, 'touch')}, {minutes_in_words(minutes)}"
    days, off = plan.territory.calendar, ""
    if not days.start <= date <= days.end:
        off = "outside"
    elif date in days.holidays or date in plan.territory.rep.extra_holidays:
        off = "holiday"
    elif not days.is_working_day(date):
        off = "leave" if in_any(date, days.leave) else "off"
    return {
        "label": date.day,
        "words": f"{day_in_words(date)}: {figures}",
        "anchor": anchor(date),
        "off": off,
        "touches": touches,
        "minutes": _hours(minutes),
        "heat": heat if touches else 0,
    }


def load(plan: Plan, keys: Mapping[str, Key]) -> View:
    """The minutes of every week by channel and on the road, against what the week may hold."""
    days, minutes = plan.territory.calendar, defaultdict[int, Counter[Key]](Counter)
    for touch in plan.touches:
        if touch.stands:
            parts = minutes[days.week(touch.date)]
            parts[keys[touch.channel]] += touch.minutes
            parts[ROAD] += touch.travel_minutes + touch.home_minutes
    weeks = range(min((0, *minutes)), max((days.week(days.end), *minutes)) + 1)
    capacities = [_capacity(plan, week) for week in weeks]
    longest = max(1, *capacities, *(parts.total() for parts in minutes.values()))
    ordered = (*keys.values(), ROAD)
    bars = []
    for week, capacity in zip(weeks, capacities, strict=True):
        planned = {key: minutes[week][key] for key in ordered if minutes[week][key]}
        bar = _bar(planned, capacity, longest)
        bars.append({"label": short_date(_monday_of(days, week)), **bar})
    shown = [key for key in ordered if any(parts[key] for parts in minutes.values())]
    return {"weeks": bars, "legend": shown}


def _bar(minutes: Mapping[Key, int], capacity: int, longest: int) -> View:
    """A bar of pieces, each as long as its minutes, and the place of its limit."""
    parts: list[View] = []
    total = 0
    for key, part in minutes.items():
        left, width = (round(WIDTH * each / longest, 1) for each in (total, part))
        parts.append({"key": key, "minutes": part, "left": left, "width": width})
        total += part
    words = ", ".join(f"{key.name} {minutes_in_words(part)}" for key, part in minutes.items())
    return {
        "parts": parts,
        "planned": _hours(total),
        "capacity": _hours(capacity),
        "limit": round(WIDTH * capacity / longest, 1),
        "is_too_full": total > capacity,
        "words": words or "nothing",
    }


def _capacity(plan: Plan, week: int) -> int:
    """What a week may hold, and no more than its working days do."""
    calendar = plan.territory.calendar
    days = (day for day in calendar.working_days if calendar.week(day) == week)
    return min(
        capacity_of_week(plan.territory, week),
        sum(capacity_of_day(plan.territory, day) for day in days),
    )


def agenda(plan: Plan, keys: Mapping[str, Key]) -> View:
    """Every touch that takes place, week by week, and the accounts to choose from, by name."""
    numbers = {account_id: at for at, account_id in enumerate(sorted(plan.by_account))}
    names, days = names_apart(plan.territory), plan.territory.calendar
    named = ((at, names.get(account_id, account_id)) for account_id, at in numbers.items())
    weeks = []
    for week, dates in groupby(plan.by_date, days.week):
        monday = _monday_of(days, week)
        title = f"{short_date(monday)} to {short_date(monday + dt.timedelta(days=6))}"
        shown = [_agenda_day(plan, date, keys, numbers) for date in dates]
        weeks.append({"number": week + 1, "title": title, "days": shown})
    accounts = sorted(named, key=lambda choice: (choice[1].casefold(), choice))
    return {"weeks": weeks, "accounts": accounts}


def _agenda_day(
    plan: Plan, date: dt.date, keys: Mapping[str, Key], numbers: Mapping[str, int]
) -> View:
    touches, night = touches_on(plan, date), night_of(plan, date)
    figures = (
        f"day {plan.territory.calendar.day_number(date)}",
        counted(len(touches), "touch"),
        minutes_in_words(plan.minutes_on(date)),
        night,
    )
    lines = []
    for touch in touches:
        key, account = keys[touch.channel], numbers[touch.account_id]
        lines.append({"touch": touch, "key": key, "account": account, **_agenda_line(plan, touch)})
    told = ", ".join(filter(None, figures))
    return {"anchor": anchor(date), "title": day_in_words(date), "figures": told, "lines": lines}


def _agenda_line(plan: Plan, touch: Touch) -> View:
    who, channel = whom_of(plan, touch), plan.territory.channels.get(touch.channel)
    place = who.phone
    if channel and channel.travels:
        place = who.address
    elif channel and channel.is_post:
        place = who.account.city if who.account else ""
    stop = f"stop {touch.stop}" if touch.stop else ""
    done = ""
    if touch.status is Status.DONE:
        on = f" on {short_date(touch.done_on)}" if touch.done_on else ""
        done = f"done{on}{f', {touch.outcome}' if touch.outcome else ''}"
    standing = ("" if touch.required else "optional", done, "pinned" if touch.pinned else "")
    return {
        "when": stop if touch.start is None else clock(touch.start),
        "name": who.called,
        "person": who.meets,
        "place": place,
        "standing": "; ".join(filter(None, standing)),
    }


def left_out(plan: Plan, figures: Summary, keys: Mapping[str, Key]) -> list[View]:
    """What was left out, said once for each sentence; what is required comes first."""
    names = names_apart(plan.territory)
    groups = []
    for code in figures.left_out:
        found = [left for left in plan.left_out if left.reason_code is code]
        reasons: dict[str, list[View]] = {}
        for left in sorted(found, key=lambda left: not left.required):
            name, key = names.get(left.account_id, left.account_id), keys[left.channel]
            row = {"left": left, "name": name, "tier": whom_of(plan, left).tier, "key": key}
            reasons.setdefault(left.reason, []).append(row)
        groups.append({"title": REASONS[code], "count": len(found), "reasons": reasons})
    return groups


def level_rows(plan: Plan) -> list[View]:
    """Every level, in the order in which one goes before the next, and how good it is."""
    rows = []
    for level in plan.levels:
        title, unit = _LEVELS.get(level.name, (level.name, ""))
        figure, possible, verdict = f"{level.figure:,}", "", bound_in_words(level)
        if level.possible:
            figure, possible = f"{figure} ({percent(level)})", f"{level.possible:,}"
        elif level.possible is not None:
            figure, possible, verdict = "0", "0", "none is owed"
        row = {"title": title, "unit": unit, "figure": figure, "possible": possible}
        rows.append({**row, "verdict": verdict})
    return rows


def rules_tested(plan: Plan) -> View:
    """How many rules were tested, without the planner, and the first that are broken."""
    broken = [str(violation) for violation in violations(plan)]
    more = max(0, len(broken) - MOST_BROKEN)
    return {
        "rules": len({rule.name for rule in RULES}),
        "broken": broken[:MOST_BROKEN],
        "more": more,
    }
