"""All runs at once: column generation, the Lagrangian bound, and the dive to a first plan."""

from campaign.planner.relaxation.diving import dive
from campaign.planner.relaxation.lagrangian import LagrangianRelaxation
from campaign.planner.relaxation.relaxed_problem import relaxed_for_proof

__all__ = ["LagrangianRelaxation", "dive", "relaxed_for_proof"]
