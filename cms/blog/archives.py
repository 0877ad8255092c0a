"""The posts of a tag, an author, a category, a series or a month."""

from datetime import datetime

from flask import Response, abort
from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy import select

from cms.blog import bp
from cms.blog.lists import feeds_of, page_of
from cms.blog.meta import meta_for_list
from cms.cache import BLOG, cached
from cms.models import Author, Category, Post, Series, Tag
from cms.models.listing import PostList, posts_between, posts_under
from cms.models.setting import site
from cms.models.term import Term
from cms.web import load, render


@bp.get("/tag/<slug>/")
@cached(BLOG, until=Post.next_change)
def tag(slug: str) -> Response:
    return archive_of(load(select(Tag).where(Tag.slug == slug)), kind=_("Tag"))


@bp.get("/category/<slug>/")
@cached(BLOG, until=Post.next_change)
def category(slug: str) -> Response:
    return archive_of(load(select(Category).where(Category.slug == slug)), kind=_("Category"))


@bp.get("/author/<slug>/")
@cached(BLOG, until=Post.next_change)
def author(slug: str) -> Response:
    found = load(select(Author).where(Author.slug == slug))
    return archive_of(found, kind=_("Author"), author=found)


@bp.get("/series/<slug>/")
@cached(BLOG, until=Post.next_change)
def series(slug: str) -> Response:
    return archive_of(load(select(Series).where(Series.slug == slug)), kind=_("Series"))


@bp.get("/blog/<int:year>/<int:month>/")
@cached(BLOG, until=Post.next_change)
def month(year: int, month: int) -> Response:
    try:
        start = datetime(year, month, 1, tzinfo=site.zone)
        end = start.replace(year=year + month // 12, month=month % 12 + 1)
    except (ValueError, OverflowError):
        abort(404)
    return archive(
        posts_between(start, end), format_datetime(start, "MMMM y"), kind=_("Month"), feeds=feeds_of()
    )


def archive_of(term: Term, *, kind: str, author: Author | None = None) -> Response:
    feeds = feeds_of(term) if not isinstance(term, Series) else feeds_of()
    return archive(
        posts_under(term), term.name, kind=kind, description=term.description, author=author, feeds=feeds
    )


def archive(posts: PostList, heading: str, *, description: str = "", **context) -> Response:
    return render(
        "blog/archive.html",
        fragment="blog/_posts.html",
        heading=heading,
        description=description,
        **{"author": None, **context},
        **page_of(posts),
        meta=meta_for_list(heading, description),
    )
