"""Charts: boards in, pictures and specs out. The only package that imports altair and vl-convert."""
