"""What the lists of the blog have in common: the page asked for, and the addresses around it."""

from flask import abort, request, url_for
from flask_babel import gettext as _

from cms.models.listing import Key, PostList
from cms.models.setting import site
from cms.models.term import Term


def page_of(posts: PostList) -> dict:
    """The page of the list that the address asks for, and the addresses of the pages beside it."""
    if request.args.get("page", "1") != "1":
        abort(404)
    before, after = asked_key("before"), asked_key("after")
    found = posts.page(before=before, after=after)
    if (before or after) and not found.posts:
        abort(404)
    return {
        "posts": found.posts,
        "older": here(before=found.older) if found.older else None,
        "newer": here(after=found.newer) if found.newer else here() if after or before else None,
    }


def asked_key(name: str) -> Key | None:
    """The key that the address gives as ``name``; 404 where it is none."""
    try:
        return Key.parse(request.args[name]) if name in request.args else None
    except ValueError:
        abort(404)


def here(**key: Key) -> str:
    """The address of this list at another place."""
    kept = {"tag": request.args["tag"]} if request.args.get("tag") else {}
    return url_for(
        request.endpoint, **request.view_args, **kept, **{n: str(value) for n, value in key.items()}
    )


def feeds_of(term: Term | None = None) -> list[dict[str, str]]:
    """The feeds to announce on a page: the site's, and those of ``term``."""
    feeds = feed_links("/", site.name)
    return (
        feed_links(term.url, _("%(site)s: %(name)s", site=site.name, name=term.name)) + feeds
        if term
        else feeds
    )


def feed_links(base: str, title: str) -> list[dict[str, str]]:
    return [
        {"title": f"{title} ({label})", "url": base + file, "type": kind}
        for label, file, kind in (
            ("RSS", "feed.xml", "application/rss+xml"),
            ("Atom", "atom.xml", "application/atom+xml"),
            ("JSON", "feed.json", "application/feed+json"),
        )
    ]
