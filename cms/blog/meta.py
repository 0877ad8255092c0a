"""What a page tells machines about itself: Open Graph, Twitter card and JSON-LD (schema.org)."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _

from cms import themes
from cms.assets import static_url
from cms.images import SVG
from cms.models import Page, Post
from cms.models.entry import Entry
from cms.models.setting import site
from cms.web import absolute, this_page


def meta_for_site() -> dict[str, Any]:
    site_data = {"@type": "WebSite", "name": site.name, "url": absolute("/"), "description": site.description}
    return meta(site.name, site.description or site.tagline, "website", json_ld=[site_data])


def meta_for_list(heading: str, description: str) -> dict[str, Any]:
    return meta(heading, description, "website", json_ld=[breadcrumb([(heading, request.path)])])


def meta_for_entry(entry: Entry, trail: Sequence[Page] = ()) -> dict[str, Any]:
    is_post = isinstance(entry, Post)
    found = meta(entry.title, entry.excerpt, "article" if is_post else "website", url=entry.url)
    if entry.cover and entry.cover.content_type != SVG:  # which no site that shows previews reads
        found |= {
            "image": absolute(entry.cover.url),
            "image_alt": entry.cover_alt,
            "card": "summary_large_image",
        }
    if entry.canonical_url:
        found["url"] = entry.canonical_url
    if is_post:
        found |= {
            "published": entry.published_at,
            "updated": entry.updated_at,
            "authors": [author.name for author in entry.authors],
            "tags": [tag.name for tag in entry.tags],
        }
    found["json_ld"] = [article(entry, found) if is_post else web_page(entry, found), trail_of(entry, trail)]
    return found


def meta(title: str, description: str, kind: str, *, url: str | None = None, json_ld=()) -> dict[str, Any]:
    return {
        "title": title,
        "description": description,
        "url": absolute(url or this_page()),
        "image": absolute(static_url(themes.active(), "icons/icon-512.png")),
        "image_alt": site.name,
        "card": "summary",
        "type": kind,
        "json_ld": [{"@context": "https://schema.org", **data} for data in json_ld],
    }


def article(post: Post, meta: dict[str, Any]) -> dict[str, Any]:
    """schema.org's BlogPosting."""
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title[:110],
        "description": post.excerpt,
        "url": meta["url"],
        "mainEntityOfPage": meta["url"],
        "author": [{"@type": "Person", "name": a.name, "url": absolute(a.url)} for a in post.authors],
        "publisher": {"@type": "Organization", "name": site.name, "url": absolute("/")},
        "keywords": meta["tags"],
        "wordCount": post.words,
        "inLanguage": site.language,
    }
    if post.published_at:
        data |= {"datePublished": post.published_at.isoformat(), "dateModified": post.updated_at.isoformat()}
    if post.cover:
        data["image"] = absolute(post.cover.url)
    return data


def web_page(page: Page, meta: dict[str, Any]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": page.title,
        "description": page.excerpt,
        "url": meta["url"],
        "inLanguage": site.language,
    }


def trail_of(entry: Entry, trail: Sequence[Page]) -> dict[str, Any]:
    above = [(page.title, page.url) for page in trail] or (
        [(_("Blog"), "/blog/")] if isinstance(entry, Post) else []
    )
    return {"@context": "https://schema.org", **breadcrumb([*above, (entry.title, entry.url)])}


def breadcrumb(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """schema.org's BreadcrumbList from the home page to here."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate([(site.name, "/"), *steps], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
