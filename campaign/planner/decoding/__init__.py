"""From a solution back to rows of a plan, and why what is left out is."""
