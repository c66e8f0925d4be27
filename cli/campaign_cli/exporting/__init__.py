"""What `campaign export` is made of: its formats, their options, and where files go."""
