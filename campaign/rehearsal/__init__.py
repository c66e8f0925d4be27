"""The quarter lived before it begins: what a plan still delivers when things go wrong."""

from campaign.rehearsal.rehearsing import rehearse
from campaign.rehearsal.result import Figure, Life, Rehearsal

__all__ = ["Figure", "Life", "Rehearsal", "rehearse"]
