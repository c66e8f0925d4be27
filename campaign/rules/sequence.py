"""Whether a day could hold a touch: alone in an empty calendar, or by the clock after others (R10).

The first makes a channel open. The second is asked where a rule would accuse a plan of not
having used a day: so what takes too long to know counts as no.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from attrs import frozen

from campaign.geography.travel import leg_minutes, tour, way_home
from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.channels import CALL, Channel
from campaign.model.hours import Hours, OpeningHours
from campaign.model.territory import Territory
from campaign.model.values import NOWHERE
from campaign.rules.allowed_days import hours_of, may_stand
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.dues import Due
from campaign.rules.facts import Facts

MOST_STOPS, MOST_CALLS = 1, 3
_DAY = 24 * 60

Part = tuple[Sequence[int], int]
"""Something that takes minutes: the starts at which it may, and the minutes."""


@frozen(eq=False)
class Use:
    """One use of a day: an account, a person, and a channel."""

    account: Account | None
    person: Contact | None
    channel: Channel

    @property
    def minutes(self) -> int:
        """What it takes beside the drives."""
        return self.account.minutes_by(self.channel) if self.account else self.channel.minutes


def could_stand_alone(facts: Facts, due: Due, channel: Channel) -> bool:
    """Whether a day of the campaign could hold a touch by a channel, were nothing else planned.

    By R1, R6, the minutes of the day and the week with the drive from home and back, and the
    hours of who is to be met.
    """
    key = due.account.account_id, due.person.contact_id, channel.name, due.opens
    if key not in facts.alone:
        facts.alone[key] = any(_holds(facts, due, channel, day) for day in facts.working_days)
    return facts.alone[key]


def _holds(facts: Facts, due: Due, channel: Channel, day: dt.date) -> bool:
    territory, since = facts.territory, due.account.grievance_since
    if 0 in (channel.per_day, channel.per_week) or not may_stand(facts, due, channel, day):
        return False
    if due.opens and since and day < since:
        return False
    minutes = due.account.minutes_by(channel)
    if channel.travels:
        base = territory.rep.place_on(day)
        minutes += tour(territory.travel, base, [due.account.place]).minutes
    week = capacity_of_week(territory, facts.calendar.week(day))
    if minutes > min(capacity_of_day(territory, day), week):
        return False
    return can_follow(territory, day, (Use(due.account, due.person, channel),))


def _is_plain(territory: Territory, day: dt.date, uses: Iterable[Use]) -> bool:
    """Whether minutes alone decide: the rep's day has no gap, and nobody met gives hours."""
    rep = territory.rep
    spans, busy = rep.hours_on(day), rep.busy_on(day)
    inside = [b for b in busy if spans and b.start < spans[-1].end and b.end > spans[0].start]
    return len(spans) == 1 and not inside and not any(_hours(territory, use) for use in uses)


def can_follow(territory: Territory, day: dt.date, uses: Sequence[Use]) -> bool:
    """Whether some order of the touches, the drives, the writing and lunch is in time."""
    if _is_plain(territory, day, uses):
        return True
    stops = {use.account.account_id: use for use in uses if use.channel.travels and use.account}
    calls = [use for use in uses if use.channel.name == CALL]
    if territory.rep.meetings_on(day) or len(stops) > MOST_STOPS or len(calls) > MOST_CALLS:
        return False
    items = [_tour(territory, day, use) for use in stops.values()]
    items += [(_met(territory, day, use),) for use in calls]
    # Writing needs the rep's hours, lunch may also be in a break of them.
    writing = [use for use in uses if not use.channel.travels and use not in calls]
    if written := sum(use.channel.minutes for use in writing):
        items.append((_part(territory, day, written),))
    if lunch := territory.rep.lunch_minutes:
        items.append((_part(territory, day, lunch, on_road=True),))
    return _in_some_order(tuple(items), 0)


def starts_of(territory: Territory, day: dt.date, use: Use) -> Sequence[int]:
    """The minutes after midnight at which somebody can be met, whatever else stands there."""
    return _met(territory, day, use)[0]


def _in_some_order(items: tuple[tuple[Part, ...], ...], since: int) -> bool:
    # Depth first over at most 6! orders, each item as soon as it may start: on one machine
    # without release of order, starting later never helps.
    if not items:
        return True
    for number, item in enumerate(items):
        end: int | None = since
        for starts, minutes in item:
            place = len(starts) if end is None else bisect_left(starts, end)
            end = starts[place] + minutes if place < len(starts) else None
        if end is not None and _in_some_order((*items[:number], *items[number + 1 :]), end):
            return True
    return False


def _hours(territory: Territory, use: Use) -> tuple[OpeningHours, ...]:
    if use.account is None:
        return ()
    return hours_of(territory, use.account, use.person, use.channel)


def _tour(territory: Territory, day: dt.date, use: Use) -> tuple[Part, ...]:
    """The drive there, the visit, the drive home."""
    travel, base = territory.travel, territory.rep.place_on(day)
    place = use.account.place if use.account else NOWHERE
    there = _part(territory, day, leg_minutes(travel, base, place), on_road=True)
    back = _part(territory, day, way_home(travel, place, base), on_road=True)
    return there, _met(territory, day, use), back


def _met(territory: Territory, day: dt.date, use: Use) -> Part:
    """A visit or a call at a time at which they are there, by their own clock."""
    starts, minutes = _part(territory, day, use.minutes)
    zone = use.account.timezone if use.account else ""
    if not use.channel.travels and use.person:
        zone = use.person.timezone or zone
    here = territory.rep.zone
    for hours in _hours(territory, use):
        opened = _open_from(hours, day, minutes, here, zone_named(zone) or here)
        starts = [start for start in starts if start in opened]
    return starts, minutes


def _part(territory: Territory, day: dt.date, minutes: int, *, on_road: bool = False) -> Part:
    """What needs the rep alone, within the hours; on the road also in their breaks."""
    spans = tuple(territory.rep.hours_on(day))
    if on_road and spans:
        spans = (Hours(spans[0].start, spans[-1].end),)
    return _starts(spans, territory.rep.busy_on(day), minutes), minutes


@lru_cache(maxsize=10_000)
def _open_from(
    hours: OpeningHours,
    date: dt.date,
    minutes: int,
    here: dt.tzinfo | None,
    there: dt.tzinfo | None,
) -> frozenset[int]:
    """The minutes of a day here from which it is open for so long there."""
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=here)
    found = []
    for start in range(_DAY):
        local = (midnight + dt.timedelta(minutes=start)).astimezone(there)
        now = local.hour * 60 + local.minute
        spans = hours.on(local.date())
        if any(span.start <= now and now + minutes <= span.end for span in spans):
            found.append(start)
    return frozenset(found)


@lru_cache(maxsize=10_000)
def _starts(spans: tuple[Hours, ...], busy: tuple[Hours, ...], minutes: int) -> tuple[int, ...]:
    """The starts at which so many minutes lie in one span and in no busy time."""
    return tuple(
        start
        for start in range(_DAY)
        if any(span.start <= start and start + minutes <= span.end for span in spans)
        and not any(start < taken.end and taken.start < start + minutes for taken in busy)
    )
