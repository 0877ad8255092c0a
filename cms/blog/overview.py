"""Everything by which posts are found, on one page."""

from flask import Response

from cms.blog import bp
from cms.blog.lists import feeds_of
from cms.blog.meta import meta_for_site
from cms.blog.queries import everything_by_name, months
from cms.cache import BLOG, cached
from cms.models import Post
from cms.web import render


@bp.get("/tags/")
@cached(BLOG, until=Post.next_change)
def tags() -> Response:
    terms = everything_by_name()
    return render(
        "blog/tags.html",
        tags=terms["tag"],
        categories=terms["category"],
        series=terms["series"],
        authors=terms["author"],
        months=months(),
        feeds=feeds_of(),
        meta=meta_for_site(),
    )
