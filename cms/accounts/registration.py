"""Registering: the page says the same whether or not the address has an account; the mail tells which."""

from flask import Flask, Response, redirect
from flask_security import anonymous_user_required, hash_password, unauth_csrf
from flask_security.forms import _build_form_from_request as build_form

from cms.accounts import bp
from cms.accounts.answers import page
from cms.accounts.jobs import mail_link
from cms.errors import Refused
from cms.jobs import enqueue
from cms.limits import count, network
from cms.models import User
from cms.web import render


def init_app(app: Flask) -> None:
    app.view_functions["security.register"] = register


@anonymous_user_required
@unauth_csrf()
def register() -> Response:
    """In place of Flask-Security's view, which needs longer for one than for the other."""
    form = build_form("register_form")
    if form.validate_on_submit():
        try:
            count("RATE_REGISTER", network())
            invite_or_remind(form.email.data, form.username.data, hash_password(form.password.data))
            return redirect("/register/sent", 303)
        except Refused as refusal:
            form.refuse(refusal)
    return page("security/register_user.html", register_user_form=form)


def invite_or_remind(email: str, username: str, password: str) -> None:
    new = User.register(email=email, username=username, password=password)
    enqueue(mail_link, purpose="confirm" if new else "already", email=email)


@bp.get("/register/sent")
def registered() -> Response:
    return render("account/sent.html", purpose="confirm")
