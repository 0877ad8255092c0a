"""Where somebody is signed in: one row for each browser, which the account's owner sees and can end."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cms.db import db, session
from cms.models.base import Moment, now

if TYPE_CHECKING:
    from cms.models.user import User

UNREMEMBERED = timedelta(hours=12)  # after which a sign-in ends that was not to be remembered
SEEN_EVERY = timedelta(hours=1)  # how exactly the list tells when a browser was last seen


class SignIn(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the token in the browser's cookie
    how: Mapped[str] = mapped_column(String(40))
    browser: Mapped[str] = mapped_column(String(80))
    remembered: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)

    user: Mapped["User"] = relationship(back_populates="sign_ins")

    @classmethod
    def begin(cls, user: "User", *, how: str, browser: str, remember_for: timedelta | None) -> str:
        """Sign ``user`` in with a browser; the token that its cookie has to show from now on."""
        token = secrets.token_urlsafe(32)
        session.add(
            cls(
                user_id=user.id,
                digest=digest_of(token),
                how=how[:40],
                browser=browser[:80],
                remembered=remember_for is not None,
                expires_at=now() + (remember_for or UNREMEMBERED),
            )
        )
        session.flush()
        return token

    @property
    def is_due(self) -> bool:
        """Whether it is time to note that the browser was seen."""
        return now() - self.seen_at > SEEN_EVERY


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
