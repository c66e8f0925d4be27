"""What the window of a step counts from: the nearest placed step above, else the start."""

from collections.abc import Mapping

from campaign.planner.problem import Problem
from campaign.planner.time_windows import Anchor
from campaign.planner.work import Job, Placed


def anchor_of(problem: Problem, job: Job, standing: Mapping[int, Placed]) -> Anchor:
    """The anchor of a job beside what stands of its run, by job."""
    window, above = job.window, job.parent
    while above >= 0:
        parent, placed = problem.jobs[above], standing.get(above)
        if placed is not None:
            return Anchor(above, placed.position, parent.ways[placed.way].days_in_post, window)
        if parent.behind is not None:
            behind = parent.behind
            return Anchor(behind.job, 0, 0, window.from_position(behind.position))
        window, above = window.below(parent.window), parent.parent
    return Anchor(-1, 0, 0, window)
