"""The rep's own calendar: iCalendar files, as Outlook, Google and Apple export them."""

from campaign.reading.calendars.reader import CalendarFile, read_calendar

__all__ = ["CalendarFile", "read_calendar"]
