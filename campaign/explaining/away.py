"""A night away for one visit that is too far for a day: which two days, and how they are driven.

Only what can be known for sure is offered: two working days in a row on which minutes alone
decide, without calls, logged visits or the rep's own meetings, the other day with a visit.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from campaign.explaining.changes import NightAway
from campaign.explaining.putting import Coming, Spot, driven, place_of, visits_on, without
from campaign.geography.travel import tour, tour_between
from campaign.model.channels import CALL
from campaign.model.values import Place
from campaign.rules.capacity import capacity_of_day
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.sequence import Use, is_plain
from campaign.touches import Plan, Touch

_A_DAY = dt.timedelta(days=1)


@frozen(eq=False)
class Nights:
    """The nights away that could be put into a plan in which none is asked for."""

    facts: Facts

    def tries(
        self, due: Due, spots: Iterable[Spot], coming: Coming
    ) -> Iterator[tuple[NightAway, Spot]]:
        """The nights after and before a visit at its spots, the first first."""
        place, travel = due.account.place.coordinates, self.facts.territory.travel
        if travel.overnight or due.has_own_day or place is None:
            return
        for spot in spots:
            if self._is_too_far(due, spot):
                for evening in (spot.date, spot.date - _A_DAY):
                    change = NightAway(evening, due.account.account_id)
                    if evening >= coming.first and self._may_be(change, due, spot, coming):
                        yield change, spot

    def _is_too_far(self, due: Due, spot: Spot) -> bool:
        """Whether the day would not hold the visit, there and back, if it were empty."""
        territory = self.facts.territory
        channel = territory.channels[spot.channel]
        base = territory.rep.place_on(spot.date)
        way = tour(territory.travel, base, [due.account.place]).minutes
        minutes = due.account.minutes_by(channel) + way
        return channel.travels and minutes > capacity_of_day(territory, spot.date)

    def _may_be(self, change: NightAway, due: Due, spot: Spot, coming: Coming) -> bool:
        days = (change.evening, change.evening + _A_DAY)
        other = next(day for day in days if day != spot.date)
        if not all(map(self._is_free, days)) or not visits_on(self.facts.plan, other):
            return False
        territory = self.facts.territory
        new = Use(due.touch_id, due.account, due.person, territory.channels[spot.channel])
        if not is_plain(territory, spot.date, (new,)):
            return False
        rows = [row.touch for day in days for row in self.facts.by_day.get(day, ())]
        there = put_away(Plan(territory, rows), due, spot, coming, change)
        return all(there.minutes_on(day) <= capacity_of_day(territory, day) for day in days)

    def _is_free(self, day: dt.date) -> bool:
        """Whether the rep works then, and only minutes say what the day can hold."""
        territory = self.facts.territory
        rows = self.facts.by_day.get(day, ())
        uses = [Use(r.touch_id, r.account, r.person, r.channel) for r in rows if r.channel]
        return (
            day in self.facts.working_days
            and day not in self.facts.away
            and not territory.rep.meetings_on(day)
            and all(row.is_planned for row in rows)
            and not any(use.channel.name == CALL for use in uses)
            and is_plain(territory, day, uses)
        )


def put_away(plan: Plan, due: Due, spot: Spot, coming: Coming, change: NightAway) -> Plan:
    """The plan with a visit that is owed and a night at its place, both days driven anew.

    The visit is the last of the evening, or the first of the morning after.
    """
    new, account_id = coming.at(plan.territory, due, spot), due.account.account_id
    rep, place = plan.territory.rep, evolve(due.account.place, extra_minutes=0)
    evening, morning = change.evening, change.evening + _A_DAY
    before = _Day(plan, evening, (rep.place_on(evening), place)).touches(
        new, at_end=True, night=account_id
    )
    after = _Day(plan, morning, (place, rep.place_on(morning))).touches(new, at_end=False, night="")
    there = {touch.touch_id: touch for touch in (*before, *after)}
    touches = tuple(there.get(touch.touch_id, touch) for touch in (*plan.touches, new))
    return evolve(plan, touches=touches, left_out=without(plan, due, new.touch_id), levels=())


@frozen(eq=False)
class _Day:
    plan: Plan
    date: dt.date
    ends: tuple[Place, Place]

    def touches(self, new: Touch, *, at_end: bool, night: str) -> tuple[Touch, ...]:
        """The visits of the day by their tour, the new one first or last if it is its day."""
        there = visits_on(self.plan, self.date)
        order = list(dict.fromkeys(touch.account_id for touch in there))
        ways = [order, order[::-1]]
        if new.date == self.date:
            there = [*there, new]
            own = [new.account_id]
            others = [[one for one in way if one != new.account_id] for way in ways]
            ways = [[*way, *own] if at_end else [*own, *way] for way in others]
        order = min(ways, key=self._minutes)
        return driven(self.plan.territory, there, order, ends=self.ends, night=night)

    def _minutes(self, order: Sequence[str]) -> int:
        places = [place_of(self.plan.territory, one) for one in order]
        return tour_between(self.plan.territory.travel, self.ends, places).minutes
