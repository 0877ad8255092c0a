"""Which passwords are accepted: long enough, and not among the first that a guesser would try.

The check knows some 30,000 of the most used passwords, common words, names and patterns, and asks no network
(https://github.com/dwolfhub/zxcvbn-python; NIST SP 800-63B, 5.1.1.2).
"""

from flask_babel import gettext as _
from flask_security import PasswordUtil
from zxcvbn import zxcvbn

from cms.accounts.configuration import SHORTEST_PASSWORD
from cms.models import site

LONGEST_PASSWORD = 128  # characters
LONGEST_JUDGED = 20  # characters; what follows can only make it better, and would take long to judge
LEAST_SCORE = 3  # of zxcvbn's 0 to 4: more than 10^8 guesses


class Passwords(PasswordUtil):
    def validate(self, password: str, is_register: bool, **known) -> tuple[list[str] | None, str]:
        """What is wrong with ``password``, None where nothing is, and the password as it is kept."""
        normal = self.normalize(password)
        fault = fault_of(normal, told_by(known))
        return [fault] if fault else None, normal


def told_by(known: dict) -> list[str]:
    """The words about a person that make a password of theirs easier to guess."""
    user = known.pop("user", None)
    texts = (
        [user.email, user.username] if user else [text for text in known.values() if isinstance(text, str)]
    )
    return [word for text in [*texts, site.name] if text for word in [text, *text.split("@")]]


def fault_of(password: str, words: list[str]) -> str | None:
    """Why ``password`` can't be used, in words for the one who chose it; ``words`` are known about them."""
    if len(password) < SHORTEST_PASSWORD:
        return _("A password has at least %(number)s characters.", number=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return _("A password has at most %(number)s characters.", number=LONGEST_PASSWORD)
    judged = zxcvbn(password[:LONGEST_JUDGED], user_inputs=words)
    if any(part.get("dictionary_name") == "passwords" for part in whole_matches(judged)):
        return _("This password is among the most used, and the first to be tried. Choose another.")
    if judged["score"] < LEAST_SCORE:
        return _("This password is easy to guess. Three or four words that don’t belong together are not.")
    return None


def whole_matches(judged: dict) -> list[dict]:
    """The known word that makes up the whole password, if one does."""
    return [part for part in judged["sequence"] if len(part["token"]) == len(judged["password"])]
