"""What a plan is written as: one file a format, each from a plan to text; no clock in here."""
