"""The pictures of the site, each at an address that never changes."""

import re

from flask import Blueprint, Flask, Response, abort, current_app, redirect, send_file
from sqlalchemy import ColumnElement, select
from werkzeug.wrappers import Response as AnyResponse

from cms.assets import YEAR
from cms.media import receivers
from cms.models import Media
from cms.models.media import SHORT, WIDTHS
from cms.security import CONTENT_SECURITY_POLICY, talisman
from cms.web import load

DIGEST = re.compile(rf"[0-9a-f]{{{SHORT}}}")
FORMS = ", ".join(f"'{width}'" for width in WIDTHS)
bp = Blueprint("media", __name__)
SANDBOX = {  # in which a drawing that somebody opens by itself can run and load nothing
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "sandbox": "",
}


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    receivers.connect()


@bp.after_request
def restrict(response: Response) -> Response:
    """Keep a picture in its sandbox, and give an error page the rules of every other page."""
    policy = SANDBOX if response.status_code < 400 else CONTENT_SECURITY_POLICY
    response.headers["Content-Security-Policy"] = "; ".join(
        f"{name} {value}" for name, value in policy.items()
    )
    return response


@bp.get("/media/<digest>/<filename>")
@talisman(content_security_policy=None)  # `restrict` says it
def picture(digest: str, filename: str) -> Response:
    found = at(digest, Media.filename == filename)
    if not found.file.is_file():
        current_app.logger.warning("The file of %s is lost: %s", found.url, found.file)
        abort(404)
    return for_ever(send_file(found.file, mimetype=found.content_type, etag=found.digest))


@bp.get(f"/media/<digest>/<any({FORMS}):width>/<stem>.webp")
@talisman(content_security_policy=None)
def form(digest: str, width: str, stem: str) -> AnyResponse:
    """The picture in one of its widths; the picture itself until a job has made that form."""
    found = at(digest, Media.filename.startswith(f"{stem}.", autoescape=True))
    if int(width) not in found.widths or stem != found.stem:
        abort(404)
    file = found.file_of(int(width))
    if file.is_file():
        return for_ever(send_file(file, mimetype="image/webp", etag=f"{found.digest}-{width}"))
    response = redirect(found.url, 302)
    response.cache_control.no_store = True
    return response


def at(digest: str, condition: ColumnElement[bool]) -> Media:
    """The picture whose digest begins so; 404 where there is none."""
    if not DIGEST.fullmatch(digest):
        abort(404)
    return load(select(Media).where(Media.begins_with(digest), condition))


def for_ever(response: Response) -> Response:
    """Let everybody keep it: what is at an address of a picture never changes."""
    response.cache_control.no_cache = None
    response.cache_control.max_age = YEAR
    response.cache_control.public = response.cache_control.immutable = True
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
