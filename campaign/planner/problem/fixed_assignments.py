"""What is a fact of a campaign that has begun: done, or pinned by the rep.

Facts are jobs that stand in every placement of their account and take what they took from
the calendar.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import numpy as np
from attrs import field, frozen

from campaign.consequences import Attempt, Begun
from campaign.demand import Demand, Owed, person_of
from campaign.model.channels import CALL
from campaign.model.post import days_in_post_of
from campaign.model.territory import Territory
from campaign.planner.instance.horizon import Days, Horizon
from campaign.planner.instance.jobs import NO_LINE, Assignment, Fact, Job, Way
from campaign.planner.instance.time_windows import TimeWindow
from campaign.rules.levels import reaches
from campaign.touches import PROMISES, Status, Touch, attempt
from campaign.workdays import plain

_NO_CHANNEL = -1

WayOf = Callable[[Owed, str, int | None], Way | None]
"""The way of an owed touch by a channel, at a time that is given; None for no such channel."""


@frozen
class ToReplan:
    """A touch that is to be planned: the id of its row, and the row that stands until now.

    `again` is the further attempt that it is, if it is one.
    """

    touch_id: str
    before: Touch | None = None
    again: Attempt | None = None


def to_replan(begun: Begun, owed: Owed) -> ToReplan | None:
    """What is to be planned of an owed touch; None where nothing is."""
    rows = begun.tried.get(owed.touch_id, ())
    again = begun.attempts.get(owed.touch_id)
    if rows and rows[-1].status is Status.PLANNED:
        last = rows[-1]
        stays = last.pinned and not owed.is_refused
        is_over = begun.found.overtaken_by(last) is not None
        return None if stays or is_over else ToReplan(last.touch_id, last, again)
    if again is not None:
        return ToReplan(again.touch_id, again=again)
    return None if rows else ToReplan(owed.touch_id)


@frozen(eq=False)
class Spent:
    """The minutes and the uses of channels that are gone, by position and by week."""

    day: Days
    week: Days
    day_uses: Days
    week_uses: Days


@frozen(eq=False)
class FixedAssignments:
    """The facts of a campaign that has begun, beside the jobs of its territory.

    `fresh` are those jobs as if nothing had begun, in the order of the demand.
    """

    begun: Begun
    demand: Demand
    horizon: Horizon
    fresh: tuple[Job, ...]
    way_of: WayOf = field(kw_only=True)

    @property
    def territory(self) -> Territory:
        """The territory with what the rows say of it."""
        return self.begun.now

    @cached_property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels, by their numbers."""
        return tuple(self.territory.channels)

    @cached_property
    def opened(self) -> Mapping[int, ToReplan]:
        """The touches that are to be planned, by job."""
        found = (to_replan(self.begun, one) for one in self.demand.owed)
        return {number: opened for number, opened in enumerate(found) if opened}

    @cached_property
    def jobs(self) -> Mapping[str, Job]:
        """The facts as jobs, by touch id; they are numbered after those of the territory."""
        people = {
            person_of(self.territory, one): job.person
            for one, job in zip(self.demand.owed, self.fresh, strict=True)
        }
        rows = (row for row in self.begun.rows if self._is_fact(row))
        found: dict[str, Job] = {}
        # Numbered after all that is owed, so that no index of a job moves.
        for number, row in enumerate(rows, start=len(self.fresh)):
            person = people.setdefault(self._person(row), len(people))
            found[row.touch_id] = self._job(number, person, row)
        return found

    def _person(self, row: Touch) -> tuple[str, str]:
        return row.account_id, self.territory.person_of(row.contact_id)

    def _is_fact(self, row: Touch) -> bool:
        return (row.is_done and not row.is_heard) or self._is_pinned(row)

    def _is_pinned(self, row: Touch) -> bool:
        """Whether a row stays where the rep has put it: it is owed to somebody still."""
        owed = self._owed(row)
        return (
            row.status is Status.PLANNED and row.pinned and owed is not None and not owed.is_refused
        )

    def _job(self, number: int, person: int, row: Touch) -> Job:
        owed = self._owed(row)
        # A pinned row on a day that the planner fills is driven and timed with the others.
        is_ahead = row.status is Status.PLANNED and row.date in self.horizon.positions
        way = self.way_of(owed, row.channel, row.start) if owed and is_ahead else None
        purpose = self.territory.purposes.get(row.purpose)
        is_promise = row.cadence == PROMISES
        return Job(
            number,
            self._accounts.get(row.account_id, -1),
            person,
            -1,
            TimeWindow(0, 0, self.horizon.size, 0),
            required=owed.step.required if owed else row.required,
            courtesy=is_promise or purpose is None or purpose.courtesy,
            selling=purpose is not None and purpose.selling,
            is_spine=False,
            ways=(way or self._way_taken(row),),
            is_duty=is_promise or (owed is not None and owed.is_duty),
            fact=Fact(
                row,
                counts=owed is not None and self.stands_by(owed) is row and not self._is_open(row),
                reaches=reaches(self.territory, row),
                is_free=is_promise or (row.pinned and not row.is_done),
                is_driven=way is not None,
            ),
        )

    @cached_property
    def _accounts(self) -> Mapping[str, int]:
        return {one.account_id: n for n, one in enumerate(self.territory.active_accounts)}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {one.touch_id: number for number, one in enumerate(self.demand.owed)}

    def _is_open(self, row: Touch) -> bool:
        return self._numbers.get(attempt(row)[0], -1) in self.opened

    def _way_taken(self, row: Touch) -> Way:
        """The way of something done: it takes its minutes, and no hours any more."""
        channel, line = self.territory.channels.get(row.channel), NO_LINE
        purpose = self.territory.purposes.get(row.purpose)
        keeps_distance = row.cadence != PROMISES and purpose is not None and not purpose.courtesy
        if row.channel == CALL and keeps_distance:
            accounts = {one.account_id: one for one in self.territory.accounts}
            people = {one.contact_id: one for one in self.territory.contacts_of(row.account_id)}
            account, person = accounts.get(row.account_id), people.get(row.contact_id)
            line = self.territory.line_of(account, person)
        return Way(
            self.channels.index(row.channel) if channel else _NO_CHANNEL,
            row.day_minutes,
            days_in_post_of(self.territory, row.channel, row.account_id, row.contact_id),
            is_post=channel is not None and channel.is_post,
            travels=False,
            open=np.zeros(self.horizon.size, dtype=bool),
            rank=0,
            line=line,
        )

    def _owed(self, row: Touch) -> Owed | None:
        return self.demand.by_id.get(attempt(row)[0])

    # What stands by them.

    def stands_by(self, owed: Owed) -> Touch | None:
        """The fact by which an owed touch stands: its latest."""
        tried = self.begun.tried.get(owed.touch_id, ())
        rows = [row for row in tried if self._is_fact(row)]
        return max(rows, key=lambda row: (row.day, row.touch_id), default=None)

    def attempts_at(self, owed: Owed) -> frozenset[int]:
        """The facts that are attempts at what is owed."""
        rows = self.begun.tried.get(owed.touch_id, ())
        return frozenset(self.jobs[row.touch_id].index for row in rows if row.touch_id in self.jobs)

    @cached_property
    def pinned_after(self) -> Mapping[str, frozenset[int]]:
        """By what is owed, the pinned touches that follow it: they keep no distance from it."""
        found: dict[str, frozenset[int]] = {}
        for row in filter(self._is_pinned, self.begun.rows):
            owed = self._owed(row)
            if owed is not None and owed.follows:
                before = found.get(owed.follows, frozenset())
                found[owed.follows] = before | {self.jobs[row.touch_id].index}
        return found

    def placed(self) -> dict[int, tuple[Assignment, ...]]:
        """The facts of each account on their days; outside of those on the nearest end."""
        found: dict[int, tuple[Assignment, ...]] = {}
        for job, fact in self._facts:
            if job.account >= 0:
                placed = Assignment(job.index, 0, self._within(fact.row.day))
                found[job.account] = (*found.get(job.account, ()), placed)
        return found

    @property
    def _facts(self) -> Iterator[tuple[Job, Fact]]:
        return ((job, job.fact) for job in self.jobs.values() if job.fact)

    def _within(self, day: dt.date) -> int:
        """The position of a day, that of the eve or of the last day for one outside."""
        return min(max(0, self.territory.calendar.position(plain(day))), self.horizon.size - 1)

    def openings(self) -> dict[int, int]:
        """The facts with which grievance accounts have opened, by account."""
        found: dict[int, int] = {}
        for number, owed in self._settled_openings:
            row = self.stands_by(owed)
            if row is not None:
                found[self.fresh[number].account] = self.jobs[row.touch_id].index
        return found

    def given_up(self) -> frozenset[int]:
        """The accounts whose opening has not been made, and is not to be planned any more."""
        owed = {self.fresh[number].account for number, _ in self._settled_openings}
        return frozenset(owed.difference(self.openings()))

    @property
    def _settled_openings(self) -> Iterator[tuple[int, Owed]]:
        for number, owed in enumerate(self.demand.owed):
            if owed.opens and number not in self.opened:
                yield number, owed

    def spent(self) -> Spent:
        """What is gone of the days and the weeks."""
        horizon, channels = self.horizon, len(self.channels)
        weeks = len(horizon.week_capacity)
        spent = Spent(
            np.zeros(horizon.size, dtype=np.int64),
            np.zeros(weeks, dtype=np.int64),
            np.zeros((channels, horizon.size), dtype=np.int64),
            np.zeros((channels, weeks), dtype=np.int64),
        )
        calendar = self.territory.calendar
        for job, fact in self._facts:
            if not fact.is_driven and calendar.start <= fact.row.day <= calendar.end:
                self._spend(spent, fact.row, job.ways[0].channel)
        return spent

    def _spend(self, spent: Spent, row: Touch, channel: int) -> None:
        calendar = self.territory.calendar
        week, position = calendar.week(row.day), self.horizon.positions.get(row.day, 0)
        spent.week[week] += row.day_minutes
        spent.day[position] += row.day_minutes if position else 0
        if channel != _NO_CHANNEL:
            spent.week_uses[channel, week] += 1
            spent.day_uses[channel, position] += 1
