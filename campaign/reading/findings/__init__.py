"""What is missing or doubtful in readable lists, and many findings of a kind as few."""
