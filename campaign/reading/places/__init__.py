"""Where accounts and the rep are, what is assumed of it, and the drives between."""
