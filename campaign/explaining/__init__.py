"""Reasons in sentences: what to know before a touch, why its day, why one was left out."""

from campaign.explaining.briefs import brief
from campaign.explaining.days import Reasoning
from campaign.explaining.explanation import Explanation, explain
from campaign.explaining.remedies import MOST_TRIED, with_reasons

__all__ = ["MOST_TRIED", "Explanation", "Reasoning", "brief", "explain", "with_reasons"]
