"""Plain Markdown without a generator: the address is the path of the file."""

import posixpath

from cms.transfer.fields import Fields
from cms.transfer.source import Source
from cms.transfer.verbatim import Verbatim

NAME = "Markdown"


def signs(source: Source) -> int:
    return 0


def values(source: Source) -> dict:
    return source.page.fields


def address(source: Source, fields: Fields) -> str:
    """Its address: what the front matter names, else the path of the file without its ending."""
    given = fields.text("path") or fields.text("permalink") or fields.text("url")
    named = fields.text("slug") or source.name
    return given or (source.folder if source.is_section else posixpath.join(source.section_path, named))


def aliases(source: Source, fields: Fields, own: str) -> list[str]:
    return fields.names("aliases", "alias", "redirect_from")


def translate(source: Source, body: str, verbatim: Verbatim) -> str:
    return body


def unescape(code: str) -> str:
    return code
