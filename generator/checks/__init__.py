"""Whether a built folder may be shown to anyone. Reads only that folder."""
