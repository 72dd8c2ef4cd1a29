"""Turns the OpenRouter Data API into published leaderboards: pages, embeddable charts and dated data."""
