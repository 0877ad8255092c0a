"""What a user name may be: letters that can't be taken for others, so that nobody passes for another."""

import re

from flask_babel import gettext as _

from cms.addresses import lower
from cms.errors import Refused

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,30}[a-z0-9])")
RESERVED = frozenset(
    {"admin", "administrator", "anonymous", "everyone", "here", "moderator", "nobody", "reader", "root"}
    | {"staff", "system", "team"}
)


def accepted_username(name: str) -> str:
    """``name`` as a user name; raises `Refused` where it can’t be one."""
    name = lower(name.strip())
    if not USERNAME.fullmatch(name):
        raise Refused(
            _("A user name has 2 to 32 letters a to z, digits, hyphens and underscores, like ada-ferrow.")
        )
    return name
