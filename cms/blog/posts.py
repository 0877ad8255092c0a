"""One post."""

from flask import Response

from cms.blog import bp
from cms.blog.lists import feeds_of
from cms.blog.meta import meta_for_entry
from cms.blog.neighbours import neighbours_of
from cms.cache import BLOG, cached
from cms.models import Post
from cms.web import load, render, visitor


@bp.get("/blog/<slug>/")
@cached(BLOG, until=Post.next_change)
def post(slug: str) -> Response:
    found = load(Post.visible_to(visitor()).where(Post.path == f"blog/{slug}/").options(*Post.with_terms()))
    return render(
        "blog/post.html", post=found, **neighbours_of(found), feeds=feeds_of(), meta=meta_for_entry(found)
    )
