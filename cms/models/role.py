"""Roles, and the one table of what each of them may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_security.core import RoleMixin
from sqlalchemy import Boolean, Column, ForeignKey, String, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms import signals
from cms.cache import SITE, remember
from cms.db import db, session
from cms.errors import Refused
from cms.models.base import Recorded, sends
from cms.models.role_name import accepted_role_name, same_to_the_eye

PERMISSIONS = "permissions"  # the tag of what the permission table decides
READER, ADMIN = "reader", "admin"
ROLES = {
    READER: _l("Reads without an account."),
    "member": _l("Takes part in the conversation."),
    "moderator": _l("Keeps the conversation in order."),
    "editor": _l("Writes and publishes posts and pages."),
    ADMIN: _l("Runs the site: everything."),
}
LABELS = {
    READER: _l("Reader"),
    "member": _l("Member"),
    "moderator": _l("Moderator"),
    "editor": _l("Editor"),
    ADMIN: _l("Administrator"),
}


@dataclass(frozen=True)
class Act:
    """Something that a role may be allowed: its name for people, and who may it on a new site."""

    label: LazyString
    roles: frozenset[str] = frozenset()


ACTS: dict[str, Act] = {
    "see unpublished": Act(_l("See drafts and scheduled posts"), frozenset({"editor"})),
    "enter back office": Act(_l("Open the back office"), frozenset({"editor", "moderator"})),
    "see activity": Act(_l("See what was changed, when and by whom")),
    "manage users": Act(_l("Invite, suspend and remove people, and give them roles")),
    "manage roles": Act(_l("Make roles and decide what each may do")),
    "see mail": Act(_l("Read outgoing mail, which may hold private links")),
    "manage jobs": Act(_l("See background jobs, run them again and drop them")),
    "see set-up": Act(_l("See how the site is set up")),
    "write posts": Act(_l("Write posts"), frozenset({"editor"})),
    "write pages": Act(_l("Write pages"), frozenset({"editor"})),
    "publish texts": Act(_l("Publish, withdraw and archive texts"), frozenset({"editor"})),
}

user_role = Table(
    "user_role",
    db.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Role(Recorded, db.Model, RoleMixin):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str] = mapped_column(String(255), default="")

    def __str__(self) -> str:
        return self.name

    def cache_tags(self) -> set[str]:
        return {PERMISSIONS, SITE}

    @property
    def label(self) -> str:
        """Its name in the language of the site."""
        return str(LABELS.get(self.name, self.name))

    @property
    def about(self) -> str:
        """What it is for, in the language of the site."""
        return str(ROLES.get(self.name, self.description))

    @property
    def is_built_in(self) -> bool:
        return self.name in ROLES

    @property
    def permissions(self) -> frozenset[str]:
        """The acts that the role is allowed, as Flask-Security asks for them."""
        return acts_of(self.name)

    @classmethod
    def ensure_all(cls) -> None:
        """Make the roles that are missing, and give every role its default for acts that are new."""
        present = {role.name: role for role in session.scalars(select(cls))}
        missing = {name: cls(name=name) for name in ROLES if name not in present}
        session.add_all(missing.values())
        session.flush()
        decided = set(session.execute(select(Permission.role_id, Permission.act)).all())
        for role in (present | missing).values():
            for act, kind in ACTS.items():
                if (role.id, act) not in decided:
                    session.add(Permission(role_id=role.id, act=act, allowed=role.name in kind.roles))
        session.flush()

    @classmethod
    def named(cls, name: str) -> "Role":
        """The role called ``name``; raises `Refused` where there is none."""
        role = session.scalars(select(cls).where(cls.name == name)).one_or_none()
        if role is None:
            raise Refused(_("There is no role “%(name)s”.", name=name))
        return role

    @classmethod
    def make(cls, name: str, description: str = "", *, by) -> "Role":
        """A role of the site's own, which may nothing yet.

        Of two who make one name at once, the database lets only one in; the other is `Refused`.
        """
        name, role = accepted_role_name(name), cls()
        if same_to_the_eye(name) in map(same_to_the_eye, taken_names()):
            refuse_taken(name)
        try:
            with session.begin_nested():
                role._fill(name, description, by=by)
        except IntegrityError:
            refuse_taken(name)
        return role

    @sends(signals.role_made)
    def _fill(self, name: str, description: str, *, by) -> None:
        self.name, self.description = name, described(description)
        session.add(self)
        session.flush()
        session.add_all(Permission(role_id=self.id, act=act, allowed=False) for act in ACTS)

    @sends(signals.role_described)
    def describe(self, description: str, *, by) -> None:
        self._refuse_built_in()
        self.description = described(description)

    def remove(self, *, by) -> None:
        """Take the role away from everybody who has it, and then away."""
        self._refuse_built_in()
        if by is not None and not acts_of(self.name) <= by.acts:
            raise Refused(
                _("The role “%(name)s” may do more than you: you can’t remove it.", name=self.label)
            )
        signals.role_removed.send(
            self, event=signals.role_removed.name, by=by, changes={"name": [self.name, None]}
        )
        session.delete(self)
        session.flush()

    def _refuse_built_in(self) -> None:
        if self.is_built_in:
            raise Refused(_("The role “%(name)s” belongs to every site.", name=self.label))


class Permission(Recorded, db.Model):
    """One cell of the table: whether a role may do one of `ACTS`."""

    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    act: Mapped[str] = mapped_column(String(60), primary_key=True)
    allowed: Mapped[bool] = mapped_column(Boolean, default=False)

    role: Mapped[Role] = relationship()

    def __str__(self) -> str:
        return f"{self.role}: {self.act}"

    def cache_tags(self) -> set[str]:
        return {PERMISSIONS, SITE}

    @classmethod
    def set(cls, role: Role, act: str, allowed: bool, *, by) -> None:
        """Allow ``role`` the ``act``, or don't; nobody gives away what they may not do themselves."""
        if act not in ACTS:
            raise Refused(_("There is nothing called “%(act)s” to be allowed.", act=act))
        if role.name == ADMIN:
            raise Refused(_("Administrators may do everything; that can’t be changed."))
        if by is not None and not by.can(act):
            label = ACTS[act].label
            raise Refused(_("You can’t decide about “%(act)s”: you may not do it yourself.", act=label))
        (session.get(cls, (role.id, act)) or cls(role=role, act=act))._set(allowed, by=by)

    @sends(signals.permission_set)
    def _set(self, allowed: bool, *, by) -> None:
        self.allowed = allowed
        session.add(self)


def taken_names() -> list[str]:
    """The names of all roles, and what those of every site are called in English and in this language."""
    built_in = [*ROLES, *map(str, LABELS.values()), "administrator"]
    return [*built_in, *session.scalars(select(Role.name))]


def refuse_taken(name: str) -> NoReturn:
    raise Refused(_("There is a role “%(name)s” already.", name=name))


def described(text: str) -> str:
    """``text`` in one line of at most 255 characters."""
    return " ".join(text.split())[:255]


def allowed_acts() -> Mapping[str, frozenset[str]]:
    """``{role: acts}`` as the table says; kept in the process until somebody changes it."""
    return remember(PERMISSIONS, PERMISSIONS, stored_acts)


def stored_acts() -> dict[str, frozenset[str]]:
    rows = session.execute(
        select(Role.name, Permission.act).join(Permission.role).where(Permission.allowed)
    ).all()
    return {name: frozenset(act for role, act in rows if role == name) for name in {row[0] for row in rows}}


def acts_of(*roles: str) -> frozenset[str]:
    """What somebody with these roles may do."""
    if ADMIN in roles:
        return frozenset(ACTS)
    return frozenset().union(*(allowed_acts().get(name, frozenset()) for name in roles)) & frozenset(ACTS)


def can(user, act: str, thing: object = None) -> bool:
    """Whether ``user``, None for a reader without an account, may do ``act``, one of `ACTS`."""
    if act not in ACTS:
        raise KeyError(act)
    return user.can(act, thing) if user is not None else act in acts_of(READER)
