"""Pages in their tree: whatever address no other view answers."""

from flask import Response, redirect
from sqlalchemy.orm import joinedload

from cms.blog import bp
from cms.blog.lists import feeds_of
from cms.blog.meta import meta_for_entry
from cms.blog.queries import children_of, trail_to
from cms.cache import BLOG, cached
from cms.models import Page
from cms.web import load, render, visitor


@bp.get("/<path:path>")
@cached(BLOG, until=Page.next_change)
def page(path: str) -> Response:
    visible = Page.visible_to(visitor())
    found = load(visible.where(Page.path == path.rstrip("/") + "/").options(joinedload(Page.cover)))
    if path != found.path:
        return redirect(found.url, 301)
    trail = trail_to(found, visitor())
    return render(
        "blog/page.html",
        page=found,
        children=children_of(found, visitor()),
        trail=trail,
        feeds=feeds_of(),
        meta=meta_for_entry(found, trail),
    )
