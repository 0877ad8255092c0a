"""What Flask-Security did to an account, told as the site's own events; and what follows from it."""

from flask import Flask, g
from flask_babel import gettext as _
from flask_security import signals as security

from cms import signals
from cms.accounts.jobs import mail_link
from cms.jobs import enqueue
from cms.mail import send
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
    signals.user_invited.connect(mail_invitation)


def tell_confirmed(_app: Flask, *, user: User, **_more) -> None:
    user.tell(signals.user_confirmed, by=user)


def tell_second_factor(_app: Flask, *, user: User, **_more) -> None:
    user.forget_sign_ins(but=g.get("sign_in"))
    user.tell(signals.user_second_factor_set, by=user)
    notify(user, _("Two-step sign-in was turned on"))


def tell_no_second_factor(_app: Flask, *, user: User, **_more) -> None:
    user.forget_sign_ins(but=g.get("sign_in"))
    user.tell(signals.user_second_factor_removed, by=user)
    notify(user, _("Two-step sign-in was turned off"))


def tell_passkey(_app: Flask, *, user: User, **_more) -> None:
    user.tell(signals.user_passkey_added, by=user)
    notify(user, _("A passkey was added to your account"))


def tell_no_passkey(_app: Flask, *, user: User, **_more) -> None:
    user.tell(signals.user_passkey_removed, by=user)
    notify(user, _("A passkey was removed from your account"))


def notify(user: User, what: str) -> None:
    """Mail somebody that the way into their account was changed, as it may not have been them."""
    send("account/notice", to=user.email, subject=what, user=user, what=what)


def follow_password(_app: Flask, *, user: User, **_more) -> None:
    user.forget_sign_ins(but=g.get("sign_in"))
    user.tell(signals.user_password_changed, by=user)


def follow_reset(_app: Flask, *, user: User, **_more) -> None:
    """A new password by mail ends every session, and proves the address."""
    user.forget_sign_ins()
    user.confirmed_at = user.confirmed_at or now()
    user.tell(signals.user_password_changed, by=user)


def follow_email(_app: Flask, *, user: User, old_email: str, **_more) -> None:
    """Tell the old address, whose owner may not have wanted this."""
    subject = _("Your e-mail address was changed")
    send("account/email_changed", to=old_email, subject=subject, user=user)
    user.tell(signals.user_email_changed, by=user)


def mail_invitation(user: User, **_more) -> None:
    enqueue(mail_link, purpose="invite", email=user.email)
