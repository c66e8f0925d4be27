"""The written plan, read back: with what the rep has ticked off, and what a spreadsheet did."""
