"""The second half of using a passkey: the browser's answer, for which it was asked a moment ago."""

from collections.abc import Callable

from flask import Flask, Response, current_app, flash, redirect, request
from flask import session as cookie
from flask_babel import gettext as _
from flask_security import auth_required, url_for_security
from flask_security.utils import check_and_get_token_status

from cms.accounts.flows import instead
from cms.accounts.freshness import ask_again_unless_fresh
from cms.accounts.passkeys import BEGUN, are_possible
from cms.accounts.second_factor import after_change
from cms.accounts.sessions import renew
from cms.db import session
from cms.models import Passkey
from cms.web import visitor

MOST_PASSKEYS = 20


def init_app(app: Flask) -> None:
    app.jinja_env.globals["passkeys_are_possible"] = are_possible
    instead(app, "wan_register_response", add)
    instead(app, "wan_signin_response", sign_in)
    instead(app, "wan_verify_response", verify)
    instead(app, "wan_delete", remove)


@auth_required("session")
def add(view: Callable[..., Response], token: str) -> Response:
    """Keep a new passkey; a session that isn't fresh any more can't bring one from elsewhere."""
    if again := ask_again_unless_fresh("/wan-register"):
        return again
    user = visitor()
    if not was_asked(token, "wan_register") or len(user.webauthn) >= MOST_PASSKEYS:
        return begin_again("wan_register")
    before = set(user.webauthn)
    view(token=token)
    new = set(user.webauthn) - before
    return follow(new.pop()) if new else begin_again("wan_register")


def follow(key: Passkey) -> Response:
    """Show what is new; a new second step ends the sessions that were begun without it."""
    said = _("“%(name)s” is your passkey now.", name=key.name)
    if key.usage == "secondary":
        renew(key.user)
        return after_change(key.user, said)
    flash(said)
    return redirect("/wan-register", 303)


def sign_in(view: Callable[..., Response], token: str) -> Response:
    return answered(view, token, "wan_signin")


@auth_required("session")
def verify(view: Callable[..., Response], token: str) -> Response:
    return answered(view, token, "wan_verify")


def answered(view: Callable[..., Response], token: str, asked: str) -> Response:
    """What Flask-Security answers; where it refuses, it leads back to where the passkey was asked for."""
    if not was_asked(token, asked):
        return begin_again(asked)
    response = view(token=token)
    refused = response.location == url_for_security(asked)
    return begin_again(asked) if refused else response


def was_asked(token: str, asked: str) -> bool:
    """Whether ``token`` holds what this browser was asked last, and for this purpose; true only once."""
    begun = cookie.pop(BEGUN, None)
    within = current_app.config["SECURITY_WAN_REGISTER_WITHIN"]
    _expired, invalid, state = check_and_get_token_status(token, "wan", within)
    return not invalid and begun == {"challenge": state.get("challenge"), "at": f"security.{asked}"}


def begin_again(asked: str) -> Response:
    flash(_("That passkey could not be used. Try again, or take another way."), "error")
    return redirect(url_for_security(asked, next=request.args.get("next")), 303)


@auth_required("session")
def remove(view: Callable[[], Response]) -> Response:
    """Take a passkey away, and the recovery codes with the last thing that they could stand in for."""
    user = visitor()
    before = {key.name for key in user.webauthn}
    response = view()
    session.flush()
    session.refresh(user, ["webauthn"])
    for name in before - {key.name for key in user.webauthn}:
        flash(_("“%(name)s” signs you in no more.", name=name))
        renew(user)
    if not user.has_second_factor:
        user.mf_recovery_codes = None
    return response
