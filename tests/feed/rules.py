"""The rules by which the W3C's feed validator judges, as far as our feeds can break them.

Each function returns the rules that a feed breaks, in words. Sources: the RSS 2.0 specification and the RSS
Advisory Board's profile, RFC 4287 (Atom), RFC 5322 and RFC 3339 (dates), jsonfeed.org (version 1.1), and
the pages on common problems at validator.w3.org/feed/docs.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REFERENCES = ("href", "src", "poster", "cite")
UNSAFE_ELEMENTS = {"script", "style", "iframe", "object", "embed", "meta", "link", "base", "form"}


def broken_by_rss(body: bytes, address: str) -> list[str]:
    """What is wrong with an RSS 2.0 feed found at ``address``."""
    rss = etree.fromstring(body)
    channel = rss.find("channel")
    broken = [
        f"channel has no {name}" for name in ("title", "link", "description") if not channel.findtext(name)
    ]
    if (rss.tag, rss.get("version")) != ("rss", "2.0"):
        broken.append("it is not RSS 2.0")
    broken += wrong_self(
        [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"], address
    )
    broken += wrong_addresses([channel.findtext("link")])
    broken += wrong_dates([node.text for node in rss.iter("lastBuildDate", "pubDate")], RFC_822)
    broken += wrong_ids([node.text for node in rss.iter("guid")])
    if not LANGUAGE.fullmatch(channel.findtext("language", "")):
        broken.append("language is no language tag")
    return [*broken, *(fault for item in channel.findall("item") for fault in broken_by_item(item))]


def broken_by_item(item: etree._Element) -> Iterator[str]:
    if not item.findtext("title") and not item.findtext("description"):
        yield "an item has neither title nor description"
    for name in ("link", "guid", "pubDate", "enclosure", "description", CONTENT):
        if len(item.findall(name)) > 1:
            yield f"an item has two of {name}"
    if item.find("author") is not None:
        yield "author holds an e-mail address"
    if item.find("guid").get("isPermaLink") != "false":
        yield "a guid that is no address says that it is one"
    yield from wrong_addresses([item.findtext("link"), *(node.get("url") for node in item.iter("enclosure"))])
    yield from wrong_enclosures([(node.get("length"), node.get("type")) for node in item.iter("enclosure")])
    yield from wrong_html(item.findtext(CONTENT))
    yield from wrong_html(item.findtext("description"))


def broken_by_atom(body: bytes, address: str) -> list[str]:
    """What is wrong with an Atom feed found at ``address``."""
    feed = etree.fromstring(body)
    links = feed.findall(f"{ATOM}link")
    broken = ["it is not Atom"] if feed.tag != f"{ATOM}feed" else []
    broken += wrong_self([link for link in links if link.get("rel") == "self"], address)
    broken += wrong_addresses([node.get("href") for node in feed.iter(f"{ATOM}link")])
    broken += wrong_addresses([node.text for node in feed.iter(f"{ATOM}uri")])
    broken += wrong_dates([node.text for node in feed.iter(f"{ATOM}updated", f"{ATOM}published")], RFC_3339)
    broken += wrong_ids([node.text for node in feed.iter(f"{ATOM}id")])
    broken += [
        "an author has no name" for node in feed.iter(f"{ATOM}author") if not node.findtext(f"{ATOM}name")
    ]
    broken += ["a category has no term" for node in feed.iter(f"{ATOM}category") if not node.get("term")]
    has_author = feed.find(f"{ATOM}author") is not None
    for entry in (feed, *feed.findall(f"{ATOM}entry")):
        broken += broken_by_entry(entry, has_author)
    return broken


def broken_by_entry(entry: etree._Element, feed_has_author: bool) -> Iterator[str]:
    """What is wrong with an entry, or with the feed as far as it is like one."""
    for name in ("id", "title", "updated"):
        if len(entry.findall(ATOM + name)) != 1 or not entry.findtext(ATOM + name):
            yield f"{name} is not there once"
    if not feed_has_author and entry.find(f"{ATOM}author") is None:
        yield "nobody is the author"
    kinds = [
        (link.get("rel"), link.get("type"), link.get("hreflang")) for link in entry.findall(f"{ATOM}link")
    ]
    if len(kinds) != len(set(kinds)):
        yield "two links are of one kind"
    enclosures = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    yield from wrong_enclosures([(link.get("length"), link.get("type")) for link in enclosures])
    for content in entry.findall(f"{ATOM}content"):
        if content.get("type") != "html":
            yield "the content is not called HTML"
        yield from wrong_html(content.text)


def broken_by_json(body: bytes, address: str) -> list[str]:
    """What is wrong with a JSON feed found at ``address``."""
    feed = json.loads(body)
    broken = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["it is not JSON Feed 1.1"]
    broken += [] if feed["feed_url"] == address else ["feed_url is not its address"]
    broken += [] if feed["title"] else ["it has no title"]
    broken += wrong_ids([item["id"] for item in feed["items"]])
    broken += wrong_addresses([feed["home_page_url"], *(item["url"] for item in feed["items"])])
    broken += wrong_addresses([item["image"] for item in feed["items"] if "image" in item])
    for item in feed["items"]:
        broken += wrong_dates([item["date_published"], item["date_modified"]], RFC_3339)
        broken += wrong_html(item["content_html"])
    return broken


def wrong_self(links: list[etree._Element], address: str) -> list[str]:
    found = [link.get("href") for link in links]
    return [] if found == [address] else [f"self is {found}, not {address}"]


def wrong_addresses(addresses: list[str | None]) -> list[str]:
    return [f"{address!r} is no full address" for address in addresses if not is_full(address)]


def is_full(address: str | None) -> bool:
    parts = urlsplit(address or "")
    if parts.scheme in ("mailto", "tel"):
        return True
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"]", address)


def wrong_dates(dates: list[str | None], form: re.Pattern) -> list[str]:
    """Dates that are not in ``form``, or whose day of the week or of the month is impossible."""
    broken = [f"{date!r} is no date" for date in dates if not form.fullmatch(date or "")]
    for date in dates if not broken else ():
        moment = parsedate_to_datetime(date) if form is RFC_822 else datetime.fromisoformat(date)
        if form is RFC_822 and moment.strftime("%a") != date[:3]:
            broken.append(f"{date} is another day of the week")
    return broken


def wrong_ids(ids: list[str | None]) -> list[str]:
    broken = [f"{found!r} is no URN" for found in ids if not URN.fullmatch(found or "")]
    return broken + (["two have one id"] if len(ids) != len(set(ids)) else [])


def wrong_enclosures(enclosures: list[tuple[str, str]]) -> list[str]:
    right = [size.isdigit() and re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", kind) for size, kind in enclosures]
    return [] if all(right) else ["an enclosure has no length or type"]


def wrong_html(text: str | None) -> Iterator[str]:
    """What may not stand in the HTML of an item: scripts, styles, and addresses that need a base."""
    if not (text or "").strip():
        return
    for element in html.fragment_fromstring(text, create_parent="div").iter(etree.Element):
        if element.tag in UNSAFE_ELEMENTS:
            yield f"<{element.tag}> in a text"
        for name in element.attrib:
            if name.startswith(("on", "data-", "aria-")) or name == "style":
                yield f"{name}= in a text"
        addresses = [element.get(name) for name in REFERENCES if name in element.attrib]
        addresses += [
            candidate.split()[0] for candidate in re.split(r",\s+", element.get("srcset", "")) if candidate
        ]
        yield from wrong_addresses(addresses)
