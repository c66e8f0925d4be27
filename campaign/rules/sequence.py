"""Whether a few touches can stand on one day, one after the other, by the clock (R10).

Asked where a rule would accuse a plan of not having used a day: so what takes too long to
know counts as no.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from attrs import frozen

from campaign.geography.travel import leg_minutes, way_home
from campaign.model.accounts import Account, Contact
from campaign.model.busy import zone_named
from campaign.model.channels import CALL, Channel
from campaign.model.hours import Hours, OpeningHours
from campaign.model.territory import Territory
from campaign.model.values import NOWHERE

MOST_STOPS, MOST_CALLS = 1, 3
_DAY = 24 * 60


@frozen(eq=False)
class Use:
    """One use of a day: an account, a person, a channel, and an id to sort by."""

    touch_id: str
    account: Account | None
    person: Contact | None
    channel: Channel

    @property
    def minutes(self) -> int:
        """What it takes beside the drives."""
        return self.account.minutes_by(self.channel) if self.account else self.channel.minutes


@frozen
class _Part:
    """Something that takes minutes, and the starts at which it may."""

    starts: Sequence[int]
    minutes: int

    def end(self, since: int) -> int | None:
        """When it is done if it starts as soon as it may from a time on."""
        place = bisect_left(self.starts, since)
        return self.starts[place] + self.minutes if place < len(self.starts) else None


_Item = tuple[_Part, ...]


def is_plain(territory: Territory, day: dt.date, uses: Iterable[Use]) -> bool:
    """Whether minutes alone decide: the rep's day has no gap, and nobody met gives hours."""
    rep = territory.rep
    spans, busy = rep.hours_on(day), rep.busy_on(day)
    inside = [b for b in busy if spans and b.start < spans[-1].end and b.end > spans[0].start]
    return len(spans) == 1 and not inside and not any(_hours(territory, use) for use in uses)


def can_follow(territory: Territory, day: dt.date, uses: Sequence[Use]) -> bool:
    """Whether some order of the touches, the drives, the writing and lunch is in time."""
    if is_plain(territory, day, uses):
        return True
    if territory.rep.meetings_on(day):
        return False
    stops = {use.account.account_id: use for use in uses if use.channel.travels and use.account}
    calls = [use for use in uses if use.channel.name == CALL]
    if len(stops) > MOST_STOPS or len(calls) > MOST_CALLS:
        return False
    day_ = _Day(territory, day)
    items = [day_.tour(use) for use in stops.values()] + [day_.met(use) for use in calls]
    written = sum(u.channel.minutes for u in uses if not u.channel.travels and u not in calls)
    items += [day_.rest(written, on_road=False), day_.rest(territory.rep.lunch_minutes)]
    return _in_some_order(tuple(items), 0)


def starts_of(territory: Territory, day: dt.date, use: Use) -> Sequence[int]:
    """The minutes after midnight at which somebody can be met, whatever else stands there."""
    (part,) = _Day(territory, day).met(use)
    return part.starts


def _in_some_order(items: tuple[_Item, ...], since: int) -> bool:
    # Depth first over at most 6! orders, each item as soon as it may start: on one machine
    # without release of order, starting later never helps.
    if not items:
        return True
    for number, item in enumerate(items):
        end: int | None = since
        for part in item:
            end = None if end is None else part.end(end)
        if end is not None and _in_some_order((*items[:number], *items[number + 1 :]), end):
            return True
    return False


def _hours(territory: Territory, use: Use) -> tuple[OpeningHours, ...]:
    """The hours that bind a touch, all of them."""
    found: list[OpeningHours | None] = []
    if use.account and use.channel.travels:
        found = [each.visit_hours for each in (use.account, use.person) if each]
    elif use.account and use.person and use.channel.name == CALL:
        found = [territory.call_hours_of(use.account, use.person)]
    return tuple(hours for hours in found if hours)


@frozen
class _Day:
    """One day of the rep, minute by minute."""

    territory: Territory
    date: dt.date

    def rest(self, minutes: int, *, on_road: bool = True) -> _Item:
        """What needs nobody else: writing in the hours, lunch also in a break of them."""
        if not minutes:
            return ()
        return (_Part(self._free(minutes, on_road=on_road), minutes),)

    def met(self, use: Use) -> _Item:
        """A visit or a call at a time at which they are there."""
        minutes, hours = use.minutes, _hours(self.territory, use)
        starts = self._free(minutes, on_road=False)
        for each in hours:
            opened = _open_from(each, self.date, minutes, *self._zones(use))
            starts = [start for start in starts if start in opened]
        return (_Part(starts, minutes),)

    def tour(self, use: Use) -> _Item:
        """The drive there, the visit, the drive home."""
        travel, base = self.territory.travel, self.territory.rep.place_on(self.date)
        place = use.account.place if use.account else NOWHERE
        there, back = leg_minutes(travel, base, place), way_home(travel, place, base)
        drive = _Part(self._free(there, on_road=True), there)
        return (drive, *self.met(use), _Part(self._free(back, on_road=True), back))

    def _free(self, minutes: int, *, on_road: bool) -> Sequence[int]:
        rep = self.territory.rep
        spans = tuple(rep.hours_on(self.date))
        if on_road and spans:
            spans = (Hours(spans[0].start, spans[-1].end),)
        return _starts(spans, rep.busy_on(self.date), minutes)

    def _zones(self, use: Use) -> tuple[dt.tzinfo | None, dt.tzinfo | None]:
        """Where the rep's clock runs, and where theirs does."""
        here = self.territory.rep.zone
        zone = use.account.timezone if use.account else ""
        if not use.channel.travels and use.person:
            zone = use.person.timezone or zone
        return here, zone_named(zone) or here


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
