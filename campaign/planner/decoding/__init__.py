"""From a solution back to rows of a plan, and why what is left out is."""

from campaign.planner.decoding.plan_rows import rows_of
from campaign.planner.decoding.unplaced import Unplaced, unplaced_of

__all__ = ["Unplaced", "rows_of", "unplaced_of"]
