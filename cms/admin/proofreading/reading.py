"""Markdown read for proofreading: its headings, and what leads somewhere, each with its line.

Only the blocks are parsed. What stands inside them is found by patterns of linear cost, code left out: that
is five times as fast as parsing it, and a live preview proofreads at every pause.
"""

import re
import threading
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from cms.markup.characters import decode
from cms.markup.links import safe_url
from cms.markup.parser import make_parser
from cms.markup.tags import ATTRIBUTE, TAG

CODE = re.compile(r"(?<!`)(`++)(?!`)(?:[^`]|(?!\1(?!`))`++)*+\1(?!`)")
TARGET = r"[ \t]*+(<[^<>\n]*+>|[^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+)"
LINK = re.compile(r"(?<!\\)\]\(" + TARGET)
BARE_PICTURE = re.compile(r"(?<!\\)!\[[ \t]*+\](?:\(" + TARGET + r"|\[)")
DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]{1,999}+\]:" + TARGET)
HTML_HEADING = re.compile(r"<h([1-6])(?=[\s>])", re.IGNORECASE)
_of_thread = threading.local()


@dataclass(frozen=True)
class Heading:
    """A heading in lines ``first`` to ``last``, counted from 1, at the level that was ``written``."""

    first: int
    last: int
    written: int
    is_mendable: bool  # by changing its number signs


@dataclass(frozen=True)
class Lead:
    """An address in the text: ``raw`` as it was typed, ``href`` as a browser would understand it."""

    line: int
    raw: str
    href: str


@dataclass(frozen=True)
class Bare:
    """A picture that is not described; ``raw`` is its Markdown or HTML up to the end of its address."""

    line: int
    raw: str
    href: str


class Reading:
    """A body of Markdown, read once."""

    def __init__(self, body: str):
        parser = markdown()
        self.lines = body.split("\n")
        self.tokens: list[Token] = []
        parser.block.parse(body, parser, {"references": {}}, self.tokens)

    def headings(self) -> list[Heading]:
        found = []
        for token in self.tokens:
            if token.type == "heading_open":
                first, last = token.map
                is_plain = token.markup.startswith("#") or not token.level
                found.append(Heading(first + 1, last, int(token.tag[1]), is_plain))
            elif token.type == "html_block":
                lines = (line_in(token, match) for match in HTML_HEADING.finditer(token.content))
                levels = HTML_HEADING.findall(token.content)
                found += [
                    Heading(line, line, int(level), False) for line, level in zip(lines, levels, strict=True)
                ]
        return found

    def leads(self) -> Iterator[Lead]:
        """Every link and every picture."""
        for token, text in self._texts():
            for line, match in matches(token, text, LINK, "]("):
                yield from lead(line, match[1])
            for line, attributes in tags(token, text, "a", "img"):
                for name, raw in attributes.items():
                    if name in ("href", "src"):
                        yield from lead(line, raw)
        yield from self._definitions()

    def bare_pictures(self) -> Iterator[Bare]:
        for token, text in self._texts():
            for line, match in matches(token, text, BARE_PICTURE, "!["):
                yield Bare(line, match[0], safe_url((match[1] or "").strip("<>")) or "")
            for line, attributes in tags(token, text, "img"):
                if "alt" not in attributes:
                    yield Bare(line, "<img", safe_url(decode(attributes.get("src", ""))) or "")

    def _texts(self) -> Iterator[tuple[Token, str]]:
        """Each piece of text and the token that it belongs to, code blanked out."""
        for token in self.tokens:
            if token.type == "inline" and "`" in token.content:
                yield token, CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), token.content)
            elif token.type in ("inline", "html_block"):
                yield token, token.content

    def _definitions(self) -> Iterator[Lead]:
        """The addresses of ``[label]: address``, which the parser takes out of the text."""
        covered = sorted(tuple(token.map) for token in self.tokens if token.map and not token.nesting)
        begins = [begin for begin, _end in covered]
        for number, text in enumerate(self.lines):
            if "]:" in text and (match := DEFINITION.match(text)):
                before = bisect_right(begins, number) - 1
                if before < 0 or covered[before][1] <= number:
                    yield from lead(number + 1, match[1])


def markdown():
    """This thread's parser."""
    if not hasattr(_of_thread, "parser"):
        _of_thread.parser = make_parser(trusted=True)
    return _of_thread.parser


def line_of(token: Token) -> int:
    return (token.map or [0])[0] + 1


def line_in(token: Token, match: re.Match) -> int:
    """The line of the text in which ``match``, of the token's content, begins."""
    return line_of(token) + token.content.count("\n", 0, match.start())


def matches(token: Token, text: str, pattern: re.Pattern, sign: str) -> Iterator[tuple[int, re.Match]]:
    """What ``pattern`` finds, each with its line; there is none in a line without ``sign``."""
    for line, part in enumerate(text.split("\n"), line_of(token)) if sign in text else ():
        for match in pattern.finditer(part) if sign in part else ():
            yield line, match


def lead(line: int, raw: str) -> Iterator[Lead]:
    raw = raw.strip("<>")
    if href := safe_url(decode(raw)):
        yield Lead(line, raw, href)


def tags(token: Token, text: str, *names: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the attributes of each start tag called one of ``names``."""
    for match in TAG.finditer(text) if "<" in text else ():
        if match["name"].lower() in names and not match["close"]:
            found = ATTRIBUTE.finditer(match["attributes"])
            attributes = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in found}
            yield line_in(token, match), attributes
