"""Test mails: somebody has one sent to themselves and sees what became of it."""

from flask_babel import gettext as _
from sqlalchemy import select

from cms import signals
from cms.db import session
from cms.mail import send
from cms.models import Event, Mail, User
from cms.models.setting import site


def send_test(*, by: User) -> Mail:
    """Mail a line to the one who asks."""
    mail = send("mail/test", to=by.email, subject=_("%(site)s: test", site=site.name))
    signals.mail_tested.send(mail, event=signals.mail_tested.name, by=by, changes={})
    return mail


def last_test(user: User) -> Mail | None:
    """The last test mail that the user asked for; None where there was none or it is forgotten."""
    asked = select(Event.subject_id).where(Event.name == signals.mail_tested.name, Event.actor_id == user.id)
    number = session.scalar(asked.order_by(Event.id.desc()).limit(1))
    return session.get(Mail, int(number)) if number else None
