"""What an owner changes of the site in the back office."""

import html
import re

import pytest
from sqlalchemy import select

from cms.admin.controls import SETTINGS, controls_of
from cms.db import session
from cms.models import Event, Setting, site
from cms.models.setting import SITE_SETTINGS, stored_settings
from tests.factories import send_form

PAGE = "/admin/settings/"


@pytest.fixture(autouse=True)
def _owner(alice):
    """alice is signed in."""


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the page's form, if nobody touched it."""
    inputs = re.findall(r'<input[^>]* name="([^"]+)"[^>]*? value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<', page)
    chosen = re.findall(r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', page, re.S)
    return {name: html.unescape(value) for name, value in (*inputs, *areas, *chosen)}


def events() -> list[Event]:
    return list(session.scalars(select(Event).where(Event.name == "setting.changed")))


def test_what_was_changed_is_saved_and_nothing_else(client):
    form = form_of(client.get(PAGE).text) | {"tagline": "Every night", "timezone": "Europe/Berlin"}
    assert client.post(PAGE, data=form).status_code == 303
    assert (site.tagline, site.timezone, site.name) == ("Every night", "Europe/Berlin", "Broadside")
    changes = {event.subject_id: event.changes["value"] for event in events()}
    assert changes == {"tagline": [None, "Every night"], "timezone": [None, "Europe/Berlin"]}
    assert "Every night" in client.get(PAGE).text


def test_a_form_that_nobody_touched_changes_nothing(client):
    assert client.post(PAGE, data=form_of(client.get(PAGE).text)).status_code == 303
    assert "Nothing was changed." in client.get(PAGE).text
    assert events() == []


def test_each_wrong_field_says_so_and_keeps_what_was_typed(client):
    wrong = {"name": "", "posts_per_page": "99", "timezone": "Mars/Olympus", "tagline": "Typed already"}
    answer = send_form(client, PAGE, **wrong)
    assert answer.status_code == 422
    assert answer.text.count('class="field-errors"') == 3
    assert "Enter a number from 1 to 50." in answer.text
    assert 'value="Typed already"' in answer.text
    assert 'value="99"' in answer.text
    assert "Mars/Olympus" in answer.text
    assert stored_settings()["tagline"] == ""


def test_what_is_refused_shows_nowhere_else(client):
    answer = send_form(client, PAGE, name="Not yet", posts_per_page="99")
    assert 'value="Not yet"' in answer.text
    assert "<title>Settings · Broadside</title>" in answer.text


@pytest.mark.parametrize("value", ["١", "0", "51", "-1", "1e1", "9" * 400, "", "ten"])
def test_a_number_is_a_number_within_its_bounds(client, value):
    assert send_form(client, PAGE, posts_per_page=value).status_code == 422
    assert site.posts_per_page == 10


def test_a_page_opened_long_ago_undoes_nothing(client):
    form = form_of(client.get(PAGE).text)
    Setting.change("tagline", "By somebody else", by=None)
    client.post(PAGE, data=form | {"name": "The Late Boat"})
    assert (site.name, site.tagline) == ("The Late Boat", "By somebody else")


def test_of_two_who_change_the_same_the_second_sees_both_values(client):
    form = form_of(client.get(PAGE).text)
    Setting.change("name", "Theirs", by=None)
    answer = client.post(PAGE, data=form | {"name": "Mine", "tagline": "New"})
    assert answer.status_code == 409
    assert "Meanwhile somebody changed this to “Theirs”; you want “Mine”." in answer.text
    assert (site.name, site.tagline) == ("Theirs", "")
    assert client.post(PAGE, data=form_of(answer.text)).status_code == 303
    assert (site.name, site.tagline) == ("Mine", "New")


def test_two_who_want_the_same_are_in_nobodys_way(client):
    form = form_of(client.get(PAGE).text)
    Setting.change("name", "Ours", by=None)
    assert client.post(PAGE, data=form | {"name": "Ours"}).status_code == 303


def test_what_is_typed_can_do_no_harm(client):
    payload = '"><script>alert(1)</script>'
    assert send_form(client, PAGE, name=payload).status_code == 303
    assert "<script>alert" not in client.get(PAGE).text + client.get("/").text


def test_line_breaks_become_spaces(client):
    send_form(client, PAGE, description="One line\r\n\r\nand another")
    assert site.description == "One line and another"


def test_a_zone_that_the_list_lacks_stays_chosen(client):
    Setting.change("timezone", "Etc/GMT+1", by=None)
    assert form_of(client.get(PAGE).text)["timezone-shown"] == "Etc/GMT+1"
    assert '<option value="Etc/GMT+1">Etc/GMT+1</option>' in client.get(PAGE).text


def test_every_setting_has_its_place_in_the_back_office():
    on_the_page = {control.name for _title, group in SETTINGS for control in group}
    of_the_theme = {control.name for control in controls_of("default")} | {"theme"}
    assert on_the_page | of_the_theme == set(SITE_SETTINGS)


def test_the_page_speaks_the_language_of_the_site(client):
    page = client.get(PAGE).text
    assert '<option value="de">Deutsch</option>' in page
    assert "What does this mean?" in page
