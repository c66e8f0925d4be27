"""From a plan to a better one: ruin and recreate, ejection, shorter drives, nights away, repair."""
