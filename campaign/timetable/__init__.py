"""A day by the clock: whether it can be lived, and the best row of what it holds."""
