"""E-mail addresses: one spelling for each, so that nobody is taken for somebody else."""

import re

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from cms.errors import Refused

LONGEST_ADDRESS = 254  # characters, RFC 5321


def spelled(text: str) -> str:
    """The one spelling of the address ``text``; raises `Refused` where it is none.

    Letters are compared as they are: the domain after IDNA (RFC 5890), of the local part only A to Z without
    regard to case. Folding further would take ``mıke@`` for ``mike@``, whom somebody else may be. An encoded
    word (RFC 2047) is none, as a mail program may read another address in it.
    """
    if "=?" in text:
        raise Refused(_("“%(text)s” is not an e-mail address.", text=text.strip()[:100]))
    try:
        address = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Refused(_("“%(text)s” is not an e-mail address.", text=text.strip()[:100])) from error
    spelling = f"{lower(address.local_part)}@{address.domain}"
    if len(spelling) > LONGEST_ADDRESS:
        raise Refused(_("This e-mail address is too long."))
    return spelling


def lower(text: str) -> str:
    """``text`` with the letters A to Z in lower case, and no other letter changed."""
    return re.sub("[A-Z]+", lambda letters: letters[0].lower(), text)
