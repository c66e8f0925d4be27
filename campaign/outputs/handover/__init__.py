"""A page an account: what the next rep, or the delivery team, has to know of it."""

from campaign.outputs.handover.account import AccountBrief, brief_of, briefs_of
from campaign.outputs.handover.rendering import render_briefs, render_briefs_text

__all__ = ["AccountBrief", "brief_of", "briefs_of", "render_briefs", "render_briefs_text"]
