"""One account's own rules while its touches are put in: days, distances, ceilings."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from attrs import define, field

from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Assignment, Job, Way, Work
from campaign.planner.problem import Problem

SELLING_AFTER_TOUCHES = 3
SELLING_AFTER_DAYS = 30
NOTHING = Counter[int]()


@define
class AccountRules:
    """What stands for one account so far, and what that forbids."""

    problem: Problem
    work: Work
    placed: list[Assignment] = field(factory=list)

    @classmethod
    def of(cls, problem: Problem, work: Work, placed: Iterable[Assignment]) -> "AccountRules":
        """The rules of an account of which some touches stand already."""
        return cls(problem, work, list(placed))

    def enter(self, placed: Assignment) -> None:
        """Note a touch."""
        self.placed.append(placed)

    @property
    def months(self) -> set[int]:
        """The months in which the account is touched, by the delivery team too."""
        month, jobs = self.problem.horizon.month, self.problem.jobs
        own = {int(month[placed.position]) for placed in self.placed if jobs[placed.job].reaches}
        return own | self.work.credited

    def closed(self, job: Job, way: Way, anchor: int, *, ahead: bool = False) -> Mask:
        """The positions that the account's own rules close to a touch.

        `anchor` is the job that this one follows, -1 for the start; `ahead` says that
        touches before it may still come.
        """
        closed = np.zeros(self.problem.horizon.size, dtype=bool)
        # A ceiling closes every day: nothing else needs to be asked.
        if self._is_full(job, way):
            closed[:] = True
            return closed
        gap = self.problem.territory.courtesy.gap
        for placed in self._counted(job.person) if gap and not job.courtesy else ():
            if placed.job != anchor and placed.job not in job.beside:
                closed[max(0, placed.position - gap + 1) : placed.position + gap] = True
        self._close_days(closed, job, way)
        closed[: self.opened_at(job)] = True
        if self.work.recoveries:
            closed |= self.before_answer(job)
        if job.index in self.work.waiting:
            closed |= self.before_promises(job)
        if job.selling:
            self._close_to_selling(closed, ahead=ahead)
        return closed

    def _counted(self, person: int) -> list[Assignment]:
        """The touches of a person that count to ceilings and distances."""
        jobs = self.problem.jobs
        return [
            placed
            for placed in self.placed
            if jobs[placed.job].person == person
            and not jobs[placed.job].courtesy
            and jobs[placed.job].reaches
        ]

    def _is_full(self, job: Job, way: Way) -> bool:
        if job.courtesy:
            return False
        courtesy = self.problem.territory.courtesy
        counted = self._counted(job.person)
        name = self.problem.channels[way.channel]
        same = [
            placed
            for placed in counted
            if self.problem.jobs[placed.job].ways[placed.way].channel == way.channel
        ]
        most = courtesy.most_by_channel.get(name)
        elsewhere = self.problem.elsewhere.get(job.person, NOTHING)
        # What a person hears at other accounts counts as well: a person is one, wherever they
        # stand.
        if len(counted) + elsewhere.total() >= courtesy.most:
            return True
        return most is not None and len(same) + elsewhere[way.channel] >= most

    def _close_days(self, closed: Mask, job: Job, way: Way) -> None:
        for placed in self.placed:
            other = self.problem.jobs[placed.job]
            is_same = other.ways[placed.way].channel == way.channel and other.person == job.person
            if placed.job in self.work.promises or (other.fact and other.fact.is_free):
                # One call is enough: what is promised then is said in it.
                closed[placed.position] |= is_same and not way.travels
                continue
            # A visit meets several people at one stop: that is one touch of the account (R5).
            meets = (
                way.travels
                and other.ways[placed.way].channel == way.channel
                and other.person != job.person
            )
            if not meets:
                closed[placed.position] = True

    def said(self, job: Job, way: Way) -> Mask:
        """The positions on which a promise would be said twice (R5).

        What else goes to the person by its channel that day would be said in that one call.
        """
        closed = np.zeros(self.problem.horizon.size, dtype=bool)
        for placed in self.placed:
            other = self.problem.jobs[placed.job]
            is_same = other.ways[placed.way].channel == way.channel and other.person == job.person
            if is_same and not way.travels and placed.job not in self.work.promises:
                closed[placed.position] |= other.fact is None
        return closed

    def opened_at(self, job: Job) -> int:
        """The first position that the opening leaves to a touch which has to wait for it, else 0.

        A promise may stand on the day of the opening.
        """
        opening = self.work.opening
        if opening in (-1, job.index) or job.index in self.work.recoveries:
            return 0
        if self.problem.jobs[opening].behind is not None:
            return 0
        is_later = job.index not in self.work.promises
        days = (placed.position + is_later for placed in self.placed if placed.job == opening)
        return next(days, 0)

    def before_answer(self, job: Job) -> Mask:
        """The positions that a complaint closes: all, as long as it has no answer.

        What is owed waits for the answer, all else until it is made good; what makes it good
        comes before all that waits for it.
        """
        closed, work = np.zeros(self.problem.horizon.size, dtype=bool), self.work
        if not work.recoveries:
            return closed
        if job.index in work.answers:
            later = (one.position for one in self.placed if self._waits_for_answers(one.job))
            closed[min(later, default=len(closed)) :] = True
            return closed
        answered = [placed.position for placed in self.placed if placed.job in work.answers]
        closed[: max(answered, default=len(closed) if work.answers else -1) + 1] = True
        if job.index in work.recoveries:
            waiting = (placed.position for placed in self.placed if self._waits(placed.job))
            closed[min(waiting, default=len(closed)) :] = True
        elif self._waits(job.index):
            repaired = (placed.position for placed in self.placed if placed.job in work.recoveries)
            closed[: max(repaired, default=-1) + 1] = True
        return closed

    def _waits_for_answers(self, job: int) -> bool:
        """Whether a touch waits until complaints of its account are answered at least."""
        return job not in self.work.recoveries and self.problem.jobs[job].fact is None

    def _waits(self, job: int) -> bool:
        """Whether a touch waits until complaints of its account are made good."""
        work = self.work
        is_owed = job in work.promises or job == work.opening
        return not is_owed and self._waits_for_answers(job)

    def before_promises(self, job: Job) -> Mask:
        """The positions that promises to the account close to a proof of repair (R8).

        Up to the arrival of what is promised; where it is not kept, up to the day before its due.
        """
        closed, jobs = np.zeros(self.problem.horizon.size, dtype=bool), self.problem.jobs
        # A proof of repair is worth nothing while an older promise is still open.
        for number in self.work.waiting.get(job.index, ()):
            rows = [placed for placed in self.placed if placed.job == number]
            last = jobs[number].window.due - 1
            for placed in rows:
                last = placed.position + jobs[number].ways[placed.way].days_in_post
            closed[: max(0, last + 1)] = True
        return closed

    def _close_to_selling(self, closed: Mask, *, ahead: bool) -> None:
        calendar = self.problem.territory.calendar
        for position, date in enumerate(self.problem.horizon.dates, start=1):
            before = sum(1 for placed in self.placed if placed.position < position)
            # No selling in the first touches, nor in the first month (C4).
            too_few = before < SELLING_AFTER_TOUCHES and not ahead
            if too_few or calendar.day_number(date) <= SELLING_AFTER_DAYS:
                closed[position] = True
