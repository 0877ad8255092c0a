"""Being signed in: a row for each browser beside its cookie, so that a copied cookie dies with the row."""

from datetime import timedelta
from functools import partial

from flask import Flask, Response, current_app, g, request
from flask import session as cookie
from flask_login import user_logged_out
from flask_security import user_authenticated
from flask_security.utils import set_request_attr
from sqlalchemy import delete, select, update

from cms import signals
from cms.browsers import browser_of
from cms.db import session, unit_of_work
from cms.models import SignIn, User
from cms.models.base import now
from cms.models.sign_in import digest_of

TOKEN = "sign_in"  # noqa: S105 (its name in the cookie)


def init_app(app: Flask) -> None:
    app.login_manager.user_loader(signed_in)
    app.login_manager.request_loader(lambda _request: None)  # people sign in with the form, not with tokens
    app.after_request(note_when_seen)
    user_authenticated.connect(begin, app)
    user_logged_out.connect(end, app)


def signed_in(_uniquifier: str) -> User | None:
    """Whose session this is, if its sign-in has not ended. The row alone decides, not Flask-Login's mark."""
    found = session.execute(
        select(User, SignIn)
        .join(SignIn.user)
        .where(
            SignIn.digest == digest_of(cookie.get(TOKEN, "")),
            SignIn.expires_at > now(),
            User.active,
        )
    ).one_or_none()
    if found is None:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", cookie.get("fs_paa", 0))
    user, g.sign_in = found
    return user


def begin(_app: Flask, user: User, authn_via: list[str], **_more) -> None:
    """Give the browser that just signed in a row of its own; Flask-Security asks here to remember it.

    Who has changed the password goes on as before, with a new row.
    """
    former = g.pop("sign_in", None)
    goes_on = former is not None and former.user_id == user.id and authn_via == ["change"]
    cookie.permanent = cookie.pop("_remember", None) == "set" or (goes_on and former.remembered)
    g.sign_in, cookie[TOKEN] = SignIn.begin(
        user,
        how=former.how if goes_on else ", ".join(authn_via),
        browser=browser_of(request.user_agent.string),
        remember_for=timedelta(days=current_app.config["REMEMBER_DAYS"]) if cookie.permanent else None,
    )
    if former:
        session.delete(former)
    for place in (cookie, g):
        place.pop("csrf_token", None)  # of the forms that were open before
    user.tell(signals.user_signed_in, by=user)


def renew(user: User) -> None:
    """Let this browser alone stay signed in, under a new token, so that no copy of its cookie does."""
    sign_in = g.get("sign_in")
    if sign_in and sign_in.user_id == user.id:
        cookie[TOKEN] = sign_in.renew()
        user.forget_sign_ins(but=sign_in)
    else:
        user.forget_sign_ins()


def end(_app: Flask, user: User, **_more) -> None:
    """Signing out ends this browser's row, and with it every copy of its cookie."""
    cookie.pop(TOKEN, None)
    cookie.permanent = False
    if sign_in := g.pop("sign_in", None):
        session.execute(delete(SignIn).where(SignIn.id == sign_in.id))
        user.tell(signals.user_signed_out, by=user)


def note_when_seen(response: Response) -> Response:
    """Now and then, after the answer, note that the browser is still in use."""
    sign_in = g.get("sign_in")
    if sign_in and sign_in.is_due:
        response.call_on_close(partial(note_seen, current_app._get_current_object(), sign_in.id))
    return response


def note_seen(app: Flask, number: int) -> None:
    with app.app_context(), unit_of_work():
        session.execute(update(SignIn).where(SignIn.id == number).values(seen_at=now()))
