"""The page that every member has: who they are here, how they sign in, and what they can do about it."""

from flask import Response, current_app
from flask_security import auth_required
from sqlalchemy import func, select

from cms.accounts import bp
from cms.db import session
from cms.models import SignIn, User
from cms.models.base import now
from cms.web import render, visitor


@bp.get("/account/")
@auth_required("session")
def account() -> Response:
    user = visitor()
    return render(
        "account/account.html",
        roles=user.roles,
        passkeys=sorted(user.webauthn, key=lambda key: key.created_at),
        codes_left=codes_left(user),
        browsers=number_of_browsers(user),
    )


def codes_left(user: User) -> int:
    return len(current_app.extensions["security"].mf_recovery_codes_util.get_recovery_codes(user))


def number_of_browsers(user: User) -> int:
    """In how many browsers the user is signed in."""
    current = select(func.count()).where(SignIn.user_id == user.id, SignIn.expires_at > now())
    return session.scalar(current)
