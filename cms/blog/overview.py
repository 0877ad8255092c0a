"""Everything by which posts are found, on one page."""

from flask import Response
from sqlalchemy import func, select

from cms.blog import bp
from cms.blog.lists import feeds_of
from cms.blog.meta import meta_for_site
from cms.cache import BLOG, cached
from cms.db import session
from cms.models import Author, Category, Post, Series, Tag
from cms.models.term import Term
from cms.web import render

MOST = 500


@bp.get("/tags/")
@cached(BLOG, until=Post.next_change)
def tags() -> Response:
    return render(
        "blog/tags.html",
        tags=by_name(Tag),
        categories=by_name(Category),
        series=by_name(Series),
        authors=by_name(Author),
        months=months(),
        feeds=feeds_of(),
        meta=meta_for_site(),
    )


def by_name(kind: type[Term]) -> list[Term]:
    return list(session.scalars(select(kind).order_by(kind.name).limit(MOST)))


def months() -> list[dict]:
    """The months from the newest post back to the oldest, each with its address."""
    newest, oldest = session.execute(
        select(func.max(Post.published_at), func.min(Post.published_at)).where(Post.is_listed())
    ).one()
    if newest is None:
        return []
    count = (newest.year - oldest.year) * 12 + newest.month - oldest.month + 1
    first = [
        newest.replace(day=1, year=y, month=m) for y, m in previous_months(newest.year, newest.month, count)
    ]
    return [{"date": day, "url": f"/blog/{day.year}/{day.month:02}/"} for day in first[:MOST]]


def previous_months(year: int, month: int, count: int):
    for step in range(count):
        total = year * 12 + month - 1 - step
        yield total // 12, total % 12 + 1
