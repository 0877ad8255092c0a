"""The texts of the interface in the languages it speaks.

English is the language of the code, and ``messages.pot`` lists its texts. Every other language is a folder
with ``messages.po``. ``flask_security.po`` holds what Flask-Security says and we say in words of our own.
"""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cms.files import write_anew

FOLDER = Path(__file__).parent


def compile_catalogs(folder: Path = FOLDER) -> None:
    """Make what gettext reads (``.mo``) of each catalog that was written (``.po``) since it was last made."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_catalog(source, target)


def compile_catalog(source: Path, target: Path) -> None:
    """Write ``target`` so that no process that starts at the same time ever reads half of it."""
    compiled = io.BytesIO()
    with source.open("rb") as catalog:
        write_mo(compiled, read_po(catalog))
    write_anew(target, compiled.getvalue())
