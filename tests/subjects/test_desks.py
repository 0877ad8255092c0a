"""The desks of tags, categories, series, authors, snippets and the trash."""

import pytest
from sqlalchemy import func, select

from cms.db import session
from cms.models import Author, Category, Event, Permission, Role, Series, Snippet, Tag, Trashed
from cms.models.ways import lead
from tests.factories import make_post, make_user, send_form, token_of

KINDS = {"tags": Tag, "categories": Category, "series": Series, "authors": Author}
PAYLOAD = '"><script>alert(1)</script>'


@pytest.mark.parametrize(("folder", "kind"), KINDS.items())
def test_one_is_made_renamed_and_removed(client, eve, folder, kind):
    answer = send_form(client, f"/admin/{folder}/new/", name="Night work", description="After dark.")
    [term] = session.scalars(select(kind))
    assert (answer.location, term.slug) == (f"/admin/{folder}/{term.id}/", "night-work")
    address = f"/admin/{folder}/{term.id}"
    send_form(client, f"{address}/edit/", name="Night shift", slug="night-shift", description="")
    assert f"{kind.section}/night-work/ leads to" in client.get(f"{address}/").text
    assert client.get(f"/{kind.section}/night-work/").location == f"/{kind.section}/night-shift/"
    send_form(client, f"{address}/delete/")
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(kind)) == 0
    assert (
        session.scalars(select(Event.name).where(Event.actor_id == eve.id)).all().count("thing.trashed") == 1
    )


@pytest.mark.parametrize(("folder", "kind"), KINDS.items())
def test_two_are_merged_with_the_numbers_in_sight(client, eve, folder, kind):
    field = {"tags": "tags", "authors": "authors"}.get(folder, "series" if folder == "series" else "category")
    for name in ("Tide", "Tide", "Tides"):
        make_post(**{field: [name] if field in ("tags", "authors") else name})
    old, new = kind.named("Tides", by=None), kind.named("Tide", by=None)
    address = f"/admin/{folder}/{old.id}/merge/"
    assert "Tide" in client.get(address).text.partition("<datalist")[2]
    page = client.get(f"{address}?into=tide").text
    assert "1 post" in page
    assert "2 posts" in page
    assert session.get(kind, old.id)
    answer = send_form(client, f"{address}?into=tide", post_to=address, into="tide")
    assert answer.location == f"/admin/{folder}/{new.id}/"
    assert "3 posts" in client.get(answer.location).text


@pytest.mark.parametrize("into", ["nothing like it", "tide", PAYLOAD])
def test_a_merge_into_nothing_or_itself_is_refused_with_what_was_typed(client, eve, into):
    tag = Tag.named("Tide", by=None)
    answer = client.get(f"/admin/tags/{tag.id}/merge/", query_string={"into": into})
    assert answer.status_code == 422
    assert PAYLOAD not in answer.text
    assert 'value="' in answer.text


def test_lists_tell_how_many_posts_there_are(client, eve):
    make_post(tags=["Tide", "Storm"]), make_post(tags=["Tide"], published=False)
    page = client.get("/admin/tags/?sort=name").text
    assert page.index("1 post") < page.index("2 posts")


def test_a_taken_address_is_refused_and_all_words_stay(client, eve):
    Tag.named("Tide", by=None)
    answer = send_form(client, "/admin/tags/new/", name="Other", slug="tide", description="Long typed.")
    assert answer.status_code == 422
    assert "“Tide” has this address already." in answer.text
    assert "Long typed." in answer.text
    assert 'value="Other"' in answer.text


def test_an_author_is_linked_to_an_account(client, eve):
    author = Author.named("Ann", by=None)
    address = f"/admin/authors/{author.id}/edit/"
    assert send_form(client, address, name="Ann", slug="ann", account="nobody").status_code == 422
    assert send_form(client, address, name="Ann", slug="ann", account="eve").status_code == 303
    session.expire_all()
    assert author.user == eve
    assert 'value="eve"' in client.get(address).text


def test_a_series_is_put_into_another_order(client, eve):
    posts = [make_post(series="Walks", series_position=place) for place in (1, 2, None)]
    series = Series.named("Walks", by=None)
    address = f"/admin/series/{series.id}/"
    changed = [post.updated_at for post in posts]
    form = {"csrf_token": token_of(client, address), "item": posts[2].id, "to": 1}
    answer = client.post(f"{address}order/", data=form | {"to": 99})
    assert "The post is now part 3 of the series." in client.get(answer.location).text
    assert client.post(f"{address}order/?way=up", data=form).status_code == 303
    session.expire_all()
    assert [post.series_position for post in posts] == [2, 3, 1]
    assert [post.updated_at for post in posts] == changed
    event = session.scalars(select(Event).where(Event.name == "series.arranged")).one()
    assert event.changes["order"][1] == [posts[2].id, posts[0].id, posts[1].id]


def test_a_post_of_another_series_is_not_ordered(client, eve):
    make_post(series="Walks")
    other, series = make_post(series="Hikes"), Series.named("Walks", by=None)
    address = f"/admin/series/{series.id}/"
    form = {"csrf_token": token_of(client, address), "item": other.id, "to": 1}
    assert client.post(f"{address}order/", data=form).status_code == 422


def test_a_name_that_another_snippet_has_is_refused_and_all_words_stay(client, eve):
    Snippet.write(by=None, name="Donate", body="Give.")
    other = Snippet.write(by=None, name="Join", body="Come.")
    answer = send_form(client, f"/admin/snippets/{other.id}/edit/", name="Donate", body="Long typed.")
    assert answer.status_code == 422
    assert "There is a snippet with this name already." in answer.text
    assert "Long typed." in answer.text


def test_a_snippet_is_previewed_before_it_is_saved(client, eve):
    words = {"name": "Donate", "body": f"Give *now*. {PAYLOAD}"}
    page = send_form(client, "/admin/snippets/new/", preview="1", **words)
    assert page.status_code == 200
    assert "<em>now</em>" in page.text
    assert PAYLOAD not in page.text
    assert 'value="Donate"' in page.text
    assert session.scalar(select(func.count()).select_from(Snippet)) == 0


def test_the_form_of_a_preview_can_still_be_sent(client, eve):
    page = client.get("/admin/snippets/new/").text
    form = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf_token", "form_key")
    }
    form |= {"name": "Donate", "body": "Give."}
    client.post("/admin/snippets/new/", data={**form, "preview": "1"})
    client.post("/admin/snippets/new/", data=form)
    assert Snippet.all_for_choice() == [(session.scalars(select(Snippet.id)).one(), "Donate")]


@pytest.mark.parametrize("words", [{"name": "Donate", "body": " "}, {"name": "Taken", "body": "Give."}])
def test_a_refused_snippet_stays_in_the_form(client, eve, words):
    Snippet.write(by=None, name="Taken", body="One.")
    answer = send_form(client, "/admin/snippets/new/", **words)
    assert answer.status_code == 422
    assert f'value="{words["name"]}"' in answer.text


def test_the_trash_shows_who_removed_what_and_gives_it_back(client, eve):
    tag = Tag.named("Tide", by=None)
    make_post(tags=["Tide"])
    send_form(client, f"/admin/tags/{tag.id}/delete/")
    [trashed] = session.scalars(select(Trashed))
    page = client.get("/admin/trash/").text
    assert "Tide" in page
    assert "eve" in page.partition("<tbody")[2]
    answer = send_form(client, f"/admin/trash/{trashed.id}/", post_to=f"/admin/trash/{trashed.id}/restore/")
    assert "1 post" in client.get(answer.location).text
    assert "The trash is empty." in client.get("/admin/trash/").text


def test_a_refused_return_is_told_and_nothing_is_lost(client, eve):
    lead("/old/", "/a/", by=None).remove(by=None)
    lead("/old/", "/b/", by=None)
    [trashed] = session.scalars(select(Trashed))
    address = f"/admin/trash/{trashed.id}/"
    answer = send_form(client, address, post_to=f"{address}restore/")
    assert answer.status_code == 422
    assert "Another redirect answers at /old now" in answer.text
    assert session.scalars(select(Trashed)).all() == [trashed]


def test_everybody_sees_in_the_trash_what_they_may_remove(client, sign_in):
    Permission.set(Role.named("moderator"), "manage snippets", True, by=None)
    Tag.named("Tide", by=None).remove(by=None)
    Snippet.write(by=None, name="Donate", body="Give.").remove(by=None)
    tag, snippet = session.scalars(select(Trashed.id).order_by(Trashed.id))
    sign_in("mo")
    page = client.get("/admin/trash/").text
    assert "Donate" in page
    assert "Tide" not in page
    token = {"csrf_token": token_of(client, "/admin/trash/" + f"{snippet}/")}
    assert client.get(f"/admin/trash/{tag}/").status_code == 404
    assert client.post(f"/admin/trash/{tag}/restore/", data=token).status_code == 404
    assert client.post(f"/admin/trash/{snippet}/restore/", data=token).status_code == 303


def test_no_name_runs_anywhere(client, eve):
    make_user("alice")
    for kind in KINDS.values():
        kind.make(by=None, name=PAYLOAD, slug="x", description=PAYLOAD)
    Snippet.write(by=None, name=PAYLOAD, body=PAYLOAD).remove(by=None)
    for folder in (*KINDS, "trash"):
        number = session.scalar(select((KINDS.get(folder) or Trashed).id))
        for address in (f"/admin/{folder}/", f"/admin/{folder}/{number}/"):
            assert "<script>alert" not in client.get(address).text


def test_readers_see_a_new_order_of_a_series_at_once(client):
    one, two = (make_post(series="Walks", series_position=place) for place in (1, 2))
    assert "Walks, part 2" in client.get(two.url).text
    Series.named("Walks", by=None).move(two.id, 1, by=None)
    assert "Walks, part 1" in client.get(two.url).text
    assert "Walks, part 2" in client.get(one.url).text
