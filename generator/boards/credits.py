"""The sources of a board that rests on several, of which some may not be held."""

from dataclasses import dataclass, field

from generator.base.attribution import Citation, distinct


@dataclass(frozen=True, slots=True)
class Credits:
    """Citations and datasets, in the order in which they were added."""

    _citations: list[Citation] = field(default_factory=list)
    _datasets: list[str] = field(default_factory=list)

    def add(self, dataset: str, *citations: Citation) -> None:
        """Add a dataset with the citations of its replies."""
        self._citations.extend(citations)
        self._datasets.append(dataset)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the citations, each once."""
        return distinct(self._citations)

    @property
    def datasets(self) -> tuple[str, ...]:
        return tuple(self._datasets)
