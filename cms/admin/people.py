"""What the back office tells of accounts: their state, their last sign-in, what happened to them."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, select, union_all
from sqlalchemy.orm import joinedload

from cms.db import session
from cms.models import Event, SignIn, User
from cms.models.base import now

STATES = {
    "active": _l("active"),
    "invited": _l("invited"),
    "unconfirmed": _l("not confirmed"),
    "suspended": _l("suspended"),
    "left": _l("former member"),
}
MOST_EVENTS = 12
MOST_SIGN_INS = 50


def number_invited() -> int:
    """How many were invited and have not chosen a password yet."""
    return session.scalar(select(func.count()).select_from(User).where(User.in_state("invited")))


@dataclass(frozen=True)
class Invitation:
    """The last invitation of somebody who has not chosen a password yet."""

    sent_at: datetime

    @property
    def has_expired(self) -> bool:
        return self.sent_at + current_app.config["SECURITY_RESET_PASSWORD_WITHIN"] < now()


def invitation_of(user: User) -> Invitation | None:
    if user.state != "invited":
        return None
    sent = select(Event.at).where(Event.subject_type == "user", Event.subject_id == str(user.id))
    last = session.scalar(sent.where(Event.name == "user.invited").order_by(Event.id.desc()).limit(1))
    return Invitation(last or user.created_at)


def last_sign_ins(users: list[User]) -> dict[int, datetime]:
    """``{id of the user: moment}`` of the newest sign-in that has not ended, where there is one."""
    newest = select(SignIn.user_id, func.max(SignIn.created_at)).group_by(SignIn.user_id)
    return dict(session.execute(newest.where(SignIn.user_id.in_([user.id for user in users]))).all())


def sign_ins_of(user: User) -> list[SignIn]:
    """The browsers in which the user is signed in, the one last seen first."""
    return list(session.scalars(SignIn.current_of(user).limit(MOST_SIGN_INS)))


def latest_events(user: User) -> list[Event]:
    """The latest events that the user brought about or that are about the account."""
    about = and_(Event.subject_type == "user", Event.subject_id == str(user.id))
    newest = [
        select(select(Event.id).where(condition).order_by(Event.id.desc()).limit(MOST_EVENTS).subquery())
        for condition in (about, Event.actor_id == user.id)
    ]
    query = select(Event).where(Event.id.in_(union_all(*newest))).options(joinedload(Event.actor))
    return list(session.scalars(query.order_by(Event.id.desc()).limit(MOST_EVENTS)))
