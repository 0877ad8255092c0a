"""The web app manifest (W3C), and the icon at the address where browsers look unasked."""

from flask import Response, jsonify, redirect

from cms import themes
from cms.assets import static_url
from cms.blog import bp
from cms.cache import cached
from cms.models.setting import site

SIZES = (192, 512)


@bp.get("/site.webmanifest")
@cached()
def manifest() -> Response:
    icons = [
        {
            "src": static_url(themes.active(), f"icons/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
        }
        for size in SIZES
    ]
    response = jsonify(
        name=site.name, short_name=site.name[:12], start_url="/", display="browser", icons=icons
    )
    response.mimetype = "application/manifest+json"
    return response


@bp.get("/favicon.ico")
def favicon() -> Response:
    return redirect(static_url(themes.active(), "icons/favicon.ico"), 302)
