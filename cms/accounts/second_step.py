"""Between the first factor and the second: who has shown only one is nobody yet, and not for long.

Flask-Security keeps in the cookie who has shown a first factor. Its older way of setting up a code keeps a
secret there too, with which whoever knows a password could give the account a second factor of their own:
that state is dropped before any of its views sees it.
"""

from time import time

from flask import Flask, Response, redirect, request
from flask import session as cookie
from flask_security import login_user
from flask_security.tf_plugin import TfPlugin, tf_clean_session

from cms.accounts.datastore import datastore
from cms.accounts.forms import RefusableForm
from cms.errors import Refused
from cms.limits import note, refuse_more
from cms.models import User
from cms.web import visitor

PATIENCE = 15 * 60  # seconds
LIMIT = "RATE_SECOND_FACTOR"
HOW = {
    "security.two_factor_token_validation": "code",
    "security.mf_recovery": "recovery code",
    "security.wan_signin_response": "webauthn",
}
STEPS = {*HOW, "security.wan_signin", "security.tf_select", "security.two_factor_rescue"}


class SecondSteps(TfPlugin):
    """Flask-Security's second factors, in a time limit, and noting how somebody signed in."""

    def __init__(self, plugins: TfPlugin):
        self._tf_impls = plugins._tf_impls

    def tf_enter(self, user: User, remember_me: bool | None, primary_authn_via: str, next_loc: str | None):
        inside = None if next_loc == request.url else next_loc  # Flask-Security's way to say "nowhere"
        response = super().tf_enter(user, remember_me, primary_authn_via, inside)
        if response:
            cookie["second_step"] = {"until": time() + PATIENCE, "after": primary_authn_via}
        return response

    def tf_complete(self, user: User, dologin: bool) -> None:
        first = cookie.pop("second_step", {}).get("after", "password")
        remember = cookie.pop("tf_remember_login", False)
        tf_clean_session()
        login_user(user, remember=remember, authn_via=[first, HOW[request.endpoint]])


class GuessableForm(RefusableForm):
    """A form with a code of ``user``'s: after a few wrong ones the account has to wait."""

    def validate(self, **kwargs) -> bool:
        try:
            refuse_more(LIMIT, f"account {self.user.id}")
        except Refused as refusal:
            return self.refuse(refusal)
        valid = super().validate(**kwargs)
        if not valid:
            note(LIMIT, f"account {self.user.id}")
        return valid


def init_app(app: Flask) -> None:
    security = app.extensions["security"]
    security.two_factor_plugins = SecondSteps(security.two_factor_plugins)
    app.before_request(guard_second_step)


def guard_second_step() -> Response | None:
    """Let nobody into the second step but who has just taken the first."""
    if request.blueprint != "security" or request.endpoint == "security.static":
        return None
    if cookie.get("tf_state", "ready") != "ready":
        tf_clean_session()
    if request.endpoint not in STEPS:
        return None
    if visitor():
        return redirect("/account/")
    if "tf_user_id" in cookie and not who_is_expected():
        tf_clean_session()
    return None


def who_is_expected() -> User | None:
    """Who has shown a first factor in this browser, and has yet to show a second one."""
    if cookie.get("second_step", {}).get("until", 0) < time():
        return None
    user = datastore.find_user(fs_uniquifier=cookie.get("tf_user_id", ""))
    return user if user and user.active else None
