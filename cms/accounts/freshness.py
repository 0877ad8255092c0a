"""Acts that need a sign-in of a few minutes ago: a session that somebody copied is not enough for them."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, current_app, redirect, request
from flask_babel import gettext as _
from flask_security import auth_required, url_for_security
from flask_security.forms import VerifyForm
from flask_security.utils import check_and_update_authn_fresh, get_request_attr

from cms.accounts.flows import instead
from cms.accounts.forms import RefusableForm
from cms.accounts.guesses import Guess
from cms.accounts.passwords import LONGEST_PASSWORD
from cms.db import SAFE_METHODS
from cms.errors import Refused


class PasswordForm(RefusableForm, VerifyForm):
    """The password once more; guessing it counts like guessing it at the door."""

    def validate(self, **kwargs) -> bool:
        guess = Guess(self.user.email, (self.password.data or "")[: LONGEST_PASSWORD + 1])
        try:
            guess.refuse_one_too_many()
            self.refuse_without_password()
        except Refused as refusal:
            return self.refuse(refusal)
        valid = super().validate(**kwargs)
        if not valid:
            guess.was_wrong()
        return valid

    def refuse_without_password(self) -> None:
        if not self.user.password:
            raise Refused(_("Your account has no password. Sign out, then sign in again the way you do."))


def init_app(app: Flask) -> None:
    app.extensions["security"].reauthn_handler(ask_again)
    instead(app, "verify", lambda view: view())


def freshly_signed_in() -> Callable:
    """The decorator of views that ask for the password, or a passkey, once more where it was long ago."""
    return auth_required(
        "session",
        within=lambda: current_app.config["SECURITY_FRESHNESS"],
        grace=lambda: current_app.config["SECURITY_FRESHNESS_GRACE_PERIOD"],
    )


def ask_again(_within: timedelta, _grace: timedelta) -> Response:
    """Lead to the page that asks, and from there back to this one; what was sent has to be sent again."""
    safe = request.method in SAFE_METHODS
    return redirect(url_for_security("verify", next=request.full_path.rstrip("?") if safe else request.path))


def ask_again_unless_fresh(then: str) -> Response | None:
    """Where to prove once more who one is, going on at the address ``then``; None where that is fresh."""
    config = current_app.config
    periods = config["SECURITY_FRESHNESS"], config["SECURITY_FRESHNESS_GRACE_PERIOD"]
    if check_and_update_authn_fresh(*periods, get_request_attr("fs_authn_via")):
        return None
    return redirect(url_for_security("verify", next=then), 303)
