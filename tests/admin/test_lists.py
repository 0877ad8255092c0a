"""Lists: searching, filtering, sorting and paging."""

import re

import pytest

from cms.admin.views import VIEWS, listing
from cms.admin.views.desk import Desk
from tests.admin.conftest import make_job, make_mail
from tests.factories import make_post, make_user


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
        ("role=nonsense&state=nonsense&sort=password&after=nonsense", ["zoe", "bea", "ada", "alice"]),
    ],
)
def test_the_address_says_what_is_listed(client, people, query, names):
    assert first_column(client, f"/admin/users/?{query}") == names


@pytest.mark.parametrize(
    "query", ["search=%25", "search=_", "search='--", "before=x", "after=a~1~", "after=~"]
)
def test_no_query_breaks_a_list(client, people, query):
    assert client.get(f"/admin/users/?{query}").status_code == 200


@pytest.mark.parametrize(
    "sort", ["id", "-id", "title", "-title", "updated_at", "published_at", "-published_at"]
)
@pytest.mark.parametrize(
    "key",
    ["x", "~", "~1", "x~", "x~-1", f"x~{10**30}", "x~1~x", "2025-13-01~1", "9999-12-31T23:59:59-23:59~1"],
)
def test_a_broken_key_leads_to_a_page_all_the_same(client, alice, sort, key):
    make_post(title="Hello")
    for turn in ("after", "before"):
        assert client.get("/admin/posts/", query_string={"sort": sort, turn: key}).status_code == 200


def test_the_last_page_leads_back_to_the_first(client, alice):
    for number in range(55):
        make_job(kind=f"kind.{number}")
    last = link(client.get("/admin/jobs/").text, "last")
    pages = list(walk(client, last, "prev"))
    forwards = [row for rows in walk(client, "/admin/jobs/", "next") for row in rows]
    assert [len(rows) for rows in pages] == [25, 25, 25]  # the first is whole, even if it repeats some rows
    assert pages[-1] == forwards[:25]
    assert pages[0] == forwards[-25:]
    assert link(client.get("/admin/jobs/").text, "prev") is None


def test_rows_that_come_in_meanwhile_move_nothing(client, alice):
    for number in range(30):
        make_job(kind=f"kind.{number}")
    further = link(client.get("/admin/jobs/").text, "next")
    before = first_column(client, further)
    for number in range(40):
        make_job(kind=f"new.{number}")
    assert first_column(client, further) == before


@pytest.mark.parametrize("sort", ["published_at", "-published_at"])
def test_rows_without_a_value_are_the_least_in_every_database(client, alice, sort):
    for number in range(30):
        make_post(title=f"Out {number}")
        make_post(title=f"Draft {number}", published=False)
    seen = [row for rows in walk(client, f"/admin/posts/?sort={sort}", "next") for row in rows]
    assert len(seen) == len(set(seen)) == 60
    outer, inner = seen[0].split()[0], seen[-1].split()[0]
    assert (outer, inner) == (("Out", "Draft") if sort.startswith("-") else ("Draft", "Out"))
    back = [row for rows in walk(client, f"/admin/posts/?sort={sort}&before=end", "prev") for row in rows]
    assert set(back) == set(seen)


def test_what_is_more_than_ten_thousand_is_not_counted(client, alice, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    for number in range(4):
        make_job(kind=f"kind.{number}")
    assert "more than 3<" in client.get("/admin/jobs/").text


@pytest.mark.parametrize("view", [view for view in VIEWS if issubclass(view, Desk)])
def test_a_list_is_sorted_by_what_an_index_keeps_in_order(app, view):
    table = view.noun.__table__
    sorted_by = {name if isinstance(name, str) else name[1][0] for name in view.column_sortable_list or ()}
    unique = {column.name for column in table.columns if column.unique or column.primary_key}
    assert sorted_by <= unique | {ordered_by(index) for index in table.indexes}


def ordered_by(index) -> str:
    """The first column of an index in which rows of one kind differ."""
    return next((column.name for column in index.columns if column.name != "kind"), "")


def test_a_list_has_pages_of_25_that_keep_the_filters(client, alice):
    for number in range(30):
        make_job(kind="one.kind" if number % 6 else "other.kind")
    for _ in range(30):
        make_job(kind="one.kind", state="waiting")
    first = client.get("/admin/jobs/?kind=one.kind")
    assert "55 in all" in first.text
    pages = list(walk(client, "/admin/jobs/?kind=one.kind", "next"))
    assert [len(rows) for rows in pages] == [25, 25, 5]
    assert len({row for rows in pages for row in rows}) == 55


def link(page: str, rel: str) -> str | None:
    """The address of the page's link to the ``next``, ``prev``, ``first`` or ``last`` page."""
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
    return found[1].replace("&amp;", "&") if found else None


def walk(client, address: str, rel: str):
    """The first columns of the page at ``address`` and all that follow, each behind the link ``rel``."""
    for _page in range(10):
        yield first_column(client, address)
        address = link(client.get(address).text, rel)
        if not address:
            return
    raise AssertionError("these pages have no end")


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
