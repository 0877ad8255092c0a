"""The sitemap (sitemaps.org, protocol 0.9): one file, or an index of parts that each fit its limit.

A part holds the entries of a range of ids, so that it is found by key and an address stays in its part.
"""

from collections.abc import Iterable
from datetime import datetime

from flask import Response, abort
from sqlalchemy import func, select

from cms.cache import BLOG, cached
from cms.db import session
from cms.feed import bp
from cms.models import Entry, Post
from cms.web import absolute

PART = 49_990  # ids; the protocol allows 50,000 addresses a file, and the first holds `ALWAYS` too
ALWAYS = ("/", "/blog/", "/tags/", "/feeds/")
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@bp.get("/sitemap.xml")
@cached(BLOG, until=Post.next_change)
def sitemap() -> Response:
    parts = (session.scalar(select(func.max(Entry.id))) or 0) // PART + 1
    if parts == 1:
        return addresses_of(1)
    listed = [number for number in range(1, parts + 1) if number == 1 or has_addresses(number)]
    return document("sitemapindex", (element("sitemap", f"/sitemap-{number}.xml") for number in listed))


@bp.get("/sitemap-<int:number>.xml")
@cached(BLOG, until=Post.next_change)
def part(number: int) -> Response:
    last = (session.scalar(select(func.max(Entry.id))) or 0) // PART + 1
    if not 1 <= number <= last or (number > 1 and not has_addresses(number)):
        abort(404)
    return addresses_of(number)


def addresses_of(number: int) -> Response:
    rows = session.execute(select(Entry.path, Entry.updated_at).where(*in_part(number)).order_by(Entry.id))
    fixed = [element("url", path) for path in ALWAYS] if number == 1 else []
    return document("urlset", [*fixed, *(element("url", f"/{path}", changed) for path, changed in rows)])


def has_addresses(number: int) -> bool:
    return session.scalar(select(Entry.id).where(*in_part(number)).limit(1)) is not None


def in_part(number: int) -> tuple:
    """What search engines should find; a text whose canonical address is elsewhere is not ours to list."""
    ids = Entry.id.between((number - 1) * PART, number * PART - 1)
    return ids, Entry.is_listed(), Entry.canonical_url == ""


def element(name: str, path: str, changed: datetime | None = None) -> str:
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<{name}><loc>{absolute(path)}</loc>{lastmod}</{name}>"


def document(root: str, elements: Iterable[str]) -> Response:
    opening = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">'
    body = "\n".join([opening, *elements, f"</{root}>", ""])
    return Response(body, content_type="application/xml; charset=utf-8")
