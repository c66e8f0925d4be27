"""The scheduler, the one room that imports OR-Tools: from what is owed to rows on their days.

`search` is the table of contents; every other room is one thing that it does, or does it with.
"""

from campaign.planner.progress import EFFORTS, Progress, Stopping, Watch, effort_of
from campaign.planner.search import Solved, solve

__all__ = ["EFFORTS", "Progress", "Solved", "Stopping", "Watch", "effort_of", "solve"]
