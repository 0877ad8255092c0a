"""What all views share: finding, refusing, answering."""

import re
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    has_request_context,
    make_response,
    render_template,
    request,
)
from flask_login import current_user
from flask_security.utils import check_and_update_authn_fresh
from sqlalchemy import Select
from werkzeug.routing import IntegerConverter, Map

from cms.db import SAFE_METHODS, session
from cms.models.user import User, can

SCHEMES = ("auto", "light", "dark")
SCHEME_COOKIE = "scheme"
LONGEST_QUERY = 8192  # bytes
READ_ARGUMENTS = ("q", "after", "before", "page", "tag")
UNREADABLE = re.compile("[\x00\ud800-\udfff]")


LARGEST_NUMBER = 2**31 - 1  # that every database keeps


class Number(IntegerConverter):
    """A number in an address: one that no row can have makes the address one that leads nowhere."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = LARGEST_NUMBER):
        super().__init__(map, fixed_digits, min, max)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Number
    app.before_request(refuse_unreadable_input)
    app.jinja_env.globals.update(dom_id=dom_id, this_page=this_page, can=lambda act: can(visitor(), act))


def visitor() -> User | None:
    """Who is signed in; None for a reader without an account. Reads nothing where no cookie came."""
    if not has_request_context() or not request.cookies:
        return None
    return current_user._get_current_object() if current_user.is_authenticated else None


def is_fresh() -> bool:
    """Whether the visitor, who is signed in, proved a few minutes ago who they are."""
    config = current_app.config
    return check_and_update_authn_fresh(
        config["SECURITY_FRESHNESS"], config["SECURITY_FRESHNESS_GRACE_PERIOD"]
    )


def load(query: Select) -> Any:
    """The one object that ``query`` finds; 404 where there is none, whether absent or hidden."""
    found = session.scalars(query).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def render(template: str, *, fragment: str | None = None, status: int = 200, **context) -> Response:
    """The page ``template``, or only its ``fragment`` where HTMX asks for a part."""
    part = fragment and wants_fragment()
    response = make_response(render_template(fragment if part else template, **context), status)
    if fragment:
        response.vary.add("HX-Request")
    return response


def wants_fragment() -> bool:
    """Whether HTMX asks for a part of a page, rather than a whole page for its history or a boosted link."""
    headers = request.headers
    whole = "HX-Boosted" in headers or "HX-History-Restore-Request" in headers
    return "HX-Request" in headers and not whole


def dom_id(thing: object) -> str:
    """The ``id`` of an object's element, such as ``post-12``."""
    return f"{type(thing).__name__.lower()}-{thing.id}"


def chosen_scheme() -> str:
    """light or dark where the reader chose, else auto."""
    chosen = request.cookies.get(SCHEME_COOKIE, "") if has_request_context() else ""
    return chosen if chosen in SCHEMES else "auto"


def this_page() -> str:
    """The address of this page: its path, and what of its query makes it another page."""
    told = [(name, request.args[name]) for name in READ_ARGUMENTS if name in request.args]
    return f"{request.path}?{urlencode(told)}" if told else request.path


def absolute(path: str) -> str:
    """The full address of ``path``; it never depends on the host that a request names."""
    return path if "://" in path else current_app.config["SITE_URL"] + "/" + path.lstrip("/")


def local_path(target: str | None) -> str:
    """``target`` if it is an address within this site, else the home page."""
    inside = bool(target) and target.startswith("/") and not re.match(r"/[/\\]|.*[\x00-\x20\\]", target)
    return target if inside else "/"


def refuse_unreadable_input() -> None:
    """400 for what no database or page could hold: bad UTF-8, NUL, lone surrogates, endless queries."""
    raw = request.query_string
    if len(raw) > LONGEST_QUERY:
        abort(400)
    try:
        texts = [unquote_to_bytes(raw).decode(), request.environ["PATH_INFO"].encode("latin-1").decode()]
    except UnicodeError:
        abort(400)
    if request.endpoint and request.method not in SAFE_METHODS:
        if request.is_json:
            abort(415)
        for name, values in request.form.lists():
            texts += [name, *values]
    if any(UNREADABLE.search(text) for text in texts):
        abort(400)
