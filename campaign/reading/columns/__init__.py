"""Columns: which heading means what, how their cells are written, what is not read."""
