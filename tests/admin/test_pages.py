"""What every page of the back office is: our own, with nothing inline, for nobody's cache."""

import re
from html.parser import HTMLParser

import pytest
from flask import template_rendered
from jinja2 import TemplateNotFound

from cms.admin import HERE
from cms.models import Media, Setting
from tests.admin.conftest import make_job, make_mail
from tests.factories import make_post, make_user
from tests.media.pictures import plain

LISTS = ["/admin/users/", "/admin/outbox/", "/admin/jobs/", "/admin/activity/", "/admin/roles/"]
LISTS += ["/admin/pictures/"]


class Inline(HTMLParser):
    """Collects what a strict policy forbids: scripts and styles in the page, handlers, script addresses."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        self.found += [value for value in names.values() if re.match(r"\s*javascript:", value or "", re.I)]


def test_no_page_holds_anything_inline(client, alice, pages):
    for address in pages.values():
        assert Inline(client.get(address).text).found == [], address


def test_what_is_inline_would_be_found():
    page = "<a onclick='x()' href='JavaScript:x'><script>1</script><style></style><p style='a'>"
    assert Inline(page).found == ["onclick", "JavaScript:x", "script", "style", "style"]


def test_every_template_is_our_own(app, client, alice, pages):
    shown: set[str] = set()

    def note(_app, template, context):
        shown.add(template.name)

    with template_rendered.connected_to(note, app):
        for address in pages.values():
            client.get(address)
    assert len(shown) >= len({name.rpartition(".")[2] for name in pages})  # as many as there are acts
    assert all((HERE / "templates" / name.removeprefix("admin/")).is_file() for name in shown)


@pytest.mark.parametrize("name", ["admin/layout.html", "admin/model/list.html", "bootstrap4/admin/base.html"])
def test_the_templates_of_flask_admin_are_out_of_reach(app, name):
    with pytest.raises(TemplateNotFound):
        app.jinja_env.get_template(name)


def test_no_page_is_kept_or_found_by_a_search_engine(client, alice, pages):
    for address in (*pages.values(), "/admin/users/999999/"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/").headers.get("X-Robots-Tag") is None


def test_the_page_wears_the_accent_of_the_site_in_any_theme(client, alice):
    Setting.change("accent", "#123456", by=None)
    Setting.change("theme", "plain", by=None)
    page = client.get("/admin/").text
    [options] = re.findall(r'"(/theme/[0-9a-f]+\.css)"', page)
    assert "--spot-light:#123456" in client.get(options).text
    [style] = re.findall(r'"(/static/cms\.admin/desk\.[0-9a-f]+\.css)"', page)
    sheet = client.get(style)
    assert sheet.cache_control.immutable
    for font in re.findall(r"url\((/static/[^)]+)\)", sheet.text):
        assert client.get(font).status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_often_for_many_rows_as_for_few(client, alice, queries, address):
    make_rows(2)
    few = number_of_queries(client, queries, address)
    make_rows(20)
    assert number_of_queries(client, queries, address) <= few
    assert few < 20


def make_rows(count: int) -> None:
    for number in range(count):
        make_user(f"person-{count}-{number}")
        make_job(kind=f"kind-{number}")
        make_mail()
        make_post()
        Media.store(plain("PNG", 321 + number, 300 + count), "quay.png", by=None)


def number_of_queries(client, queries: list[str], address: str) -> int:
    client.get(address)
    queries.clear()
    client.get(address)
    return len(queries)
