"""What is safe in a drawing (SVG): the one place that says which of its parts could run or load something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

ACTIVE_ELEMENTS = {
    "script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "set", "meta",
}  # fmt: skip
REFERENCES = {"href", "src"}
STYLES = {
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker",
    "marker-start",
    "marker-mid",
    "marker-end",
    "values",
    "from",
    "to",
    "by",
}  # fmt: skip  (attributes that are read as CSS and could load something)
PICTURE = r"data:image/(?:png|jpeg|gif|webp)[;,]"
SAFE_REFERENCE = re.compile(rf"\s*(?:#|{PICTURE})", re.IGNORECASE)
ELSEWHERE = re.compile(rf"@import|image-set\(|url\(\s*+[\"']?+\s*+(?!#|{PICTURE})", re.IGNORECASE)
ENTITY = "<!ENTITY>"
DECLARATIONS = "<!DOCTYPE […]>"
LEADING = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)  # what may stand before a document type
LONGEST_SHOWN = 40  # characters of a value


@dataclass(frozen=True)
class UnsafePart:
    """A node of a drawing, or one ``attribute`` of it, that could run or load something.

    ``name`` is what to call it: ``<script>``, ``<?xml-stylesheet?>``, ``<!ENTITY>``, ``<!DOCTYPE […]>``
    or that of an attribute.
    """

    name: str
    node: etree._Element
    attribute: str = ""

    def __str__(self) -> str:
        return (
            f"{self.name}=“{self.node.get(self.attribute)[:LONGEST_SHOWN]}”" if self.attribute else self.name
        )


def is_drawing(data: bytes) -> bool:
    """Whether ``data`` is an SVG, by its content."""
    return b"<svg" in data[:4096].lower()


def parse(data: bytes) -> etree._Element:
    """The root of a drawing; nothing outside it is read. Raises `etree.XMLSyntaxError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def unsafe_parts(root: etree._Element) -> Iterator[UnsafePart]:
    """Every part of a drawing that could run, or load something from elsewhere, in the order of the file."""
    if has_entities(root):
        yield UnsafePart(ENTITY, root)
    elif has_declarations(root):
        yield UnsafePart(DECLARATIONS, root)
    for node in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        if name := active_name(node):
            yield UnsafePart(name, node)
        elif isinstance(node.tag, str):
            yield from unsafe_attributes(node)


def has_entities(root: etree._Element) -> bool:
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and bool(declared.entities())


def has_declarations(root: etree._Element) -> bool:
    """Whether the document type declares anything itself: a browser adds the attributes that it declares.

    lxml names no attribute of an element that is not declared, so this looks at how it writes them.
    """
    kind = root.getroottree().docinfo.doctype
    written = etree.tostring(root.getroottree(), encoding="unicode") if kind else ""
    return not written.startswith(kind, LEADING.match(written).end())


def active_name(node: etree._Element) -> str:
    """The name of a node that is unsafe as a whole; nothing for any other."""
    if isinstance(node, etree._ProcessingInstruction):
        return f"<?{node.target}?>"
    if isinstance(node, etree._Entity):
        return ENTITY
    if not isinstance(node.tag, str):
        return ""
    name = local_name(node.tag)
    loads = name == "style" and loads_something("".join(node.itertext()))
    return f"<{name}>" if name in ACTIVE_ELEMENTS or loads or moves_a_reference(node) else ""


def moves_a_reference(node: etree._Element) -> bool:
    """Whether an element animates where another leads to."""
    told = (value for attribute, value in node.attrib.items() if local_name(attribute) == "attributename")
    return any(value.strip().lower().endswith(tuple(REFERENCES)) for value in told)


def unsafe_attributes(element: etree._Element) -> Iterator[UnsafePart]:
    for attribute, value in element.attrib.items():
        name = local_name(attribute)
        foreign = name in REFERENCES and not SAFE_REFERENCE.match(value)
        loads = loads_something(value) if name in STYLES else ELSEWHERE.search(value)
        if name.startswith("on") or foreign or loads:
            yield UnsafePart(name, element, attribute)


def loads_something(style: str) -> bool:
    """Whether a style refers to anything outside its drawing; an escape is taken for an attempt to."""
    return "\\" in style or bool(ELSEWHERE.search(style))


def local_name(name: str) -> str:
    """The name of an element or attribute in small letters, without its namespace."""
    return etree.QName(name).localname.lower()
