"""robots.txt (RFC 9309): what search engines need not visit, and where the sitemap is."""

from flask import Response

from cms.feed import bp
from cms.web import absolute

NOT_FOR_ROBOTS = ("/search/", "/login", "/logout", "/account/", "/appearance")


@bp.get("/robots.txt")
def robots() -> Response:
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    sitemap = f"Sitemap: {absolute('/sitemap.xml')}"
    return Response("\n".join([*rules, "", sitemap, ""]), mimetype="text/plain")
