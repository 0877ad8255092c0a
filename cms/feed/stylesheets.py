"""The style sheets that make a feed a page for whoever opens it in a browser.

XSL where the browser still runs it, as it can make links; else CSS for XML. Their templates stay in this
package: a theme can't supply them, but the XSL page wears the theme's style sheet.
"""

from pathlib import Path

from flask import Response, current_app
from jinja2 import FileSystemLoader

from cms.assets import static_url
from cms.cache import cached
from cms.feed import bp
from cms.models.setting import site
from cms.web import absolute

TEMPLATES = FileSystemLoader(Path(__file__).parent / "templates")


@bp.get("/feed.xsl")
@cached()
def xsl() -> Response:
    sheet = packaged("feed.xsl", site=site, style=static_url(site.theme, "site.css"))
    return Response(sheet, mimetype="text/xsl")


@bp.get("/feed.css")
@cached()
def css() -> Response:
    sheet = packaged("feed.css", quoted=quoted, feeds_address=absolute("/feeds/"))
    return Response(sheet, mimetype="text/css")


def packaged(name: str, **context) -> str:
    """The template ``name`` of this package, in the language of the site."""
    return current_app.jinja_env.overlay(loader=TEMPLATES).get_template(name).render(context)


def quoted(text: str) -> str:
    """``text`` as a string of CSS."""
    escaped = "".join(char if char.isalnum() or char in " .,:;!?–—" else f"\\{ord(char):x} " for char in text)
    return f'"{escaped}"'
