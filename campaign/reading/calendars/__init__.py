"""The rep's own calendar: iCalendar files, as Outlook, Google and Apple export them."""

from campaign.reading.calendars.reader import Calendars, read_calendar, read_calendars

__all__ = ["Calendars", "read_calendar", "read_calendars"]
