"""The lists of posts and pages: states, filters, search by title, orders."""

import pytest
from sqlalchemy import select

from cms.admin.views import filters, sifting
from cms.db import session
from cms.models import Author, Permission, Post, Role
from cms.search.titles import TitleWords
from tests.admin.test_lists import first_column, link, walk
from tests.factories import make_page, make_post, soon

LIST = "/admin/posts/"


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def titles(client, **asked) -> list[str]:
    page = client.get(LIST, query_string=asked)
    assert page.status_code == 200
    rows = page.text.partition("<tbody")[2].split("<tr")[1:]
    return [
        row.partition('class="cell-title"')[2].partition("<a")[2].partition(">")[2].partition("<")[0]
        for row in rows
    ]


@pytest.fixture
def posts(eve) -> None:
    make_post(title="Draft", published=False)
    make_post(title="Out")
    make_post(title="Soon", at=soon(hours=1))
    make_post(title="Over", expires_at=soon(hours=-1), at=soon(hours=-2))
    make_post(title="Old").archive(by=None)
    make_post(title="Gone").remove(by=None)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("draft", {"Draft"}),
        ("review", set()),
        ("scheduled", {"Soon"}),
        ("published", {"Out"}),
        ("archived", {"Over", "Old"}),
        ("trashed", {"Gone"}),
        ("", {"Draft", "Out", "Soon", "Over", "Old"}),
        ("nonsense", {"Draft", "Out", "Soon", "Over", "Old"}),
    ],
)
def test_a_state_narrows_the_list_and_the_trash_is_kept_out(client, posts, state, found):
    assert set(titles(client, state=state)) == found


@pytest.mark.parametrize("state", ["draft", "scheduled", "archived", "trashed", ""])
def test_the_list_says_of_each_post_what_the_model_says(client, posts, state):
    page = client.get(LIST, query_string={"state": state}).text
    marks = {"draft": "draft", "scheduled": "scheduled", "archived": "archived", "trashed": "in the trash"}
    assert f'<span class="state state-{state or "draft"}">{marks[state or "draft"]}</span>' in page


def test_tags_authors_and_categories_are_found_by_name(client, eve):
    make_post(title="One", tags=["Tide"], authors=["Ann"], category="News")
    make_post(title="Two", tags=["Tide"], published=False)
    make_post(title="Three", tags=["Tides"], authors=["Anna"])
    category = session.scalars(select(Author.id)).first() and str(post_named("One").category_id)
    assert titles(client, tag="tide", sort="id") == ["One", "Two"]
    assert titles(client, author="ANN") == ["One"]
    assert titles(client, category=category) == ["One"]
    assert titles(client, tag="tide", state="draft") == ["Two"]
    assert titles(client, tag="nothing") == titles(client, tag="tide", author="anna") == []


def post_named(title: str):
    from cms.models import Post

    return session.scalars(select(Post).where(Post.title == title)).one()


def test_mine_are_those_that_i_began(client, eve):
    Post.write(by=eve, title="Mine", body="")
    make_post(title="Not mine", authors=["Ann"])
    assert titles(client, whose="1") == ["Mine"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("uber", ["Über die Flut"]),
        ("flut die", ["Über die Flut"]),
        ("flu", ["Über die Flut"]),
        ("lut", []),
        ("title:flut AND *", []),
        ('"', []),
        ("東京", ["東京の海"]),
    ],
)
def test_words_of_the_title_find_drafts_too(client, eve, search, found):
    make_post(title="Über die Flut", published=False)
    make_post(title="東京の海")
    make_page(title="Flut")
    assert titles(client, search=search) == found


def test_the_index_follows_the_title(client, eve):
    post = make_post(title="Before")
    post.revise(by=None, title="After")
    assert (titles(client, search="before"), titles(client, search="after")) == ([], ["After"])
    post.remove(by=None)
    assert titles(client, search="after") == []
    assert titles(client, search="after", state="trashed") == ["After"]
    assert session.get(TitleWords, post.id).words == " kpost hafter "


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("title", ["Ant", "Bee", "Cat"]),
        ("-title", ["Cat", "Bee", "Ant"]),
        ("id", ["Bee", "Cat", "Ant"]),
        ("-published_at", ["Cat", "Bee", "Ant"]),
        ("", ["Bee", "Ant", "Cat"]),
    ],
)
def test_the_orders(client, eve, sort, found):
    bee = make_post(title="Bee", at=soon(hours=-3))
    make_post(title="Cat", at=soon(hours=-1))
    make_post(title="Ant", published=False)
    session.commit()
    bee.revise(by=None, summary="Changed last.")
    assert titles(client, sort=sort) == found


@pytest.fixture
def narrow(monkeypatch) -> None:
    """Sieves that let 10 rows through at once."""
    for module in (filters, sifting):
        monkeypatch.setattr(module, "MOST_SIFTED", 10)
    monkeypatch.setattr("cms.admin.views.listing.MOST_SIFTED", 10)


@pytest.mark.parametrize("sort", ["id", "-id"])
@pytest.mark.parametrize("asked", ["tag=Tide", "tag=Tide&state=draft", "search=post&tag=tide", "search=post"])
def test_in_the_order_made_every_row_is_reached_however_many_there_are(client, eve, narrow, sort, asked):
    for number in range(36):
        make_post(title=f"Post {number}", tags=["Tide"] if number % 2 else [], published=number % 3 > 0)
    wanted = {f"Post {n}" for n in range(36) if n % 2 or asked == "search=post"}
    wanted -= {f"Post {n}" for n in range(36) if n % 3 > 0} if "draft" in asked else set()
    seen, address = [], f"{LIST}?{asked}&sort={sort}"
    for _page in range(20):
        seen += titles_at(client, address)
        address = link(client.get(address).text, "next")
        if not address:
            break
    assert set(seen) == wanted
    assert len(seen) == len(wanted)


def titles_at(client, address: str) -> list[str]:
    path, _, query = address.partition("?")
    return titles(client, **dict(part.split("=", 1) for part in query.split("&")))


def test_in_another_order_the_page_says_that_it_looks_at_the_newest_only(client, eve, narrow):
    for number in range(12):
        make_post(title=f"Post {number}", tags=["Tide"])
    page = client.get(f"{LIST}?tag=tide&sort=title").text
    assert "In this order only the newest 10 are looked through." in page
    assert "/admin/posts/?tag=tide&amp;sort=-id" in page
    assert len(titles(client, tag="tide", sort="title")) == 10


def test_pages_show_their_place(client, eve):
    about = make_page(title="About")
    make_page(title="Team", parent=about)
    page = client.get("/admin/pages/").text
    assert "<code>/about/team/</code>" in page
    assert 'data-label="Below">About</td>' in page.replace("\n", "")


@pytest.mark.parametrize(
    "asked", ["", "tag=tide", "search=post", "state=archived", "tag=tide&author=ann&search=post"]
)
def test_a_page_takes_as_many_queries_for_many_rows_as_for_few(client, eve, queries, asked):
    counts = []
    for more in (2, 20):
        for _number in range(more):
            make_post(tags=["Tide"], authors=["Ann", f"Guest {more} {_number}"], category="News")
        client.get(f"{LIST}?{asked}")
        queries.clear()
        client.get(f"{LIST}?{asked}")
        counts.append(len(queries))
    assert counts[1] <= counts[0] < 25


def test_who_may_not_write_posts_sees_none(client, eve):
    Permission.set(Role.named("editor"), "write posts", False, by=None)
    assert client.get(LIST).status_code == 403
    assert client.get("/admin/pages/").status_code == 200


def test_the_first_pages_of_a_long_list_follow_each_other(client, eve):
    for number in range(30):
        make_post(title=f"Post {number:02}")
    pages = list(walk(client, f"{LIST}?sort=title", "next"))
    assert [row for rows in pages for row in rows] == [f"Post {number:02}" for number in range(30)]
    assert first_column(client, f"{LIST}?sort=title&before=end")[-1] == "Post 29"
