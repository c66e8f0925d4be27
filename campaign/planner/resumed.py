"""A campaign that has begun in integers: facts, windows that count from them, days left.

What is done and what is pinned are *facts*: jobs that stand in every placement of their
account and take what they took from the calendar. Steps that follow a fact become roots,
their windows reckoned from it; no touch may stand on a day that is over, and on the frozen
ones only what stood there, or cannot wait.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from campaign.consequences import Attempt, Begun
from campaign.demand import Demand, Owed
from campaign.planner.horizon import Days, Horizon, Mask
from campaign.planner.work import Behind, Fact, Job, Placed, Way
from campaign.rules.levels import reaches
from campaign.touches import PROMISES, Status, Touch, attempt
from campaign.workdays import plain

_ONE_DAY = dt.timedelta(days=1)
_NO_CHANNEL = -1

WayOf = Callable[[Owed, str], Way | None]
"""The way of an owed touch by a channel; None for one that the territory has not."""


@frozen
class Opened:
    """A touch that is to be planned: the id of its row, and the row that stands until now.

    `again` is the further attempt that it is, if it is one.
    """

    touch_id: str
    before: Touch | None = None
    again: Attempt | None = None


@frozen(eq=False)
class Spent:
    """The minutes and the uses of channels that are gone, by position and by week."""

    day: Days
    week: Days
    day_uses: Days
    week_uses: Days


@frozen(eq=False)
class Resumed:
    """What a begun campaign leaves to plan.

    `opened` are the touches to plan, by job; `settled` the facts of each account, `openings`
    those with which a grievance account has opened; `blocked` are accounts whose opening
    the rep has given up, so that nothing may follow. `stood` are the minutes of each position
    that other touches than duties took before.
    """

    begun: Begun = field(repr=False)
    opened: Mapping[int, Opened]
    settled: Mapping[int, tuple[Placed, ...]]
    openings: Mapping[int, int]
    blocked: frozenset[int]
    spent: Spent
    stood: Days


def opened_of(begun: Begun, owed: Owed) -> Opened | None:
    """What is to be planned of an owed touch; None where nothing is."""
    rows = begun.tried.get(owed.touch_id, ())
    again = begun.attempts.get(owed.touch_id)
    if rows and rows[-1].status is Status.PLANNED:
        last = rows[-1]
        return None if last.pinned else Opened(last.touch_id, last, again)
    if again is not None:
        return Opened(again.touch_id, again=again)
    return None if rows else Opened(owed.touch_id)


class Resuming:
    """From the jobs of a territory to those of a campaign that has begun."""

    def __init__(
        self, begun: Begun, owed: Demand, horizon: Horizon, jobs: tuple[Job, ...], way_of: WayOf
    ) -> None:
        self._begun = begun
        self._territory = begun.now
        self._demand = owed
        self._horizon = horizon
        self._fresh = jobs
        self._way_of = way_of
        self._accounts = {a.account_id: n for n, a in enumerate(self._territory.active_accounts)}
        self._people = {
            (one.account.account_id, one.person.contact_id): job.person
            for one, job in zip(owed.owed, jobs, strict=True)
        }
        self._numbers = {one.touch_id: number for number, one in enumerate(owed.owed)}
        self._opened = {
            number: opened
            for number, one in enumerate(owed.owed)
            if (opened := opened_of(begun, one))
        }
        self._facts = [row for row in begun.rows if self._is_fact(row)]
        self._first = self._position_from(begun.day)
        self._free = self._position_from(begun.first_free)

    def _is_fact(self, row: Touch) -> bool:
        return (row.is_done and not row.is_heard) or self._is_pinned(row)

    def _is_pinned(self, row: Touch) -> bool:
        """Whether a row stays where the rep has put it: it is owed to somebody still."""
        owed = self._owed(row)
        return (
            row.status is Status.PLANNED
            and row.pinned
            and owed is not None
            and not (owed.account.do_not_contact or owed.person.do_not_contact)
        )

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """Every job of the territory, the open ones with their windows, then the facts."""
        jobs = [self._resumed(job) if job.index in self._opened else job for job in self._fresh]
        return (*jobs, *(self._fact_jobs.values()))

    def resumed(self) -> Resumed:
        """What the campaign leaves to plan."""
        settled: dict[int, tuple[Placed, ...]] = {}
        for job in self._fact_jobs.values():
            if job.account >= 0 and job.fact is not None:
                placed = Placed(job.index, 0, self._within(job.fact.row.day))
                settled[job.account] = (*settled.get(job.account, ()), placed)
        openings = dict(self._openings())
        return Resumed(
            self._begun,
            self._opened,
            settled,
            openings,
            frozenset(self._blocked(openings)),
            self._spent(),
            self._stood(),
        )

    # What is a fact.

    @cached_property
    def _fact_jobs(self) -> dict[str, Job]:
        """The facts as jobs, by touch id."""
        first, people = len(self._fresh), dict(self._people)
        found: dict[str, Job] = {}
        for number, row in enumerate(self._facts, start=first):
            person = people.setdefault((row.account_id, row.contact_id), len(people))
            found[row.touch_id] = self._fact_job(number, person, row)
        return found

    def _fact_job(self, number: int, person: int, row: Touch) -> Job:
        owed = self._owed(row)
        way = self._way_of(owed, row.channel) if owed and self._is_ahead(row) else None
        purpose = self._territory.purposes.get(row.purpose)
        is_promise = row.cadence == PROMISES
        return Job(
            number,
            self._accounts.get(row.account_id, -1),
            person,
            -1,
            0,
            self._horizon.size,
            0,
            required=owed.step.required if owed else row.required,
            courtesy=is_promise or purpose is None or purpose.courtesy,
            selling=purpose is not None and purpose.selling,
            is_spine=False,
            ways=(way or self._way_taken(row),),
            fact=Fact(
                row,
                counts=owed is not None and self._stands_by(owed) is row and not self._is_open(row),
                reaches=reaches(self._territory, row),
                is_free=is_promise or (row.pinned and not row.is_done),
                is_driven=way is not None,
            ),
        )

    def _is_ahead(self, row: Touch) -> bool:
        """Whether a pinned row stands on a day that the planner fills."""
        return row.status is Status.PLANNED and row.date in self._positions

    def _is_open(self, row: Touch) -> bool:
        return self._numbers.get(attempt(row)[0], -1) in self._opened

    def _way_taken(self, row: Touch) -> Way:
        """The way of something done: it takes its minutes, and no hours any more."""
        channel = self._territory.channels.get(row.channel)
        names = list(self._territory.channels)
        return Way(
            names.index(row.channel) if channel else _NO_CHANNEL,
            row.day_minutes,
            channel.days_in_post if channel else 0,
            is_post=channel is not None and channel.is_post,
            travels=False,
            open=np.zeros(self._horizon.size, dtype=bool),
            rank=0,
        )

    def _owed(self, row: Touch) -> Owed | None:
        return self._demand.by_id.get(attempt(row)[0])

    def _stands_by(self, owed: Owed) -> Touch | None:
        """The fact by which an owed touch stands: its latest."""
        tried = self._begun.tried.get(owed.touch_id, ())
        rows = [row for row in tried if self._is_fact(row)]
        return max(rows, key=lambda row: (row.day, row.touch_id), default=None)

    def _openings(self) -> Iterator[tuple[int, int]]:
        for number, owed in enumerate(self._demand.owed):
            row = self._stands_by(owed)
            if owed.opens and row is not None and number not in self._opened:
                yield self._fresh[number].account, self._fact_jobs[row.touch_id].index

    def _blocked(self, openings: Mapping[int, int]) -> Iterator[int]:
        for number, owed in enumerate(self._demand.owed):
            account = self._fresh[number].account
            if owed.opens and number not in self._opened and account not in openings:
                yield account

    # What is used up.

    def _spent(self) -> Spent:
        horizon, channels = self._horizon, list(self._territory.channels)
        weeks = len(horizon.week_capacity)
        spent = Spent(
            np.zeros(horizon.size, dtype=np.int64),
            np.zeros(weeks, dtype=np.int64),
            np.zeros((len(channels), horizon.size), dtype=np.int64),
            np.zeros((len(channels), weeks), dtype=np.int64),
        )
        calendar = self._territory.calendar
        for job in self._fact_jobs.values():
            assert job.fact is not None  # noqa: S101 (made so above)
            row, channel = job.fact.row, job.ways[0].channel
            if job.fact.is_driven or not calendar.start <= row.day <= calendar.end:
                continue
            week, position = calendar.week(row.day), self._positions.get(row.day, 0)
            spent.week[week] += row.day_minutes
            spent.day[position] += row.day_minutes if position else 0
            if channel != _NO_CHANNEL:
                spent.week_uses[channel, week] += 1
                spent.day_uses[channel, position] += 1
        return spent

    def _stood(self) -> Days:
        """The minutes of each position that the rows before took, promises and openings apart."""
        stood = np.zeros(self._horizon.size, dtype=np.int64)
        for number, opened in self._opened.items():
            owed, row = self._demand.owed[number], opened.before
            if row is not None and owed.promise is None and not owed.opens:
                stood[self._positions.get(row.date, 0)] += row.day_minutes
        return stood

    # What is left to plan.

    def _resumed(self, job: Job) -> Job:
        opened, owed = self._opened[job.index], self._demand.owed[job.index]
        job = self._from_anchor(job, owed)
        ways = [way for way in job.ways if self._may_try(opened.again, way)]
        before = self._before(opened)
        open_ = self._days(job, owed, opened, before)
        return evolve(
            job,
            ways=tuple(evolve(way, open=way.open & open_) for way in ways),
            before=before,
            is_frozen=before is not None and before[0] < self._free,
            beside=job.beside | self._own_attempts(owed),
            behind=self._behind(owed),
        )

    def _may_try(self, again: Attempt | None, way: Way) -> bool:
        return again is None or list(self._territory.channels)[way.channel] in again.channels

    def _before(self, opened: Opened) -> tuple[int, int] | None:
        """The position and the channel by which a touch stands until now."""
        row = opened.before
        if row is None or row.date not in self._positions:
            return None
        names = list(self._territory.channels)
        if row.channel not in names:
            return None
        return self._positions[row.date], names.index(row.channel)

    def _own_attempts(self, owed: Owed) -> frozenset[int]:
        rows = self._begun.tried.get(owed.touch_id, ())
        return frozenset(
            self._fact_jobs[row.touch_id].index for row in rows if row.touch_id in self._fact_jobs
        )

    def _days(self, job: Job, owed: Owed, opened: Opened, before: tuple[int, int] | None) -> Mask:
        """The positions on which a touch may stand at all."""
        found = np.zeros(self._horizon.size, dtype=bool)
        is_again = opened.again is not None and opened.again.after.is_done
        cannot_wait = owed.promise is not None or owed.opens or is_again
        ends_frozen = job.parent < 0 and job.most < self._free
        first = self._first if cannot_wait or ends_frozen else self._free
        if opened.again is not None and opened.again.after.is_done:
            after = opened.again.after.day
            soonest = plain(after) + _ONE_DAY if owed.promise else opened.again.first
            first = max(first, self._position_from(soonest))
        found[first:] = True
        if before is not None and before[0] >= self._first:
            found[before[0]] = True
        if owed.promise is None:
            found[: self._asked_for(owed)] = False
        return found

    def _asked_for(self, owed: Owed) -> int:
        """The position before which the person is left in peace."""
        wait = self._begun.found.wait_of(owed.account.account_id, owed.person.contact_id)
        if wait is None:
            return 0
        return max(0, self._territory.calendar.position(plain(wait.until) - _ONE_DAY) + 1)

    def _from_anchor(self, job: Job, owed: Owed) -> Job:
        """The job with its window: below an open step as it was, else from a fact or the eve."""
        if owed.promise is not None or owed.opens:
            return job
        least, most, ideal, above = job.least, job.most, job.ideal, job.parent
        while above >= 0:
            row = self._stands_by(self._demand.owed[above])
            if above in self._opened:
                return evolve(job, parent=above, least=least, most=most, ideal=ideal)
            if row is not None:
                return self._after_fact(job, owed, row, (least, most, ideal))
            parent = self._fresh[above]
            least, most, ideal = least + parent.least, most + parent.most, ideal + parent.ideal
            above = parent.parent
        late = self._today if self._begun.day > self._territory.start else 0
        asked = self._asked_for(owed)
        return evolve(
            job,
            parent=-1,
            least=max(least, asked),
            most=max(late, asked) + most,
            ideal=ideal,
        )

    def _after_fact(self, job: Job, owed: Owed, row: Touch, gap: tuple[int, int, int]) -> Job:
        """The job as a root whose window counts from a fact."""
        anchor, asked = self._effective(row), self._asked_for(owed)
        return evolve(
            job,
            parent=-1,
            least=max(asked, anchor + gap[0]),
            most=max(anchor, self._today, asked) + gap[1],
            ideal=anchor + gap[2],
            beside=job.beside | {self._fact_jobs[row.touch_id].index},
        )

    def _behind(self, owed: Owed) -> Behind | None:
        """The earlier attempt that stands while no later one does."""
        row = self._stands_by(owed)
        if row is None:
            return None
        anchor = self._effective(row)
        return Behind(self._fact_jobs[row.touch_id].index, anchor, max(anchor, self._today))

    def _effective(self, row: Touch) -> int:
        """The position from which followers count: of the latest arrival, or of the day."""
        channel = self._territory.channels.get(row.channel)
        in_post = channel.days_in_post if channel else 0
        return self._territory.calendar.position(plain(row.day)) + in_post

    # Positions.

    @cached_property
    def _positions(self) -> Mapping[dt.date, int]:
        return {day: position for position, day in enumerate(self._horizon.dates, start=1)}

    @cached_property
    def _today(self) -> int:
        return self._territory.calendar.position(self._begun.day)

    def _within(self, day: dt.date) -> int:
        """The position of a day, that of the eve or of the last day for one outside."""
        return min(max(0, self._territory.calendar.position(plain(day))), self._horizon.size - 1)

    def _position_from(self, day: dt.date) -> int:
        """The first position on or after a day."""
        return bisect_left(self._horizon.dates, plain(day)) + 1
