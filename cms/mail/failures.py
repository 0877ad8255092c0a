"""Why a mail could not be sent: whether it will ever be, and the reason in words."""

import re
import smtplib
import ssl


def is_final(error: Exception) -> bool:
    """Whether trying again is of no use: the server said so (5xx) of the recipient or of the text."""
    match error:
        case smtplib.SMTPNotSupportedError():
            return "SMTPUTF8" in str(error)
        case smtplib.SMTPRecipientsRefused():
            return all(500 <= code < 600 for code, _reply in error.recipients.values())
        case smtplib.SMTPDataError():
            return 500 <= error.smtp_code < 600
    return False


def in_words(error: Exception) -> str:
    """What went wrong, for the back office."""
    match error:
        case smtplib.SMTPNotSupportedError() if "SMTPUTF8" in str(error):
            return "The mail server does not take addresses with letters beyond ASCII before the @."
        case smtplib.SMTPRecipientsRefused():
            code, reply = next(iter(error.recipients.values()))
            return f"The mail server refused the recipient: {code} {spoken(reply)}"
        case smtplib.SMTPAuthenticationError():
            return f"The mail server refused our user name or password: {error.smtp_code}."
        case smtplib.SMTPSenderRefused():
            return f"The mail server refused our sender: {error.smtp_code} {spoken(error.smtp_error)}"
        case smtplib.SMTPResponseException():
            return f"The mail server refused the mail: {error.smtp_code} {spoken(error.smtp_error)}"
        case ssl.SSLCertVerificationError():
            return f"The mail server's certificate is not valid: {error.verify_message}."
        case smtplib.SMTPServerDisconnected():
            return "The mail server broke off the conversation."
        case TimeoutError():
            return "The mail server did not answer in time."
        case ConnectionRefusedError():
            return "Nothing answers at the mail server's address: see MAIL_SERVER and MAIL_PORT."
    return f"The mail server could not be reached: {type(error).__name__}."


def spoken(reply: bytes | str) -> str:
    """A server's reply as one readable line."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())[:300]
