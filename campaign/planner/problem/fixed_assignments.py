"""What is a fact of a campaign that has begun: done, or pinned by the rep.

Facts are jobs that stand in every placement of their account and take what they took from
the calendar.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import numpy as np
from attrs import field, frozen

from campaign.consequences import Attempt, Begun
from campaign.demand import Demand, Owed, person_of
from campaign.model.channels import CALL
from campaign.model.post import days_in_post_of
from campaign.model.territory import Territory
from campaign.planner.instance.horizon import Horizon
from campaign.planner.instance.jobs import (
    NO_LINE,
    Assignment,
    Fact,
    Job,
    Placement,
    TimeWindow,
    Way,
)
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

    @property
    def unanswered(self) -> Attempt | None:
        """The further attempt that it is, at somebody who was not reached."""
        return self.again if self.again is not None and self.again.after.is_done else None


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
class FixedAssignments:
    """The facts of a campaign that has begun, beside the jobs of its territory.

    `fresh` are those jobs as if nothing had begun, in the order of the demand.
    """

    begun: Begun = field(repr=False)
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
        territory, found = self.territory, dict[str, Job]()
        accounts = {one.account_id: n for n, one in enumerate(territory.active_accounts)}
        people = {
            person_of(territory, one): job.person
            for one, job in zip(self.demand.owed, self.fresh, strict=True)
        }
        rows = (row for row in self.begun.rows if self._is_fact(row))
        # Numbered after all that is owed, so that no index of a job moves.
        for number, row in enumerate(rows, start=len(self.fresh)):
            key = row.account_id, territory.person_of(row.contact_id)
            person, account = people.setdefault(key, len(people)), accounts.get(row.account_id, -1)
            found[row.touch_id] = self._job((number, account, person), row)
        return found

    @cached_property
    def _open_ids(self) -> frozenset[str]:
        return frozenset(self.demand.owed[number].touch_id for number in self.opened)

    def _owed(self, row: Touch) -> Owed | None:
        return self.demand.by_id.get(attempt(row)[0])

    def _is_fact(self, row: Touch) -> bool:
        return (row.is_done and not row.is_heard) or self._is_pinned(row)

    def _is_pinned(self, row: Touch) -> bool:
        """Whether a row stays where the rep has put it: it is owed to somebody still."""
        owed = self._owed(row)
        is_planned = row.status is Status.PLANNED and row.pinned
        return is_planned and owed is not None and not owed.is_refused

    def _job(self, numbers: tuple[int, int, int], row: Touch) -> Job:
        owed, purpose = self._owed(row), self.territory.purposes.get(row.purpose)
        # A pinned row on a day that the planner fills is driven and timed with the others.
        is_ahead = row.status is Status.PLANNED and row.date in self.horizon.positions
        way = self.way_of(owed, row.channel, row.start) if owed and is_ahead else None
        is_promise = row.cadence == PROMISES
        return Job(
            *numbers,
            -1,
            TimeWindow(0, 0, self.horizon.size, 0),
            required=owed.step.required if owed else row.required,
            courtesy=is_promise or purpose is None or purpose.courtesy,
            selling=purpose is not None and purpose.selling,
            is_spine=False,
            ways=(way or self._way_taken(row),),
            is_duty=is_promise or (owed is not None and owed.is_duty),
            fact=Fact(row, is_promise or (row.pinned and not row.is_done), way is not None),
            counts=owed is not None
            and self.stands_by(owed) is row
            and owed.touch_id not in self._open_ids,
            reaches=reaches(self.territory, row),
        )

    def _way_taken(self, row: Touch) -> Way:
        """The way of something done: it takes its minutes, and no hours any more."""
        territory, line = self.territory, NO_LINE
        purpose = territory.purposes.get(row.purpose)
        keeps_distance = row.cadence != PROMISES and purpose is not None and not purpose.courtesy
        if row.channel == CALL and keeps_distance:
            accounts = {one.account_id: one for one in territory.accounts}
            people = {one.contact_id: one for one in territory.contacts_of(row.account_id)}
            line = territory.line_of(accounts.get(row.account_id), people.get(row.contact_id))
        is_known = row.channel in territory.channels
        return Way(
            self.channels.index(row.channel) if is_known else _NO_CHANNEL,
            row.day_minutes,
            days_in_post_of(territory, row.channel, row.account_id, row.contact_id),
            travels=False,
            open=np.zeros(self.horizon.size, dtype=bool),
            line=line,
        )

    # What stands by them.

    def stands_by(self, owed: Owed) -> Touch | None:
        """The fact by which an owed touch stands: its latest."""
        rows = filter(self._is_fact, self.begun.tried.get(owed.touch_id, ()))
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

    @cached_property
    def settled(self) -> Mapping[int, Placement]:
        """The facts of each account on their days; outside of those on the nearest end."""
        found: dict[int, Placement] = {}
        for job, fact in self._facts:
            position = self.territory.calendar.position(plain(fact.row.day))
            within = min(max(0, position), self.horizon.size - 1)
            if job.account >= 0:
                placed = Assignment(job.index, 0, within)
                found[job.account] = (*found.get(job.account, ()), placed)
        return found

    @property
    def _facts(self) -> Iterator[tuple[Job, Fact]]:
        return ((job, job.fact) for job in self.jobs.values() if job.fact)

    @cached_property
    def openings(self) -> Mapping[int, int]:
        """By account whose opening is not to be planned any more, the fact it was; -1 for none."""
        rows = {
            self.fresh[number].account: self.stands_by(owed)
            for number, owed in enumerate(self.demand.owed)
            if owed.opens and number not in self.opened
        }
        return {
            account: self.jobs[row.touch_id].index if row else -1 for account, row in rows.items()
        }

    @cached_property
    def blocked(self) -> frozenset[int]:
        """The accounts whose opening the rep has given up, so that nothing may follow."""
        return frozenset(account for account, fact in self.openings.items() if fact < 0)

    @cached_property
    def spent(self) -> list[tuple[int, int, int, int]]:
        """What is gone: positions (0 for none), weeks, minutes, and channels (-1 for none)."""
        calendar, positions = self.territory.calendar, self.horizon.positions
        gone = ((job.ways[0], fact.row.day) for job, fact in self._facts if not fact.is_driven)
        return [
            (positions.get(day, 0), calendar.week(day), way.minutes, way.channel)
            for way, day in gone
            if calendar.start <= day <= calendar.end
        ]
