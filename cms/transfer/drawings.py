"""Making a foreign drawing (SVG) safe: what could run, or load something from elsewhere, is taken out."""

import re

from lxml import etree

from cms.drawings import PICTURE, UnsafePart, loads_something, parse, unsafe_parts

LOADING = re.compile(
    rf"@import[^;]*;?|(?:url|image-set)\((?!\s*[\"']?\s*(?:#|{PICTURE}))[^)]*\)?", re.IGNORECASE
)


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """The drawing without its unsafe parts, and the names of what was taken out.

    Untouched where there is nothing to take out. Raises ValueError for what is not well-formed.
    """
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the drawing is not well-formed: {error.msg}") from error
    parts = list(unsafe_parts(root))
    if not parts:
        return data, []
    for part in parts:
        take_out(part)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), sorted({part.name for part in parts})


def take_out(part: UnsafePart) -> None:
    """Take out one part. Of a style only what loads something goes; what stands beside the root is
    left behind anyway when the root is written."""
    node = part.node
    if part.name == "style":
        node.set(part.attribute, safe_style(node.get(part.attribute)))
    elif part.attribute:
        del node.attrib[part.attribute]
    elif part.name == "<style>":
        text, tail = safe_style("".join(node.itertext())), node.tail
        for inner in list(node):
            node.remove(inner)
        node.text, node.tail = text, tail
    elif node.getparent() is not None:
        remove(node)


def safe_style(style: str) -> str:
    """A style without escapes and without what loads something; nothing where that does not help."""
    safe = LOADING.sub(lambda found: "" if found[0].startswith("@") else "none", style.replace("\\", ""))
    return "" if loads_something(safe) else safe


def remove(node: etree._Element) -> None:
    """Remove a node with all inside it, but not the text behind it."""
    parent, before = node.getparent(), node.getprevious()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)
