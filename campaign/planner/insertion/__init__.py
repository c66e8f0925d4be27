"""One account put into a solution: exactly over its cadences, greedily over the calendar."""
