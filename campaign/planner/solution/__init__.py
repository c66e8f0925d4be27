"""A plan while it is searched: what is placed, what it takes, what it forbids and comes to."""
