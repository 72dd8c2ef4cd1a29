"""A rendered tree is staged, published, mirrored, exported, verified or previewed."""
