"""The plain text of a document: for search, snippets and excerpts."""

from cms.markup.characters import fold
from cms.markup.code import CodeBlocks
from cms.markup.elements import PHRASING
from cms.markup.tree import Element, parse

APPARATUS = {"footnote-ref", "footnote-back", "anchor"}
"""Classes of what helps the reader about and says nothing itself."""


def plain(root: Element, code: CodeBlocks) -> str:
    """All words below ``root`` in their order, white space folded."""
    words: list[str] = []
    _collect(root, code, words)
    return fold("".join(words))


def plain_text(html: str) -> str:
    """All words of a piece of HTML in their order, white space folded; it may be cut off anywhere."""
    return plain(parse(html), CodeBlocks())


def _collect(element: Element, code: CodeBlocks, words: list[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            words.append(code.source(child) if element.tag == "pre" else child)
        elif not APPARATUS.intersection(child.classes):
            apart = "" if child.tag in PHRASING and child.tag != "br" else " "
            words.append(apart + child.attributes.get("alt", ""))
            _collect(child, code, words)
            words.append(apart)
