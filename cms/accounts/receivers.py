"""What Flask-Security did to an account, told as the site's own events; and what follows from it."""

from flask import Flask
from flask_security import signals as security

from cms import signals
from cms.accounts.sessions import renew
from cms.models import User
from cms.models.base import now


def init_app(app: Flask) -> None:
    security.user_confirmed.connect(tell_confirmed, app)
    security.tf_profile_changed.connect(tell_second_factor, app)
    security.tf_disabled.connect(tell_no_second_factor, app)
    security.wan_registered.connect(tell_passkey, app)
    security.wan_deleted.connect(tell_no_passkey, app)
    security.password_changed.connect(follow_password, app)
    security.password_reset.connect(follow_reset, app)
    security.change_email_confirmed.connect(follow_email, app)


def tell_confirmed(_app: Flask, *, user: User, **_more) -> None:
    user.tell(signals.user_confirmed, by=user)


def tell_second_factor(_app: Flask, *, user: User, **_more) -> None:
    renew(user)
    user.tell(signals.user_second_factor_set, by=user)


def tell_no_second_factor(_app: Flask, *, user: User, **_more) -> None:
    renew(user)
    user.tell(signals.user_second_factor_removed, by=user)


def tell_passkey(_app: Flask, *, user: User, **_more) -> None:
    user.tell(signals.user_passkey_added, by=user)


def tell_no_passkey(_app: Flask, *, user: User, **_more) -> None:
    user.tell(signals.user_passkey_removed, by=user)


def follow_password(_app: Flask, *, user: User, **_more) -> None:
    renew(user)
    user.tell(signals.user_password_changed, by=user)


def follow_reset(_app: Flask, *, user: User, **_more) -> None:
    """A new password by mail ends every session, and proves the address.

    Passkeys that stand in for the password go too: somebody else may have added them.
    """
    user.forget_sign_ins()
    if any(key.usage == "first" for key in user.webauthn):
        user.webauthn = [key for key in user.webauthn if key.usage != "first"]
        user.tell(signals.user_passkey_removed, by=user)
    user.confirmed_at = user.confirmed_at or now()
    user.tell(signals.user_password_changed, by=user)


def follow_email(_app: Flask, *, user: User, old_email: str, **_more) -> None:
    user.former_email = old_email
    user.void_links()
    user.tell(signals.user_email_changed, by=user)
