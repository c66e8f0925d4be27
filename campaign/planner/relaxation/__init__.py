"""All runs at once: column generation, the Lagrangian bound, and the dive to a first plan."""
