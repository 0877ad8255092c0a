"""Blocks of code: coloured by classes, and copied exactly as they were written."""

import re
import secrets
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType
from pygments.util import ClassNotFound

from cms.markup import limits
from cms.markup.characters import escape

LANGUAGE = re.compile(r"[\s{.]*(?:language-|lang-)?([A-Za-z][\w+#-]{0,30})")


class CodeBlocks:
    """The blocks of code of one document, kept out of the sanitisers' way until the end.

    A mark stands for each in the HTML. It holds a number drawn for this document, so that no author
    can write one.
    """

    def __init__(self) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.left = limits.CODE_TOTAL
        self.drawn = secrets.token_hex(8)
        self.mark = re.compile(f"{self.drawn}-([0-9]+)")
        self.marked = re.compile(f"<pre>{self.mark.pattern}</pre>")

    def keep(self, source: str, info: str) -> str:
        """Keep a block (its text, and what stands behind the fence) and return its mark."""
        self.blocks.append((source, language(info)))
        return f"<pre>{self.drawn}-{len(self.blocks) - 1}</pre>\n"

    def source(self, mark: str) -> str:
        """The text of the block that a mark stands for, or the text itself if it is none."""
        match = self.mark.fullmatch(mark)
        return self.blocks[int(match[1])][0] if match else mark

    def html(self) -> list[str]:
        """The HTML of every block; when limits.CODE_TOTAL is spent, without colours."""
        return [self._html(source, name) for source, name in self.blocks]

    def insert(self, html: str, blocks: list[str]) -> str:
        """The HTML with every mark replaced by its block."""
        return self.marked.sub(lambda match: blocks[int(match[1])], html)

    def _html(self, source: str, name: str) -> str:
        coloured = None
        if len(source) <= self.left:
            coloured = highlighted(source, name)
            self.left -= len(source) if coloured else 0
        attribute = f' data-language="{escape(name)}"' if name else ""
        inside = f'<pre tabindex="0"><code>{coloured or escape(source)}</code></pre>'
        return f'<div class="code"{attribute}>{inside}</div>'


def language(info: str) -> str:
    """The language's name in what stands behind a fence, such as `rust,ignore` or `{.python hl_lines}`."""
    match = LANGUAGE.match(info)
    return match[1].lower() if match else ""


def highlighted(source: str, name: str) -> str | None:
    """The code in spans with Pygments' classes, or None where it stays plain.

    It stays plain where the language is unknown, a limit is passed, or the lexer would change it.
    """
    lexer = _lexer(name)
    if lexer is None or len(source) > limits.CODE_BLOCK:
        return None
    if max(map(len, source.split("\n"))) > limits.CODE_LINE:
        return None
    pieces = list(lexer(stripnl=False, ensurenl=False).get_tokens(source))
    html = "".join(_span(kind, text) for kind, text in pieces)
    faithful = "".join(text for _kind, text in pieces) == source
    return html if faithful and len(html) <= limits.CODE_GROWTH * len(source) else None


@lru_cache(maxsize=256)
def _lexer(name: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(name) if name else None
    except ClassNotFound:
        return None


def _span(kind: _TokenType, text: str) -> str:
    name = _class(kind)
    return f'<span class="{name}">{escape(text)}</span>' if name and not text.isspace() else escape(text)


@lru_cache(maxsize=512)
def _class(kind: _TokenType) -> str:
    """The class of the nearest kind that has one; names and plain text need none."""
    while kind not in STANDARD_TYPES:
        kind = kind.parent or Token
    return "" if kind in PLAIN else STANDARD_TYPES[kind]


PLAIN = {Token, Token.Text, Token.Text.Whitespace, Token.Name, Token.Punctuation, Token.Other}
