"""Whether the app is alive, and whether it can do its work."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from cms.db import session

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/healthz")
def healthz() -> Response:
    """200 while the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """200 while the database answers and has the newest migration, else 503 with the reason."""
    try:
        present = MigrationContext.configure(session.connection()).get_current_revision()
    except SQLAlchemyError as error:
        current_app.logger.error("readyz: the database does not answer: %s", type(error).__name__)
        session.rollback()
        return jsonify(status="unavailable", database="does not answer"), 503
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    if present != newest:
        return jsonify(status="unavailable", migration=present, wanted=newest), 503
    return jsonify(status="ok", migration=present), 200
