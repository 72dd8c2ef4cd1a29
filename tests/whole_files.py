"""Files of a render, taken whole by tests that look at their bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.base.artifact import Artifact, Parts


def read_whole(made: Iterable[Artifact]) -> Iterator[Artifact]:
    """Yield each file as it is made, one in parts with all its bytes."""
    for artifact in made:
        if isinstance(artifact.body, Parts):
            data = b"".join(artifact.body)
            yield replace(artifact, body=data, sha256=artifact.body.sha256)
        else:
            yield artifact
