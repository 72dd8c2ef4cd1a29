"""Dated files, word for word, and what they say as of a day."""
