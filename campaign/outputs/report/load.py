"""The load of each week, by channel and on the road, against its capacity."""

from collections.abc import Mapping

from attrs import frozen

from campaign.outputs.agenda import minutes_in_words
from campaign.outputs.report.keys import Key
from campaign.outputs.report.words import hours, last_week, monday_of, short
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.touches import Plan

WIDTH = 1000
ROAD = Key("on the road", "", -1)
"""The drives, which belong to no channel's own minutes."""


@frozen
class Part:
    """A piece of a bar: whose it is, its minutes, where it begins and how long it is."""

    key: Key
    minutes: int
    left: float
    width: float


@frozen
class Week:
    """A bar with its capacity; `words` say the same for those who cannot see it."""

    number: int
    label: str
    parts: tuple[Part, ...]
    planned: str
    capacity: str
    limit: float
    is_too_full: bool
    words: str


@frozen
class Load:
    """The bars of all weeks, and the keys that appear in them."""

    weeks: tuple[Week, ...]
    keys: tuple[Key, ...]


def load(plan: Plan, keys: Mapping[str, Key]) -> Load:
    """The minutes of every week."""
    minutes = _minutes(plan, keys)
    days = plan.territory.calendar
    weeks = range(min((0, *minutes)), max((last_week(days), *minutes)) + 1)
    capacities = {week: _capacity(plan, week) for week in weeks}
    longest = max(1, *capacities.values(), *(sum(parts.values()) for parts in minutes.values()))
    return Load(
        tuple(
            _week(plan, week, minutes.get(week, {}), (capacity, longest))
            for week, capacity in capacities.items()
        ),
        tuple(key for key in (*keys.values(), ROAD) if any(key in m for m in minutes.values())),
    )


def _minutes(plan: Plan, keys: Mapping[str, Key]) -> dict[int, dict[Key, int]]:
    """Minutes by week and key, in the order of the keys, zeros left out."""
    found: dict[int, dict[Key, int]] = {}
    for touch in plan.touches:
        if touch.stands:
            week = found.setdefault(plan.territory.calendar.week(touch.date), {})
            on_the_road = touch.travel_minutes + touch.home_minutes
            for key, minutes in ((keys[touch.channel], touch.minutes), (ROAD, on_the_road)):
                week[key] = week.get(key, 0) + minutes
    ordered = (*keys.values(), ROAD)
    return {
        week: {key: minutes[key] for key in ordered if minutes.get(key)}
        for week, minutes in found.items()
    }


def _capacity(plan: Plan, week: int) -> int:
    """What a week may hold, and no more than its working days do."""
    calendar = plan.territory.calendar
    days = (day for day in calendar.working_days if calendar.week(day) == week)
    return min(
        capacity_of_week(plan.territory, week),
        sum(capacity_of_day(plan.territory, day) for day in days),
    )


def _week(plan: Plan, week: int, minutes: Mapping[Key, int], scale: tuple[int, int]) -> Week:
    (capacity, longest), total = scale, sum(minutes.values())
    parts = ", ".join(f"{key.name} {minutes_in_words(m)}" for key, m in minutes.items())
    return Week(
        week + 1,
        short(monday_of(plan.territory.calendar, week)),
        _parts(minutes, longest),
        hours(total),
        hours(capacity),
        _scaled(capacity, longest),
        total > capacity,
        parts or "nothing",
    )


def _parts(minutes: Mapping[Key, int], longest: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    before = 0
    for key, length in minutes.items():
        parts.append(Part(key, length, _scaled(before, longest), _scaled(length, longest)))
        before += length
    return tuple(parts)


def _scaled(minutes: int, longest: int) -> float:
    return round(WIDTH * minutes / longest, 1)
