"""Where somebody is signed in: one row for each browser, which the account's owner sees and can end."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, String, select
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
    def begin(
        cls, user: "User", *, how: str, browser: str, remember_for: timedelta | None
    ) -> tuple["SignIn", str]:
        """Sign ``user`` in with a browser: the row, and the token that its cookie shows from now on."""
        sign_in = cls(
            user_id=user.id,
            how=how[:40],
            browser=browser[:80],
            remembered=remember_for is not None,
            expires_at=now() + (remember_for or UNREMEMBERED),
        )
        token = sign_in.renew()
        session.add(sign_in)
        session.flush()
        return sign_in, token

    def renew(self) -> str:
        """Another token for the same browser; a cookie that somebody copied shows the former one."""
        token = secrets.token_urlsafe(32)
        self.digest = digest_of(token)
        return token

    @classmethod
    def current_of(cls, user: "User") -> Select:
        """Where ``user`` is signed in now, the browser last seen first."""
        return select(cls).where(cls.user_id == user.id, cls.expires_at > now()).order_by(cls.seen_at.desc())

    @property
    def is_due(self) -> bool:
        """Whether it is time to note that the browser was seen."""
        return now() - self.seen_at > SEEN_EVERY


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
