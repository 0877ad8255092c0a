"""The posts of a tag, an author, a category, a series or a month."""

from datetime import datetime

from flask import Response, abort
from flask_babel import format_datetime
from flask_babel import gettext as _

from cms.blog import bp
from cms.blog.lists import feeds_of, page_of
from cms.blog.meta import meta_for_list
from cms.blog.queries import following_month
from cms.cache import BLOG, cached
from cms.models import Author, Category, Post, Series, Tag
from cms.models.listing import PostList, posts_between, posts_under, term_at
from cms.models.setting import site
from cms.models.term import Term
from cms.web import load, render, visitor

EARLIEST, LATEST = 1900, 9000  # years


@bp.get("/tag/<slug>/")
@cached(BLOG, until=Post.next_change)
def tag(slug: str) -> Response:
    return archive_of(load(term_at(Tag, slug, visitor())), kind=_("Tag"))


@bp.get("/category/<slug>/")
@cached(BLOG, until=Post.next_change)
def category(slug: str) -> Response:
    return archive_of(load(term_at(Category, slug, visitor())), kind=_("Category"))


@bp.get("/author/<slug>/")
@cached(BLOG, until=Post.next_change)
def author(slug: str) -> Response:
    found = load(term_at(Author, slug, visitor()))
    return archive_of(found, kind=_("Author"), author=found)


@bp.get("/series/<slug>/")
@cached(BLOG, until=Post.next_change)
def series(slug: str) -> Response:
    return archive_of(load(term_at(Series, slug, visitor())), kind=_("Series"))


@bp.get("/blog/<int:year>/<int:month>/")
@cached(BLOG, until=Post.next_change)
def month(year: int, month: int) -> Response:
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        abort(404)
    start = datetime(year, month, 1, tzinfo=site.zone)
    found = posts_between(start, following_month(start))
    return archive(found, format_datetime(start, "MMMM y"), kind=_("Month"), feeds=feeds_of())


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
