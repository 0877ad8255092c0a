"""Saved searches: keeping, sharing, renaming and removing the filter of a list."""

import pytest

from cms.db import session
from cms.models import Event, SavedSearch
from tests.factories import make_user, send_form, token_of

LIST = "/admin/users/?role=editor&sort=-username"
QUERY = "role=editor&sort=-username"


def save(client, name: str = "Editors", query: str = QUERY, desk: str = "users", **fields):
    form = {"csrf_token": token_of(client, "/account/"), "desk": desk, "query": query, "name": name}
    return client.post("/admin/searches/", data=form | fields)


def test_a_search_is_kept_and_listed_above_its_list(client, alice):
    page = client.get(LIST).text
    assert 'name="query" value="role=editor&amp;sort=-username"' in page
    answer = save(client)
    assert (answer.status_code, answer.location) == (303, f"/admin/users/?{QUERY}")
    assert (
        f'<a href="/admin/users/?{QUERY.replace("&", "&amp;")}">Editors</a>'
        in client.get("/admin/users/").text
    )
    assert 'aria-current="page">Editors</a>' in client.get(LIST).text
    assert "Editors</a>" not in client.get("/admin/jobs/").text


def test_the_same_name_again_replaces_the_search(client, alice):
    save(client)
    save(client, query="state=invited")
    [kept] = SavedSearch.for_user(alice, "users")
    assert kept.query == "state=invited"


def test_a_shared_search_is_there_for_those_who_may_see_the_list(client, sign_in):
    alice = make_user("alice")
    SavedSearch.keep("posts", "Her own", "state=draft", by=alice)
    SavedSearch.keep("posts", "For <i>all", "state=review", True, by=alice)
    sign_in("eve")
    page = client.get("/admin/posts/").text
    assert "For &lt;i&gt;all</a>" in page
    assert "by alice" in page
    assert "Her own" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "Give the search a name."),
        ({"name": "x" * 61}, "Field cannot be longer than 60 characters."),
        ({"query": ""}, "Choose first what the list is to show"),
        ({"query": "unknown=1&after=7"}, "Choose first what the list is to show"),
    ],
)
def test_what_cant_be_saved_comes_back_as_it_was_typed(client, alice, fields, said):
    answer = save(client, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{fields.get("name", "Editors")}"' in answer.text


@pytest.mark.parametrize("desk", ["", "nothing", "set-up"])
def test_there_is_no_search_of_a_list_that_is_not_there(client, alice, desk):
    assert save(client, desk=desk).status_code == 422


def test_nobody_saves_a_search_of_a_list_that_they_may_not_see(client, sign_in):
    sign_in("eve")
    assert save(client, desk="users").status_code == 422
    assert save(client, desk="posts", query="state=draft").status_code == 303


def test_what_an_address_says_besides_is_not_kept(client, alice):
    answer = save(client, query="role=editor&after=5&evil=<script>&search=a%26b")
    assert answer.location == "/admin/users/?role=editor&search=a%26b"


def test_a_search_is_renamed_and_shared(client, alice):
    search = SavedSearch.keep("users", "Editors", QUERY, by=alice)
    answer = send_form(client, f"/admin/searches/{search.id}/edit/", name="All editors", shared="y")
    assert answer.location == f"/admin/users/?{QUERY}"
    session.expire_all()
    assert (search.name, search.shared) == ("All editors", True)


def test_two_searches_of_one_person_never_have_one_name(client, alice):
    SavedSearch.keep("users", "Editors", QUERY, by=alice)
    other = SavedSearch.keep("users", "Invited", "state=invited", by=alice)
    answer = send_form(client, f"/admin/searches/{other.id}/edit/", name="Editors")
    assert answer.status_code == 422
    assert "You have a search called “Editors” already." in answer.text


def test_a_search_is_removed_and_the_record_says_which(client, alice):
    search = SavedSearch.keep("users", "Editors", QUERY, by=alice)
    answer = send_form(client, f"/admin/searches/{search.id}/delete/")
    assert (answer.status_code, answer.location) == (303, "/admin/users/")
    assert SavedSearch.for_user(alice, "users") == []
    assert Event.query.filter_by(name="search.removed").one().changes["name"] == ["Editors", None]


def test_the_search_of_somebody_else_is_not_there(client, sign_in):
    search = SavedSearch.keep("posts", "Drafts", "state=draft", True, by=make_user("alice"))
    sign_in("eve")
    for act in ("edit", "delete"):
        assert client.get(f"/admin/searches/{search.id}/{act}/").status_code == 404


def test_nobody_keeps_more_than_fifty(client, alice):
    for number in range(50):
        SavedSearch.keep("users", f"Search {number}", QUERY, by=alice)
    answer = save(client, name="One more")
    assert answer.status_code == 422
    assert "You have saved 50 searches; remove one first." in answer.text
    assert save(client, name="Search 7").status_code == 303


def test_the_form_sent_twice_saves_once(client, alice):
    key = {"form_key": "twice"}
    assert save(client, **key).location == save(client, **key).location
    assert Event.query.filter_by(name="search.saved").count() == 1


def test_who_leaves_takes_their_searches_along(client, alice):
    bob = make_user("bob")
    SavedSearch.keep("users", "Editors", QUERY, True, by=bob)
    bob.leave(by=alice)
    assert SavedSearch.for_user(alice, "users") == []


def test_what_is_searched_for_stands_in_no_record(client, alice):
    save(client, query="search=bob@example.org")
    assert "bob@example.org" not in str(Event.query.filter_by(name="search.saved").one().changes)


def test_searches_of_others_are_read_in_one_query(client, sign_in, queries):
    for number in range(5):
        SavedSearch.keep("posts", "Drafts", f"search={number}", True, by=make_user(f"person-{number}"))
    sign_in("eve")
    client.get("/admin/posts/")
    queries.clear()
    client.get("/admin/posts/")
    assert len([sql for sql in queries if "FROM saved_search" in sql]) == 1
