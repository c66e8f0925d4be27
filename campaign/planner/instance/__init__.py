"""What does not change while it is searched: days, jobs and their windows, drives, nights."""
