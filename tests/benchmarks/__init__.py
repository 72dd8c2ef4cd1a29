"""What the generator costs. Nothing here is a test: a number that a loaded machine can spoil decides nothing."""
