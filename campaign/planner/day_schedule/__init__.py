"""Whether one day can be lived by the clock: hours, the tour through them, its timetable."""

from campaign.planner.day_schedule.opening_hours import ALWAYS, DayClock
from campaign.planner.day_schedule.timing import CallKind, DayLoad, Timing, Tour, most_held

__all__ = ["ALWAYS", "CallKind", "DayClock", "DayLoad", "Timing", "Tour", "most_held"]
