"""What makes a feed a page for whoever opens it in a browser.

Browsers are giving up XSL, and the last to run it warn of it, so that where a browser says that it opens a
page, we run the XSL ourselves (`page_of`). The feed still names it, and CSS for XML, for browsers that do
not say so. The templates stay in this package: a theme can't supply them, but the page wears its style.
"""

from pathlib import Path

from flask import Response, current_app
from jinja2 import FileSystemLoader
from lxml.etree import XSLT, XMLParser, fromstring

from cms.assets import static_url
from cms.cache import cached
from cms.feed import bp
from cms.models.setting import site
from cms.themes import options_url
from cms.web import absolute

TEMPLATES = FileSystemLoader(Path(__file__).parent / "templates")


@bp.get("/feed.xsl")
@cached()
def xsl() -> Response:
    return Response(page_sheet(), mimetype="text/xsl")


@bp.get("/feed.css")
@cached()
def css() -> Response:
    sheet = packaged("feed.css", quoted=quoted, feeds_address=absolute("/feeds/"))
    return Response(sheet, mimetype="text/css")


def page_of(feed: bytes) -> bytes:
    """The HTML page that the XSL makes of a feed in RSS or Atom."""
    parser = XMLParser(huge_tree=True, resolve_entities=False)  # a post may be long; the feed is our own
    return bytes(XSLT(fromstring(page_sheet().encode()))(fromstring(feed, parser)))


def page_sheet() -> str:
    return packaged("feed.xsl", site=site, style=static_url(site.theme, "site.css"), options=options_url())


def packaged(name: str, **context) -> str:
    """The template ``name`` of this package, in the language of the site."""
    return current_app.jinja_env.overlay(loader=TEMPLATES).get_template(name).render(context)


def quoted(text: str) -> str:
    """``text`` as a string of CSS."""
    escaped = "".join(char if char.isalnum() or char in " .,:;!?–—" else f"\\{ord(char):x} " for char in text)
    return f'"{escaped}"'
