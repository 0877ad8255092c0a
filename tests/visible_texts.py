"""The texts of a template that a reader sees and no catalog could translate."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

NAMES = {"Atom", "CSV", "JSON", "RSS"}  # the same in every language
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
UNSEEN = {"script", "style"}


def untranslated(environment: Environment, template: str) -> list[str]:
    """The words of ``template``, its source, that stand outside gettext: in text, labels and alternatives."""
    outputs = environment.parse(template).find_all(nodes.Output)
    page = "".join(written(node) for output in outputs for node in output.nodes)
    return [text for text in spoken(page) if re.search(r"[^\W\d_]", text) and text not in NAMES]


def written(node: nodes.Node) -> str:
    """What a node of a template writes whatever the language; a call, such as gettext's, writes nothing."""
    match node:
        case nodes.TemplateData():
            return node.data
        case nodes.Const():
            return str(node.value)
        case nodes.CondExpr():
            return " ".join(written(branch) for branch in (node.expr1, node.expr2) if branch)
        case nodes.Or() | nodes.Add():
            return written(node.left) + " " + written(node.right)
        case nodes.Concat():
            return "".join(written(part) for part in node.nodes)
    return ""


def spoken(page: str) -> Iterator[str]:
    """The words of a page that are shown or read aloud."""
    found: list[str] = []
    reader = Reader(found)
    reader.feed(page)
    reader.close()
    return (word for text in found for word in text.split())


class Reader(HTMLParser):
    """Collects texts and spoken attributes in ``found``."""

    def __init__(self, found: list[str]):
        super().__init__()
        self.found = found
        self.is_key = False

    def handle_starttag(self, tag, attributes) -> None:
        self.is_key = tag == "kbd"
        self.found += [value for name, value in attributes if name in SPOKEN_ATTRIBUTES and value]

    def handle_data(self, text: str) -> None:
        names_a_key = self.is_key and len(text) == 1  # which is the same in every language
        if self.cdata_elem not in UNSEEN and not names_a_key:
            self.found.append(text)
