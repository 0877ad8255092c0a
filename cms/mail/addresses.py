"""The two addresses of a mail: whom it goes to, and in whose name."""

from email.header import Header
from email.utils import formataddr
from ipaddress import ip_address
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from flask import current_app
from flask_babel import gettext as _

from cms.errors import Refused
from cms.mail.headers import refuse_line_breaks
from cms.models.setting import site


def recipient(address: str) -> ValidatedEmail:
    """``address``, taken apart; its domain also in punycode. Raises `Refused` if it is not one address."""
    refuse_line_breaks(address)
    try:
        return validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Refused(_("“%(text)s” is not an e-mail address.", text=address[:100])) from error


def sender() -> str:
    """The value of From: MAIL_SENDER, or the site's name and no-reply at its host."""
    name, _bracket, address = current_app.config["MAIL_SENDER"].rpartition("<")
    if not address:
        return written(site.name, f"no-reply@{mail_host()}")
    return written(name.strip(' "'), address.rstrip(">"))


def written(name: str, address: str) -> str:
    """``name <address>`` in ASCII, long names in several encoded words, special characters in quotes."""
    local, _at, domain = address.rpartition("@")
    address = f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address
    if name.isascii():
        return formataddr((name, address))
    return f"{Header(name, 'utf-8').encode(linesep='')} <{address}>"


def mail_host() -> str:
    """The site's host as a domain of addresses: a bare IP address is none."""
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    try:
        ip_address(host)
    except ValueError:
        return host.encode("idna").decode()
    return "localhost"
