"""What Flask-Security mails goes to the outbox, in the transaction of the request."""

from flask_security import MailUtil
from flask_security.mail_util import EmailValidateException

from cms import mail
from cms.addresses import spelled
from cms.errors import Refused


class OutboxPost(MailUtil):
    def send_mail(self, template, subject, recipient, sender, body, html, **context) -> None:
        mail.post(to=recipient, subject=str(subject), text=body, html=html)

    def normalize(self, email: str) -> str:
        """The one spelling of the address; raises EmailValidateException where it is none."""
        try:
            return spelled(email)
        except Refused as refusal:
            raise EmailValidateException(refusal.message) from refusal

    validate = normalize
