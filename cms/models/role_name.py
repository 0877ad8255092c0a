"""What a role’s name may be: letters of one alphabet, so that none passes for another."""

from unicodedata import name as character_name
from unicodedata import normalize

from flask_babel import gettext as _

from cms.errors import Refused

SHORTEST, LONGEST = 2, 40  # characters


def accepted_role_name(name: str) -> str:
    """``name`` as it is stored; raises `Refused` where a role can’t be called that."""
    name = " ".join(normalize("NFKC", name).split())
    if not SHORTEST <= len(name) <= LONGEST or not name.replace(" ", "").replace("-", "").isalnum():
        raise Refused(_("A role’s name has 2 to 40 letters, digits, spaces and hyphens."))
    if len({alphabet_of(character) for character in name if character.isalpha()}) > 1:
        raise Refused(_("A role’s name has letters of one alphabet, as others could be taken for them."))
    return name


def alphabet_of(letter: str) -> str:
    """``LATIN``, ``CYRILLIC`` and so on."""
    return character_name(letter, "").partition(" ")[0]


def same_to_the_eye(name: str) -> str:
    """What two names have in common that differ by case or by the form of their letters alone."""
    return normalize("NFKC", normalize("NFKC", name).casefold())
