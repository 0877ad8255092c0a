"""What a first visit costs: the budgets of the default theme, pictures aside."""

import re
from pathlib import Path

import brotli
import pytest

from cms import markup
from cms.config import ROOT
from tests.factories import make_post

DEFAULT = ROOT / "themes" / "default"
VENDORED = sorted((DEFAULT / "static" / "vendor").iterdir())
PAGE_BUDGET = 30_000  # bytes of HTML, CSS and JavaScript over the wire
STYLE_BUDGET = 7_000  # bytes of the style sheet, compressed
FONT_BUDGET = 50_000  # bytes of all fonts that a page can load
LINKED = r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"'


def weight(client, address: str) -> int:
    """Bytes of a page and of the styles and scripts that it names, as they are sent."""
    page = client.get(address, headers={"Accept-Encoding": "br"})
    html = brotli.decompress(page.data).decode()
    assets = ["".join(found) for found in re.findall(LINKED, html)]
    assert len(assets) >= 3
    return len(page.data) + sum(len(client.get(a, headers={"Accept-Encoding": "br"}).data) for a in assets)


def fonts_of(style_sheet: Path) -> set[Path]:
    found = re.findall(r'url\("([^"]+\.woff2)"\)', style_sheet.read_text())
    return {style_sheet.parent / name for name in found}


def test_the_home_page_stays_within_its_budget(client):
    for number in range(12):
        make_post(title=f"Minutes of meeting {number} in the boat shed", summary="Soup was served. " * 8)
    assert weight(client, "/") < PAGE_BUDGET


def test_a_long_post_stays_within_its_budget(client):
    paragraphs = (f"On night {n} the boat left at {n % 24}.40 with {n * 7 % 31} aboard." for n in range(120))
    post = make_post(body="\n\n".join(paragraphs), tags=["tides", "fog"])
    assert weight(client, post.url) < PAGE_BUDGET


def test_the_style_sheet_stays_within_its_budget():
    style = (DEFAULT / "static" / "site.css").read_bytes()
    assert len(brotli.compress(style)) <= STYLE_BUDGET


def test_the_fonts_stay_within_their_budget():
    fonts = fonts_of(DEFAULT / "static" / "site.css")
    assert len(fonts) == 3
    assert sum(font.stat().st_size for font in fonts) <= FONT_BUDGET


def test_a_font_never_hides_the_text():
    style = (DEFAULT / "static" / "site.css").read_text()
    remote = [face for face in re.findall(r"@font-face \{(.*?)\}", style, re.S) if "url(" in face]
    assert all("font-display: swap" in face for face in remote)


def test_the_colours_of_code_are_those_of_the_markup():
    assert markup.pygments_css() in (DEFAULT / "static" / "site.css").read_text()


@pytest.mark.parametrize(
    "folder", sorted((DEFAULT / "static" / "vendor").iterdir()), ids=lambda folder: folder.name
)
def test_what_is_vendored_has_its_licence_and_version_beside_it(folder):
    assert (folder / "LICENSE").stat().st_size > 200
    assert re.search(r"\d+\.\d+", (folder / "VERSION").read_text())
