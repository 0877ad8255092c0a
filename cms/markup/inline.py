"""Inline rules of our own: bare addresses become links, and labels have a longest length."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from cms.markup import limits
from cms.markup.links import safe_url

InlineRule = Callable[[StateInline, bool], bool]

BEFORE_ADDRESS = re.compile(r"[\w/.@+-]")
WEB = re.compile(r"://[^\s<>\"`\\^{|}]{1,2000}")
HOST = re.compile(r"www\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?:[/?#:][^\s<>\"`\\^{|}]{0,2000})?", re.I)
MAILBOX = re.compile(r"[A-Za-z0-9._+-]{1,64}$")
MAIL_HOST = re.compile(
    r"@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}(?![\w@-])"
)
FOOTNOTE = re.compile(rf"\[\^[^\]\s]{{1,{limits.LABEL}}}\]")
TRAILING = "?!.,:;*_~'"


def addresses_plugin(md: MarkdownIt) -> None:
    """Recognise bare web addresses and mailboxes as GitHub's Markdown does (autolinks, extended)."""
    md.inline.add_terminator_char("w")
    md.inline.ruler.at("linkify", address)
    md.core.ruler.disable("linkify")


def address(state: StateInline, silent: bool) -> bool:
    """A bare `https://…`, `www.…` or `name@host`, up to the punctuation that ends a sentence."""
    if silent or state.linkLevel > 0:
        return False
    match state.src[state.pos]:
        case ":":
            return _web_address(state)
        case "w" | "W":
            return _host_address(state)
        case "@":
            return _mail_address(state)
    return False


def _web_address(state: StateInline) -> bool:
    match = WEB.match(state.src, state.pos, state.posMax)
    scheme = re.search(r"https?$", state.pending[-6:], re.IGNORECASE)
    if not match or not scheme or _is_within_word(state, len(scheme[0])):
        return False
    shown = scheme[0] + trimmed(match[0])
    return _push_link(state, shown, shown, len(scheme[0]))


def _host_address(state: StateInline) -> bool:
    match = HOST.match(state.src, state.pos, state.posMax)
    if not match or _is_within_word(state, 0):
        return False
    shown = trimmed(match[0])
    return _push_link(state, shown, "https://" + shown, 0)


def _mail_address(state: StateInline) -> bool:
    mailbox = MAILBOX.search(state.pending[-65:])
    host = MAIL_HOST.match(state.src, state.pos, state.posMax)
    if not mailbox or not host or _is_within_word(state, len(mailbox[0])):
        return False
    shown = mailbox[0] + host[0]
    return _push_link(state, shown, "mailto:" + shown, len(mailbox[0]))


def _is_within_word(state: StateInline, behind: int) -> bool:
    start = state.pos - behind
    return start > 0 and bool(BEFORE_ADDRESS.match(state.src, start - 1))


def trimmed(url: str) -> str:
    """The address without the punctuation that belongs to the sentence around it."""
    while url:
        if url[-1] in TRAILING:
            url = url.rstrip(TRAILING)
        elif url[-1] in ")]" and url.count(url[-1]) > url.count({")": "(", "]": "["}[url[-1]]):
            url = url[:-1]
        else:
            break
    return url


def _push_link(state: StateInline, shown: str, url: str, behind: int) -> bool:
    href = safe_url(url)
    if href is None:
        return False
    if behind:
        state.pending = state.pending[:-behind]
    state.push("link_open", "a", 1).attrs = {"href": href}
    state.push("text", "", 0).content = shown
    state.push("link_close", "a", -1)
    state.pos += len(shown) - behind
    return True


def bounded_footnote(rule: InlineRule) -> InlineRule:
    """The footnote plugin's rule, asked only where a label of sensible length follows."""

    def footnote(state: StateInline, silent: bool) -> bool:
        return bool(FOOTNOTE.match(state.src, state.pos, state.posMax)) and rule(state, silent)

    return footnote
