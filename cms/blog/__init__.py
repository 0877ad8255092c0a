"""The blog as its readers see it: home, posts, lists, pages."""

from flask import Blueprint, Flask

bp = Blueprint("blog", __name__)


def init_app(app: Flask) -> None:
    from cms.blog import (  # noqa: F401
        appearance,
        archives,
        home,
        manifest,
        overview,
        pages,
        posts,
        previews,
    )

    app.register_blueprint(bp)
