"""Guessing passwords: many on one account, one on many accounts, or anything from one place gets slow."""

from cms.limits import network, note, refuse_more
from cms.models import User


class Guess:
    """One try to sign in, told apart by where it comes from, at whom it aims and with what."""

    def __init__(self, identity: str, password: str):
        user = User.named(identity)
        self.keys = (
            ("RATE_SIGN_IN", network()),
            ("RATE_SIGN_IN_ACCOUNT", f"account {user.id}" if user else f"nobody {identity.strip().lower()}"),
            ("RATE_SIGN_IN_PASSWORD", password),
        )

    def refuse_one_too_many(self) -> None:
        """Raise `cms.limits.TooOften` where one of the three has failed too often."""
        for setting, key in self.keys:
            refuse_more(setting, key)

    def was_wrong(self) -> None:
        for setting, key in self.keys:
            note(setting, key)
