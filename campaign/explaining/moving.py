"""Touches that follow one that comes in: where its window is another then, they move along."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, frozen

from campaign.explaining.putting import Spot
from campaign.model.post import days_in_post
from campaign.rules import Fault, Violation, window_of
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.touches import Plan, Touch
from campaign.workdays import plain


@frozen
class Move:
    """One touch of the plan that goes to another day."""

    touch_id: str
    step: str
    before: dt.date
    after: dt.date


@frozen
class Along:
    """Moves the followers of one touch; `has_room` says whether a day can hold one of them.

    What stands on a day before `free_from` is frozen there.
    """

    facts: Facts
    has_room: Callable[[Due, Spot], bool]
    broken: Callable[[Plan, Due], Iterable[Violation]]
    free_from: dt.date

    def moved(self, plan: Plan, due: Due) -> tuple[Plan, tuple[Move, ...]] | None:
        """The plan with every follower in its window, and what moved; None if one cannot.

        Each goes to the nearest day that it can stand on. Visits, pins, what is frozen
        and what is logged are never moved.
        """
        moves: list[Move] = []
        for follower in followers_of(self.facts, due):
            touch = next(t for t in plan.touches if t.touch_id == follower.touch_id)
            first, last = window_of(plan, touch)
            if first <= touch.date <= last:
                continue
            found = self._elsewhere(plan, follower, touch, (first, last))
            if found is None:
                return None
            plan, day = found
            moves.append(Move(touch.touch_id, touch.step, plain(touch.date), day))
        return plan, tuple(moves)

    def _elsewhere(
        self, plan: Plan, due: Due, touch: Touch, window: tuple[dt.date, dt.date]
    ) -> tuple[Plan, dt.date] | None:
        channel = plan.territory.channels[touch.channel]
        if channel.travels or touch.pinned or touch.date < self.free_from:
            return None
        in_post = days_in_post(plan.territory, touch.channel, due.account, due.person)
        days = [day for day in self.facts.working_days if window[0] <= day <= window[1]]
        for day in sorted(days, key=lambda day: (abs(day - plain(touch.date)), day)):
            arrives = self.facts.after(day, in_post) if channel.is_post else None
            there = evolve(touch, date=day, arrives=arrives, start=None, end=None)
            touches = (there if one is touch else one for one in plan.touches)
            tried = evolve(plan, touches=tuple(touches))
            if self.has_room(due, Spot(touch.channel, day)) and not self._is_at_fault(
                tried, due, day
            ):
                return tried, day
        return None

    def _is_at_fault(self, plan: Plan, due: Due, day: dt.date) -> bool:
        return any(
            one.touch_id == due.touch_id or (one.fault is Fault.TWICE_A_DAY and one.date == day)
            for one in self.broken(plan, due)
        )


def followers_of(facts: Facts, due: Due) -> Iterator[Due]:
    """The planned touches that come after one on its path, in the order of the cadence."""
    for other in facts.dues.values():
        row = facts.placed.get(other.touch_id)
        if row and row.is_planned and due.touch_id in _path(facts, other):
            yield other


def _path(facts: Facts, due: Due) -> Iterator[str]:
    while due.parent_id in facts.dues:
        yield due.parent_id
        due = facts.dues[due.parent_id]
