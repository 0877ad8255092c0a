"""Characters: which may stand in a document, and how HTML writes them."""

import html
import re

STAND_INS = "\U0010fffb\U0010fffc\U0010fffd"
"""Private characters that no author may write: `sanitise` uses them on the way."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + STAND_INS
    + "]"
)
"""Controls, lone surrogates and noncharacters, which HTML, XML and databases refuse, and our own."""

NEWLINE = re.compile("\r\n?")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def readable(text: str) -> str:
    """The text without forbidden characters, its lines ended by `\\n` alone."""
    return FORBIDDEN.sub("", NEWLINE.sub("\n", text))


def decode(text: str) -> str:
    """The text with its character references resolved; only those that end in `;` count."""
    return readable(REFERENCE.sub(lambda match: html.unescape(match[0]), text))


def escape(text: str) -> str:
    """The text for use between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """The text for use between double quotes."""
    return escape(text).replace('"', "&quot;")


def fold(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())
