"""Planning on from any day: what is done stays, what is missed comes back, little else moves."""

from campaign.replanning.replanned import Replanned, replan

__all__ = ["Replanned", "replan"]
