"""What happens when something is refused, missing or broken."""

import re
from functools import partial

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request
from flask_babel import force_locale, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import (
    Gone,
    HTTPException,
    InternalServerError,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
)

from cms.assets import static_url
from cms.db import only_read, session

TITLES = {
    400: _l("We could not read that request"),
    403: _l("This is not open to you"),
    404: _l("There is no page at this address"),
    405: _l("That does not work at this address"),
    409: _l("That is not possible right now"),
    410: _l("This page has been removed"),
    413: _l("That was too large"),
    415: _l("This kind of content is not understood"),
    422: _l("Something needs to be corrected"),
    429: _l("That was a little too often"),
}


KEEPING_TEXTS = frozenset({400, 403, 404, 409, 410, 422, 429, 500, 503})
WORTH_KEEPING = 2  # characters
SECRET_FIELD = re.compile("password|token|key|code|credential|next|remember|submit|^caret$|^version$", re.I)
MOST_FIELDS = 200  # of a form that is sent again


class Refused(Exception):  # noqa: N818 (it is an answer, not a fault)
    """A rule of a model said no; ``message`` says why in words for the person who asked."""

    status = 422
    retry_after: int | None = None  # seconds

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(SecurityError, answer_foreign_host)
    app.register_error_handler(NotFound, answer_missing)
    app.register_error_handler(RequestEntityTooLarge, answer_too_large)
    app.register_error_handler(CSRFError, answer_stale_form)
    app.register_error_handler(Refused, answer_refusal)
    app.register_error_handler(OperationalError, answer_busy)
    app.register_error_handler(InternalServerError, answer_failure)


def answer_http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    return error_page(error.code, headers=error.get_headers(request.environ))


def answer_foreign_host(_error: SecurityError) -> Response:
    """Refuse a request that names a host which is not ours; there is no site to show under that name."""
    return Response("This site does not answer to that host name.\n", 400, mimetype="text/plain")


def answer_missing(error: NotFound) -> Response:
    """Send old addresses on before saying that there is nothing here."""
    from cms.models import Redirect

    if request.method in ("GET", "HEAD"):
        found = Redirect.answer_for(request.path)
        if found == Gone.code:
            return error_page(Gone.code)
        if found:
            return redirect(found, 301)
    return error_page(NotFound.code)


def answer_too_large(error: RequestEntityTooLarge) -> Response:
    """Say how much may be sent at once; the connection may be cut while more of it is still on its way."""
    most = request.max_content_length or 0
    if (request.content_length or 0) <= most:
        return error_page(error.code, message=_("One of the texts is too long."))
    sent = _("At most %(size)s can be sent at once. Nothing was saved.", size=in_megabytes(most))
    return error_page(error.code, message=sent)


def in_megabytes(size: int) -> str:
    return f"{format_decimal(round(size / 2**20, 1))} MB"


def answer_stale_form(_error: CSRFError) -> Response:
    """Ask to sign in beside it and to send the form again, from this page, with all that was typed."""
    from cms.web import visitor

    again = fields_to_send_again()
    if not again:
        message = _(
            "The page was open too long, or your browser keeps no cookies. Load it again, and send it anew."
        )
    elif visitor() is None:
        message = _("You are signed out. What you wrote is not lost: sign in, and send it again from here.")
    else:
        message = _("The page was open too long. What you wrote is not lost: send it again from here.")
    return error_page(400, message=message, again=again)


def fields_to_send_again() -> list[tuple[str, str]]:
    """The fields of a form that a page of ours sent; none where that is not sure, or a file came with it."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    secret = any(re.search("password|code|token", name, re.I) for name, _text in fields)
    has_file = any(file.filename for file in request.files.values())
    return fields if ours and not secret and not has_file and len(fields) <= MOST_FIELDS else []


def answer_refusal(refusal: Refused) -> Response:
    headers = [("Retry-After", str(refusal.retry_after))] if refusal.retry_after else []
    return error_page(refusal.status, message=refusal.message, headers=headers)


def answer_busy(error: OperationalError) -> Response:
    """503 while the database can't be written or reached; a fault of ours is told as one."""
    current_app.logger.error("The database refused: %s", error.orig)
    response = page_of_fault(503)
    response.headers["Retry-After"] = "5"
    return response


def answer_failure(error: InternalServerError) -> Response:
    """The page for a fault of ours; that the database is busy may show only at the end of a request."""
    if isinstance(error.original_exception, OperationalError):
        return answer_busy(error.original_exception)
    return page_of_fault(500)


def page_of_fault(code: int) -> Response:
    """The page for a fault, with what was typed; it asks the database for nothing: that may be what failed.

    What still looks at the answer does not wait once more to write.
    """
    from cms.languages import language_last_known, locale_of

    only_read()
    files = partial(static_url, "default")
    language = language_last_known()
    with force_locale(locale_of(language)):
        known = {"static": files, "language": language, "texts": typed_texts(code)}
        page = render_template("default/errors/500.html", **known)
    return current_app.make_response((page, code))


def error_page(code: int, message: str = "", headers=(), again=()) -> Response:
    """The error page in the theme: what happened, and where to go from here."""
    session.rollback()
    title = TITLES.get(code, _("Something went wrong"))
    if wants_json():
        return with_headers(jsonify(error=message or str(title)), code, headers)
    known = {"code": code, "title": title, "message": message}
    known |= {"posts": helpful_posts(code), "texts": typed_texts(code), "again": again}
    page = render_template("errors/error.html", **known)
    return with_headers(current_app.make_response(page), code, headers)


def with_headers(response: Response, code: int, headers) -> Response:
    response.status_code = code
    for name, value in headers:
        if name.lower() in ("allow", "retry-after", "location"):
            response.headers[name] = value
    return response


def wants_json() -> bool:
    """Whether the request asks for data rather than for a page, as a script's does."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def typed_texts(code: int) -> list[str]:
    """The longer texts of a form that was turned down, so that nobody has to write them again."""
    if request.method != "POST" or code not in KEEPING_TEXTS:
        return []
    fields = request.form.items(multi=True)
    return [text for name, text in fields if len(text) >= WORTH_KEEPING and not SECRET_FIELD.search(name)]


def helpful_posts(code: int) -> list:
    from cms.models import Post

    return Post.latest(4) if code in (NotFound.code, Gone.code) else []
