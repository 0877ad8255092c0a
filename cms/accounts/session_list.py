"""Where somebody is signed in, and signing out there from here."""

from flask import Response, flash, g, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import auth_required, logout_user
from sqlalchemy import Select, select

from cms.accounts import bp
from cms.db import session
from cms.models import SignIn, User
from cms.models.base import now
from cms.web import load, render, visitor

MOST_SHOWN = 100
LARGEST = 2**31 - 1  # number of a row
HOW = {
    "password": _l("password"),
    "link": _l("link by mail"),
    "webauthn": _l("passkey"),
    "code": _l("code from an app"),
    "recovery code": _l("recovery code"),
    "confirm": _l("link by mail"),
}


@bp.get("/account/sessions/")
@auth_required("session")
def sessions() -> Response:
    found = session.scalars(current_of(visitor()).order_by(SignIn.seen_at.desc()).limit(MOST_SHOWN)).all()
    return render("account/sessions.html", sign_ins=found, here=g.sign_in, how=how)


@bp.post(f"/account/sessions/<int(max={LARGEST}):number>/end")
@auth_required("session")
def end_session(number: int) -> Response:
    user = visitor()
    sign_in = load(current_of(user).where(SignIn.id == number))
    if sign_in == g.sign_in:
        return sign_out()
    user.end_session(sign_in, by=user)
    flash(_("You are signed out there."))
    return redirect("/account/sessions/", 303)


@bp.post("/account/sessions/end-others")
@auth_required("session")
def end_other_sessions() -> Response:
    user = visitor()
    user.end_sessions(by=user, but=g.sign_in)
    flash(_("You are signed out everywhere but here."))
    return redirect("/account/sessions/", 303)


@bp.post("/account/sessions/end-all")
@auth_required("session")
def end_all_sessions() -> Response:
    user = visitor()
    user.end_sessions(by=user)
    return sign_out()


def sign_out() -> Response:
    logout_user()
    return redirect("/login", 303)


def current_of(user: User) -> Select:
    return select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now())


def how(sign_in: SignIn) -> str:
    """How somebody signed in there, in words, such as "password, code from an app"."""
    return ", ".join(str(HOW.get(part, part)) for part in sign_in.how.split(", "))
