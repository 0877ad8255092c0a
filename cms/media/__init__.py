"""The pictures of the site, each at an address that never changes."""

import re

from flask import Blueprint, Flask, Response, abort, current_app, send_file
from sqlalchemy import func, select

from cms.assets import YEAR
from cms.models import Media
from cms.models.media import SHORT
from cms.security import CONTENT_SECURITY_POLICY, talisman
from cms.web import load

DIGEST = re.compile(rf"[0-9a-f]{{{SHORT}}}")
bp = Blueprint("media", __name__)
SANDBOX = {  # in which a drawing that somebody opens by itself can run and load nothing
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "sandbox": "",
}


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


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
    if not DIGEST.fullmatch(digest):
        abort(404)
    near = Media.digest.between(digest, digest + "g")  # "g" follows every hexadecimal digit: the index serves
    exact = func.substr(Media.digest, 1, SHORT) == digest
    found = load(select(Media).where(near, exact, Media.filename == filename))
    if not found.file.is_file():
        current_app.logger.warning("The file of %s is lost: %s", found.url, found.file)
        abort(404)
    response = send_file(found.file, mimetype=found.content_type, max_age=YEAR, etag=found.digest)
    response.cache_control.no_cache = None
    response.cache_control.public = response.cache_control.immutable = True
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
