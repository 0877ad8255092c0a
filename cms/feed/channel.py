"""A feed and its items, as every format tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Row

from cms.cache import BLOG, SITE, changed_at
from cms.db import session
from cms.feed.text import portable, readable
from cms.models import Post
from cms.models.listing import PostList, all_posts, posts_under
from cms.models.setting import site
from cms.models.term import Term
from cms.web import absolute


@dataclass(frozen=True)
class Enclosure:
    """A post's cover; ``size`` in bytes."""

    url: str
    size: int
    content_type: str


@dataclass(frozen=True)
class Item:
    """A post in a feed: ``html`` in full, all addresses absolute, ``authors`` and ``terms`` with theirs."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    authors: list[tuple[str, str]]
    terms: list[tuple[str, str]]
    cover: Enclosure | None


@dataclass(frozen=True)
class Channel:
    """A feed: ``page`` is the page whose posts it holds; ``updated`` is that of its newest text."""

    id: str
    page: str
    title: str
    description: str
    language: str
    author: str
    updated: datetime
    items: list[Item]


def site_channel() -> Channel:
    """The newest posts of the site."""
    return channel(all_posts(), "site", "/", site.name, site.description or site.tagline)


def term_channel(term: Term) -> Channel:
    """The newest posts under a tag, a category or an author."""
    title = _("%(site)s: %(name)s", site=site.name, name=term.name)
    return channel(posts_under(term), f"{term.section}/{term.id}", term.url, title, term.description)


def channel(posts: PostList, identity: str, url: str, title: str, description: str) -> Channel:
    items = [item_of(post, html) for post, html in newest_with_texts(posts)]
    return Channel(
        id=lasting_id(identity),
        page=absolute(url),
        title=readable(title),
        description=readable(description or title),
        language=site.language,
        author=readable(site.name),
        updated=max((item.updated for item in items), default=last_change()),
        items=items,
    )


def newest_with_texts(posts: PostList) -> Sequence[Row[tuple[Post, str]]]:
    """As many posts as a feed holds, and their HTML, which lists leave in the database."""
    query = posts.newest_first.add_columns(Post.html).options(Post.with_tags())
    return session.execute(query.limit(site.posts_per_feed)).all()


def item_of(post: Post, html: str) -> Item:
    url = absolute(post.url)
    return Item(
        id=lasting_id(f"post/{post.id}"),
        url=url,
        title=readable(post.title) or url,
        summary=readable(post.excerpt),
        html=portable(html, url),
        published=whole_second(post.published_at),
        updated=whole_second(max(post.published_at, post.updated_at)),
        authors=links(post.authors),
        terms=links([post.category, *post.tags] if post.category else post.tags),
        cover=enclosure_of(post),
    )


def links(terms: list[Term]) -> list[tuple[str, str]]:
    """Names and addresses; what has no name that can be written goes by its slug."""
    return [(readable(term.name) or term.slug, absolute(term.url)) for term in terms]


def enclosure_of(post: Post) -> Enclosure | None:
    if post.cover is None:
        return None
    return Enclosure(absolute(post.cover.url), post.cover.size, post.cover.content_type)


def lasting_id(identity: str) -> str:
    """A name (RFC 4122, version 5) for what this site calls ``identity``.

    It stays the same when the address changes, be it by a new slug or by the step from http to https.
    """
    return uuid5(NAMESPACE_URL, f"//{urlsplit(current_app.config['SITE_URL']).hostname}/{identity}").urn


def last_change() -> datetime:
    """When something that feeds show was last written, to the second."""
    return whole_second(changed_at(SITE, BLOG))


def whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
