"""A draft as its readers will see it, for whoever was given a link."""

from typing import Any

from flask import Response, abort, redirect
from flask_babel import gettext as _

from cms.blog import bp
from cms.blog.lists import feeds_of
from cms.blog.meta import meta_for_entry
from cms.blog.neighbours import neighbours_of
from cms.blog.queries import children_of, trail_to
from cms.errors import error_page
from cms.models import Entry, Page, Post
from cms.previews import preview_at
from cms.web import render


@bp.get("/preview/<token>")
def preview(token: str) -> Response:
    found = preview_at(token) or abort(404)
    if found.entry is None:
        over = _("This preview has ended. Whoever gave you the link can make a new one.")
        return kept_private(error_page(410, message=over))
    if found.entry.is_public_now:
        return kept_private(redirect(found.entry.url, 302))
    return kept_private(render("blog/preview.html", until=found.until, **page_of(found.entry)))


def page_of(entry: Entry) -> dict[str, Any]:
    """The template of a text and what it shows, as a reader without an account sees it."""
    if isinstance(entry, Post):
        shown = {"layout": "blog/post.html", "post": entry, **neighbours_of(entry)}
        return {**shown, "feeds": feeds_of(), "meta": meta_for_entry(entry)}
    return {"layout": "blog/page.html", "page": entry, **around(entry)}


def around(page: Page) -> dict[str, Any]:
    trail = trail_to(page, None)
    return {
        "children": children_of(page, None),
        "trail": trail,
        "feeds": feeds_of(),
        "meta": meta_for_entry(page, trail),
    }


def kept_private(response: Response) -> Response:
    """Let nobody keep the answer, no search engine list it, and no other site learn the address."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
