"""Files to a Territory and to a Plan: values, and findings with their file, row and remedy."""

from campaign.reading.folder import Reading, load, read
from campaign.reading.plans.campaign_csv import logged_ids, read_plan

__all__ = ["Reading", "load", "logged_ids", "read", "read_plan"]
