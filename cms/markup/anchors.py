"""Places within a document: ids that occur once, headings that can be linked, the table of contents."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from flask_babel import gettext as _

from cms.markup.attributes import PREFIX, anchor_id
from cms.markup.characters import fold
from cms.markup.elements import HEADINGS
from cms.markup.tree import Element

LONGEST_ID = 80
PART = re.compile(r"[#.][\w.:-]+|[\w-]+=\S+")  # an id, a class, or an attribute, which is left out
DEEPEST_IN_CONTENTS = 4


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents: its level (2 to 4), its id, its plain text."""

    level: int
    id: str
    title: str


def level_headings(root: Element, highest: int) -> None:
    """Let headings begin at level ``highest`` (the page has its own h1) and skip no level downwards."""
    outer: list[int] = []
    for heading in _headings(root):
        written = int(heading.tag[1])
        while outer and outer[-1] >= written:
            outer.pop()
        outer.append(written)
        heading.tag = f"h{min(highest - 1 + len(outer), 6)}"


def unify_ids(root: Element) -> None:
    """Keep the first of equal ids."""
    taken: set[str] = set()
    for element in root.walk():
        name = element.attributes.get("id")
        if name in taken:
            del element.attributes["id"]
        elif name is not None:
            taken.add(name)


def lead_links(root: Element) -> None:
    """Lead links within the document to where they mean to go: other programs name headings otherwise."""
    taken = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    similar = {squeezed(name): name for name in reversed(taken)}
    exact = set(taken)
    for link in root.walk():
        if link.tag == "a" and link.attributes.get("href", "").startswith("#"):
            name = anchor_id(unquote(link.attributes["href"][1:]))
            name = name if name in exact else similar.get(squeezed(name), name)
            link.attributes["href"] = "#" + quote(name)


def take_ids(root: Element) -> None:
    """Let headings have the ids that their authors wrote behind them: ``{#id}``, ``{: #id .class}``.

    So write Hugo, Zola and kramdown (whose documentation describes the form).
    """
    taken = {element.attributes["id"] for element in root.walk() if "id" in element.attributes}
    numbers: dict[str, int] = {}
    for heading in _headings(root):
        words, name = _own_id(heading)
        if name and "id" not in heading.attributes:
            heading.children[-1] = words
            name = anchor_id(name).removeprefix(PREFIX)
            heading.attributes = {"id": _free(name, taken, numbers), **heading.attributes}


def _own_id(heading: Element) -> tuple[str, str]:
    """What stands before the braces at the end of a heading, and the one id in them; else no id."""
    last = heading.children[-1] if heading.children else ""
    text = last.rstrip() if isinstance(last, str) else ""
    words, brace, inside = text.removesuffix("}").rpartition("{")
    parts = inside.removeprefix(":").split()
    ids = [part[1:] for part in parts if part.startswith("#")]
    is_blank = not words.strip() and len(heading.children) == 1
    if not text.endswith("}") or not brace or is_blank or not all(map(PART.fullmatch, parts)):
        return text, ""
    return words.rstrip(), ids[0] if len(ids) == 1 else ""


def name_headings(root: Element) -> None:
    """Give every heading that has none an id made of its words."""
    taken = {element.attributes["id"] for element in root.walk() if "id" in element.attributes}
    numbers: dict[str, int] = {}
    for heading in _headings(root):
        if "id" not in heading.attributes:
            heading.attributes = {"id": _free(slug(heading.text), taken, numbers), **heading.attributes}


def _free(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """``name``, or the first of name-1, name-2 … that is free; each number is tried once."""
    free = PREFIX + name
    while free in taken:
        numbers[name] = numbers.get(name, 0) + 1
        free = f"{PREFIX}{name}-{numbers[name]}"
    taken.add(free)
    return free


def slug(title: str) -> str:
    """A heading's words, in any script, as a name: lower case, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", title.lower()[:LONGEST_ID]).strip("-") or "section"


def link_headings(root: Element) -> tuple[Heading, ...]:
    """Add to every heading a link to itself; return the table of contents."""
    contents = []
    for heading in _headings(root):
        title, name = fold(heading.text), heading.attributes["id"]
        if int(heading.tag[1]) <= DEEPEST_IN_CONTENTS:
            contents.append(Heading(int(heading.tag[1]), name, title))
        label = _("Link to “%(title)s”", title=title)
        heading.children += [
            " ",
            Element("a", {"class": "anchor", "href": "#" + quote(name), "aria-label": label}, ["#"]),
        ]
    return tuple(contents)


def _headings(root: Element) -> list[Element]:
    return [element for element in root.walk() if element.tag in HEADINGS]


def squeezed(name: str) -> str:
    """``name`` without what programs differ in when they make ids of headings."""
    return re.sub(r"[\W_]+", "", name.removeprefix(PREFIX).lower())
