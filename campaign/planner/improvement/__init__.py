"""From a plan to a better one: ruin and recreate, ejection, shorter drives, nights away, repair."""

from campaign.planner.improvement.ejection import eject
from campaign.planner.improvement.overnight_trips import with_overnight_trips
from campaign.planner.improvement.record_to_record import shorten
from campaign.planner.improvement.repair import repaired
from campaign.planner.improvement.ruin_recreate import RuinAndRecreate

__all__ = ["RuinAndRecreate", "eject", "repaired", "shorten", "with_overnight_trips"]
