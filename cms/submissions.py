"""Forms that create something carry a key: sent twice, they create it once, and both answers are the same."""

import secrets
from datetime import timedelta

from flask import Flask, Response, abort, g, redirect, request
from flask import session as cookie
from markupsafe import Markup

from cms.db import SAFE_METHODS, session
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


def answer_second_submission() -> Response | None:
    """Answer a form that came in before as it was answered then; the second waits until the first is done."""
    if request.endpoint is None or request.method in SAFE_METHODS or not (key := request.form.get(FIELD)):
        return None
    if len(key) > LONGEST_KEY:
        abort(400)
    what = ("form", key, *sender(), request.path)
    g.submission = Once.take(*what, lasting=REMEMBERED)
    return None if g.submission else redirect(Once.taken(*what).note or "/", 303)


def keep_first_answer(response: Response) -> Response:
    """Note where the first answer leads; a refused form may come again, as its transaction is rolled back."""
    if (submission := g.pop("submission", None)) and response.status_code < 400:
        submission.note = response.location or request.path
    return response


def let_come_again() -> None:
    """Take the form that is being answered for one that created nothing; it may be sent again."""
    if submission := g.pop("submission", None):
        session.delete(submission)


def sender() -> tuple[str, str]:
    """This browser: its cookie's form token, and its sign-in."""
    return cookie.get("csrf_token", ""), cookie.get("sign_in", "")
