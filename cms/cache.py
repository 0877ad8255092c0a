"""The page cache: whole answers for readers without an account, never older than the last write.

A page is stored with the versions that its tags had *before* its view ran, and is served only while they are
the same. The versions are rows of the database that a write changes in its own transaction, so that every
process sees them at once and a crash can leave nothing stale. Nobody purges anything: what a model's
``cache_tags()`` names is renewed when the model is written.
"""

import gzip
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial, wraps
from hashlib import sha256
from time import time, time_ns
from typing import Any

import brotli
from flask import Flask, Response, current_app, g, make_response, request
from flask_caching import Cache
from sqlalchemy import String, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from cms.db import db, session

SITE = "site"  # settings, menus, themes: what every page shows
BLOG = "blog"  # posts, pages and what they are found by
LONGEST_CACHED_QUERY = 200  # characters
LARGEST_KEPT = 512 * 1024  # bytes of an answer
COMPRESSORS = {
    "br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=5),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}

pages = Cache()


class CacheVersion(db.Model):
    """A tag's version: 13 hexadecimal digits of the microsecond of the last write, and 3 at random."""

    tag: Mapped[str] = mapped_column(String(100), primary_key=True)
    version: Mapped[str] = mapped_column(String(16))


def init_app(app: Flask) -> None:
    pages.init_app(app)
    app.extensions["remembered"] = {}
    for name, listener in LISTENERS.items():
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)


def versions_of(*tags: str) -> dict[str, str]:
    """The current versions of ``tags``, read from the database once a request."""
    known = g.setdefault("cache_versions", {})
    if unknown := set(tags) - known.keys():
        rows = session.execute(
            select(CacheVersion.tag, CacheVersion.version).where(CacheVersion.tag.in_(unknown))
        )
        known.update(dict.fromkeys(unknown, "") | dict(rows.all()))
    return {tag: known[tag] for tag in tags}


def changed_at(*tags: str) -> datetime:
    """The moment at which something with one of ``tags`` was last written; 1970 where nothing ever was."""
    microseconds = max(int(version[:13] or "0", 16) for version in versions_of(*tags).values())
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)


def remember(name: str, tag: str, make: Callable[[], Any]) -> Any:
    """The value of ``make()``, kept in this process for as long as ``tag`` stays at its version."""
    at_hand = g.setdefault("remembered", {})
    if name not in at_hand:
        if session.info.get("stale"):  # amid a write: no older value will do, and this one is for nobody else
            return make()
        version = versions_of(tag)[tag]
        remembered = current_app.extensions["remembered"]
        known, value = remembered.get(name, (None, None))
        if known != version:
            value = make()
            remembered[name] = (version, value)
        at_hand[name] = value
    return at_hand[name]


def touch(*tags: str) -> None:
    """Say that pages with ``tags`` change with this transaction. For bulk statements only."""
    session().info.setdefault("stale", set()).update(tags)


def cached(
    *tags: str, until: Callable[[], datetime | None] | None = None, by: Callable[[], str] | None = None
) -> Callable:
    """Serve a view's answer from the cache to readers without an account.

    ``tags`` may name the view's arguments, as in ``"thread:{thread_id}"``. ``until()`` tells the moment at
    which the answer changes without a write, such as when the next scheduled post appears. ``by()`` names
    which of several answers this request gets, where an address has more than one.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def serve(**arguments) -> Response:
            if not cacheable_request():
                return conditional(make_response(view(**arguments)))
            versions = versions_of(SITE, *(tag.format(**arguments) for tag in tags))
            key = page_key(by() if by else "")
            stored = pages.get(key)
            if stored and stored["versions"] == versions and time() < stored["until"]:
                return conditional(Response(stored["body"], headers=stored["headers"]))
            changes_at = until() if until else None  # before the view, which may take until after it
            response = compressed(make_response(view(**arguments)))
            if is_worth_keeping(response):
                store(key, response, versions, changes_at)
            return conditional(response)

        serve.cached = True
        return serve

    return decorate


def cacheable_request() -> bool:
    from cms.web import visitor

    return (
        current_app.config["PAGE_CACHE"]
        and request.method in ("GET", "HEAD")
        and len(request.query_string) <= LONGEST_CACHED_QUERY
        and "q" not in request.args  # what is searched for is seldom asked for twice
        and visitor() is None
    )


def page_key(kind: str) -> str:
    """What an anonymous answer depends on besides its versions."""
    from cms.web import chosen_scheme, this_page, wants_fragment

    asked = (this_page(), kind, chosen_scheme(), wants_fragment(), best_encoding())
    return sha256(repr(asked).encode()).hexdigest()


def best_encoding() -> str | None:
    return request.accept_encodings.best_match(COMPRESSORS)


def compressed(response: Response) -> Response:
    """A whole answer, compressed once for all who ask for it in this encoding."""
    encoding = best_encoding()
    worth_it = response.status_code == 200 and response.mimetype in current_app.config["COMPRESS_MIMETYPES"]
    if encoding and worth_it:
        response.set_data(COMPRESSORS[encoding](response.get_data()))
        response.content_encoding = encoding
    return response


def is_worth_keeping(response: Response) -> bool:
    fits = len(response.get_data()) <= LARGEST_KEPT
    return response.status_code == 200 and fits and "Set-Cookie" not in response.headers


def store(key: str, response: Response, versions: dict[str, str], changes_at: datetime | None) -> None:
    lifetime = current_app.config["PAGE_CACHE_LIFETIME"]
    until = min(time() + lifetime, changes_at.timestamp() if changes_at else float("inf"))
    page = {
        "versions": versions,
        "until": until,
        "body": response.get_data(),
        "headers": list(response.headers),
    }
    pages.set(key, page, timeout=lifetime)


def conditional(response: Response) -> Response:
    """Let a browser keep its copy for as long as it is the same, and nobody else a member's."""
    from cms.web import visitor

    if response.status_code != 200:
        return response
    response.cache_control.no_cache = True
    response.cache_control.private = visitor() is not None
    response.add_etag()
    return response.make_conditional(request)


def collect(writing: Session, _context) -> None:
    for row in (*writing.new, *writing.dirty, *writing.deleted):
        if tags := getattr(row, "cache_tags", None):
            writing.info.setdefault("stale", set()).update(tags())
            if g:
                g.pop("remembered", None)


def raise_versions(writing: Session) -> None:
    """Give the stale tags new versions, in the transaction of the change itself."""
    if writing.in_nested_transaction():
        return
    writing.flush()
    if stale := writing.info.pop("stale", None):
        insert = {"sqlite": sqlite, "postgresql": postgresql}[writing.get_bind().dialect.name].insert
        writing.execute(upsert(insert, sorted(stale)))
    if g:
        g.pop("cache_versions", None)
        g.pop("remembered", None)


def upsert(insert: Callable, tags: Iterable[str]):
    version = f"{time_ns() // 1000:013x}{secrets.randbelow(0x1000):03x}"
    statement = insert(CacheVersion).values([{"tag": tag, "version": version} for tag in tags])
    return statement.on_conflict_do_update(
        index_elements=[CacheVersion.tag], set_={"version": statement.excluded.version}
    )


def forget(writing: Session) -> None:
    if not writing.in_nested_transaction():
        writing.info.pop("stale", None)


LISTENERS = {"after_flush": collect, "before_commit": raise_versions, "after_rollback": forget}
