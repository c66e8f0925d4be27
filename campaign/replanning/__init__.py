"""Planning on from any day: what is done stays, what is missed comes back, little else moves."""

from campaign.replanning.changes import Because, Cause, Change, ChangeKind, Difference
from campaign.replanning.replanned import Replanned, replan

__all__ = ["Because", "Cause", "Change", "ChangeKind", "Difference", "Replanned", "replan"]
