"""Following a link from a mail: GET shows a page with a button, as mail scanners follow links; POST acts."""

from collections.abc import Callable
from functools import wraps

from flask import Flask, Response, flash, redirect, request
from flask_babel import gettext as _
from flask_security import anonymous_user_required, login_user, unauth_csrf
from flask_security.change_email import _verify_token_status as change_email_status
from flask_security.passwordless import login_token_status
from flask_security.proxies import _security as security

from cms.accounts.configuration import SIGN_IN_LINK_LIFETIME
from cms.db import SAFE_METHODS
from cms.models import Once
from cms.web import render


def init_app(app: Flask) -> None:
    """Put the page before what Flask-Security does on GET, and let it do that on POST."""
    put_page_before(app, "security.change_email_confirm", "change-email", change_email_status)
    app.add_url_rule("/change-email/<token>", "security.change_email_confirm", methods=["POST"])
    app.add_url_rule("/login/link/<token>", "security.token_login", sign_in_by_link, methods=["GET", "POST"])


def put_page_before(app: Flask, endpoint: str, purpose: str, status: Callable[[str], tuple]) -> None:
    act = app.view_functions[endpoint]

    @wraps(act)
    def view(token: str) -> Response:
        if request.method in SAFE_METHODS and is_valid(status(token)):
            return render("account/follow_link.html", purpose=purpose)
        return act(token)

    app.view_functions[endpoint] = view


def is_valid(status: tuple) -> bool:
    """Whether Flask-Security's ``(expired, invalid, user, …)`` speak for the link."""
    expired, invalid, user, *_more = status
    return bool(user) and not expired and not invalid


@anonymous_user_required
@unauth_csrf()
def sign_in_by_link(token: str) -> Response:
    """Sign in once with each link; a second factor is asked for as after a password."""
    status = login_token_status(token)
    user = status[2]
    if not is_valid(status) or not user.active or not user.confirmed_at:
        return turn_down()
    if request.method in SAFE_METHODS:
        return render("account/follow_link.html", purpose="sign-in")
    if not is_first_use(token):
        return turn_down()
    second = security.two_factor_plugins.tf_enter(user, False, "link", next_loc=None)
    if second:
        return second
    login_user(user, authn_via=["link"])
    return redirect("/account/", 303)


def is_first_use(token: str) -> bool:
    """Whether the link was not followed before; known by what is signed in it, as its spelling can vary."""
    (uniquifier, *_rest), signed_at = security.login_serializer.loads(token, return_timestamp=True)
    return Once.take("link", uniquifier, signed_at.isoformat(), lasting=SIGN_IN_LINK_LIFETIME * 2) is not None


def turn_down() -> Response:
    flash(_("This link has expired or was used already. Ask for a new one."), "error")
    return redirect("/login/link", 303)
