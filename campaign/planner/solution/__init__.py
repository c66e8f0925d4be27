"""A plan while it is searched: what is placed, what it takes, what it forbids and comes to."""

from campaign.planner.solution.account_rules import AccountRules
from campaign.planner.solution.resources import Resources
from campaign.planner.solution.score import (
    COMFORT,
    FLOOR,
    IN_TIME,
    INTO_NEAR_DAYS,
    OWED,
    REQUIRED,
    SERVICE,
    Prices,
    Score,
    gain,
    levels_of,
)
from campaign.planner.solution.solution import Incumbent, Solution

__all__ = [
    "COMFORT",
    "FLOOR",
    "INTO_NEAR_DAYS",
    "IN_TIME",
    "OWED",
    "REQUIRED",
    "SERVICE",
    "AccountRules",
    "Incumbent",
    "Prices",
    "Resources",
    "Score",
    "Solution",
    "gain",
    "levels_of",
]
