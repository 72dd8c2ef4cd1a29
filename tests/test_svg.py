"""What the static pictures state, and where."""

import re
from xml.etree import ElementTree

from generator.charts import svg

_DRAWN = (
    '<svg><g fill="none"><g><g transform="translate(1,2)"><text font-size="12px" fill="#111111">a</text>'
    '<text font-size="12px" fill="#111111">b &amp; c</text></g></g>'
    '<g><text font-size="12px" fill="#222222">d</text><path stroke="#333333" d="M0,0"/></g></g></svg>'
)
_STATED = ("fill", "stroke", "font-size")


def _seen(element: ElementTree.Element, around: dict[str, str]) -> list[tuple[str, str, str]]:
    """What each text and path is drawn with, its own or that of the groups around it, and its words."""
    stated = around | {name: element.attrib[name] for name in _STATED if name in element.attrib}
    if element.tag in ("text", "path"):
        return [(element.tag, str(sorted(stated.items())), element.text or "")]
    found = []
    for inside in element:
        found += _seen(inside, stated)
    return found


def test_what_all_in_a_group_have_in_common_is_stated_by_the_group_alone() -> None:
    body = svg.normalized(_DRAWN, "a")
    assert body == (
        '<g fill="none"><g transform="translate(1,2)" fill="#111111" font-size="12px"><text>a</text>'
        "<text>b &amp; c</text></g>"
        '<text font-size="12px" fill="#222222">d</text><path stroke="#333333" d="M0,0"/></g>'
    )


def test_each_mark_is_drawn_as_before() -> None:
    before = ElementTree.fromstring(_DRAWN)  # noqa: S314
    after = ElementTree.fromstring(svg.normalized(_DRAWN, "a"))  # noqa: S314
    assert _seen(after, {}) == _seen(before, {})
    assert len(_seen(before, {})) == 4


def test_a_group_in_which_one_states_nothing_states_nothing() -> None:
    drawn = '<svg><g id="x"><path fill="#111111" d="M0,0"/><path d="M1,1"/></g></svg>'
    assert re.findall("<[^/][^>]*>", svg.normalized(drawn, "a")) == [
        '<g id="a-1">',
        '<path fill="#111111" d="M0,0"/>',
        '<path d="M1,1"/>',
    ]
