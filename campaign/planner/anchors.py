"""What the window of a step counts from: the nearest placed step above, else the start."""

from collections.abc import Mapping

from attrs import evolve, frozen

from campaign.planner.ledger import Placed
from campaign.planner.problem import Problem
from campaign.planner.work import Job


@frozen
class Anchor:
    """What the window of a step counts from.

    `job` is the placed step above, -1 for the start; `day` the position it stands on, 0 for
    the eve, and `post` the business days it then is on its way; `gap` and `ideal` the
    business days from there to the step itself.
    """

    job: int
    day: int
    post: int
    gap: tuple[int, int]
    ideal: int

    @property
    def position(self) -> int:
        """The effective position: of the latest arrival, for post."""
        return self.day + self.post

    def through(self, job: Job) -> "Anchor":
        """The same anchor for a step that follows one which is left out."""
        gap = (self.gap[0] + job.least, self.gap[1] + job.most)
        return evolve(self, gap=gap, ideal=self.ideal + job.ideal)

    def admits(self, position: int) -> bool:
        """Whether a position lies in the window."""
        return self.position + self.gap[0] <= position <= self.position + self.gap[1]


def anchor_of(problem: Problem, job: Job, standing: Mapping[int, Placed]) -> Anchor:
    """The anchor of a job beside what stands of its run, by job."""
    if job.parent < 0:
        return Anchor(-1, 0, 0, (job.least, job.most), job.ideal)
    parent = problem.jobs[job.parent]
    above = standing.get(job.parent)
    if above is None and parent.behind is not None:
        gap = parent.behind.first + job.least, parent.behind.last + job.most
        return Anchor(parent.behind.job, 0, 0, gap, parent.behind.first + job.ideal)
    if above is None:
        return anchor_of(problem, parent, standing).through(job)
    post = parent.ways[above.way].days_in_post
    return Anchor(job.parent, above.position, post, (job.least, job.most), job.ideal)
