"""Lists: searching, filtering, sorting and paging."""

import re

import pytest

from cms.admin.views import VIEWS
from cms.admin.views.desk import Desk
from tests.admin.conftest import make_job, make_mail
from tests.factories import make_user


def first_column(client, address: str) -> list[str]:
    """The texts of the links in the first column."""
    page = client.get(address)
    assert page.status_code == 200
    rows = page.text.partition("<tbody")[2].split("<tr")[1:]
    return [re.search(r"<a [^>]*>(.*?)</a>", row)[1] for row in rows]


@pytest.fixture
def people(alice) -> None:
    for name in ("ada", "bea", "zoe"):
        make_user(name, "editor" if name == "bea" else "member")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=ADA", ["ada"]),
        ("search=zoe@example.org", ["zoe"]),
        ("role=editor", ["bea"]),
        ("role=admin&search=a", ["alice"]),
        ("sort=username", ["ada", "alice", "bea", "zoe"]),
        ("sort=-username", ["zoe", "bea", "alice", "ada"]),
        ("sort=created_at", ["alice", "ada", "bea", "zoe"]),
        ("", ["zoe", "bea", "ada", "alice"]),
        ("role=nonsense&state=nonsense&sort=password&page=-4", ["zoe", "bea", "ada", "alice"]),
    ],
)
def test_the_address_says_what_is_listed(client, people, query, names):
    assert first_column(client, f"/admin/users/?{query}") == names


@pytest.mark.parametrize("query", ["search=%25", "search=_", "search='--", f"page={10**20}", "page=x"])
def test_no_query_breaks_a_list(client, people, query):
    assert client.get(f"/admin/users/?{query}").status_code == 200


@pytest.mark.parametrize("view", [view for view in VIEWS if issubclass(view, Desk)])
def test_a_list_is_sorted_by_what_an_index_keeps_in_order(app, view):
    table = view.noun.__table__
    sorted_by = {name if isinstance(name, str) else name[1][0] for name in view.column_sortable_list or ()}
    unique = {column.name for column in table.columns if column.unique or column.primary_key}
    assert sorted_by <= unique | {next(iter(index.columns)).name for index in table.indexes}


def test_a_list_has_pages_of_25_that_keep_the_filters(client, alice):
    for number in range(30):
        make_job(kind="one.kind" if number % 6 else "other.kind")
    for _ in range(30):
        make_job(kind="one.kind", state="waiting")
    first = client.get("/admin/jobs/?kind=one.kind")
    assert "1 to 25 of 55" in first.text
    [further] = re.findall(r'<a href="([^"]+)" rel="next"', first.text)
    assert further == "/admin/jobs/?kind=one.kind&amp;page=2"
    seen = first_column(client, "/admin/jobs/?kind=one.kind") + first_column(
        client, further.replace("&amp;", "&")
    )
    assert len(set(seen)) == 50
    assert 'rel="next"' not in client.get("/admin/jobs/?kind=one.kind&page=3").text


def test_what_is_searched_for_stays_in_the_form(client, people):
    page = client.get('/admin/users/?search="><b>&role=editor').text
    assert 'value="&#34;&gt;&lt;b&gt;"' in page
    assert '<option value="editor" selected>' in page
    assert "Nothing fits." in page


@pytest.mark.parametrize("noun", ["jobs", "outbox"])
def test_an_empty_list_says_what_will_be_there(client, alice, noun):
    page = client.get(f"/admin/{noun}/").text
    assert "will be listed here" in page


def test_the_state_of_a_mail_narrows_the_outbox(client, alice):
    make_mail(subject="Kept"), make_mail(subject="Failed", state="failed")
    assert first_column(client, "/admin/outbox/?state=failed") == ["Failed"]
