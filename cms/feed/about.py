"""The page that explains feeds to people and lists them."""

from flask import Response
from flask_babel import gettext as _
from sqlalchemy import select

from cms.cache import BLOG, cached
from cms.db import session
from cms.feed import bp
from cms.feed.xml_formats import RSS
from cms.models import Author, Category, Post, Tag
from cms.models.listing import has_posts
from cms.models.setting import site
from cms.models.term import Term
from cms.web import absolute, render

MOST = 200  # of each kind


@bp.get("/feeds/")
@cached(BLOG, until=Post.next_change)
def about() -> Response:
    terms = [term for kind in (Category, Author, Tag) for term in by_name(kind)]
    listed = [addresses(_("All posts"), "/"), *(addresses(title(term), term.url) for term in terms)]
    meta = {
        "title": _("Feeds"),
        "description": _("The feeds of %(site)s.", site=site.name),
        "url": absolute("/feeds/"),
    }
    return render("feed/feeds.html", feeds=listed, meta=meta)


def by_name(kind: type[Term]) -> list[Term]:
    return list(session.scalars(select(kind).where(has_posts(kind)).order_by(kind.slug).limit(MOST)))


def title(term: Term) -> str:
    match term:
        case Category():
            return _("Category: %(name)s", name=term.name)
        case Author():
            return _("Author: %(name)s", name=term.name)
    return _("Tag: %(name)s", name=term.name)


def addresses(title: str, page: str) -> dict[str, str]:
    """The feeds of ``page``; ``url`` and ``type`` announce the first of them to browsers."""
    rss, atom, json = (absolute(page + file) for file in ("feed.xml", "atom.xml", "feed.json"))
    return {"title": title, "rss": rss, "atom": atom, "json": json, "url": rss, "type": RSS}
