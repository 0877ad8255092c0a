"""Whether mail leaves the site."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from cms.admin.checks.finding import Finding, in_config
from cms.admin.verdicts import GOOD, LOOK, MEND
from cms.db import session
from cms.models import Mail
from cms.models.job import FAILED
from cms.models.mail import KEPT


def check_mail() -> Finding:
    server, title = current_app.config["MAIL_SERVER"], _("Mail")
    if not server:
        return without_server()
    found = _("Mail leaves by %(server)s.", server=server)
    if failed := number(FAILED):
        found += " " + ngettext("%(num)s mail could not be sent.", "%(num)s mails could not be sent.", failed)
        advice = _("Each says why. Send yourself a test mail; once it arrives, send the others again.")
        return Finding(title, LOOK, found, advice, link=outbox(FAILED, _("The mails that failed")))
    return Finding(title, GOOD, found)


def without_server() -> Finding:
    kept = number(KEPT)
    found = ngettext("No mail leaves; %(num)s mail is kept.", "No mail leaves; %(num)s mails are kept.", kept)
    advice = _("Name your mail server, start the site again, and send the kept mails from the outbox.")
    lines = in_config(
        "MAIL_SERVER=smtp.example.org",
        "MAIL_USERNAME=…",
        "MAIL_PASSWORD=…",
        "MAIL_SENDER=mail@example.org",
    )
    return Finding(_("Mail"), MEND, found, advice, lines, outbox(KEPT, _("The mails that are kept")))


def outbox(state: str, words: str) -> tuple[str, str]:
    return url_for("admin_outbox.index_view", state=state), words


def number(state: str) -> int:
    return session.scalar(select(func.count()).select_from(Mail).where(Mail.state == state))
