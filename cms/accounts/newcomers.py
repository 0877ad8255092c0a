"""Who registers. Nobody learns from it who has an account, and nobody gets into somebody else's by it.

An account that was never confirmed belongs to nobody: who registers with its address anew takes its place.
A name that was asked for with an address that has an account is held for as long as a new account would.
"""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from cms import signals
from cms.db import session
from cms.errors import Refused
from cms.models import Once, User
from cms.models.base import now
from cms.models.once import digest_of
from cms.models.user import refuse_name_of_another

WAITING = timedelta(days=7)  # for a confirmation; then name and address are free again


def take_in(*, email: str, username: str, password: str) -> bool:
    """Make an account that waits for its confirmation; False where the address has one already.

    ``password`` comes as its hash. Raises `Refused` for a name that somebody has.
    """
    refuse_taken_name(username, email)
    Once.give_back(digest_of("name for", email))
    known = User.named(email)
    if known is None:
        known = first_of_all(email, username, password)
    elif is_waiting(known):
        begin_anew(known, username, password)
    else:
        Once.take("name", username, lasting=WAITING, note=digest_of("name for", email))
    return is_waiting(known)


def first_of_all(email: str, username: str, password: str) -> User:
    """The new account; that of somebody who registered with this address in the same moment, begun anew."""
    fields = {"email": email, "username": username, "password": password}
    try:
        with session.begin_nested():
            return User.create(by=None, **fields, roles=("member",), confirmed=False)
    except Refused:
        known = User.named(email)
        if known is None or not is_waiting(known):
            raise
        begin_anew(known, username, password)
        return known


def is_waiting(user: User) -> bool:
    return user.state == "unconfirmed" and bool(user.password)


def begin_anew(user: User, username: str, password: str) -> None:
    """Forget who registered before: their password, and the link that they may have been sent."""
    user.revise(by=None, username=username)
    user.set_password(password, by=None)
    user.created_at = now()


def refuse_taken_name(username: str, email: str) -> None:
    """Raise `Refused` if somebody has the name, or asked for it with another address."""
    known = User.named(email)
    refuse_name_of_another(username, known if known and is_waiting(known) else None)
    held = Once.taken("name", username.strip().lower())
    if held and held.note != digest_of("name for", email):
        raise Refused(_("The user name “%(name)s” is taken.", name=username))


def forget_unconfirmed() -> None:
    """Delete the accounts that nobody confirmed in time."""
    late = select(User).where(User.in_state("unconfirmed"), User.created_at < now() - WAITING)
    for user in session.scalars(late.where(User.password.is_not(None))):
        user.tell(signals.user_forgotten, by=None)
        session.delete(user)
