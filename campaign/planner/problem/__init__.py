"""The whole question in integers, with what is fixed of a campaign that has begun."""

from campaign.planner.problem.fixed_assignments import Spent
from campaign.planner.problem.problem import NO_LIMIT, Problem, Rung, problem_of

__all__ = ["NO_LIMIT", "Problem", "Rung", "Spent", "problem_of"]
