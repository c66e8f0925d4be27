"""Meetings of the rep's own at known places: fixed stops of their days."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from attrs import field, frozen

from campaign.model.busy import Busy
from campaign.model.hours import Hours
from campaign.model.values import Coordinates


@frozen
class Meeting:
    """Where the rep is from `start` to `end`, in minutes after midnight by the rep's clock."""

    start: int
    end: int = field()
    place: Coordinates = field(kw_only=True)
    what: str = field(default="", kw_only=True)


def meetings_of(
    busy: Iterable[Busy], day: dt.date, zone: ZoneInfo, hours: Sequence[Hours]
) -> tuple[Meeting, ...]:
    """The meetings of a day in their order, of those that lie in its hours at least in part.

    A break in the hours counts as hours. Of two that overlap the one that begins first is
    kept: the rep cannot be at both.
    """
    if not hours:
        return ()
    found: list[Meeting] = []
    for each in sorted(_during(busy, day, zone), key=lambda one: (one.start, one.end)):
        inside = each.start < hours[-1].end and hours[0].start < each.end
        if inside and (not found or found[-1].end <= each.start):
            found.append(each)
    return tuple(found)


def _during(busy: Iterable[Busy], day: dt.date, zone: ZoneInfo) -> Iterator[Meeting]:
    for each in busy:
        spans = tuple(each.on(day, zone)) if each.place else ()
        if spans and each.place:
            start, end = min(s.start for s in spans), max(s.end for s in spans)
            yield Meeting(start, end, place=each.place, what=each.what)
