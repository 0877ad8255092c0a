"""Acts that need a sign-in of a few minutes ago: a session that somebody copied is not enough for them."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from flask import Flask, Response, redirect, request
from flask_babel import gettext as _
from flask_security import auth_required, url_for_security
from flask_security.forms import VerifyForm

from cms.accounts.flows import instead
from cms.accounts.forms import OldPasswordForm
from cms.db import SAFE_METHODS
from cms.errors import Refused
from cms.web import is_fresh


class PasswordForm(OldPasswordForm, VerifyForm):
    """The password once more; guessing it counts like guessing it at the door."""

    def validate(self, **kwargs) -> bool:
        try:
            self.refuse_without_password()
        except Refused as refusal:
            return self.refuse(refusal)
        return super().validate(**kwargs)

    def refuse_without_password(self) -> None:
        if not self.user.password:
            raise Refused(_("Your account has no password. Sign out, then sign in again the way you do."))


def init_app(app: Flask) -> None:
    app.extensions["security"].reauthn_handler(ask_again)
    instead(app, "verify", lambda view: view())


def freshly_signed_in() -> Callable:
    """The decorator of views that ask for the password, or a passkey, once more where it was long ago."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            return view(*args, **kwargs) if is_fresh() else ask_again()

        return auth_required("session")(guarded)

    return decorate


def ask_again(*_periods: timedelta) -> Response:
    """Lead to the page that asks, and from there back to this one; what was sent has to be sent again."""
    safe = request.method in SAFE_METHODS
    return redirect(url_for_security("verify", next=request.full_path.rstrip("?") if safe else request.path))


def ask_again_unless_fresh(then: str) -> Response | None:
    """Where to prove once more who one is, going on at the address ``then``; None where that is fresh."""
    return None if is_fresh() else redirect(url_for_security("verify", next=then), 303)
