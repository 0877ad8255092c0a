"""How the pages of accounts answer: in the theme, with the status that says whether their form was taken."""

from flask import Response, request
from flask_wtf import FlaskForm

from cms.db import SAFE_METHODS
from cms.errors import Refused
from cms.mail.rendering import render as mail_text
from cms.web import render


def page(template: str, **context) -> Response | str:
    """A page, 422 or 429 where its form was refused; for Flask-Security also the text of a mail."""
    if template.startswith("mail/"):
        return mail_text(template, **context)
    forms = [form for form in context.values() if isinstance(form, FlaskForm)]
    refused = request.method not in SAFE_METHODS and any(form.errors for form in forms)
    response = render(template, status=422 if refused else 200, **context)
    for form in forms:
        if refusal := getattr(form, "refusal", None):
            show_refusal(response, refusal)
    return response


def show_refusal(response: Response, refusal: Refused) -> None:
    response.status_code = refusal.status
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
