"""Jobs made of what is owed: by which channels, on which days, within which window."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from attrs import evolve

from campaign.consequences import Begun
from campaign.demand import Demand, Owed, is_courtesy, open_days, person_of
from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.channels import CALL
from campaign.model.post import days_in_post
from campaign.model.runs import asked_from
from campaign.planner.day_schedule import ALWAYS, Timing
from campaign.planner.instance.horizon import Days, Horizon, Mask
from campaign.planner.instance.jobs import NO_LINE, Job, TimeWindow, Way
from campaign.planner.problem.fixed_assignments import to_replan
from campaign.workdays import plain

R8_WORKING_DAYS = 5


class OwedJobs:
    """Turns what is owed into jobs; remembers open days, which many touches share."""

    def __init__(
        self,
        owed: Demand,
        horizon: Horizon,
        timing: Timing,
        there_and_back: Callable[[int], Days],
        *,
        begun: Begun | None,
    ) -> None:
        self._territory = owed.territory
        self._demand, self._horizon, self._begun = owed, horizon, begun
        self._timing, self._there_and_back = timing, there_and_back
        self._channels = list(owed.territory.channels)
        self._people: dict[tuple[str, str], int] = {}
        self._accounts = {a.account_id: n for n, a in enumerate(owed.territory.active_accounts)}
        self._index = {touch.touch_id: n for n, touch in enumerate(owed.owed)}
        self._open: dict[tuple[object, ...], Mask] = {}

    def all(self) -> list[Job]:
        """One job for everything owed, in its order."""
        return [self._job(number, owed) for number, owed in enumerate(self._demand.owed)]

    def way_of(self, owed: Owed, channel: str, start: int | None = None) -> Way | None:
        """The way of an owed touch by a channel, allowed or not; None for none of ours.

        A call at a `start` that is given is at no other time.
        """
        if channel not in self._channels:
            return None
        way = self._way(owed, channel)
        if start is None or not way.is_call:
            return way
        return evolve(
            way, hours=self._timing.clock.hours_of_appointment((start, start + way.minutes))
        )

    def _job(self, number: int, owed: Owed) -> Job:
        purpose, run = self._territory.purposes.get(owed.step.purpose), owed.run
        is_main = run is not None and run.is_main
        return Job(
            number,
            self._accounts[owed.account.account_id],
            self._people.setdefault(person_of(self._territory, owed), len(self._people)),
            self._index.get(owed.follows, -1),
            self._window(owed),
            required=owed.step.required,
            courtesy=is_courtesy(self._territory, owed),
            selling=purpose is not None and purpose.selling,
            is_spine=run is not None and is_main and owed.step.name in spine_of(run.cadence),
            ways=tuple(self._ways(owed)),
            is_duty=owed.is_duty,
        )

    def _window(self, owed: Owed) -> TimeWindow:
        territory, whole = self._territory, self._horizon.size
        position = territory.calendar.position
        if owed.promise is not None:
            # From the eve; its ideal is the day from which it would not be early enough.
            channel = owed.wanted_channels[0]
            post = days_in_post(territory, channel, owed.account, owed.person)
            last = position(plain(owed.promise.due)) - post
            early = territory.courtesy.promise_early
            return TimeWindow(1, last - early, last, whole + abs(last))
        if owed.opens:
            # From the eve, in working days of the rep (R8).
            since = self._heard_from(owed)
            days = [day for day in territory.calendar.working_days if day >= since]
            positions = [self._horizon.positions[day] for day in days[:R8_WORKING_DAYS]]
            first, last = (positions[0], positions[-1]) if positions else (whole, whole)
            return TimeWindow(first, first, last, whole)
        gap, late = gap_of(owed.step, whole), owed.step.most_late
        window = TimeWindow(gap.least, gap.ideal, gap.most, whole if late is None else late)
        if owed.sent and not owed.follows:
            return window.from_position(asked_from(territory, owed.sent))
        answered = owed.run.answer.kept_on if owed.run and owed.run.answer else None
        # What makes a complaint good, without a parent that is owed, counts from the day it was
        # heard.
        if answered is None or owed.follows in self._index:
            return window
        return window.from_position(position(plain(answered)))

    def _heard_from(self, owed: Owed) -> dt.date:
        """The day from which a grievance is to be heard."""
        start, heard = self._territory.start, owed.account.grievance_since
        since = max(start, heard or start)
        wait = self._begun.found.wait_of(owed.person.contact_id) if self._begun else None
        return max(since, wait.until) if wait else since

    def _ways(self, owed: Owed) -> Iterator[Way]:
        """The ways of an owed touch; after one that some day could hold come second choices."""
        stop, room = self._accounts[owed.account.account_id], self._horizon.day_room
        # A later choice is a second one only where some day could have held an earlier one.
        is_open = visited = False
        for name in owed.channels:
            way, used = self._way(owed, name), self._territory.channels[name]
            drive = self._there_and_back(stop) if way.travels else 0
            has_room = 0 not in (used.per_day, used.per_week)
            is_possible = has_room and bool((way.open & (room >= way.minutes + drive)).any())
            yield evolve(
                way,
                is_second=is_open and not owed.opens,
                is_possible=is_possible,
                is_instead=owed.opens and visited and not way.travels,
            )
            visited = visited or (is_possible and way.travels)
            is_open = is_open or is_possible

    def _way(self, owed: Owed, name: str) -> Way:
        channel, is_call = self._territory.channels[name], name == CALL
        # A call that keeps distance shares the line of others with the same number.
        keeps = is_call and not is_courtesy(self._territory, owed)
        return Way(
            self._channels.index(name),
            owed.account.minutes_by(channel),
            days_in_post(self._territory, name, owed.account, owed.person),
            travels=channel.travels,
            open=self._mask(owed, name),
            is_call=is_call,
            hours=self._hours(owed, name),
            line=self._territory.line_of(owed.account, owed.person) if keeps else NO_LINE,
        )

    def _hours(self, owed: Owed, channel: str) -> int:
        """The number of the hours in which a touch may stand."""
        if self._territory.channels[channel].travels:
            return self._timing.clock.hours_of_visits(owed.account)
        if channel != CALL:
            return ALWAYS
        # A further attempt keeps away from the times at which it was tried in vain.
        opened = to_replan(self._begun, owed) if self._begun else None
        tried_at = opened.again.not_at if opened and opened.again else ()
        return self._timing.clock.hours_of_calls(owed.account, owed.person, tried_at)

    def _mask(self, owed: Owed, channel: str) -> Mask:
        promise = owed.promise
        bound = (is_courtesy(self._territory, owed), promise is None, owed.opens)
        of_it = (promise.not_before, promise.is_answer) if promise else ()
        key = (owed.account.account_id, owed.person.contact_id, channel, bound, of_it)
        # Many touches share their open days: those of one person by one channel, mostly.
        if key not in self._open:
            mask = np.zeros(self._horizon.size, dtype=bool)
            for day in open_days(self._territory, owed, channel):
                position = self._horizon.positions[day]
                mask[position] = self._is_open(owed, channel, position)
            self._open[key] = mask
        if not owed.opens:
            return self._open[key]
        heard_from = self._horizon.position_from(self._heard_from(owed))
        return np.asarray(self._open[key] & (self._horizon.places >= heard_from))

    def _is_open(self, owed: Owed, channel: str, position: int) -> bool:
        """Whether the hours of a day hold the touch, the drive from home and back considered.

        With nights away nobody knows yet where the day starts and ends.
        """
        used, hours = self._territory.channels[channel], self._hours(owed, channel)
        clock, minutes = self._timing.clock, owed.account.minutes_by(used)
        if hours == ALWAYS:
            return True
        if used.travels and not clock.meets(position, owed.account, owed.person):
            return False
        if not used.travels or self._territory.travel.overnight:
            return clock.holds(position, hours, minutes)
        stop = self._accounts[owed.account.account_id] + 1
        return self._timing.tour(position, {stop: minutes}) is not None


def gap_of(step: Step, whole: int) -> Gap:
    """The business days of a step after its parent; for a root, after the eve.

    Of a root the first day is the ideal one where it names none.
    """
    if step.after is not None:
        return step.gap or Gap(0, whole, ideal=0)
    if step.within is not None:
        return Gap(1, step.within, ideal=1)
    if step.gap is None:
        return Gap(1, whole, ideal=1)
    least, most = step.gap.least + 1, step.gap.most + 1
    return Gap(least, most, ideal=step.gap.ideal + 1 if step.gap.is_wished else least)


@cache
def spine_of(cadence: Cadence) -> frozenset[str]:
    """The steps of the longest line of required steps from a root, the first of equals."""
    lines = [
        [step.name, *(above.name for above in cadence.path(step))]
        for step in cadence.steps
        if step.required
    ]
    longest = max(map(len, lines), default=0)
    return frozenset(next((line for line in lines if len(line) == longest), ()))
