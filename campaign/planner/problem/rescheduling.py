"""A campaign that has begun in integers: what is left to plan, and within which windows.

Steps that follow a fact become roots, their windows reckoned from it. No touch may stand on
a day that is over. What stands on a frozen day stays there, but for what follows a step that
was missed: it goes with that step. What comes into those days beside it is weighed like a
change, unless it cannot wait.
"""

import datetime as dt

import numpy as np
from attrs import evolve

from campaign.demand import Owed
from campaign.model.objective import NEAR_DAYS
from campaign.model.post import days_in_post_of
from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import EarlierAttempt, Job, TimeWindow
from campaign.planner.problem.fixed_assignments import FixedAssignments, ToReplan
from campaign.planner.problem.owed_jobs import gap_of
from campaign.touches import Touch
from campaign.workdays import plain

_ONE_DAY = dt.timedelta(days=1)

# The search holds a move for so many times what the level counts for it. At its rates alone (a
# move is three late days, or one) it gave up a twelfth of a quarter's days each Monday for a few
# late days less; by rehearsal, `docs/explanation/replanning.md`.
_STEADY = 10


class Rescheduling:
    """What is left to plan beside the facts, job by job."""

    def __init__(self, settled: FixedAssignments) -> None:
        self._settled, self._begun = settled, settled.begun
        self._calendar, self._horizon = settled.territory.calendar, settled.horizon
        # The first position that is not over, and the first that is not frozen.
        self._first: int = self._horizon.position_from(self._begun.day)
        self._free: int = self._horizon.position_from(self._begun.first_free)

    def jobs(self) -> tuple[Job, ...]:
        """Every job of the campaign, the facts last."""
        return (*map(self._job, self._settled.fresh), *self._settled.jobs.values())

    def due(self, number: int) -> int:
        """Where a first step, or what has a day of its own, is due by now."""
        job, owed = self._settled.fresh[number], self._settled.demand.owed[number]
        if owed.promise is None and not owed.opens:
            job = evolve(job, window=self._rooted(job.window, self._joined(owed), owed))
        opened = self._settled.opened.get(number)
        return (self._tried_again(job, opened) if opened else job).window.due

    def _job(self, job: Job) -> Job:
        """A job of the territory with its window and its days; as it is where it is settled."""
        settled = self._settled
        owed = settled.demand.owed[job.index]
        opened = settled.opened.get(job.index)
        if opened is None:
            return job
        job, again = self._from_anchor(job, owed, opened), opened.again
        # The position and the channel by which it stands until now.
        stood, positions, before = opened.before, self._horizon.positions, None
        if stood is not None and stood.date in positions and stood.channel in settled.channels:
            before = positions[stood.date], settled.channels.index(stood.channel)
        days = self._days(owed, opened, before)
        # What is owed, mends or tries again may come into the frozen days as into any other.
        is_mending = owed.run is not None and owed.run.answer is not None
        is_owed = owed.promise is not None or owed.opens or is_mending
        cannot_wait = is_owed or opened.unanswered is not None
        row = settled.stands_by(owed)
        pinned = settled.pinned_after.get(owed.touch_id, frozenset())
        return evolve(
            job,
            ways=tuple(
                evolve(way, open=way.open & days)
                for way in job.ways
                if not again or settled.channels[way.channel] in again.channels
            ),
            before=before,
            move=self._move(job, opened, before),
            is_frozen=self._is_frozen(job, opened, before),
            free_from=0 if cannot_wait else self._free,
            beside=job.beside | settled.attempts_at(owed) | pinned,
            behind=EarlierAttempt(settled.jobs[row.touch_id].index, self._arrival(row))
            if row
            else None,
        )

    def _move(self, job: Job, opened: ToReplan, before: tuple[int, int] | None) -> int:
        """What the search counts if a touch that could stay stands no more where it stood.

        It could where its old place is open: by R1, R6, and not before the least of its window.
        """
        row = opened.before
        if row is None or before is None:
            return 0
        position, channel = before
        is_early = job.parent < 0 and position < job.window.least
        is_open = any(way.open[position] for way in job.ways if way.channel == channel)
        if position < self._first or is_early or not is_open:
            return 0
        rates, is_near = self._begun.now.service, plain(row.date) - self._begun.day
        if row.told is not None:
            return _STEADY * rates.move_told
        return _STEADY * (rates.move_near if is_near.days < NEAR_DAYS else rates.move_later)

    def _is_frozen(self, job: Job, opened: ToReplan, before: tuple[int, int] | None) -> bool:
        """Whether it stays as one of the next days.

        Thanks for nothing yet may move, and so may what follows a step that was missed:
        where it stands, no day would be left for that step.
        """
        if before is None or before[0] >= self._free:
            return False
        above, settled = job.parent, self._settled
        while above >= 0:
            missed = settled.opened.get(above)
            if missed and missed.again is not None and not missed.again.after.is_done:
                return False
            is_fact = settled.stands_by(settled.demand.owed[above]) is not None
            above = -1 if is_fact else settled.fresh[above].parent
        return opened.touch_id not in self._begun.found.early

    def _days(self, owed: Owed, opened: ToReplan, before: tuple[int, int] | None) -> Mask:
        """The positions on which a touch may stand at all."""
        found = np.zeros(self._horizon.size, dtype=bool)
        soonest, again = self._first, opened.unanswered
        if again is not None:
            after = plain(again.after.day) + _ONE_DAY if owed.promise else again.first
            soonest = max(soonest, self._horizon.position_from(after))
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
        settled, root = self._settled, job
        window, above = job.window, job.parent
        since, beside = 0, job.beside
        while above >= 0:
            row = settled.stands_by(settled.demand.owed[above])
            # Still to be planned: it hangs from it as in a fresh campaign.
            if above in settled.opened:
                return evolve(job, parent=above, window=window)
            if row is not None:
                beside = job.beside | {settled.jobs[row.touch_id].index}
                since = self._arrival(row)
                break
            root = settled.fresh[above]
            window, above = window.below(root.window), root.parent
        else:
            since = self._joined(owed)
            mends = owed.run is not None and owed.run.answer is not None
            # A step above that is let be would have waited for a day asked for.
            if root is not job and not mends:
                asked = self._asked_for(settled.demand.owed[root.index])
                since += max(0, asked - since - root.window.least)
        rooted = self._rooted(window, since, owed)
        return self._tried_again(evolve(job, parent=-1, window=rooted, beside=beside), opened)

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
            return self._in_post(last) if last and not owed.run.answer.is_open else 0
        came = self._begun.joined.get(owed.account.account_id)
        return max(0, self._calendar.position(plain(came) - _ONE_DAY)) if came else 0

    def _rooted(self, window: TimeWindow, position: int, owed: Owed) -> TimeWindow:
        """A window from a fact, that waits for the day which the person asked for.

        What waits for a complaint of its account to be made good is not dropped for it.
        """
        if self._begun.now.answers_to(owed.account.account_id):
            window = evolve(window, late=self._horizon.size)
        window = window.from_position(position)
        return window.from_position(max(0, self._asked_for(owed) - window.least))

    def _tried_again(self, job: Job, opened: ToReplan) -> Job:
        """The job, due anew after the day of the attempt before, where there was one."""
        if opened.again is None:
            return job
        owed, most = self._settled.demand.owed[job.index], self._settled.fresh[job.index].window.due
        if owed.run is not None and not owed.opens:
            most = gap_of(owed.step, self._horizon.size).most
        since = self._calendar.position(plain(opened.again.after.day))
        due = max(job.window.due, since + most)
        return evolve(job, window=evolve(job.window, due=due, again=due - job.window.due))

    def _arrival(self, row: Touch) -> int:
        """The position from which followers count: of the latest arrival, or of the day."""
        return self._calendar.position(plain(row.day)) + self._in_post(row)

    def _in_post(self, row: Touch) -> int:
        return days_in_post_of(self._begun.now, row.channel, row.account_id, row.contact_id)
