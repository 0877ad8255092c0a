"""Guessing passwords: many on one account, one on many accounts, or anything from one place gets slow.

What somebody typed is counted as they typed it, and they are told when it was too much. Whose account it is
counts too, but silently: the limit of an account that has two names would tell that both are of one person.
"""

from flask_security.proxies import _security as security

from cms.addresses import lower, spelled
from cms.errors import Refused
from cms.limits import TooOften, network, note, refuse_more
from cms.models import User

ACCOUNT = "RATE_SIGN_IN_ACCOUNT"


class Guess:
    """One try to sign in, told apart by where it comes from, at whom it aims and with what."""

    def __init__(self, identity: str, password: str):
        self.user = User.named(identity)
        self.account = f"account {self.user.id}" if self.user else "nobody's"
        self.keys = (
            ("RATE_SIGN_IN", network()),
            (ACCOUNT, f"as {spelling(identity)}"),
            ("RATE_SIGN_IN_PASSWORD", security.password_util.normalize(password)),
        )

    def refuse_one_too_many(self) -> None:
        """Raise `cms.limits.TooOften` where too many failed from there, as this name or with this word."""
        for setting, key in self.keys:
            refuse_more(setting, key)

    @property
    def is_hopeless(self) -> bool:
        """Whether so many have failed for this account that even the right password is taken for wrong."""
        try:
            refuse_more(ACCOUNT, self.account)
        except TooOften:
            return True
        return False

    def was_wrong(self) -> None:
        for setting, key in self.keys:
            note(setting, key)
        if self.user:
            note(ACCOUNT, self.account)


def spelling(identity: str) -> str:
    """One spelling for each name or address, whether or not anybody has it."""
    try:
        return spelled(identity)
    except Refused:
        return lower(identity.strip())
