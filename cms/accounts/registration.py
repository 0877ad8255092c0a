"""Registering: the page says the same whether or not the address has an account; the mail tells which."""

from flask import Flask, Response, redirect
from flask_security import anonymous_user_required, hash_password, unauth_csrf

from cms.accounts import bp
from cms.accounts.answers import page
from cms.accounts.forms import RegistrationForm
from cms.accounts.jobs import mail_link
from cms.accounts.newcomers import take_in
from cms.errors import Refused
from cms.jobs import enqueue
from cms.limits import count, network, refuse_more
from cms.web import render


def init_app(app: Flask) -> None:
    app.view_functions["security.register"] = register


@anonymous_user_required
@unauth_csrf()
def register() -> Response:
    """In place of Flask-Security's view, which needs longer for one than for the other."""
    form = RegistrationForm()
    try:
        if form.is_submitted():
            refuse_more("RATE_REGISTER", network())
        if form.validate_on_submit():
            take_in_or_remind(form)
            return redirect("/register/sent", 303)
    except Refused as refusal:
        form.refuse(refusal)
    return page("security/register_user.html", register_user_form=form)


def take_in_or_remind(form: RegistrationForm) -> None:
    email = form.email.data
    count("RATE_REGISTER", network())
    count("RATE_LINK_ADDRESS", email)
    hashed = hash_password(form.password.data)
    new = take_in(email=email, username=form.username.data, password=hashed)
    enqueue(mail_link, purpose="confirm" if new else "already", email=email)


@bp.get("/register/sent")
def registered() -> Response:
    return render("account/sent.html", purpose="confirm")
