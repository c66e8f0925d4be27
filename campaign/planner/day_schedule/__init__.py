"""Whether one day can be lived by the clock: hours, the tour through them, its timetable."""
