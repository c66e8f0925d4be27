"""The words of touches: templates, what they may say, and what is said in which touch."""
