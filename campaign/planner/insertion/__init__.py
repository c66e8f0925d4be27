"""One account put into a solution: exactly over its cadences, greedily over the calendar."""

from campaign.planner.insertion.cadence_dp import CadenceDP
from campaign.planner.insertion.insertion import Insertion, fill, heaviest_first, is_whole, put_in
from campaign.planner.insertion.warm_start import take_over, wanted_by

__all__ = [
    "CadenceDP",
    "Insertion",
    "fill",
    "heaviest_first",
    "is_whole",
    "put_in",
    "take_over",
    "wanted_by",
]
