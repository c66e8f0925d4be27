"""From positions back to rows of a plan, and why the rest has no day."""
