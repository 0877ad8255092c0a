"""Addresses to which the site leads its readers, as people write them."""

import re
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from cms.errors import Refused
from cms.models.base import readable

LONGEST_LINK = 500
UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]")


def accepted_link(text: str) -> str:
    """``text`` as an address of this site, such as ``/about/``, or one that begins with ``https://``.

    Raises `Refused` for any other, as a link of any other scheme might run something.
    """
    link = on_this_site(readable(text).strip())
    is_inside = link.startswith("/") and not link.startswith("//")
    if not (is_inside or is_https(link)) or " " in link or UNPRINTED.search(link) or len(link) > LONGEST_LINK:
        raise Refused(
            _(
                "“%(link)s” is no address of this site, such as /about/, nor one with https://.",
                link=text[:100],
            )
        )
    return link


def on_this_site(link: str) -> str:
    """``link`` as a path, where it is the whole address of a page of this site."""
    home = current_app.config["SITE_URL"].rstrip("/")
    return (link.removeprefix(home) or "/") if link == home or link.startswith(f"{home}/") else link


def is_https(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)
