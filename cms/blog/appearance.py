"""Light or dark: the reader's choice, kept in a cookie that is set only when somebody chooses.

The form stands on cached pages, so it carries no token of a session; a request from another site is refused
by where its browser says that it comes from, and could change nothing but a colour.
"""

from urllib.parse import urlsplit

from flask import Response, abort, current_app, redirect, request

from cms.blog import bp
from cms.security import csrf
from cms.web import SCHEME_COOKIE, SCHEMES, local_path, render, wants_fragment

YEAR = 31_536_000  # seconds


@bp.post("/appearance")
@csrf.exempt
def appearance() -> Response:
    scheme = request.form.get("scheme")
    if scheme not in SCHEMES or comes_from_elsewhere():
        abort(400)
    if wants_fragment():
        response = render("_appearance.html", scheme=scheme, next=local_path(request.form.get("next")))
    else:
        response = redirect(local_path(request.form.get("next")), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(SCHEME_COOKIE, scheme, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def comes_from_elsewhere() -> bool:
    """Whether the browser says that another site's page sent this request."""
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    return bool(origin) and urlsplit(origin).netloc != request.host
