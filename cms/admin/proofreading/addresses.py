"""What there is at the addresses of this site, for many of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from cms.db import session
from cms.models import Author, Category, Entry, Media, Redirect, Series, Tag
from cms.models.base import now
from cms.models.life import ARCHIVED, PUBLISHED, TRASHED
from cms.models.media import SHORT
from cms.models.redirect import GONE
from cms.models.rights import known_to
from cms.web import visitor

THERE, CLOSED, MISSING, IS_GONE, IN_TRASH, HIDDEN, MOVED = (
    *("there", "closed", "missing", "gone", "in trash", "hidden", "moved"),
)
DECIDING = (Entry.path.label("leads_to"), Entry.stage, Entry.published_at)
TERMS = {kind.section: kind for kind in (Tag, Category, Series, Author)}


@dataclass(frozen=True)
class Place:
    """What readers find at an address: one of the words above, and for MOVED where it is now."""

    state: str
    url: str = ""


def places(paths: Iterable[str]) -> dict[str, Place]:
    """``{path: place}``, in at most two statements; paths are decoded and begin with a slash."""
    asked = {path: key_of(path) for path in paths}
    texts = texts_at({name for kind, name in asked.values() if kind == "text"})
    things = things_called({key for key in asked.values() if key[0] in (*TERMS, "media")})
    found = {}
    for path, (kind, name) in asked.items():
        if kind == "text":
            found[path] = texts.get(name, Place(MISSING))
        elif kind in (*TERMS, "media"):
            found[path] = Place(THERE if (kind, name) in things else MISSING)
        else:
            found[path] = Place(kind)
    return found


def key_of(path: str) -> tuple[str, str]:
    """What the site looks up for ``path``: a text, term or picture by its key; or what is known at once."""
    endpoint, arguments = route_of(path)
    room, _dot, view = endpoint.partition(".")
    if endpoint in ("blog.post", "blog.page"):
        return "text", path.strip("/") + "/"
    if room == "blog" and view in TERMS:
        return view, arguments["slug"]
    if endpoint == "feed.of_term":
        return arguments["section"], arguments["slug"]
    if room == "media":
        return "media", arguments["digest"]
    if endpoint == "blog.preview" or room.startswith("admin"):
        return CLOSED, ""
    return (THERE if endpoint else MISSING), ""


def route_of(path: str) -> tuple[str, dict[str, Any]]:
    """Which view answers ``path``, and with what arguments; no name where none does."""
    adapter = current_app.url_map.bind("site")
    try:
        return adapter.match(path)
    except RequestRedirect:
        return adapter.match(f"{path}/")
    except (NotFound, MethodNotAllowed):
        return "", {}


def texts_at(keys: set[str]) -> dict[str, Place]:
    """What stands at these paths; an old address counts only where nothing stands there now."""
    if not keys:
        return {}
    deciding = (*DECIDING, known_to(visitor()).label("is_known"))
    texts = select(Entry.path.label("path"), *deciding, cast(null(), Integer), cast(null(), String))
    rows = session.execute(union_all(redirects_at(keys, deciding), texts.where(Entry.path.in_(keys))))
    old_first = sorted(rows, key=lambda row: row.status is None)
    return {row.path.strip("/") + "/": place_of(row) for row in old_first}


def redirects_at(keys: set[str], deciding: tuple[ColumnElement, ...]) -> Select:
    old = select(Redirect.path.label("path"), *deciding, Redirect.status, Redirect.target)
    return old.outerjoin(Redirect.entry).where(Redirect.path.in_([Redirect.key(key) for key in keys]))


def place_of(row: Row) -> Place:
    """The place that a row of `texts_at` tells of: a text where it has no ``status``, else a redirect.

    Of a text that does not exist for the visitor it tells what readers find.
    """
    if row.stage == TRASHED and row.is_known:
        return Place(IN_TRASH)
    if row.status == GONE:
        return Place(IS_GONE)
    has_appeared = row.published_at is not None and row.published_at <= now()
    if row.stage is not None and not (row.stage in (PUBLISHED, ARCHIVED) and has_appeared):
        return Place(HIDDEN if row.is_known else MISSING)
    return Place(THERE) if row.status is None else Place(MOVED, row.target or f"/{row.leads_to}")


def things_called(keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these terms and pictures there are."""
    parts = []
    for section in sorted({section for section, _name in keys}):
        names = [name for kind, name in keys if kind == section]
        parts.append(pictures_called(names) if section == "media" else terms_called(section, names))
    return {tuple(row) for row in session.execute(union_all(*parts))} if parts else set()


def terms_called(section: str, names: list[str]) -> Select:
    return select(literal(section), TERMS[section].slug).where(TERMS[section].slug.in_(names))


def pictures_called(digests: list[str]) -> Select:
    near = (Media.begins_with(digest) for digest in digests if len(digest) == SHORT)
    return select(literal("media"), func.substr(Media.digest, 1, SHORT)).where(or_(false(), *near))
