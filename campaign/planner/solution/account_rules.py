"""One account's own rules while its touches are put in: days, distances, ceilings."""

from collections import Counter
from collections.abc import Container, Iterable

import numpy as np

from campaign.planner.instance.horizon import Mask
from campaign.planner.instance.jobs import Anchor, Assignment, Job, Way, Work
from campaign.planner.problem.problem import Problem

SELLING_AFTER_TOUCHES = 3
SELLING_AFTER_DAYS = 30
NOTHING = Counter[int]()


class AccountRules:
    """What stands for one account so far, and what that forbids."""

    def __init__(self, problem: Problem, work: Work, placed: Iterable[Assignment]) -> None:
        self.problem: Problem = problem
        self.work: Work = work
        self.stands: dict[int, Assignment] = {row.job: row for row in placed}

    def enter(self, placed: Assignment) -> None:
        """Note a touch."""
        self.stands[placed.job] = placed

    def anchor_of(self, job: Job) -> Anchor:
        """What the window of a job counts from."""
        return self.problem.anchor_of(job, self.stands)

    def followers(self, placed: Assignment) -> dict[int, Anchor]:
        """By job, what stands and would count from a touch, with its window from there."""
        then = {**self.stands, placed.job: placed}
        anchors = {n: self.problem.anchor_of(self.problem.jobs[n], then) for n in self.stands}
        return {number: anchor for number, anchor in anchors.items() if anchor.job == placed.job}

    def keeps_followers(self, placed: Assignment) -> bool:
        """Whether all that would count from a touch may stay where it stands."""
        followers = self.followers(placed).items()
        return all(anchor.admits(self.stands[number].position) for number, anchor in followers)

    @property
    def months(self) -> set[int]:
        """The months in which the account is touched, by the delivery team too."""
        month, jobs = self.problem.horizon.month, self.problem.jobs
        own = {
            int(month[placed.position])
            for placed in self.stands.values()
            if jobs[placed.job].reaches
        }
        return own | self.work.credited

    def closed(self, job: Job, way: Way, anchor: int, *, ahead: bool = False) -> Mask:
        """The positions that the account's own rules close to a touch.

        `anchor` is the job that this one follows, -1 for the start; `ahead` says that
        touches before it may still come.
        """
        closed = np.zeros(self.problem.horizon.size, dtype=bool)
        if not job.courtesy:
            # Of the person, the touches that count to ceilings and distances.
            counted = [
                (placed, other.ways[placed.way])
                for placed in self.stands.values()
                if (other := self.problem.jobs[placed.job]).person == job.person
                and not other.courtesy
                and other.reaches
            ]
            # A ceiling closes every day: nothing else needs to be asked.
            if self._is_full(job, way, [other.channel for _, other in counted]):
                closed[:] = True
                return closed
            gap = self.problem.territory.courtesy.gap
            for placed, _ in counted if gap else ():
                if placed.job != anchor and placed.job not in job.beside:
                    closed[max(0, placed.position - gap + 1) : placed.position + gap] = True
        self._close_days(closed, job, way)
        closed[: self.opened_at(job)] = True
        if self.work.recoveries:
            closed |= self.before_answer(job)
        if job.index in self.work.waiting:
            closed[: self._after_promises(job)] = True
        if job.selling:
            self._close_to_selling(closed, ahead=ahead)
        return closed

    def _is_full(self, job: Job, way: Way, counted: list[int]) -> bool:
        """Whether a ceiling is reached of the channels by which a person was touched.

        What they hear at other accounts counts as well: a person is one, wherever they stand.
        """
        courtesy = self.problem.territory.courtesy
        elsewhere = self.problem.elsewhere.get(job.person, NOTHING)
        if len(counted) + elsewhere.total() >= courtesy.most:
            return True
        most = courtesy.most_by_channel.get(self.problem.channels[way.channel])
        heard = counted.count(way.channel) + elsewhere[way.channel]
        return most is not None and heard >= most

    def _close_days(self, closed: Mask, job: Job, way: Way) -> None:
        for placed in self.stands.values():
            other = self.problem.jobs[placed.job]
            by_it = other.ways[placed.way].channel == way.channel
            is_theirs = other.person == job.person
            if placed.job in self.work.promises or (other.fact and other.fact.is_free):
                # One call is enough: what is promised then is said in it.
                closed[placed.position] |= by_it and is_theirs and not way.travels
            # A visit meets several people at one stop: that is one touch of the account (R5).
            elif not (way.travels and by_it and not is_theirs):
                closed[placed.position] = True

    def said(self, job: Job, way: Way) -> Mask:
        """The positions on which a promise would be said twice (R5).

        What else goes to the person by its channel that day would be said in that one call.
        """
        closed = np.zeros(self.problem.horizon.size, dtype=bool)
        for placed in self.stands.values():
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
        opened = self.stands.get(opening)
        return opened.position + is_later if opened else 0

    def before_answer(self, job: Job) -> Mask:
        """The positions that a complaint closes: all, as long as it has no answer.

        What is owed waits for the answer, all else until it is made good; what makes it good
        comes before all that waits for it.
        """
        closed, work = np.zeros(self.problem.horizon.size, dtype=bool), self.work
        if not work.recoveries:
            return closed

        def _is_owed(job: int) -> bool:
            return job in work.promises or job == work.opening

        def _waits(number: int) -> bool:
            return number not in work.recoveries and self.problem.jobs[number].fact is None

        def _last(jobs: Container[int], default: int = -1) -> int:
            return max((p.position for p in self.stands.values() if p.job in jobs), default=default)

        waiting = [placed for placed in self.stands.values() if _waits(placed.job)]
        if job.index not in work.answers:
            closed[: _last(work.answers, len(closed) if work.answers else -1) + 1] = True
            waiting = [placed for placed in waiting if not _is_owed(placed.job)]
        if job.index in work.recoveries:
            first = min((placed.position for placed in waiting), default=len(closed))
            closed[first:] = True
        elif _waits(job.index) and not _is_owed(job.index):
            closed[: _last(work.recoveries) + 1] = True
        return closed

    def _after_promises(self, job: Job) -> int:
        """The first position that promises to the account leave to a proof of repair (R8).

        After the arrival of what is promised; where it is not kept, on its due day.
        """
        jobs, found = self.problem.jobs, 0
        # A proof of repair is worth nothing while an older promise is still open.
        for number in self.work.waiting[job.index]:
            last, placed = jobs[number].window.due - 1, self.stands.get(number)
            if placed is not None:
                last = placed.position + jobs[number].ways[placed.way].days_in_post
            found = max(found, last + 1)
        return found

    def _close_to_selling(self, closed: Mask, *, ahead: bool) -> None:
        calendar = self.problem.territory.calendar
        for position, date in enumerate(self.problem.horizon.dates, start=1):
            before = sum(1 for placed in self.stands.values() if placed.position < position)
            # No selling in the first touches, nor in the first month (C4).
            too_few = before < SELLING_AFTER_TOUCHES and not ahead
            if too_few or calendar.day_number(date) <= SELLING_AFTER_DAYS:
                closed[position] = True
