"""Boards and charts in, a stream of artifacts out."""
