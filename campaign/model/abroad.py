"""The hours of others, by the clock of the rep."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo

from campaign.model.busy import A_DAY
from campaign.model.hours import OpeningHours, Together

# Clocks change at whole quarters of an hour.
_QUARTER = 15
_NEAR_DAYS = (-1, 0, 1)


def opened(
    opening: OpeningHours | Together, date: dt.date, here: ZoneInfo, there: ZoneInfo
) -> Iterator[tuple[int, int]]:
    """The spans of a date by the clock here in which somebody there is open."""
    for start, end, shift in _stretches(date, here, there):
        for near in _NEAR_DAYS:
            for span in opening.on(date + dt.timedelta(days=near)):
                first = span.start + near * A_DAY - shift
                last = span.end + near * A_DAY - shift
                if max(first, start) < min(last, end):
                    yield max(first, start), min(last, end)


@cache
def _stretches(date: dt.date, here: ZoneInfo, there: ZoneInfo) -> tuple[tuple[int, int, int], ...]:
    """The parts of a date here with the minutes that the clock there is ahead of it."""
    if here is there:
        return ((0, A_DAY, 0),)
    found: list[tuple[int, int, int]] = []
    for start in range(0, A_DAY, _QUARTER):
        shift = _shift(date, start, here, there)
        if found and found[-1][2] == shift:
            found[-1] = found[-1][0], start + _QUARTER, shift
        else:
            found.append((start, start + _QUARTER, shift))
    return tuple(found)


def _shift(date: dt.date, minutes: int, here: ZoneInfo, there: ZoneInfo) -> int:
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=here)
    moment = midnight + dt.timedelta(minutes=minutes)
    local = moment.astimezone(there)
    apart = local.replace(tzinfo=None) - moment.replace(tzinfo=None)
    return apart // dt.timedelta(minutes=1)
