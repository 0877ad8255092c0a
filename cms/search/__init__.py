"""Search over the titles, tags and texts of what is published."""

from flask import Blueprint, Flask

from cms.search import document  # noqa: F401  (its table belongs to the metadata)

bp = Blueprint("search", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
