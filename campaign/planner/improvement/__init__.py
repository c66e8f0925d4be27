"""From a plan to a better one: ruin and recreate, shorter drives, nights away, repair."""
