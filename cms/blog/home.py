"""The front page, and the list of all posts."""

from flask import Response, request

from cms.blog import bp
from cms.blog.lists import feeds_of, page_of
from cms.blog.meta import meta_for_site
from cms.blog.queries import filters
from cms.cache import BLOG, cached
from cms.models import Post, Tag
from cms.models.listing import all_posts, posts_under, term_at
from cms.web import load, render, visitor


@bp.get("/")
@cached(BLOG, until=Post.next_change)
def home() -> Response:
    page = page_of(all_posts())
    first = "before" not in request.args and "after" not in request.args
    lead = page["posts"].pop(0) if first and page["posts"] else None
    return render(
        "blog/home.html",
        fragment="blog/_posts.html",
        lead=lead,
        **page,
        feeds=feeds_of(),
        meta=meta_for_site(),
    )


def wanted_part() -> str:
    """The fragment that HTMX asks for: the whole list when another tag was chosen, else more of its posts."""
    return "blog/_list.html" if request.headers.get("HX-Target", "").endswith("#list") else "blog/_posts.html"


@bp.get("/blog/")
@cached(BLOG, until=Post.next_change, by=wanted_part)
def index() -> Response:
    slug = request.args.get("tag")
    tag = load(term_at(Tag, slug, visitor())) if slug else None
    page = page_of(posts_under(tag) if tag else all_posts())
    response = render(
        "blog/index.html",
        fragment=wanted_part(),
        tag=tag,
        tags=filters(),
        **page,
        feeds=feeds_of(tag),
        meta=meta_for_site(),
    )
    response.vary.add("HX-Target")
    return response
