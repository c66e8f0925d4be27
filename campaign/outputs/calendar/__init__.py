"""The plan as iCalendar: events that keep their identity through planning again."""

from campaign.outputs.calendar.rendering import render_calendar

__all__ = ["render_calendar"]
