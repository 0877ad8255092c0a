"""HTML of any kind -> a small tree that is well-formed, well-nested and never deep.

The tree holds elements of `elements.py` only, each where the standard allows it: a paragraph ends
where a block begins, a list's own text becomes an item, what is unclosed is closed. The work is
linear, since every search of the open elements ends at limits.ELEMENT_DEPTH.
"""

from collections import Counter
from collections.abc import Iterator

from cms.markup import elements, limits
from cms.markup.attributes import kept
from cms.markup.characters import escape, escape_attribute
from cms.markup.tags import End, Reader, Start, Text


class Element:
    """An element: its tag, its attributes, and its children (elements and text)."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, children: list | None = None):
        self.tag = tag
        self.attributes = attributes or {}
        self.children: list[Element | str] = children or []

    def __iter__(self) -> Iterator["Element"]:
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """Every element below this one, in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if element is not self:
                yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text inside, pictures by their alternative text."""
        if self.tag == "img":
            return self.attributes.get("alt", "")
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing here to see."""
        return not self.text.strip() and not any(child.tag in elements.VOID for child in self.walk())

    def write(self, out: list[str]) -> None:
        """Append this element's HTML to ``out``."""
        names = "".join(f' {name}="{escape_attribute(value)}"' for name, value in self.attributes.items())
        out.append(f"<{self.tag}{names}>")
        if self.tag not in elements.VOID:
            self.write_children(out)
            out.append(f"</{self.tag}>")

    def write_children(self, out: list[str]) -> None:
        for child in self.children:
            if isinstance(child, str):
                out.append(escape(child))
            else:
                child.write(out)

    @property
    def inner(self) -> str:
        """The HTML of the children."""
        out: list[str] = []
        self.write_children(out)
        return "".join(out)


class Builder:
    """Puts tags and text, as they come, where they may stand."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        self.root = Element("root")
        self.open = [self.root]
        self.left_out: Counter[str] = Counter()

    def text(self, data: str) -> None:
        if data.isspace() and self.open[-1].tag in elements.IMPLIED:
            return
        self._make_room("#text")
        self.open[-1].children.append(data)

    def start(self, piece: Start) -> None:
        tag = elements.MODERN.get(piece.name, piece.name)
        if tag not in self.allowed:
            if tag not in elements.OTHERS and tag not in elements.TRUSTED:
                self.text(piece.source)
            return
        if self._is_unwelcome(tag):
            self.left_out[tag] += tag not in elements.VOID
            return
        self._close_link(tag)
        self._make_room(tag)
        self._push(tag, kept(tag, piece.name, piece.attributes))

    def end(self, name: str) -> None:
        tag = elements.MODERN.get(name, name)
        if tag not in self.allowed or tag in elements.VOID:
            return
        if self.left_out[tag]:
            self.left_out[tag] -= 1
        else:
            self._close(tag)

    def _push(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        if tag not in elements.VOID:
            self.open.append(element)

    def _is_unwelcome(self, tag: str) -> bool:
        if len(self.open) >= limits.ELEMENT_DEPTH and tag not in elements.VOID:
            return True
        if any(tag in elements.BARE.get(element.tag, ()) for element in self.open):
            return True
        if tag in elements.PARTS:
            return not self._reach(tag)
        return False

    def _reach(self, tag: str) -> bool:
        """Close what stands between this part and the whole that it belongs to, where there is one."""
        wholes = elements.PARTS[tag]
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag in wholes:
                return self._reach_at(tag, index)
            if self.open[index].tag in elements.CELLS and "table" not in wholes:
                return False
        return False

    def _reach_at(self, tag: str, index: int) -> bool:
        whole = self.open[index]
        first_only = tag in ("caption", "summary")
        if first_only and any(isinstance(child, Element) or child.strip() for child in whole.children):
            return False
        del self.open[index + 1 :]
        return True

    def _close_link(self, tag: str) -> None:
        if tag in elements.ACTIVE and any(element.tag == "a" for element in self.open):
            self._close("a")

    def _make_room(self, tag: str) -> None:
        """Close elements that may not hold this one, and begin the parts that it needs around it."""
        while not self._accepts(len(self.open) - 1, tag):
            whole = self.open[-1].tag
            if whole in elements.IMPLIED:
                self._push(elements.IMPLIED[whole], {})
            else:
                self.open.pop()

    def _accepts(self, index: int, tag: str) -> bool:
        parent = self.open[index].tag
        if tag in elements.PARTS:
            return parent in elements.HOMES.get(tag, elements.PARTS[tag])
        if parent in elements.IMPLIED:
            return False
        if parent in elements.TRANSPARENT:
            return self._accepts(index - 1, tag)
        if index == 0 or parent in elements.FLOW_PARENTS:
            return True
        return tag == "#text" or tag in elements.PHRASING

    def _close(self, tag: str) -> None:
        leaves_cell = tag in elements.PARTS or tag == "table"
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return
            if self.open[index].tag in elements.CELLS and not leaves_cell:
                return


def parse(html: str, allowed: frozenset[str] = elements.TRUSTED) -> Element:
    """The tree of this HTML; its root is an element of no name.

    Tags outside ``allowed`` are left out (their text stays), tags that HTML does not know are text.
    """
    builder = Builder(allowed)
    for piece in Reader(html):
        match piece:
            case Text(""):
                pass
            case Text(data):
                builder.text(data)
            case Start():
                builder.start(piece)
            case End(name):
                builder.end(name)
    return builder.root
