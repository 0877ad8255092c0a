"""HTML read as a stream of tags and text, in one pass whatever the input.

A `<` that begins no well-formed tag is text. Comments, declarations and processing instructions
are left out, and so are scripts, styles and drawings with all that they hold.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cms.markup.characters import decode

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])"
    r"(?P<attributes>(?:[\s/]*+[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?+)*+)"
    r"[\s/]*+>"
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?+")
HIDDEN = ("script", "style", "template", "svg", "math", "noscript", "select", "title", "head")
HIDDEN_END = re.compile(rf"</({'|'.join(HIDDEN)})[\s/>]", re.IGNORECASE | re.ASCII)


class Text(NamedTuple):
    data: str


class Start(NamedTuple):
    name: str
    attributes: dict[str, str]
    source: str


class End(NamedTuple):
    name: str


Piece = Text | Start | End


class Reader:
    """One reading of a piece of HTML."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.position = 0
        self.last_comment_end = html.rfind("-->")
        self.last_bracket = html.rfind(">")
        self.hidden_ends: dict[str, list[int]] = {}
        for match in HIDDEN_END.finditer(html):
            self.hidden_ends.setdefault(match[1].lower(), []).append(match.start())
        for ends in self.hidden_ends.values():
            ends.reverse()

    def __iter__(self) -> Iterator[Piece]:
        while (bracket := self.html.find("<", self.position)) >= 0:
            if bracket > self.position:
                yield Text(decode(self.html[self.position : bracket]))
            self.position = bracket
            yield self._markup()
        if self.position < len(self.html):
            yield Text(decode(self.html[self.position :]))

    def _markup(self) -> Piece:
        if match := TAG.match(self.html, self.position):
            return self._tag(match)
        if self.html.startswith(("<!", "<?"), self.position):
            return self._declaration()
        self.position += 1
        return Text("<")

    def _tag(self, match: re.Match[str]) -> Piece:
        self.position = match.end()
        name = match["name"].lower()
        if match["close"]:
            return End(name)
        if name in HIDDEN:
            self._hide(name)
            return Text("")
        return Start(name, attributes(match["attributes"]), match[0])

    def _hide(self, name: str) -> None:
        ends = self.hidden_ends.get(name, [])
        while ends and ends[-1] < self.position:
            ends.pop()
        if ends:
            self.position = ends.pop()

    def _declaration(self) -> Piece:
        start, html = self.position, self.html
        comment = html.startswith("<!--", start)
        if comment and html.startswith((">", "->"), start + 4):
            self.position = html.index(">", start) + 1
        elif comment and self.last_comment_end >= start + 4:
            self.position = html.index("-->", start + 4) + 3
        elif not comment and self.last_bracket > start:
            self.position = html.index(">", start) + 1
        else:
            self.position += 1
            return Text("<")
        return Text("")


def attributes(source: str) -> dict[str, str]:
    """A tag's attributes by lower-case name, the first of each name, values decoded."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), decode(double or single or bare))
    return found
