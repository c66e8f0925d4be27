"""A whole plan while it is searched, and the best of a search."""

from collections.abc import Container, Sequence

from attrs import frozen

from campaign.planner.instance.jobs import Assignment, Job, Placement, Work
from campaign.planner.instance.overnight_stays import OvernightStays
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.resources import Resources
from campaign.planner.solution.score import NO_FIGURES, Figures, Score, figures


class Solution:
    """A whole plan while it is searched: placements, their figures, the calendar.

    `place`, `take` and `remove` keep all of them together.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.resources: Resources = Resources(problem)
        self.placements: list[Placement] = [work.settled for work in problem.works]
        # Facts that are still to come are entered; the others are spent already.
        for work in problem.works:
            for placed in work.settled:
                job = problem.jobs[placed.job]
                if job.fact and job.fact.is_driven:
                    self.resources.enter(work.account, job.ways[placed.way], placed.position)
        self.resources.forgive()
        # Days away are driven before there is a visit.
        self.resources.sleep(problem)
        self._figures = [NO_FIGURES] * len(problem.works)
        self._totals = [0] * len(NO_FIGURES)
        self._changed = {work.account for work in problem.works}

    @classmethod
    def of(cls, problem: Problem, placements: Sequence[Placement]) -> "Solution":
        """A plan of placements by account; whether they fit is for `fits` to say."""
        solution = cls(problem)
        for account, placement in enumerate(placements):
            solution.replace(account, placement)
        return solution

    def copy(self) -> "Solution":
        """The same plan, to be changed apart."""
        # A copy for each trial move: what is frozen is shared, only what changes is copied.
        twin = object.__new__(Solution)
        twin.problem = self.problem
        twin.resources = self.resources.copy()
        twin.placements = self.placements.copy()
        twin._figures = self._figures.copy()
        twin._totals = self._totals.copy()
        twin._changed = self._changed.copy()
        return twin

    def with_nights(self, nights: OvernightStays) -> "Solution":
        """The same touches where the rep sleeps elsewhere; whether they fit is for `fits`."""
        twin = self.copy()
        twin.problem = self.problem.with_nights(nights)
        twin.resources.sleep(twin.problem)
        return twin

    def place(self, placed: Assignment) -> None:
        """Put a touch in; whether it fits is for resources and account rules to say before."""
        job = self.problem.jobs[placed.job]
        self.resources.enter(job.account, job.ways[placed.way], placed.position)
        self.placements[job.account] = (*self.placements[job.account], placed)
        self._changed.add(job.account)

    def take(self, placed: Assignment) -> None:
        """Take a touch out that stands."""
        job = self.problem.jobs[placed.job]
        self.resources.take_back(job.account, job.ways[placed.way], placed.position)
        rest = tuple(row for row in self.placements[job.account] if row != placed)
        self.placements[job.account] = rest
        self._changed.add(job.account)

    def remove(self, account: int, jobs: Container[int] | None = None) -> None:
        """Take an account's touches out of the plan, all or these, but for those that stay."""
        work = self.problem.works[account]
        for placed in self.placements[account]:
            if (jobs is None or placed.job in jobs) and not self.stays(work, placed):
                self.take(placed)

    def replace(self, account: int, placement: Placement) -> None:
        """Let other touches of an account stand than now; facts are in both."""
        before = self.placements[account]
        # Taken out first: the new places may need the minutes of the old ones.
        for placed in before:
            if placed not in placement:
                self.take(placed)
        for placed in placement:
            if placed not in before:
                self.place(placed)

    def standing(self, job: Job) -> Assignment | None:
        """Where a job stands, None where it has no day."""
        rows = self.placements[job.account]
        return next((row for row in rows if row.job == job.index), None)

    def stays(self, work: Work, placed: Assignment) -> bool:
        """Whether a touch is owed before all else, a fact, or frozen where it stands."""
        job = self.problem.jobs[placed.job]
        if job.fact is not None or placed.job in work.promises or placed.job == work.opening:
            return True
        return job.is_frozen and job.is_kept(placed)

    @property
    def fits(self) -> bool:
        """Whether no day or week holds more than it can, and every day can be timed."""
        resources = self.resources
        left = (resources.day_free, resources.week_free, resources.day_room, resources.week_room)
        has_room = all(bool((room >= 0).all()) for room in left)
        return has_room and resources.is_quiet and not resources.untimed()

    @property
    def figures(self) -> list[Figures]:
        """The figures of each account."""
        self._reckon()
        return self._figures

    @property
    def score(self) -> Score:
        """The plan's figures, the greater the better, level by level."""
        self._reckon()
        owed, late, floor, required, service, comfort = self._totals
        return owed, -late, floor, required, -service, -comfort - self.resources.comfort

    def _reckon(self) -> None:
        # Only accounts that have changed: a move touches a dozen of hundreds.
        for account in self._changed:
            before = self._figures[account]
            after = figures(self.problem, self.problem.works[account], self.placements[account])
            self._figures[account] = after
            changes = zip(self._totals, before, after, strict=True)
            self._totals = [total - old + new for total, old, new in changes]
        self._changed.clear()


@frozen
class Incumbent:
    """What a search came to; `dropped` are the accounts whose grievance nobody can hear."""

    solution: Solution
    dropped: frozenset[int]
    effort: int
    stopped: bool
