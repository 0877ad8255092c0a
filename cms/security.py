"""What protects every answer: security headers, the form token, trusted hosts, compression."""

from flask import Flask, Response, request
from flask_compress import Compress
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from cms.web import visitor

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
}


class Headers(Talisman):
    """Talisman, but a view may tell other sites less of its address than the rest of the site does."""

    def _set_referrer_policy_headers(self, headers) -> None:
        headers.setdefault("Referrer-Policy", self.referrer_policy)


csrf = CSRFProtect()
talisman = Headers()


def init_app(app: Flask) -> None:
    hops = app.config["PROXY_HOPS"]
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)
    https = app.config["SITE_URL"].startswith("https://")
    csrf.init_app(app)
    Compress(app)
    talisman.init_app(
        app,
        force_https=False,
        strict_transport_security=https,
        session_cookie_secure=https,
        content_security_policy=CONTENT_SECURITY_POLICY,
        referrer_policy="strict-origin-when-cross-origin",
        permissions_policy={"browsing-topics": "()", "geolocation": "()", "camera": "()", "microphone": "()"},
    )
    app.after_request(isolate)
    app.after_request(keep_private)
    app.after_request(stay_on_this_host)


def isolate(response: Response) -> Response:
    """Keep other sites' windows and pages apart from ours."""
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    return response


def keep_private(response: Response) -> Response:
    """Let nobody keep what was made for one person: pages of members, and the forms of signing in."""
    made_for_one = request.blueprint in ("security", "account") or visitor() is not None
    if made_for_one and not response.cache_control.immutable:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def stay_on_this_host(response: Response) -> Response:
    """Redirect within the site by path alone, so that no request can say which host or port it leads to."""
    if response.location and response.location.startswith(request.host_url):
        response.location = "/" + response.location.removeprefix(request.host_url)
    return response
