"""The types to annotate one's own functions with, beside those of `campaign` itself.

Importing it loads the planner; in a module that is to load fast, import it under
`if TYPE_CHECKING:`.
"""

from campaign.answer import Checked
from campaign.errors import Severity
from campaign.explaining import Explanation
from campaign.feasibility import Feasibility
from campaign.importing import Imported
from campaign.model.accounts import Relationship
from campaign.model.outcomes import Outcome, OutcomeName
from campaign.model.stationery import Colleague, Sender, Share, Stationery
from campaign.model.values import Coordinates, Place
from campaign.outputs.summary import Summary
from campaign.planner.progress import Progress
from campaign.rehearsal import Figure, Life, Rehearsal
from campaign.replanning import Change, Difference, Replanned
from campaign.teams import Failed, Part, Split, Team
from campaign.touches import Effort, LevelName, Plan, ReasonCode, Status
from campaign.whatif import Comparison, Curve, Moved, Point
from campaign.workdays import Span

__all__ = [
    "Change",
    "Checked",
    "Colleague",
    "Comparison",
    "Coordinates",
    "Curve",
    "Difference",
    "Effort",
    "Explanation",
    "Failed",
    "Feasibility",
    "Figure",
    "Imported",
    "LevelName",
    "Life",
    "Moved",
    "Outcome",
    "OutcomeName",
    "Part",
    "Place",
    "Plan",
    "Point",
    "Progress",
    "ReasonCode",
    "Rehearsal",
    "Relationship",
    "Replanned",
    "Sender",
    "Severity",
    "Share",
    "Span",
    "Split",
    "Stationery",
    "Status",
    "Summary",
    "Team",
]
