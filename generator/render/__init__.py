"""Boards and charts in, a stream of artifacts out: see :mod:`generator.render.all_artifacts`."""
