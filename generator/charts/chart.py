"""The words of this room: what a chart is, what it draws at one size, and what comes out."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generator.base.artifact import Artifact, Slice
from generator.base.attribution import Citation
from generator.boards.board import AnyBoard, BoardId
from generator.charts.specs_script import specs_script

Rows = list[dict[str, Any]]
Param = int | float | str | Sequence[int | float | str]
"""What a parameter of a kind of chart may be."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Size:
    """One of the three widths in which every chart is drawn, in pixels of its own coordinate system.

    A page shows a drawing at 0.9 to 1.3 times its own width, so that its words are 11 to 16 pixels high.
    """

    name: str
    width: int
    margin: int
    suffix: str  # of the names of its files

    @property
    def room(self) -> int:
        """Return the pixels between the margins."""
        return self.width - 2 * self.margin

    @property
    def narrow(self) -> bool:
        return self is NARROW

    @property
    def wide(self) -> bool:
        return self is WIDE

    def of(self, narrow: T, medium: T, wide: T) -> T:
        """Return what belongs to this width."""
        return {"narrow": narrow, "medium": medium, "wide": wide}[self.name]


WIDE = Size("wide", 880, 20, "")
MEDIUM = Size("medium", 556, 16, ".medium")
NARROW = Size("narrow", 336, 12, ".narrow")
SIZES = (WIDE, MEDIUM, NARROW)


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of drawing: a Vega-Lite spec without rows, texts or sizes, built and compiled once."""

    name: str  # unique in the room; the cache keeps the compiled spec under it
    # Makes the spec with Altair on named data; it must not depend on anything but the code.
    build: Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to see a chart."""

    value: str  # as it stands in an address; empty for the default
    label: str  # for people
    params: Mapping[str, Param] = field(default_factory=dict)  # values of the kind's parameters
    subtitle: str = ""  # what the chart shows then, if that is another thing
    # Words of the chart's subtitle, and what it says then in their place.
    renamed: tuple[str, str] = ("", "")

    def says(self, usual: str) -> str:
        """Return the subtitle of the chart with this option, whose own is the usual one."""
        return self.subtitle or usual.replace(*self.renamed, 1)


@dataclass(frozen=True, slots=True)
class Control:
    """A choice that the interactive chart gives: ``range``, ``stack``, ``scale``, ``ratio``, ``events`` or ``focus``."""

    key: str  # its name in addresses, the same in pages and embeds
    label: str  # for people
    options: tuple[Option, ...]  # the default first
    field: str = ""  # of the rows, what a range or a focus is about
    days: int = 1  # how many days end with each day of a range: seven of a week
    # Where a number may be asked for that is no option, what that does; `{}` stands for the number.
    any: Option | None = None
    other: str = ""  # a label for the field of such a number
    most: int = 0  # the largest such number; the least is 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One board's picture at one size, without title, credit and theme, which the frame adds."""

    template: Template
    data: Mapping[str, Rows]  # rows by the name of the data set that the template draws them from
    height: float  # of the plot, in pixels
    # Room beside the plot for names, labels and ticks.
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    # Values of the template's parameters: ends of scales, lengths that depend on the size.
    params: Mapping[str, Param] = field(default_factory=dict)
    # Of the template's color scale, by the values of its field.
    colors: Mapping[str, str] = field(default_factory=dict)
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """One entry of the catalog; title and finding are the board's own where it has none itself."""

    id: str  # stable for ever, kebab-case
    # The id of the board that it draws; when it ends in a dot, every board of that family gives a
    # variant `<id>.<the other parts>`, and the board without further parts the chart itself.
    board: str
    subtitle: Callable[[AnyBoard], str]  # what is measured, and for when
    draw: Callable[[AnyBoard, Size], Drawing]  # the picture at one size
    title: str | Callable[[AnyBoard], str] = lambda board: board.title  # the question it answers
    # The finding, stated from the rows, for those who do not see the picture.
    alt: Callable[[AnyBoard], str] = lambda board: board.finding
    notes: tuple[str, ...] = ()  # what a reader must know to read it rightly, one sentence each
    # Whether the board has what the chart is about; a board without rows never has.
    applies_to: Callable[[AnyBoard], bool] = lambda board: bool(board.rows)
    per_entity: bool = False  # there is one for each model or author, so each has fewer files

    def id_for(self, board_id: BoardId) -> str | None:
        """Return the id of the drawing of that board, None when this chart does not draw it."""
        rest = board_id.below(*self.board.removesuffix(".").split("."))
        if rest is None:
            return None
        if not rest:
            return self.id
        if not self.board.endswith("."):
            return None
        return ".".join((self.id, *rest)).replace(":", "--").replace("/", ".")

    def title_for(self, board: AnyBoard) -> str:
        return self.title if isinstance(self.title, str) else self.title(board)


@dataclass(frozen=True, slots=True)
class PublishedChart:
    """A chart with its files."""

    id: str  # of the drawing: the chart's own, or that of a variant
    chart: str  # the id of what was drawn
    board: AnyBoard
    title: str
    files: tuple[Artifact, ...]  # below `charts/`

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The credit that stands in every file and must stand beside every picture."""
        return self.board.citations

    @property
    def is_variant(self) -> bool:
        """Return whether this is one of many charts of its kind, and not the one in the gallery."""
        return self.id != self.chart

    def has(self, suffix: str) -> bool:
        return any(artifact.path == f"charts/{self.id}{suffix}" for artifact in self.files)


@dataclass(frozen=True, slots=True)
class UndrawnChart(PublishedChart):
    """A chart that there should be today and that could not be drawn: its addresses stay, with its rows.

    Its title is the board's where its own failed too; its files are those that could be made without a picture.
    """

    reason: str  # for the operator: the kind of the error, and its words
    # Whether a package could not be loaded, which is the fault of no chart.
    lacks_package: bool = False

    @property
    def alt(self) -> str:
        """Return the finding of the board, in place of what the picture would have shown."""
        return self.board.finding


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page must know of one of a chart's pictures."""

    size: str  # name of its width: wide, medium or narrow
    suffix: str  # of its files
    width: int
    height: int
    head: int  # how much of the height the title takes, with the margin above it
    # How many lines of it are title and credit, which pages say in their own text.
    title_lines: int
    credit_lines: int


@dataclass(frozen=True, slots=True)
class DrawnChart(PublishedChart):
    """A chart with everything that is published of it.

    Its files are six SVGs, the Vega-Lite spec, three compiled specs, rows as JSON and CSV; of data that may not be
    redistributed, pictures only.
    """

    # For the page around it, as its title; the pictures carry them too.
    subtitle: str
    alt: str
    notes: tuple[str, ...]
    pictures: tuple[Picture, ...]  # of each width, the widest first
    controls: tuple[Control, ...]

    @property
    def wide(self) -> Picture:
        return self.pictures[0]

    @property
    def bitmap(self) -> tuple[int, int]:
        """Width and height of the PNG, which every PNG states in the same place."""
        width, height = struct.unpack(">II", self.file(".png")[16:24])
        return width, height

    @property
    def is_interactive(self) -> bool:
        """Return whether it has specs that a browser draws it from; else it is a picture only."""
        return self.has(".vg.json")

    @property
    def script(self) -> bytes:
        """All compiled specs as a script: a sandboxed embed may load that, but may fetch no JSON."""
        return specs_script({size.name: self.file(f"{size.suffix}.vg.json") for size in SIZES})

    def file(self, suffix: str) -> bytes:
        """Return the bytes of ``charts/<id><suffix>``."""
        body = self._artifact(suffix).body
        if isinstance(body, Slice):
            return body.read_bytes()
        if not isinstance(body, bytes):
            raise TypeError(f"charts/{self.id}{suffix} is a link to a file, not bytes")
        return body

    def size(self, suffix: str) -> int:
        """Return the number of bytes of ``charts/<id><suffix>``."""
        return self._artifact(suffix).size

    def _artifact(self, suffix: str) -> Artifact:
        path = f"charts/{self.id}{suffix}"
        return next(artifact for artifact in self.files if artifact.path == path)
