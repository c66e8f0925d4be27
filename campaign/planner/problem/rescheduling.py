"""A campaign that has begun in integers: what is left to plan, and within which windows.

Steps that follow a fact become roots, their windows reckoned from it. No touch may stand on
a day that is over. What stands on a frozen day stays there, but for what follows a step that
was missed: it goes with that step. What comes into those days beside it is weighed like a
change, unless it cannot wait.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from campaign.consequences import Attempt, Begun
from campaign.demand import Owed, RepairStep
from campaign.model.objective import NEAR_DAYS
from campaign.model.post import days_in_post_of
from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Assignment, EarlierAttempt, Job
from campaign.planner.instance.time_windows import TimeWindow
from campaign.planner.problem.fixed_assignments import FixedAssignments, Spent, ToReplan
from campaign.planner.problem.owed_jobs import gap_of
from campaign.touches import Touch
from campaign.workdays import Calendar, plain

_ONE_DAY = dt.timedelta(days=1)

# The search holds a move for so many times what the level counts for it. At its rates alone (a
# move is three late days, or one) it gave up a twelfth of a quarter's days each Monday for a few
# late days less; by rehearsal, `docs/explanation/replanning.md`.
_STEADY = 10


@frozen(eq=False)
class Rescheduling:
    """What a begun campaign leaves to plan.

    `opened` are the touches to plan, by job; `settled` the facts of each account, `openings`
    those with which a grievance account has opened; `blocked` are accounts whose opening
    the rep has given up, so that nothing may follow. `waiting` tells of each proof of repair
    which promises to the account come before it.
    """

    begun: Begun = field(repr=False)
    opened: Mapping[int, ToReplan]
    settled: Mapping[int, tuple[Assignment, ...]]
    openings: Mapping[int, int]
    blocked: frozenset[int]
    spent: Spent
    waiting: Mapping[int, tuple[int, ...]]


def reschedule(settled: FixedAssignments) -> tuple[tuple[Job, ...], Rescheduling]:
    """Every job of a campaign that has begun, the facts last, and what it leaves to plan."""
    left = _Left(settled)
    rest = Rescheduling(
        settled.begun,
        settled.opened,
        settled.placed(),
        settled.openings(),
        settled.given_up(),
        settled.spent(),
        left.waiting(),
    )
    return (*map(left.job, settled.fresh), *settled.jobs.values()), rest


@frozen(eq=False)
class _Left:
    """What is left to plan beside the facts."""

    settled: FixedAssignments

    def waiting(self) -> dict[int, tuple[int, ...]]:
        """What waits for promises to its account, tried or pinned too, as in a fresh campaign.

        A proof of repair for those due before it would be, were the opening on its due day,
        whatever has been done since; what asks after a promise for that one.
        """
        owed, days = self.settled.demand.owed, self._calendar
        found: dict[int, tuple[int, ...]] = {}
        for number in self.settled.opened:
            sent = owed[number].sent
            if owed[number].repairs is not RepairStep.PROOF and sent is None:
                continue
            account_id = owed[number].account.account_id
            usual = self._usual(number) if sent is None else 0
            before = tuple(
                job
                for other, one in enumerate(owed)
                if one.promise is not None
                and one.account.account_id == account_id
                and (one.promise == sent or days.position(plain(one.promise.due)) < usual)
                for job in (other, *sorted(self.settled.attempts_at(one)))
            )
            if before:
                found[number] = before
        return found

    def _usual(self, number: int) -> int:
        """Where a step would stand, were what it hangs from on its due day, and all else ideal."""
        job, owed = self.settled.fresh[number], self.settled.demand.owed[number]
        if job.parent >= 0:
            above = self.settled.fresh[job.parent]
            post = above.ways[0].days_in_post if above.ways else 0
            return self._usual(job.parent) + post + job.window.ideal
        opened = self.settled.opened.get(number)
        if owed.promise is None and not owed.opens:
            job = evolve(job, window=self._rooted(job.window, self._joined(owed), owed))
        return (self._tried_again(job, opened) if opened else job).window.due

    def job(self, job: Job) -> Job:
        """A job of the territory with its window and its days; as it is where it is settled."""
        opened, owed = self.settled.opened.get(job.index), self.settled.demand.owed[job.index]
        if opened is None:
            return job
        job = self._from_anchor(job, owed, opened)
        before = self._before(opened)
        days = self._days(owed, opened, before)
        again, channels = opened.again, self.settled.channels
        # What is owed, mends or tries again may come into the frozen days as into any other.
        is_mending = owed.run is not None and owed.run.answer is not None
        is_owed = owed.promise is not None or owed.opens or is_mending
        cannot_wait = is_owed or _unanswered(opened) is not None
        ways = (way for way in job.ways if not again or channels[way.channel] in again.channels)
        return evolve(
            job,
            ways=tuple(evolve(way, open=way.open & days) for way in ways),
            before=before,
            move=self._move(job, opened, before),
            is_frozen=self._is_frozen(job, opened, before),
            free_from=0 if cannot_wait else self._free,
            beside=job.beside
            | self.settled.attempts_at(owed)
            | self.settled.pinned_after.get(owed.touch_id, frozenset()),
            behind=self._behind(owed),
        )

    def _move(self, job: Job, opened: ToReplan, before: tuple[int, int] | None) -> int:
        """What the search counts if a touch that could stay stands no more where it stood.

        It could where its old place is open: by R1, R6, and not before the least of its window.
        """
        row = opened.before
        if row is None or before is None or not self._could_stay(job, before):
            return 0
        rates = self._begun.now.service
        if row.told is not None:
            return _STEADY * rates.move_told
        is_near = (plain(row.date) - self._begun.day).days < NEAR_DAYS
        return _STEADY * (rates.move_near if is_near else rates.move_later)

    def _could_stay(self, job: Job, before: tuple[int, int]) -> bool:
        position, channel = before
        ways = (way for way in job.ways if way.channel == channel)
        is_early = job.parent < 0 and position < job.window.least
        return position >= self._first and not is_early and any(w.open[position] for w in ways)

    def _is_frozen(self, job: Job, opened: ToReplan, before: tuple[int, int] | None) -> bool:
        """Whether it stays as one of the next days.

        Thanks for nothing yet may move, and so may what follows a step that was missed:
        where it stands, no day would be left for that step.
        """
        if before is None or before[0] >= self._free:
            return False
        above = job.parent
        while above >= 0:
            missed = self.settled.opened.get(above)
            if missed and missed.again is not None and not missed.again.after.is_done:
                return False
            is_fact = self.settled.stands_by(self.settled.demand.owed[above]) is not None
            above = -1 if is_fact else self.settled.fresh[above].parent
        return opened.touch_id not in self._begun.found.early

    def _before(self, opened: ToReplan) -> tuple[int, int] | None:
        """The position and the channel by which a touch stands until now."""
        row, channels = opened.before, self.settled.channels
        positions = self.settled.horizon.positions
        if row is None or row.date not in positions or row.channel not in channels:
            return None
        return positions[row.date], channels.index(row.channel)

    def _days(self, owed: Owed, opened: ToReplan, before: tuple[int, int] | None) -> Mask:
        """The positions on which a touch may stand at all."""
        found = np.zeros(self.settled.horizon.size, dtype=bool)
        soonest, again = self._first, _unanswered(opened)
        if again is not None:
            after = plain(again.after.day) + _ONE_DAY if owed.promise else again.first
            soonest = max(soonest, self.settled.horizon.position_from(after))
        found[soonest:] = True
        if before is not None and before[0] >= self._first:
            found[before[0]] = True
        if owed.promise is None:
            found[: self._asked_for(owed)] = False
        return found

    def _asked_for(self, owed: Owed) -> int:
        """The position before which the person is left in peace."""
        wait = self._begun.found.wait_of(owed.person.contact_id)
        if wait is None:
            return 0
        return max(0, self._calendar.position(plain(wait.until) - _ONE_DAY) + 1)

    def _from_anchor(self, job: Job, owed: Owed, opened: ToReplan) -> Job:
        """The job with its window: below an open step as it was, else from a fact or the eve.

        A due day moves only with its anchor: where that is a fact, what is late stays late. A
        further attempt is due anew after the day of the one before, and who asked to be left in
        peace until a day is not late before.
        """
        if owed.promise is not None or owed.opens:
            return self._tried_again(job, opened)
        window, above, root = job.window, job.parent, job
        while above >= 0:
            row = self.settled.stands_by(self.settled.demand.owed[above])
            # Still to be planned: it hangs from it as in a fresh campaign.
            if above in self.settled.opened:
                return evolve(job, parent=above, window=window)
            if row is not None:
                beside = job.beside | {self.settled.jobs[row.touch_id].index}
                rooted = self._rooted(window, self._effective(row), owed)
                return self._tried_again(
                    evolve(job, parent=-1, window=rooted, beside=beside), opened
                )
            parent = root = self.settled.fresh[above]
            window, above = window.below(parent.window), parent.parent
        rooted = self._rooted(window, self._joined(owed) + self._waited(root, owed), owed)
        return self._tried_again(evolve(job, parent=-1, window=rooted), opened)

    def _waited(self, root: Job, owed: Owed) -> int:
        """By how much a step above that is let be would have waited for a day asked for."""
        above = self.settled.demand.owed[root.index]
        if above is owed or (owed.run is not None and owed.run.answer is not None):
            return 0
        return max(0, self._asked_for(above) - self._joined(owed) - root.window.least)

    def _joined(self, owed: Owed) -> int:
        """The eve from which an account's steps count: of the start, or of the day it came.

        What makes a complaint good counts from the day on which it was talked about anyway,
        and from the arrival of what was written then.
        """
        if owed.sent is not None:
            return 0  # Its window counts from the due day of the promise as it is.
        if owed.run is not None and owed.run.answer is not None:
            rows = [row for row in self._begun.tried.get(owed.run.answer_id, ()) if row.is_done]
            last = max(rows, key=lambda row: (row.day, row.touch_id), default=None)
            in_post = (
                self._effective(last) - self._calendar.position(plain(last.day)) if last else 0
            )
            return in_post if not owed.run.answer.is_open else 0
        came = self._begun.joined.get(owed.account.account_id)
        return max(0, self._calendar.position(plain(came) - _ONE_DAY)) if came else 0

    def _rooted(self, window: TimeWindow, position: int, owed: Owed) -> TimeWindow:
        """A window from a fact, that waits for the day which the person asked for.

        What waits for a complaint of its account to be made good is not dropped for it.
        """
        if self._begun.now.answers_to(owed.account.account_id):
            window = evolve(window, late=self.settled.horizon.size)
        return window.from_position(position).not_before(self._asked_for(owed))

    def _tried_again(self, job: Job, opened: ToReplan) -> Job:
        """The job, due anew after the day of the attempt before, where there was one."""
        if opened.again is None:
            return job
        since = self._calendar.position(plain(opened.again.after.day))
        owed, most = self.settled.demand.owed[job.index], self.settled.fresh[job.index].window.due
        if owed.run is not None and not owed.opens:
            most = gap_of(owed.step, self.settled.horizon.size).most
        due = max(job.window.due, since + most)
        again = due - job.window.due
        return evolve(job, window=evolve(job.window, due=due, again=again))

    def _behind(self, owed: Owed) -> EarlierAttempt | None:
        """The earlier attempt that stands while no later one does."""
        row = self.settled.stands_by(owed)
        if row is None:
            return None
        return EarlierAttempt(self.settled.jobs[row.touch_id].index, self._effective(row))

    def _effective(self, row: Touch) -> int:
        """The position from which followers count: of the latest arrival, or of the day."""
        in_post = days_in_post_of(self._begun.now, row.channel, row.account_id, row.contact_id)
        return self._calendar.position(plain(row.day)) + in_post

    # Days of the calendar.

    @property
    def _begun(self) -> Begun:
        return self.settled.begun

    @property
    def _calendar(self) -> Calendar:
        return self._begun.now.calendar

    @cached_property
    def _first(self) -> int:
        """The first position that is not over."""
        return self.settled.horizon.position_from(self._begun.day)

    @cached_property
    def _free(self) -> int:
        """The first position that is not frozen."""
        return self.settled.horizon.position_from(self._begun.first_free)


def _unanswered(opened: ToReplan) -> Attempt | None:
    """The further attempt that a touch is, at somebody who was not reached."""
    again = opened.again
    return again if again is not None and again.after.is_done else None
