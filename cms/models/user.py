"""Who there is: an account, and what can be done with it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask_babel import gettext as _
from flask_security.core import UserMixin
from flask_security.utils import verify_password
from slugify import slugify
from sqlalchemy import ColumnElement, String, and_, delete, not_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from cms import signals
from cms.addresses import lower, spelled
from cms.db import db, let_others_write, session
from cms.errors import Refused
from cms.models.base import Moment, Recorded, now, numbered, sends
from cms.models.passkey import Passkey
from cms.models.role import ACTS, ADMIN, Role, acts_of, can, user_role
from cms.models.sign_in import SignIn
from cms.models.username import RESERVED, accepted_username

__all__ = ["User", "can"]

LONGEST_GUESSED = 24  # characters of a user name made of an address
STATES = ("active", "invited", "unconfirmed", "suspended", "left")


class User(Recorded, db.Model, UserMixin):
    """An account. `UserMixin` brings what Flask-Security asks of one; what begins with ``fs_``, ``tf_`` or
    ``mf_`` is named by it.
    """

    unrecorded = frozenset(
        {"password", "fs_uniquifier", "fs_webauthn_user_handle"}
        | {"tf_totp_secret", "tf_last_counter", "mf_recovery_codes"}
    )
    personal = frozenset({"email", "username"})
    recorded_names = ("roles",)
    former_email = None  # while its change is told, and nowhere kept

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    username: Mapped[str | None] = mapped_column(String(80), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_hex(32))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]  # of the last code that was used, so that none is used twice
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON()))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    roles: Mapped[list[Role]] = relationship(secondary=user_role, lazy="selectin")
    webauthn: Mapped[list[Passkey]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )
    sign_ins: Mapped[list[SignIn]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How the site calls this person."""
        if self.left_at:
            return _("former member")
        return self.username or self.email.partition("@")[0]

    @property
    def state(self) -> str:
        """What the account is right now: one of `STATES`."""
        if not self.active:
            return "left" if self.left_at else "suspended"
        if self.confirmed_at is None:
            return "unconfirmed"
        return "active" if self.password else "invited"

    @classmethod
    def in_state(cls, state: str) -> ColumnElement[bool]:
        """The condition that `state` puts into Python."""
        return {
            "active": and_(cls.active, cls.confirmed_at.is_not(None), cls.password.is_not(None)),
            "invited": and_(cls.active, cls.confirmed_at.is_not(None), cls.password.is_(None)),
            "unconfirmed": and_(cls.active, cls.confirmed_at.is_(None)),
            "suspended": and_(not_(cls.active), cls.left_at.is_(None)),
            "left": and_(not_(cls.active), cls.left_at.is_not(None)),
        }[state]

    @property
    def acts(self) -> frozenset[str]:
        """All of `ACTS` that the user may do."""
        return acts_of(*(role.name for role in self.roles)) if self.active else frozenset()

    def can(self, act: str, _thing: object = None) -> bool:
        """Whether one of the user's roles may do ``act``; KeyError where there is no such act."""
        if act not in ACTS:
            raise KeyError(act)
        return act in self.acts

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_primary_method) or any(key.usage == "secondary" for key in self.webauthn)

    @classmethod
    def named(cls, name: str) -> "User | None":
        """The user with this user name or e-mail address."""
        try:
            by = cls.email == spelled(name) if "@" in name else cls.username == lower(name.strip())
        except Refused:
            return None
        return session.scalars(select(cls).where(by)).one_or_none()

    @classmethod
    def create(cls, *, by: "User | None", **fields) -> "User":
        """Make an account; ``password`` comes as its hash, ``roles`` as names.

        Raises `Refused` for what can't be, such as a name or an address that somebody has.
        """
        if User.named(fields["email"]):
            raise Refused(_("Another account has this e-mail address."))
        if fields.get("username"):
            refuse_name_of_another(fields["username"], None)
        user = cls()
        with refusing_what_is_taken():
            user._fill(by=by, **fields)
        return user

    @classmethod
    def invite(cls, *, by: "User | None", **fields) -> "User":
        """An account without a password; its owner is mailed a link to choose one."""
        user = cls.create(by=by, **fields)
        user.invite_again(by=by)
        return user

    def invite_again(self, *, by: "User | None") -> None:
        """Mail a new link to somebody who has not chosen a password yet."""
        self._refuse_unless_ranked_below(by)
        if self.password or self.webauthn or not self.active:
            raise Refused(_("Only who is invited and has no password yet can be invited again."))
        self.tell(signals.user_invited, by=by)

    @sends(signals.user_created)
    def _fill(
        self,
        *,
        by,
        email: str,
        password: str | None = None,
        username: str | None = None,
        roles: tuple[str, ...] = (),
        confirmed: bool = True,
    ):
        self.email = spelled(email)
        self.username = accepted_username(username) if username else free_username(self.email)
        self.password = password
        self.confirmed_at = now() if confirmed else None
        granted = [Role.named(name) for name in roles]
        refuse_more_than_own(granted, by)
        self.roles = granted
        session.add(self)

    @sends(signals.user_revised)
    def revise(self, *, by: "User | None", username: str | None = None, email: str | None = None) -> None:
        """Give the account another name or address; the new address counts as confirmed."""
        self._refuse_unless_ranked_below(by)
        if username and lower(username.strip()) != self.username:
            refuse_name_of_another(username, self)
        if email and User.named(email) not in (None, self):
            raise Refused(_("Another account has this e-mail address."))
        with refusing_what_is_taken():
            self.username = accepted_username(username) if username else self.username
            if email and spelled(email) != self.email:
                self.former_email, self.email = self.email, spelled(email)
                self.void_links()

    @sends(signals.user_granted)
    def grant(self, names: list[str], *, by: "User | None") -> None:
        """Give the account these roles and no others."""
        self._refuse_unless_ranked_below(by)
        wanted = [Role.named(name) for name in dict.fromkeys(names)]
        refuse_more_than_own(wanted, by)
        if self.has_role(ADMIN) and ADMIN not in names:
            self._refuse_last_admin()
        self.roles = wanted

    @sends(signals.user_suspended)
    def suspend(self, *, by: "User | None") -> None:
        """Let the account in no more, until it is reinstated."""
        self._refuse_unless_ranked_below(by)
        self._refuse_last_admin()
        self.active = False
        self.forget_sign_ins()

    @sends(signals.user_reinstated)
    def reinstate(self, *, by: "User | None") -> None:
        self._refuse_unless_ranked_below(by)
        if self.left_at:
            raise Refused(_("Who has left can’t be let in again; they can register anew."))
        self.active = True

    def set_password(self, hashed: str | None, *, by: "User | None") -> None:
        """Change the password; whoever is signed in has to sign in again, and links in mails are dead."""
        self._refuse_unless_ranked_below(by)
        self.password = hashed
        self.forget_sign_ins()
        self.tell(signals.user_password_changed, by=by)

    def end_sessions(self, *, by: "User | None", but: SignIn | None = None) -> None:
        """Sign the account out everywhere, or everywhere ``but`` there."""
        self._refuse_unless_ranked_below(by)
        self.forget_sign_ins(but)
        self.tell(signals.user_sessions_ended, by=by)

    def end_session(self, sign_in: SignIn, *, by: "User | None") -> None:
        """Sign the account out in one browser."""
        self._refuse_unless_ranked_below(by)
        session.delete(sign_in)
        self.tell(signals.user_sessions_ended, by=by, browser=[sign_in.browser, None])

    @sends(signals.user_second_factor_removed)
    def remove_second_factor(self, *, by: "User | None") -> None:
        """Let the account in with its password alone, as when a phone was lost."""
        self._refuse_unless_ranked_below(by)
        self.tf_primary_method = self.tf_totp_secret = self.tf_last_counter = self.mf_recovery_codes = None
        self.webauthn = [key for key in self.webauthn if key.usage != "secondary"]

    @sends(signals.user_left)
    def leave(self, *, by: "User | None") -> None:
        """Delete the account: what it wrote stays, as by a former member; who it was is forgotten."""
        from cms.models.mail import Mail
        from cms.models.saved_search import SavedSearch
        from cms.models.term import Author
        from cms.models.trashed import Trashed
        from cms.models.unsaved import Unsaved

        self._refuse_unless_ranked_below(by)
        self._refuse_last_admin()
        self.forget_sign_ins()
        self.remove_second_factor(by=by)
        Mail.forget(self.email)
        Unsaved.forget_all(self)
        SavedSearch.forget(self)
        for author in session.scalars(select(Author).where(Author.user_id == self.id)):
            author.become_former(by=by)
        Trashed.forget_bylines_of(self)
        self.webauthn, self.roles = [], []
        self.email, self.username = f"former-member-{secrets.token_hex(8)}@account.invalid", None
        self.password = self.fs_webauthn_user_handle = self.confirmed_at = None
        self.active, self.left_at = False, now()

    def tell(self, signal, *, by: "User | None", **changes: list) -> None:
        """Send ``signal`` about this account, for acts that leave no trace in its recorded fields."""
        session.flush()
        signal.send(self, event=signal.name, by=by, changes=changes)

    def forget_sign_ins(self, but: SignIn | None = None) -> None:
        """End the sessions of all browsers ``but`` one; links in mails die with them."""
        self.void_links()
        session.flush()
        others = delete(SignIn).where(SignIn.user_id == self.id)
        others = others.where(SignIn.id != but.id) if but else others
        session.execute(others, execution_options={"synchronize_session": "fetch"})

    def void_links(self) -> None:
        """Let no link that was mailed so far do anything; all of them are signed over this value."""
        self.fs_uniquifier = secrets.token_hex(32)

    def verify_and_update_password(self, password: str) -> bool:
        """Whether this is the password. Hashing takes long: others may write meanwhile."""
        hashed = self.password
        let_others_write()
        return verify_password(password, hashed)

    def _refuse_unless_ranked_below(self, by: "User | None") -> None:
        """Refuse to act on an account that may do more than the one who acts."""
        if by is not None and by.id != self.id and not self._all_acts <= by.acts:
            raise Refused(_("%(name)s may do more than you: you can’t change this account.", name=self.name))

    @property
    def _all_acts(self) -> frozenset[str]:
        """What the account may do once it is active."""
        return acts_of(*(role.name for role in self.roles))

    def _refuse_last_admin(self) -> None:
        if not self.has_role(ADMIN) or not self.active:
            return
        admins = select(User.id).where(User.roles.any(name=ADMIN), User.active).with_for_update()
        if not set(session.scalars(admins)) - {self.id}:
            raise Refused(_("This is the last administrator; make another one first."))


@contextmanager
def refusing_what_is_taken() -> Iterator[None]:
    """Refuse what somebody else took in the same moment: of two, the database lets in one."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Refused(_("Another account has this name or address.")) from error


def refuse_name_of_another(name: str, user: User | None) -> None:
    name = accepted_username(name)
    taken = session.scalars(select(User).where(User.username == name)).one_or_none()
    if name in RESERVED or (taken is not None and taken is not user):
        raise Refused(_("The user name “%(name)s” is taken.", name=name))


def free_username(email: str) -> str:
    """A user name like the first part of the address, that nobody has."""
    base = slugify(email.partition("@")[0], max_length=LONGEST_GUESSED, regex_pattern=r"[^a-z0-9_-]+")
    base = base.strip("-_") if len(base.strip("-_")) > 1 else "member"
    alike = set(session.scalars(select(User.username).where(User.username.startswith(base, autoescape=True))))
    return next(name for name in numbered(base) if name not in alike | RESERVED)


def refuse_more_than_own(roles: list[Role], by: User | None) -> None:
    """Refuse to give somebody roles that may do more than the one who gives them."""
    if by is not None and not acts_of(*(role.name for role in roles)) <= by.acts:
        raise Refused(_("You can’t give somebody more than you may do yourself."))
