"""Markdown -> clean HTML: parser, tree, sanitisers, in that order."""

import threading
from dataclasses import dataclass

from markdown_it import MarkdownIt

from cms.markup import elements, limits
from cms.markup.anchors import (
    Heading,
    lead_links,
    level_headings,
    link_headings,
    name_headings,
    take_ids,
    unify_ids,
)
from cms.markup.characters import escape, fold, readable
from cms.markup.media import set_figures, settle_media
from cms.markup.members import narrow
from cms.markup.mend import mend
from cms.markup.parser import make_parser, to_html
from cms.markup.sanitise import sanitiser
from cms.markup.tables import frame_tables
from cms.markup.text import plain
from cms.markup.tree import Element, parse

HIGHEST_HEADING = {True: 2, False: 3}
_of_thread = threading.local()


@dataclass(frozen=True)
class Rendered:
    """A document's HTML, its plain text (white space folded), its contents, and its number of words."""

    html: str
    text: str
    toc: tuple[Heading, ...]
    words: int


def render(source: str, *, trusted: bool = True) -> Rendered:
    """Render Markdown as HTML that may stand in a page as it is.

    ``trusted`` is for editors; members (``trusted=False``) write no HTML, no footnotes and no ids,
    and their links carry ``rel="ugc nofollow noopener"``. The work is linear in the source and the
    HTML at most limits.GROWTH times as long (and limits.ALLOWANCE characters more); a document that
    would be longer is shown as its source. No source raises an error.
    """
    source = readable(source)
    raw, code = to_html(_parser(trusted), source)
    root = _tree(raw, trusted)
    if trusted:
        take_ids(root)
    text = plain(root, code)
    toc = _furnish(root, trusted)
    html = root.inner
    blocks = code.html()
    if len(html) + sum(map(len, blocks)) > limits.budget(source):
        html, blocks, text, toc = f"<pre>{escape(source)}</pre>", [], fold(source), ()
    tidy = sanitiser(trusted)
    html = tidy.second(code.insert(tidy.first(html), blocks))
    return Rendered(html, text, toc, len(text.split()))


def clean(html: str, *, trusted: bool = True) -> str:
    """HTML of any kind as HTML that may stand in a page: valid, closed, and without active content.

    What `render` returned for the same kind of author comes back as it is.
    """
    root = _tree(readable(html), trusted)
    lead_links(root)
    tidy = sanitiser(trusted)
    return tidy.second(tidy.first(root.inner))


def _tree(html: str, trusted: bool) -> Element:
    root = parse(html, elements.TRUSTED if trusted else elements.MEMBERS)
    settle_media(root)
    if not trusted:
        narrow(root)
    unify_ids(root)
    mend(root)
    level_headings(root, HIGHEST_HEADING[trusted])
    return root


def _furnish(root: Element, trusted: bool) -> tuple[Heading, ...]:
    """Add what Markdown does not write: figures, frames, levels and links of headings."""
    set_figures(root)
    frame_tables(root)
    if not trusted:
        return ()
    name_headings(root)
    lead_links(root)
    return link_headings(root)


def _parser(trusted: bool) -> MarkdownIt:
    """This thread's parser for that kind of author."""
    parsers: dict[bool, MarkdownIt] = _of_thread.__dict__.setdefault("parsers", {})
    if trusted not in parsers:
        parsers[trusted] = make_parser(trusted)
    return parsers[trusted]
