"""Making a foreign drawing (SVG) safe: what could run, or load something from elsewhere, is taken out."""

import re

from lxml import etree

from cms.images import ACTIVE_ELEMENTS, REFERENCES

SAFE_REFERENCE = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp);)", re.IGNORECASE)
ELSEWHERE = re.compile(r"@import[^;]*;?|url\(\s*[\"']?(?!\s*#|\s*data:image/)[^)]*\)", re.IGNORECASE)


def is_drawing(data: bytes) -> bool:
    """Whether ``data`` is an SVG, by its content."""
    return b"<svg" in data[:4096].lower()


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """The drawing without its dangerous parts, and the names of what was taken out.

    Untouched where there is nothing to take out. Raises ValueError for what is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the drawing is not well-formed: {error.msg}") from error
    removed = [*around(root), *clean_elements(root), *clean_styles(root), *clean_attributes(root)]
    if not removed:
        return data, []
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), sorted(set(removed))


def around(root: etree._Element) -> list[str]:
    """What stands beside the root, such as style sheets; it goes as soon as the root is rewritten."""
    beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    instructions = [f"<?{node.target}?>" for node in beside if isinstance(node, etree._ProcessingInstruction)]
    declared = root.getroottree().docinfo.internalDTD
    return [*instructions, *(["its entities"] if declared is not None and declared.entities() else [])]


def clean_elements(root: etree._Element) -> list[str]:
    """Take out active elements and processing instructions; their names."""
    found = [(node, active_name(node)) for node in root.iter()]
    for node, name in found:
        if name:
            take_out(node)
    return [name for _node, name in found if name]


def active_name(node: etree._Element) -> str:
    """The name of an element that could act; nothing for any other."""
    if isinstance(node, etree._ProcessingInstruction):
        return f"<?{node.target}?>"
    if not isinstance(node.tag, str):
        return ""
    name = local_name(node.tag)
    moves_link = name.startswith("animate") and node.get("attributeName", "").lower().endswith("href")
    return f"<{name}>" if name in ACTIVE_ELEMENTS or moves_link else ""


def clean_styles(root: etree._Element) -> list[str]:
    foreign = [node for node in root.iter("{*}style") if ELSEWHERE.search(node.text or "")]
    for node in foreign:
        node.text = ELSEWHERE.sub("none", node.text)
    return ["a style from elsewhere"] if foreign else []


def clean_attributes(root: etree._Element) -> list[str]:
    """Take out handlers, and references to anything outside the drawing; their names."""
    removed = []
    for element in root.iter(etree.Element):
        for attribute, value in list(element.attrib.items()):
            name = local_name(attribute)
            foreign = name in REFERENCES and not SAFE_REFERENCE.match(value)
            if name.startswith("on") or foreign or ELSEWHERE.search(value):
                del element.attrib[attribute]
                removed.append(name)
    return removed


def take_out(node: etree._Element) -> None:
    """Remove a node with all inside it, but not the text behind it."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def local_name(name: str) -> str:
    return etree.QName(name).localname.lower()
