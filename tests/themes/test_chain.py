"""A theme changes a few files; the rest comes from the default theme."""

import pytest

from cms import themes
from cms.models import Setting
from tests.factories import make_post


@pytest.fixture
def plain(app):
    Setting.change("theme", "plain", by=None)


def test_a_theme_extends_the_default_frame_and_borrows_the_rest(client, plain):
    page = client.get(make_post(title="The bell").url).text
    assert "Set in the fonts of your own machine" in page
    assert '<h1 class="short">The bell</h1>' in page


def test_a_theme_serves_its_own_files_and_borrows_the_others(client, plain):
    page = client.get("/").text
    assert "/static/plain/site." in page
    assert "/static/default/vendor/htmx/" in page


def test_a_theme_of_a_few_files_loads_no_font_of_the_default(client, plain):
    assert ".woff2" not in client.get("/").text


@pytest.mark.parametrize("name", themes.installed())
def test_every_option_of_a_theme_has_a_label_and_a_default(name):
    for option in themes.manifest(name)["options"].values():
        assert {"label", "type", "default"} <= option.keys()


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000 + "a", "ä" * 200, "default/" + "a" * 300 + ".css"])
def test_a_name_that_no_file_can_have_is_missing(client, name):
    assert client.get(f"/static/{name}").status_code == 404
