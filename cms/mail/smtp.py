"""How a mail reaches the server: Flask-Mailman's SMTP backend, its steps up to DATA in the open."""

import smtplib
import ssl
from collections.abc import Callable
from email import charset
from email.utils import formatdate, parseaddr
from pathlib import Path

from email_validator import ValidatedEmail
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.smtp import EmailBackend

from cms.mail.addresses import mail_host, recipient, sender
from cms.models.mail import Mail

ENCODING = charset.Charset("utf-8")
ENCODING.body_encoding = charset.QP  # seven bits and short lines, so that every server passes it on as it is


class Letter(EmailMultiAlternatives):
    """A row of the outbox as a message; ``before_data()`` is called when the server is ready to take it.

    ``receipt`` is the file that says that it was taken.
    """

    encoding = ENCODING

    def __init__(self, mail: Mail, receipt: Path, before_data: Callable[[], None]):
        self.recipient: ValidatedEmail = recipient(mail.to)
        self.receipt, self.before_data = receipt, before_data
        headers = {
            "Date": formatdate(mail.created_at.timestamp(), usegmt=True),
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
        }
        to = [] if self.recipient.smtputf8 else [self.recipient.ascii_email]
        super().__init__(mail.subject, mail.text, sender(), to, headers=headers)
        if mail.html:
            self.attach_alternative(mail.html, "text/html")

    @property
    def address(self) -> str:
        """The recipient as the server is told it: the domain always in ASCII."""
        return f"{self.recipient.local_part}@{self.recipient.ascii_domain}"

    def data(self) -> bytes:
        data = self.message().as_bytes(linesep="\r\n")
        return f"To: {self.address}\r\n".encode() + data if self.recipient.smtputf8 else data


class Backend(EmailBackend):
    """Flask-Mailman's, but it checks certificates, names itself after the site and tells each step."""

    connection: smtplib.SMTP | None

    def open(self) -> bool:
        if self.connection:
            return False
        secured = {"context": ssl.create_default_context()} if self.use_ssl else {}
        connection = self.connection_class(
            self.host, self.port, local_hostname=mail_host(), timeout=self.timeout, **secured
        )
        self.connection = connection
        connection.ehlo_or_helo_if_needed()
        if self.use_tls:
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        if self.username:
            self.log_in()
        return True

    def log_in(self) -> None:
        """Raises SMTPAuthenticationError also where the server hangs up, as some do on a wrong password."""
        try:
            self.connection.login(self.username, self.password)
        except smtplib.SMTPServerDisconnected as error:
            raise smtplib.SMTPAuthenticationError(421, b"hung up") from error

    def close(self) -> None:
        """Say good-bye; what became of the mail is known by then."""
        connection, self.connection = self.connection, None
        try:
            if connection:
                connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()

    def _send(self, letter: Letter) -> bool:
        """Raises smtplib's errors, each named after the step at which the server said no."""
        options = ["SMTPUTF8", "BODY=8BITMIME"] if letter.recipient.smtputf8 else []
        if options and not self.connection.has_extn("smtputf8"):
            raise smtplib.SMTPNotSupportedError("SMTPUTF8")
        code, reply = self.connection.mail(parseaddr(letter.from_email)[1], options)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, reply, letter.from_email)
        code, reply = self.connection.rcpt(letter.address)
        if code not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({letter.address: (code, reply)})
        data = letter.data()
        letter.before_data()
        code, reply = self.connection.data(data)
        if code != 250:
            raise smtplib.SMTPDataError(code, reply)
        return True
