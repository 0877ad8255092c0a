"""From the texts in code and templates to the catalogs that translators work on."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from cms.config import ROOT
from cms.translations import FOLDER

TEMPLATE = FOLDER / "messages.pot"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
HEADER = "# The texts of Broadside's interface."
RESTLESS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Report-Msgid-Bugs-To|Last-Translator|Language-Team|Generated-By)'
    rb': .*\n(?:"(?![A-Z][A-Za-z-]+: ).*\n)*',
    re.MULTILINE,
)


def extracted() -> Catalog:
    """Every text of the interface that stands in code and templates now, with the files it stands in."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog(project="Broadside", version="1", header_comment=HEADER, fuzzy=False)
    texts = extract_from_dir(ROOT, methods, options, KEYWORDS, strip_comment_tags=True)
    for file, _line, message, _comments, context in texts:
        found.add(message, locations=[(file, 0)], context=context)
    return found


def catalogs() -> list[Path]:
    """The catalog of each language."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def read(file: Path) -> Catalog:
    """The catalog in ``file``; raises PoFileError where it is no catalog."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3], abort_invalid=True)


def update(file: Path, texts: Catalog) -> Catalog:
    """Bring the catalog in ``file`` up to date: new texts come in empty, and what is gone leaves."""
    catalog = read(file)
    catalog.update(texts, no_fuzzy_matching=True)
    file.write_bytes(written(catalog))
    return catalog


def written(catalog: Catalog) -> bytes:
    """``catalog`` as its file holds it, the same as long as no text changes: without dates and lines."""
    file = BytesIO()
    write_po(file, catalog, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return RESTLESS.sub(b"", file.getvalue())


def missing(catalog: Catalog) -> list[str]:
    """The texts that ``catalog`` leaves without a translation, in one of their forms or all."""
    return [str(message.id) for message in catalog if message.id and not complete(message.string)]


def complete(translation: str | tuple[str, ...] | None) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)
