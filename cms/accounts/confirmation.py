"""Confirming an address: the link proves the mailbox, the password who registered; together they sign in."""

from flask import Flask, Response, flash, redirect
from flask_babel import gettext as _
from flask_security import anonymous_user_required, login_user, unauth_csrf
from flask_security.confirmable import confirm_email_token_status, confirm_user
from flask_security.proxies import _security as security

from cms.accounts.answers import page
from cms.accounts.forms import ConfirmationForm
from cms.accounts.guesses import Guess
from cms.errors import Refused
from cms.models import User


def init_app(app: Flask) -> None:
    app.view_functions["security.confirm_email"] = confirm


@anonymous_user_required
@unauth_csrf()
def confirm(token: str) -> Response:
    """In place of Flask-Security's view, which lets in whoever registered with somebody else's address."""
    expired, invalid, user = confirm_email_token_status(token)
    if not user or expired or invalid or user.confirmed_at:
        flash(_("This link has expired or was used already. Ask for a new one."), "error")
        return redirect("/confirm", 303)
    form = ConfirmationForm()
    if form.validate_on_submit():
        try:
            refuse_stranger(user, form.password.data)
            return let_in(user)
        except Refused as refusal:
            form.refuse(refusal)
    return page("account/confirm.html", form=form)


def refuse_stranger(user: User, password: str) -> None:
    """Raise `Refused` unless this is the password that was chosen at registration."""
    guess = Guess(user.email, password)
    guess.refuse_one_too_many()
    if not user.verify_and_update_password(security.password_util.normalize(password)):
        guess.was_wrong()
        raise Refused(_("That is not the password with which this account was registered."))


def let_in(user: User) -> Response:
    confirm_user(user)
    login_user(user, authn_via=["confirm"])
    flash(_("Welcome. Your address is confirmed."))
    return redirect("/account/", 303)
