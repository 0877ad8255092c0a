"""What the back office tells of accounts: their state, their last sign-in, what happened to them."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, func, not_, select, union_all
from sqlalchemy.orm import joinedload

from cms import signals
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


def state_of(user: User) -> str:
    """One of `STATES`: what the account is right now."""
    if not user.active:
        return "left" if user.left_at else "suspended"
    if user.confirmed_at is None:
        return "unconfirmed"
    return "active" if user.password else "invited"


def is_in_state(state: str) -> ColumnElement[bool]:
    """The condition that `state_of` puts into Python."""
    return {
        "active": and_(User.active, User.confirmed_at.is_not(None), User.password.is_not(None)),
        "invited": and_(User.active, User.confirmed_at.is_not(None), User.password.is_(None)),
        "unconfirmed": and_(User.active, User.confirmed_at.is_(None)),
        "suspended": and_(not_(User.active), User.left_at.is_(None)),
        "left": and_(not_(User.active), User.left_at.is_not(None)),
    }[state]


def last_sign_ins(users: list[User]) -> dict[int, datetime]:
    """``{id of the user: moment}`` of those who ever signed in, in one statement."""
    rows = session.execute(
        select(Event.subject_id, func.max(Event.id))
        .where(Event.subject_type == "user", Event.subject_id.in_([str(user.id) for user in users]))
        .where(Event.name == signals.user_signed_in.name)
        .group_by(Event.subject_id)
    ).all()
    moments = dict(
        session.execute(select(Event.id, Event.at).where(Event.id.in_([row[1] for row in rows]))).all()
    )
    return {int(subject): moments[event] for subject, event in rows}


def sign_ins_of(user: User) -> list[SignIn]:
    """The browsers in which the user is signed in, the one last seen first."""
    current = select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now())
    return list(session.scalars(current.order_by(SignIn.seen_at.desc()).limit(MOST_SIGN_INS)))


def latest_events(user: User) -> list[Event]:
    """The latest events that the user brought about or that are about the account."""
    about = and_(Event.subject_type == "user", Event.subject_id == str(user.id))
    newest = [
        select(select(Event.id).where(condition).order_by(Event.id.desc()).limit(MOST_EVENTS).subquery())
        for condition in (about, Event.actor_id == user.id)
    ]
    query = select(Event).where(Event.id.in_(union_all(*newest))).options(joinedload(Event.actor))
    return list(session.scalars(query.order_by(Event.id.desc()).limit(MOST_EVENTS)))
