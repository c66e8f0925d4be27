"""The lists of a campaign folder: each row to a value, or to findings."""
