"""Reasons in sentences: what to know before a touch, why its day, why one was left out."""

from campaign.explaining.account import explain
from campaign.explaining.briefs import brief
from campaign.explaining.days import Reasoning
from campaign.explaining.explanation import Explanation
from campaign.explaining.reasons import reason
from campaign.explaining.remedies import with_remedies

__all__ = ["Explanation", "Reasoning", "brief", "explain", "reason", "with_remedies"]
