"""Who may everything, and how they sign in."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cms.admin.checks.finding import Finding
from cms.admin.verdicts import GOOD, LOOK
from cms.db import session
from cms.models import User
from cms.models.role import ADMIN

MOST_NAMES = 5


def check_admins() -> Finding:
    query = select(User).where(User.active, User.roles.any(name=ADMIN)).options(selectinload(User.webauthn))
    exposed = [user.name for user in session.scalars(query) if not user.has_second_factor]
    if not exposed:
        return Finding(_("Administrators"), GOOD, _("Each signs in with a second factor."))
    found = ngettext(
        "%(num)s administrator signs in with a password alone: %(names)s.",
        "%(num)s administrators sign in with a password alone: %(names)s.",
        len(exposed),
        names=", ".join(exposed[:MOST_NAMES]),
    )
    advice = _(
        "A stolen password is then the whole site. Ask them to set up a second factor in their account."
    )
    link = (url_for("admin_users.index_view", role=ADMIN), _("Who they are"))
    return Finding(_("Administrators"), LOOK, found, advice, link=link)
