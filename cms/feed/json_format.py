"""JSON Feed, version 1.1 (jsonfeed.org)."""

import json
from typing import Any

from cms.feed.channel import Channel, Item

JSON = "application/feed+json"


def json_feed(channel: Channel, address: str) -> bytes:
    """``channel`` as JSON Feed. ``address`` is where the feed itself is found."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.page,
        "feed_url": address,
        "language": channel.language,
        "authors": [{"name": channel.author, "url": channel.page}],
        "items": [item_data(item) for item in channel.items],
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()


def item_data(item: Item) -> dict[str, Any]:
    data = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
    }
    optional = {
        "summary": item.summary,
        "authors": [{"name": name, "url": url} for name, url in item.authors],
        "tags": [name for name, _url in item.terms],
        "image": item.cover and item.cover.url,
    }
    return data | {name: value for name, value in optional.items() if value}
