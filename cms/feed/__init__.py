"""Feeds for readers of feeds, and the sitemap and robots.txt for search engines."""

from flask import Blueprint, Flask

bp = Blueprint("feed", __name__)


def init_app(app: Flask) -> None:
    from cms.feed import about, feeds, robots, sitemap, stylesheets  # noqa: F401

    app.register_blueprint(bp)
