"""Outgoing mail: written into the outbox with the change that it tells of, sent by a job."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_babel import gettext as _
from flask_mailman import Mail as Mailman

from cms.db import session
from cms.errors import Refused
from cms.mail import receivers
from cms.mail.addresses import recipient
from cms.mail.headers import one_line, refuse_line_breaks
from cms.mail.rendering import environment_of, render
from cms.mail.smtp import Backend
from cms.models.mail import LONGEST_SUBJECT, LONGEST_TEXT, Mail

__all__ = ["one_line", "post", "refuse_line_breaks", "send"]

mailman = Mailman()


def init_app(app: Flask) -> None:
    app.config.update(
        MAIL_BACKEND=Backend,
        MAIL_USE_TLS=app.config["MAIL_TLS"] == "starttls",
        MAIL_USE_SSL=app.config["MAIL_TLS"] == "tls",
    )
    mailman.init_app(app)
    app.extensions["mail templates"] = environment_of(app)
    receivers.connect()


def send(name: str, /, *, to: str, subject: str, **context) -> Mail:
    """Mail the templates ``mail/<name>.txt`` and ``.html`` to one address, after this transaction.

    Raises `Refused` for an address or a subject that can't stand in a mail.
    """
    text, html = (render(f"mail/{name}.{kind}", subject=subject, **context) for kind in ("txt", "html"))
    return post(to=to, subject=subject, text=text, html=html)


def post(*, to: str, subject: str, text: str, html: str = "") -> Mail:
    """Mail texts that came from elsewhere; as `send`."""
    refuse_line_breaks(subject)
    if max(len(text), len(html)) > LONGEST_TEXT:
        raise Refused(_("This mail is too long."))
    mail = Mail(
        to=recipient(to).normalized,
        subject=shortened(subject),
        text=text,
        html=html,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(current_app.config['SITE_URL']).hostname}>",
    )
    session.add(mail)
    mail.queue() if current_app.config["MAIL_SERVER"] else mail.keep()
    session.flush()
    return mail


def shortened(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else subject[: LONGEST_SUBJECT - 1] + "…"
