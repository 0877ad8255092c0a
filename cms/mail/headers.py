"""What may stand in the header of a mail: one line, in whatever disguise it comes."""

import re
import unicodedata
from base64 import b64decode
from quopri import decodestring

from flask_babel import gettext as _
from wtforms import Field, Form, ValidationError

from cms.errors import Refused

ENCODED_WORD = re.compile(r"=\?([^?]*)\?([bq])\?(.*?)\?=", re.IGNORECASE | re.DOTALL)
LONGEST_LINE = 1000  # characters
BREAKING = {"Cc", "Cs", "Zl", "Zp"}  # controls such as CR, NUL and U+0085; surrogates; U+2028 and U+2029


def refuse_line_breaks(text: str) -> None:
    """Raise `Refused` if ``text`` holds a line break or control character, plainly or in an encoded word.

    Nothing that stands in a header is longer than 1,000 characters.
    """
    if len(text) > LONGEST_LINE:
        raise Refused(_("This is longer than %(n)d characters.", n=LONGEST_LINE))
    if breaks(text):
        raise Refused(_("Line breaks and control characters can’t stand here."))


def one_line(_form: Form, field: Field) -> None:
    """A form field's validator: `refuse_line_breaks`."""
    try:
        refuse_line_breaks(field.data or "")
    except Refused as refusal:
        raise ValidationError(refusal.message) from refusal


def breaks(text: str) -> bool:
    """Whether a mail program, or Python before 3.11.10, may see more than one line in ``text``."""
    if any(unicodedata.category(character) in BREAKING for character in text):
        return True
    words = ENCODED_WORD.findall(text)
    decoded = [decode(method, content) for _charset, method, content in words]
    readings = [b"".join(decoded).decode("utf-8", "replace")]  # a program may join them before it reads
    readings += [
        read(word, charset) for (charset, _method, _content), word in zip(words, decoded, strict=True)
    ]
    readings += [word.decode("latin-1") for word in decoded if any(byte < 32 or byte == 127 for byte in word)]
    return any(breaks(reading) for reading in readings if reading)


def decode(method: str, content: str) -> bytes:
    """The bytes of an encoded word, read as generously as any mail program might."""
    raw = content.encode("utf-8", "surrogateescape")
    if method in "qQ":
        return decodestring(raw.replace(b"_", b" "), header=True)
    return b"".join(decode_base64(part) for part in raw.split(b"="))


def decode_base64(raw: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    return b64decode(letters + b"A" * (len(letters) % 4 == 1) + b"==")


def read(word: bytes, charset: str) -> str:
    """``word`` in the character set that it names, such as ``utf-8*en``; in UTF-8 where there is none."""
    try:
        return word.decode(charset.partition("*")[0], "replace")
    except (LookupError, UnicodeError, ValueError):
        return word.decode("utf-8", "replace")
