"""Text and HTML as they may stand in a feed, which is read far from the site."""

import re

UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAG = re.compile(r'<([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9:-]*(?:="[^"]*")?)++)\s*/?>')
ATTRIBUTE = re.compile(r'([a-z][a-z0-9:-]*)(?:="([^"]*)")?')
PERMALINK = re.compile(r'<a class="anchor"[^>]*>.*?</a>', re.DOTALL)
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
ADDRESSES = {"href", "src", "poster", "cite"}
ELSE_KEPT = """
    abbr alt checked colspan controls datetime dir disabled height id lang open reversed rowspan scope span
    srcset start title type value width
"""
KEPT = ADDRESSES | set(ELSE_KEPT.split())


def readable(text: str) -> str:
    """``text`` without what no XML 1.0 document may hold or should: control characters, lone surrogates.

    Source: the productions Char and "discouraged" characters of XML 1.0, section 2.2.
    """
    return UNREADABLE.sub("", text)


def portable(html: str, base: str) -> str:
    """``html`` with every address absolute, and without attributes that mean something on our pages only.

    ``html`` is a post's, as our sanitiser writes it: names in lower case, values between double quotes,
    ``<`` of a text escaped. ``base`` is the absolute address of the post and ends with a slash.
    """

    def without_clutter(tag: re.Match) -> str:
        kept = (made_absolute(name, value, base) for name, value in ATTRIBUTE.findall(tag[2]) if name in KEPT)
        return f"<{' '.join((tag[1], *kept))}>"

    return TAG.sub(without_clutter, readable(PERMALINK.sub("", html)))


def made_absolute(name: str, value: str, base: str) -> str:
    """The attribute as it is written in a feed."""
    if name in ADDRESSES:
        value = absolute_address(value, base)
    elif name == "srcset":
        value = ", ".join(absolute_address(candidate, base) for candidate in re.split(r",\s+", value.strip()))
    return f'{name}="{value}"'


def absolute_address(address: str, base: str) -> str:
    """``address`` as a page at ``base``, which ends with a slash, means it; escaped as it came."""
    if SCHEME.match(address):
        return address
    scheme, rest = base.split("://", 1)
    if address.startswith("//"):
        return f"{scheme}:{address}"
    if address.startswith("/"):
        return f"{scheme}://{rest.split('/', 1)[0]}{address}"
    return base + address
