"""Files on the disk: whole writes, locks, and edits of settings that somebody has written."""
