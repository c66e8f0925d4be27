"""What `campaign log` hears: words in any order, a sitting of a day, a walk, a file."""
