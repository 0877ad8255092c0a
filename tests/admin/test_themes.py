"""Choosing a theme, and looking at it before others do."""

import re

import pytest

from cms.models import Media, Permission, Role, Setting, site
from tests.admin.test_settings import events, form_of
from tests.factories import hidden_field, make_post, make_user, send_form, sign_in_at

THEMES = "/admin/themes/"
PLAIN, DEFAULT = f"{THEMES}plain/", f"{THEMES}default/"
BAR = "changes that nobody else sees yet"


@pytest.fixture(autouse=True)
def _owner(alice):
    """alice is signed in."""


def look_at(client, address: str = PLAIN, **fields):
    return send_form(client, address, preview="yes", **fields)


def styles(client, page: str) -> str:
    """The style sheets of options that the page names."""
    return "".join(client.get(address).text for address in re.findall(r'"(/theme/\w+\.css)"', page))


def press(client, act: str):
    page = client.get("/").text
    return client.post(f"{THEMES}{act}/", data={"csrf_token": hidden_field(page, "csrf_token")})


def test_the_list_tells_which_themes_there_are_and_which_is_in_use(client):
    page = client.get(THEMES).text
    assert "Version 1.0, The Broadside project" in page
    assert (
        page.index("in use") < page.index("Broadside</h2>") < page.index("installed") < page.index("Plain<")
    )


def test_a_theme_is_used_with_its_options(client, other_client):
    assert send_form(client, PLAIN, use="yes", accent="#123456").status_code == 303
    assert (site.theme, site.accent) == ("plain", "#123456")
    page = other_client.get("/").text
    assert "/static/plain/site." in page
    assert "--spot-light:#123456" in styles(other_client, page)


def test_a_preview_shows_the_theme_to_one_person_alone(client, other_client):
    before = other_client.get("/").text
    assert look_at(client, accent="#123456").location == "/"
    page = client.get("/").text
    assert BAR in page
    assert "“Plain”" in page
    assert "/static/plain/site." in page
    assert "--spot-light:#123456" in styles(client, page)
    assert other_client.get("/").text == before
    assert (site.theme, site.accent, events()) == ("default", "", [])


def test_a_preview_shows_what_templates_make_of_the_options(client):
    Setting.change("fonts", "broadside", by=None)
    assert ".woff2" in client.get("/").text
    look_at(client, DEFAULT, fonts="system")
    assert ".woff2" not in client.get("/").text


def test_nothing_of_a_preview_reaches_the_page_cache(client, other_client):
    make_post(slug="tide")
    look_at(client, accent="#123456")
    for address in ("/", "/blog/", "/blog/tide/", "/tags/", "/site.webmanifest", "/missing/"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"
        page = other_client.get(address).text
        assert BAR not in page
        assert "/static/plain/" not in page


def test_the_style_of_a_preview_is_for_nobody_else(client, other_client):
    look_at(client, accent="#123456")
    [address] = re.findall(r'"(/theme/\w+\.css)"', client.get("/").text)
    assert client.get(address).headers["Cache-Control"] == "private, no-store"
    assert other_client.get(address).status_code == 404


def test_the_back_office_keeps_the_colours_of_the_site(client):
    Setting.change("accent", "#abcdef", by=None)
    look_at(client, accent="#123456")
    assert "--spot-light:#abcdef" in styles(client, client.get(THEMES).text)


def test_a_preview_is_applied_from_the_bar(client, other_client):
    look_at(client, accent="#123456")
    assert press(client, "apply").location == THEMES
    assert (site.theme, site.accent) == ("plain", "#123456")
    assert {event.subject_id for event in events()} == {"theme", "accent"}
    assert BAR not in client.get("/").text
    assert "/static/plain/site." in other_client.get("/").text


def test_a_preview_is_stopped_from_the_bar(client):
    look_at(client)
    assert press(client, "stop").location == THEMES
    page = client.get("/").text
    assert BAR not in page
    assert "/static/default/site." in page
    assert events() == []


def test_a_preview_goes_on_from_where_it_was(client):
    look_at(client, DEFAULT, fonts="system", accent="#123456")
    form = form_of(client.get(DEFAULT).text)
    assert (form["fonts"], form["accent"], form["accent-shown"]) == ("system", "#123456", "")
    look_at(client, DEFAULT, **form | {"accent": ""})
    assert "--spot-light" not in styles(client, client.get("/").text)


def test_what_somebody_else_changed_during_a_preview_stays(client):
    look_at(client, DEFAULT, **form_of(client.get(DEFAULT).text) | {"accent": "#123456"})
    Setting.change("accent_dark", "#ffeedd", by=None)
    press(client, "apply")
    assert (site.accent, site.accent_dark) == ("#123456", "#ffeedd")


def test_a_preview_ends_with_the_permission(client, alice):
    Permission.set(Role.named("editor"), "manage settings", True, by=None)
    look_at(client)
    alice.grant(["admin", "editor"], by=None)
    assert BAR in client.get("/").text
    Permission.set(Role.named("editor"), "manage settings", False, by=None)
    make_user("zoe", "admin")
    alice.grant(["editor"], by=None)
    assert BAR not in client.get("/").text


def test_a_preview_is_not_inherited_by_who_signs_in_next(client):
    look_at(client)
    make_user("zoe", "admin")
    with client.session_transaction(base_url="http://broadside.test") as cookie:
        preview = cookie["preview"]
        cookie.clear()
    sign_in_at(client, "zoe")
    with client.session_transaction(base_url="http://broadside.test") as cookie:
        cookie["preview"] = preview
    assert BAR not in client.get("/").text


@pytest.mark.parametrize("act", ["preview", "use"])
def test_wrong_options_are_told_at_their_fields(client, act):
    wrong = {"accent": "red", "fonts": "comic", "logo_url": "https://elsewhere.example/x.png"}
    answer = send_form(client, DEFAULT, **{act: "yes"}, **wrong)
    assert answer.status_code == 422
    assert answer.text.count('class="field-errors"') == 3
    assert 'value="red"' in answer.text
    assert (site.theme, site.accent) == ("default", "")
    assert BAR not in client.get("/").text


def test_a_colour_is_picked_or_written(client):
    form = form_of(client.get(DEFAULT).text)
    assert form["accent-picked"] == "#c3301a"
    send_form(client, DEFAULT, use="yes", **form)
    assert site.accent == ""
    send_form(client, DEFAULT, use="yes", **form | {"accent-picked": "#112233"})
    assert site.accent == "#112233"
    form = form_of(client.get(DEFAULT).text)
    send_form(client, DEFAULT, use="yes", **form | {"accent": ""})
    assert site.accent == ""


def test_the_logo_is_chosen_among_the_latest_pictures(client):
    picture = Media.store(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "dot.svg", by=None)
    page = client.get(DEFAULT).text
    assert f'<option value="{picture.url}">dot.svg</option>' in page
    send_form(client, DEFAULT, use="yes", **form_of(page) | {"logo_url-picked": picture.url})
    assert site.logo_url == picture.url
    assert f'src="{picture.url}"' in client.get("/about-nothing/").text


def test_fonts_that_the_new_theme_lacks_go_with_the_old_one(client):
    Setting.change("fonts", "system", by=None)
    Setting.change("theme", "plain", by=None)
    assert site.fonts == ""
    assert [event.changes["value"] for event in events()][-1] == ["system", ""]


def test_a_theme_that_is_not_installed_has_no_page(client):
    assert client.get(f"{THEMES}missing/").status_code == 404
    assert client.get(f"{THEMES}..%2fdefault/").status_code == 404
    assert send_form(client, THEMES + "plain/", post_to=f"{THEMES}missing/", use="yes").status_code == 404


def test_a_preview_of_a_theme_that_was_removed_is_none(client):
    look_at(client)
    with client.session_transaction(base_url="http://broadside.test") as cookie:
        cookie["preview"] = {**cookie["preview"], "values": {"theme": "removed"}}
    assert BAR not in client.get("/").text


def test_applying_without_a_preview_changes_nothing(client):
    token = hidden_field(client.get(PLAIN).text, "csrf_token")
    assert client.post(f"{THEMES}apply/", data={"csrf_token": token}).status_code == 303
    assert "There is no preview any more." in client.get(THEMES).text
    assert events() == []
