"""Team Orienteering: the best visits for several days, each day a tour that fits.

The tour search by itself, without calendar or cadences: what public instances can measure.
"""

from campaign.planner.orienteering.instance import Orienteering, Tours
from campaign.planner.orienteering.search import solve

__all__ = ["Orienteering", "Tours", "solve"]
