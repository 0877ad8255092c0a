"""The jobs of the outbox: sending a mail, and forgetting what was sent long ago."""

import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from cms.db import session, unit_of_work
from cms.jobs.claims import GiveUp, renew
from cms.jobs.kinds import every, job
from cms.mail import receipts
from cms.mail.failures import in_words, is_final
from cms.mail.smtp import Letter
from cms.models.base import now
from cms.models.mail import DELIVERY, SENT, Mail

ATTEMPTS = 20  # over about two days
PATIENCE = (1, 2, 4, 8, 15)  # seconds between the attempts to write down that a mail was sent


class NotSent(Exception):  # noqa: N818 (the next attempt may succeed)
    """A mail was not taken this time; the message says why in words."""


def give_up(error: str, mail_id: int) -> None:
    if (mail := session.get(Mail, mail_id)) and mail.state != SENT:
        mail.fail(error, by=None)


@job(DELIVERY, attempts=ATTEMPTS, in_steps=True, on_failure=give_up)
def deliver(mail_id: int) -> None:
    """Send a mail, unless it was sent; that it was is written down before anything else happens."""
    letter = ready_letter(mail_id)
    if letter is None:
        return
    connection = current_app.extensions["mailman"].get_connection()
    try:
        connection.open()
        connection.send_messages([letter])
        receipts.leave(letter.receipt)
        settle_sent(mail_id, letter.receipt)
    except (OSError, smtplib.SMTPException) as error:
        put_back(mail_id, error)
    finally:
        connection.close()


def ready_letter(mail_id: int) -> Letter | None:
    """The mail as a message; None if there is nothing to send, or no server to send it to."""
    with unit_of_work():
        mail = session.get(Mail, mail_id)
        if mail is None:
            return None
        receipt = receipts.path_of(mail)
        if mail.state != SENT and not receipt.exists():
            return write_letter(mail, receipt)
    return settle_sent(mail_id, receipt)


def write_letter(mail: Mail, receipt: Path) -> Letter | None:
    if not current_app.config["MAIL_SERVER"]:
        return mail.keep()
    return Letter(mail, receipt, before_data=partial(begin_sending, mail.id))


def settle_sent(mail_id: int, receipt: Path) -> None:
    """Write down that it was sent; after that its receipt is of no more use."""
    insist(partial(change, mail_id, Mail.mark_sent))
    receipts.tear_up(receipt)


def begin_sending(mail_id: int) -> None:
    """Say that it is being sent; raises `LeaseLost` if another worker has taken it over."""
    with unit_of_work():
        renew()
        session.get_one(Mail, mail_id).mark_sending()


def put_back(mail_id: int, error: Exception) -> None:
    """Keep it for another attempt, or give it up if the server will never take it."""
    change(mail_id, partial(Mail.postpone, error=in_words(error)))
    raise (GiveUp if is_final(error) else NotSent)(in_words(error)) from error


def change(mail_id: int, verb: Callable) -> None:
    with unit_of_work():
        if mail := session.get(Mail, mail_id):
            verb(mail)


def insist(write: Callable[[], None]) -> None:
    """Do not let a database that is away for some seconds make us send a mail twice."""
    for seconds in PATIENCE:
        try:
            return write()
        except OperationalError:
            time.sleep(seconds)
    return write()


@every(timedelta(hours=6))
@job("mail.forget")
def forget_sent() -> None:
    """Forget the mails that were sent some weeks ago; those that were not stay until somebody drops them."""
    oldest = now() - timedelta(days=current_app.config["MAIL_KEEP_DAYS"])
    session.execute(delete(Mail).where(Mail.state == SENT, Mail.sent_at < oldest))
