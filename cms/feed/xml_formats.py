"""RSS 2.0 and Atom (RFC 4287), written with feedgen.

Two faults of feedgen 1.0 shape this file. While it writes a date of RSS it sets the locale of the whole
process and puts it back; two threads that did so at once could leave the wrong one behind, so they take
turns. And it forgets what the links of an entry are for when it writes Atom, so `AtomLinks` writes them.
"""

from threading import Lock

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement, _Element

from cms import __version__
from cms.feed.channel import Channel, Item

RSS, ATOM = "application/rss+xml", "application/atom+xml"
MINUTES_TO_LIVE = 60
PROLOG = b"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/feed.xsl"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
"""

turn = Lock()


class AtomLinks(BaseEntryExtension):
    """The links of an entry: to its page and, as an enclosure, to its cover."""

    item: Item

    def extend_atom(self, entry: _Element) -> _Element:
        SubElement(entry, "link", rel="alternate", type="text/html", href=self.item.url)
        if cover := self.item.cover:
            about = {"type": cover.content_type, "length": str(cover.size)}
            SubElement(entry, "link", rel="enclosure", href=cover.url, **about)
        return entry


def rss(channel: Channel, address: str) -> bytes:
    """``channel`` in RSS 2.0, with full texts as content:encoded and authors as dc:creator.

    ``address`` is where the feed itself is found.
    """
    feed = head(channel, address, RSS)
    feed.load_extension("dc", atom=False, rss=True)
    feed.ttl(MINUTES_TO_LIVE)
    for item in channel.items:
        entry = add_entry(feed, item)
        entry.link(href=item.url)
        if item.cover:
            entry.enclosure(item.cover.url, item.cover.size, item.cover.content_type)
        entry.description(as_html(item.summary), isSummary=True)
        entry.dc.dc_creator([name for name, _url in item.authors])
    with turn:
        return PROLOG + feed.rss_str(xml_declaration=False)


def atom(channel: Channel, address: str) -> bytes:
    """``channel`` in Atom; titles are plain text. ``address`` is where the feed itself is found."""
    feed = head(channel, address, ATOM)
    feed.author(name=channel.author, uri=channel.page)
    for item in channel.items:
        entry = add_entry(feed, item)
        entry.register_extension("links", AtomLinks)
        entry.links.item = item
        entry.summary(item.summary, type="text")
        entry.author([{"name": name, "uri": url} for name, url in item.authors])
    return PROLOG + feed.atom_str(xml_declaration=False)


def as_html(text: str) -> str:
    """``text`` as the HTML that a description of RSS is."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def head(channel: Channel, address: str, content_type: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(channel.id)
    feed.title(channel.title)
    feed.subtitle(channel.description)
    feed.language(channel.language)
    feed.updated(channel.updated)
    feed.generator("Broadside", version=__version__)
    feed.link(href=address, rel="self", type=content_type)
    feed.link(href=channel.page, rel="alternate", type="text/html")  # last, as RSS takes the last one
    return feed


def add_entry(feed: FeedGenerator, item: Item) -> FeedEntry:
    entry = feed.add_entry(order="append")
    entry.id(item.id)
    entry.title(item.title)
    entry.published(item.published)
    entry.updated(item.updated)
    entry.content(item.html, type="html")
    entry.category([{"term": name} for name, _url in item.terms])
    return entry
