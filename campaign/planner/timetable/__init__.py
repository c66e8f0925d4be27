"""The timetable: when each day's drives, visits and calls take place."""
