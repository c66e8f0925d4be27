"""What `run.py` measures, with what it compares, and how it writes that down."""
