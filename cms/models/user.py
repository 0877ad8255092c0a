"""Who there is, and the one table of who may do what."""

import secrets
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table, select
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms import signals
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, sends

ROLES = {
    "admin": "Runs the site: everything.",
    "editor": "Writes and publishes posts and pages.",
    "moderator": "Keeps the conversation in order.",
    "member": "Takes part in the conversation.",
}
LABELS = {
    "admin": _l("Administrator"),
    "editor": _l("Editor"),
    "moderator": _l("Moderator"),
    "member": _l("Member"),
}
MAY = {
    "see unpublished": {"admin", "editor"},
}

user_role = Table(
    "user_role",
    db.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(db.Model, RoleMixin):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str] = mapped_column(String(255), default="")
    permissions: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON()))

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the language of the site."""
        return str(LABELS.get(self.name, self.name))

    @classmethod
    def ensure_all(cls) -> None:
        """Make the roles that are missing."""
        present = set(session.scalars(select(cls.name)))
        session.add_all(
            cls(name=name, description=text) for name, text in ROLES.items() if name not in present
        )
        session.flush()


class User(Recorded, db.Model, UserMixin):
    """An account. `UserMixin` brings what Flask-Security asks of one."""

    unrecorded = frozenset({"password", "fs_uniquifier"})
    recorded_names = ("roles",)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    username: Mapped[str | None] = mapped_column(String(80), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_hex(32))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    roles: Mapped[list[Role]] = relationship(secondary=user_role, lazy="selectin")

    def __str__(self) -> str:
        return self.username or self.email

    @property
    def name(self) -> str:
        return self.username or self.email.partition("@")[0]

    def can(self, act: str, _thing: object = None) -> bool:
        """Whether one of the user's roles may do ``act``, one of the keys of `MAY`."""
        return self.active and any(role.name in MAY[act] for role in self.roles)

    @classmethod
    def named(cls, name: str) -> "User | None":
        """The user with this user name or e-mail address."""
        name = name.strip().lower()
        by = cls.email if "@" in name else cls.username
        return session.scalars(select(cls).where(by == name)).one_or_none()

    @classmethod
    def create(cls, *, by: "User | None", **fields) -> "User":
        """Make an account; ``password`` comes as its hash, ``roles`` as names of `ROLES`."""
        user = cls()
        user._fill(by=by, **fields)
        return user

    @sends(signals.user_created)
    def _fill(
        self, *, by, email: str, password: str, username: str | None = None, roles: tuple[str, ...] = ()
    ):
        self.email, self.username = email.strip().lower(), username and username.strip().lower()
        if "@" in (self.username or ""):
            raise Refused(_("A user name can’t hold an @."))
        self.password = password
        self.confirmed_at = now()
        self.roles = list(session.scalars(select(Role).where(Role.name.in_(roles))))
        session.add(self)


def can(user: "User | None", act: str, thing: object = None) -> bool:
    """Whether ``user``, None for a reader without an account, may do ``act``."""
    return user is not None and user.can(act, thing)
