"""The page of help, and its Markdown card."""

import re
from collections import Counter

from cms.admin.markdown_card import markdown_card
from cms.models import Setting


def test_the_card_shows_what_the_renderer_makes(client, sign_in):
    sign_in("mo")
    page = client.get("/admin/help/").text
    assert "**very important**" in page
    assert "<strong>very important</strong>" in page
    assert "callout-tip" in page


def test_the_card_brings_no_headings_and_no_ids_into_the_page_around_it(app):
    for example in markdown_card():
        assert not re.search(r"<h\d| id=|href=\"#", example.html), example.name


def test_no_id_of_the_page_is_there_twice(client, sign_in):
    sign_in("mo")
    ids = Counter(re.findall(r' id="([^"]+)"', client.get("/admin/help/").text))
    assert [name for name, count in ids.items() if count > 1] == []


def test_the_card_follows_the_language(client, sign_in):
    sign_in("mo")
    assert 'callout-title">Tip<' in client.get("/admin/help/").text
    Setting.change("language", "de", by=None)
    assert 'callout-title">Tip<' not in client.get("/admin/help/").text
