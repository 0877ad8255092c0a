"""Forms that create something carry a key: sent twice, they create it once, and both answers are the same."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, abort, current_app, g, redirect, request
from flask import session as cookie
from markupsafe import Markup

from cms.db import SAFE_METHODS
from cms.models.once import Once

FIELD = "form_key"
LONGEST_KEY = 100  # characters
REMEMBERED = timedelta(days=1)


def init_app(app: Flask) -> None:
    app.before_request(answer_second_submission)
    app.after_request(keep_first_answer)
    app.jinja_env.globals["form_key"] = form_key


def form_key() -> Markup:
    """The hidden field for a form that creates something."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, secrets.token_urlsafe(18))


def takes_form_itself(view: Callable) -> Callable:
    """Mark a view that calls `take_form` before it creates something, after whatever is slow; or never."""
    view.takes_form_itself = True
    return view


def answer_second_submission() -> None:
    if request.endpoint is None or request.method in SAFE_METHODS:
        return
    if not getattr(current_app.view_functions[request.endpoint], "takes_form_itself", False):
        take_form()


def take_form() -> None:
    """End the request with the first answer where this form came in before; a second waits for the first.

    From then on the request holds SQLite's write lock.
    """
    key = request.form.get(FIELD, "")
    if not key:
        return
    if len(key) > LONGEST_KEY:
        abort(400)
    what = ("form", key, *sender(), request.path)
    g.submission = Once.take(*what, lasting=REMEMBERED)
    if g.submission is None:
        abort(redirect(Once.taken(*what).note or "/", 303))


def keep_first_answer(response: Response) -> Response:
    """Note where the first answer leads; a refused form may come again, as its transaction is rolled back."""
    if (submission := g.pop("submission", None)) and response.status_code < 400:
        submission.note = response.location or request.path
    return response


def sender() -> tuple[str, str]:
    """This browser: its cookie's form token, and its sign-in."""
    return cookie.get("csrf_token", ""), cookie.get("sign_in", "")
