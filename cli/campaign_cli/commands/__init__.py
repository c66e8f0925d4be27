"""The commands, one file each; none of them is imported before it is called."""
