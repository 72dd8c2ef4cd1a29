"""What becomes of a rendered tree: staged, exchanged, mirrored, exported, verified, previewed."""
