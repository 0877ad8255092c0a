"""What is done for accounts after the answer: links by mail, and forgetting what has expired.

Whether an address has an account is found out here and not in the request, whose time would tell it.
"""

from datetime import timedelta

from flask_babel import gettext as _
from flask_security.change_email import _send_instructions as send_new_address_instructions
from flask_security.confirmable import send_confirmation_instructions
from flask_security.passwordless import send_login_instructions
from flask_security.recoverable import generate_reset_link, send_reset_password_instructions
from sqlalchemy import delete

from cms.accounts.configuration import LIFETIMES
from cms.accounts.newcomers import forget_unconfirmed
from cms.db import session
from cms.jobs import every, job
from cms.mail import send
from cms.models import Once, SignIn, User
from cms.models.base import now


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
    send("account/invitation", to=user.email, subject=_("You are invited"), user=user, link=link, **LIFETIMES)


PURPOSES = {
    "confirm": confirm,
    "already": remind_of_account,
    "reset": send_reset_password_instructions,
    "sign-in": send_sign_in_link,
    "invite": invite,
}


@job("account.mail_new_address")
def mail_new_address(*, user_id: int, email: str) -> None:
    """Mail a link to the address that a member wants to move to, unless somebody has it."""
    user = session.get(User, user_id)
    if user is not None and user.active and User.named(email) is None:
        send_new_address_instructions(user, email)


@every(timedelta(hours=1))
@job("account.forget_expired")
def forget_expired() -> None:
    """Delete the sign-ins that have ended, the accounts that nobody confirmed, and what is kept of forms."""
    session.execute(delete(SignIn).where(SignIn.expires_at < now()))
    Once.forget_expired()
    forget_unconfirmed()
