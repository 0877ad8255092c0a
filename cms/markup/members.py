"""What is narrower for members: no ids, only this package's classes, links that vouch for nothing."""

import re

from pygments.token import STANDARD_TYPES

from cms.markup.tree import Element

REL = "ugc nofollow noopener"
CLASSES = re.compile(
    r"align-(?:left|center|right)|callout|callout-(?:tip|note|warning|example|quote|title)|code|table"
    r"|contains-task-list|task-list-item|task-list-item-checkbox|external-image"
)
COLOURS = frozenset(STANDARD_TYPES.values())


def narrow(root: Element) -> None:
    """Take from every element below ``root`` what members may not use, in place."""
    for element in root.walk():
        element.attributes.pop("id", None)
        if names := [name for name in element.classes if _is_ours(element, name)]:
            element.attributes["class"] = " ".join(names)
        else:
            element.attributes.pop("class", None)
        if element.tag == "a" and "href" in element.attributes:
            element.attributes["rel"] = REL


def _is_ours(element: Element, name: str) -> bool:
    return name in COLOURS if element.tag == "span" else bool(CLASSES.fullmatch(name))
