"""One account put into a solution: exactly over its cadences, greedily over the calendar."""

from campaign.planner.insertion.cadence_dp import CadenceDP
from campaign.planner.insertion.insertion import Insertion, fill, heaviest_first, is_whole, put_in
from campaign.planner.insertion.warm_start import as_it_stood, take_over, wanted_by

__all__ = [
    "CadenceDP",
    "Insertion",
    "as_it_stood",
    "fill",
    "heaviest_first",
    "is_whole",
    "put_in",
    "take_over",
    "wanted_by",
]
