"""Where things are and how long the drives between them take, offline."""
