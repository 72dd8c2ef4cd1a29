"""Columns of listed prices that boards share; the page shows US dollars per million, the rows have them per token."""

from generator.boards.board import Column

PROMPT = Column("prompt", "Input", "price", "US dollars per million input tokens")
COMPLETION = Column("completion", "Output", "price", "US dollars per million output tokens")
CACHE_READ = Column(
    "input_cache_read",
    "Cached input",
    "price",
    "US dollars per million tokens read from the cache",
)
CONTEXT = Column("context_length", "Context", "context", "Tokens of context")
