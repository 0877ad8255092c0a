"""What is done for accounts after the answer: links by mail, and forgetting what has expired.

Whether an address has an account is found out here and not in the request, whose time would tell it.
"""

from datetime import timedelta

from flask_babel import gettext as _
from flask_security.confirmable import send_confirmation_instructions
from flask_security.passwordless import send_login_instructions
from flask_security.recoverable import generate_reset_link, send_reset_password_instructions
from sqlalchemy import delete

from cms.accounts.configuration import LINK_LIFETIME
from cms.db import session
from cms.jobs import every, job
from cms.mail import send
from cms.models import SignIn, Submission, User
from cms.models.base import now

SUBMISSIONS_KEPT = timedelta(days=1)


@job("account.mail_link")
def mail_link(*, purpose: str, email: str) -> None:
    """Mail the link that was asked for; nothing where the address has no account or may not have this one."""
    user = User.named(email)
    if user is not None and user.active:
        PURPOSES[purpose](user)


def confirm(user: User) -> None:
    if user.confirmed_at is None:
        send_confirmation_instructions(user)


def remind_of_account(user: User) -> None:
    """Tell somebody who registers again that they have an account, or once more to confirm it."""
    if user.confirmed_at is None:
        confirm(user)
        return
    link, _token = generate_reset_link(user)
    send(
        "account/already", to=user.email, subject=_("You have an account here already"), user=user, link=link
    )


def send_sign_in_link(user: User) -> None:
    if user.confirmed_at is not None:
        send_login_instructions(user)


def invite(user: User) -> None:
    link, _token = generate_reset_link(user)
    hours = int(LINK_LIFETIME.total_seconds() // 3600)
    subject = _("You are invited")
    send("account/invitation", to=user.email, subject=subject, user=user, link=link, hours=hours)


PURPOSES = {
    "confirm": confirm,
    "already": remind_of_account,
    "reset": send_reset_password_instructions,
    "sign-in": send_sign_in_link,
    "invite": invite,
}


@every(timedelta(hours=1))
@job("account.forget_expired")
def forget_expired() -> None:
    """Delete the sign-ins that have ended, and the keys of forms that nobody sends again."""
    session.execute(delete(SignIn).where(SignIn.expires_at < now()))
    session.execute(delete(Submission).where(Submission.at < now() - SUBMISSIONS_KEPT))
