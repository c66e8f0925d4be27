"""Whether a day still holds one more touch beside others: what R7 and R8 turn on."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from attrs import field, frozen

from campaign.geography.travel import Place, drive_minutes
from campaign.model.channels import Channel
from campaign.model.rep import Travel
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, Row
from campaign.rules.sequence import Use, can_follow, is_plain

MOST_STOPS = 9
"""With more stops than this the shortest tour is not worked out, and nobody is accused."""


@lru_cache(maxsize=100_000)
def shortest_tour(travel: Travel, home: Place, stops: tuple[Place, ...]) -> int:
    """The minutes of the shortest tour from home through all stops and back.

    Exact, by dynamic programming over the sets of stops (Held and Karp 1962); the minutes
    per stop are counted. For a handful of stops: the effort doubles with each.
    """
    if not stops:
        return 0
    legs = [[drive_minutes(travel, one, other) for other in stops] for one in stops]
    best = {(1 << i, i): drive_minutes(travel, home, stop) for i, stop in enumerate(stops)}
    for met in range(1, 1 << len(stops)):
        for last in range(len(stops)):
            if (met, last) in best:
                _extend(best, met, last, legs[last])
    everybody = (1 << len(stops)) - 1
    ways = (best[everybody, i] + drive_minutes(travel, stop, home) for i, stop in enumerate(stops))
    return min(ways) + travel.minutes_per_stop * len(stops)


def _extend(best: dict[tuple[int, int], int], met: int, last: int, legs: Sequence[int]) -> None:
    for following, leg in enumerate(legs):
        if not met >> following & 1:
            key = (met | 1 << following, following)
            minutes = best[met, last] + leg
            best[key] = min(best.get(key, minutes), minutes)


@frozen(eq=False)
class Room:
    """The days as they are when only some rows stand: those beside which one more must fit."""

    facts: Facts
    rows: tuple[Row, ...] = field(converter=tuple[Row, ...])

    @cached_property
    def _by_day(self) -> dict[dt.date, list[Row]]:
        found: dict[dt.date, list[Row]] = {}
        for row in self.rows:
            if row.channel and self.facts.is_inside(row.day):
                found.setdefault(row.day, []).append(row)
        return found

    @cached_property
    def _by_week(self) -> dict[int, list[dt.date]]:
        found: dict[int, list[dt.date]] = {}
        for day in sorted(self._by_day):
            found.setdefault(self.facts.calendar.week(day), []).append(day)
        return found

    def holds(self, due: Due, channel: Channel, day: dt.date) -> bool:
        """Whether minutes, limits and hours hold the touch beside the others.

        A row of the plan for the same touch is left aside. False also where it would take
        too long to know, and on the days of a trip: tours from home and back are asked here.
        """
        if day in self.facts.away:
            return False
        uses = self._week_with(due, channel, day)
        if _meets_by_another(due, channel, uses[day]) or not _within_limits(channel, uses, day):
            return False
        territory = self.facts.territory
        of_day = self._minutes_of(uses[day], most=capacity_of_day(territory, day))
        if of_day is None or not can_follow(territory, day, uses[day]):
            return False
        others = [self._minutes_then(each, uses[each]) for each in uses if each != day]
        known = [minutes for minutes in others if minutes is not None]
        week = capacity_of_week(territory, self.facts.calendar.week(day))
        return len(known) == len(others) and of_day + sum(known) <= week

    def _week_with(
        self, due: Due, channel: Channel, day: dt.date
    ) -> dict[dt.date, tuple[Use, ...]]:
        """The uses of a week by day, the touch among them on that day, else nowhere."""
        days = {*self._by_week.get(self.facts.calendar.week(day), ()), day}
        uses = {each: tuple(self._uses(each, due)) for each in sorted(days)}
        return {**uses, day: (*uses[day], Use(due.touch_id, due.account, due.person, channel))}

    def _uses(self, day: dt.date, without: Due) -> Iterator[Use]:
        for row in self._by_day.get(day, ()):
            aside = row.is_planned and row.owed_id == without.touch_id
            if row.channel and not aside:
                yield Use(row.touch_id, row.account, row.person, row.channel)

    def _minutes_then(self, day: dt.date, uses: Sequence[Use]) -> int | None:
        """Minutes of another day; None where nights or the clock may ask for another tour."""
        if day in self.facts.away:
            return None
        stops = {use.account.account_id for use in uses if use.channel.travels and use.account}
        if stops and self.facts.territory.rep.meetings_on(day):
            return None
        if len(stops) > 1 and not is_plain(self.facts.territory, day, uses):
            return None
        return self._minutes_of(uses)

    def _minutes_of(self, uses: Iterable[Use], most: int | None = None) -> int | None:
        """Minutes of a day with its shortest tour.

        None for more than `most`, and for more stops than are tried.
        """
        minutes, stops = 0, dict[str, Use]()
        for use in sorted(uses, key=lambda use: use.touch_id):
            if not use.channel.travels:
                minutes += use.channel.minutes
            elif use.account:
                stops.setdefault(use.account.account_id, use)
        minutes += sum(use.channel.minutes for use in stops.values())
        if len(stops) > MOST_STOPS or (most is not None and minutes > most):
            return None
        places = tuple(use.account.coordinates for use in stops.values() if use.account)
        territory = self.facts.territory
        minutes += shortest_tour(territory.travel, territory.rep.home, places)
        return None if most is not None and minutes > most else minutes


def _meets_by_another(due: Due, channel: Channel, uses: Iterable[Use]) -> bool:
    """Whether the rep is there already by another channel: one visit is of one channel."""
    return channel.travels and any(
        use.channel.travels and use.channel is not channel and use.account == due.account
        for use in uses
    )


def _within_limits(channel: Channel, uses: Mapping[dt.date, Iterable[Use]], day: dt.date) -> bool:
    counts = {each: _count(channel, uses[each]) for each in uses}
    return (channel.per_day is None or counts[day] <= channel.per_day) and (
        channel.per_week is None or sum(counts.values()) <= channel.per_week
    )


def _count(channel: Channel, uses: Iterable[Use]) -> int:
    used = [use for use in uses if use.channel is channel]
    if not channel.travels:
        return len(used)
    return len({use.account.account_id for use in used if use.account})


def room_beside_promises(facts: Facts) -> Room:
    """The days with the promises of the plan, what is done, and what the rep has pinned."""
    rows = (r for r in facts.standing if not r.is_movable or r.is_promise)
    return Room(facts, rows)


def room_beside_owed(facts: Facts) -> Room:
    """The same, with the openings of grievance accounts too."""
    rows = (
        r
        for r in facts.standing
        if not r.is_movable or r.is_promise or (r.due is not None and r.due.opens)
    )
    return Room(facts, rows)
