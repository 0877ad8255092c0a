"""What is removed can be brought back as it was."""

import pytest
from sqlalchemy import func, select

from cms.admin.jobs import forget_old
from cms.db import session
from cms.errors import Refused
from cms.jobs import run_due
from cms.models import Author, Category, Event, MenuItem, Post, Redirect, Series, Snippet, Tag, Trashed
from cms.models.listing import posts_under
from cms.models.trashed import KEPT_FOR, trashable
from cms.search.finding import find
from tests.factories import make_post, make_user, soon

pytestmark = pytest.mark.usefixtures("app")


def newest() -> Trashed:
    return session.scalars(select(Trashed).order_by(Trashed.id.desc())).first()


def remove_and_restore(thing):
    thing.remove(by=None)
    return newest().restore(by=None)


def test_a_tag_comes_back_with_its_posts_and_their_places():
    post = make_post(tags=["Tide", "Harbour", "Storm"])
    draft = make_post(published=False, tags=["Harbour"])
    tag = Tag.named("Harbour", by=None)
    number = tag.id
    tag.remove(by=None)
    session.expire_all()
    assert [each.name for each in post.tags] == ["Tide", "Storm"]
    assert newest().restore(by=None).id == number
    assert [each.name for each in post.tags] == ["Tide", "Harbour", "Storm"]
    assert [each.name for each in draft.tags] == ["Harbour"]
    assert posts_under(session.get(Tag, number)).newest(5) == [post]
    assert session.scalar(select(func.count()).select_from(Trashed)) == 0


@pytest.mark.parametrize(("kind", "field"), [(Category, "category"), (Series, "series")])
def test_a_category_or_series_leaves_posts_alone_that_have_another_since(kind, field):
    first, second = (make_post(**{field: "Old"}) for _ in range(2))
    first.revise(by=None, title="Kept")
    kind.named("Old", by=None).remove(by=None)
    session.expire_all()
    second.revise(by=None, **{field: kind.named("New", by=None)})
    newest().restore(by=None)
    assert (getattr(first, field).name, getattr(second, field).name) == ("Old", "New")


def test_a_series_comes_back_in_its_order_and_posts_keep_the_date_of_their_last_change():
    posts = [make_post(series="Walks", series_position=place) for place in (3, 1, 2)]
    changed = [post.updated_at for post in posts]
    remove_and_restore(Series.named("Walks", by=None))
    assert [post.series_position for post in posts] == [3, 1, 2]
    assert [post.updated_at for post in posts] == changed


def test_a_post_that_is_gone_for_good_does_not_come_back_with_its_author():
    post, other = make_post(authors=["Ann"]), make_post(authors=["Ann"])
    Author.named("Ann", by=None).remove(by=None)
    session.delete(post)
    newest().restore(by=None)
    assert [author.name for author in other.authors] == ["Ann"]


def test_a_removed_tag_is_gone_for_readers_until_it_is_restored(client):
    make_post(tags=["Tide"])
    Tag.named("Tide", by=None).remove(by=None)
    assert client.get("/tag/tide/").status_code == 410
    newest().restore(by=None)
    assert client.get("/tag/tide/").status_code == 200
    assert session.scalar(select(func.count()).select_from(Redirect)) == 0


def test_a_taken_address_is_numbered():
    tag = Tag.named("Tide", by=None)
    tag.remove(by=None)
    Tag.named("Tide", by=None)
    back = newest().restore(by=None)
    assert (back.name, back.slug) == ("Tide", "tide-2")


def test_search_no_longer_finds_posts_by_a_removed_tag_and_does_again():
    make_post(tags=["Glimmer"], body="heron")
    tag = Tag.named("Glimmer", by=None)
    assert len(find("glimmer").results) == 1
    tag.remove(by=None)
    session.commit(), run_due()
    assert find("glimmer").results == []
    newest().restore(by=None)
    session.commit(), run_due()
    assert len(find("glimmer").results) == len(find("tag:glimmer").results) == 1


def test_menu_items_redirects_and_snippets_come_back_as_they_were():
    item = MenuItem.add(by=None, menu="main", label="About", url="/about/")
    redirect = Redirect(path="old", status=301, target="/about/")
    session.add(redirect)
    snippet = Snippet.write(by=None, name="Donate", body="Give *now*.")
    session.flush()
    for thing in (item, redirect, snippet):
        before = thing.snapshot()
        assert remove_and_restore(thing).snapshot() == before


def test_a_redirect_does_not_push_another_aside():
    Redirect.put("/old/", by=None, target="/a/")
    session.scalars(select(Redirect)).one().remove(by=None)
    Redirect.put("/old/", by=None, target="/b/")
    with pytest.raises(Refused, match="Another redirect answers at /old now"):
        newest().restore(by=None)


def test_a_redirect_to_a_post_that_is_gone_for_good_is_refused():
    post = make_post()
    Redirect.put("/old/", by=None, entry=post)
    session.scalars(select(Redirect)).one().remove(by=None)
    session.delete(post)
    with pytest.raises(Refused, match="gone for good"):
        newest().restore(by=None)


def test_a_snippet_whose_name_is_taken_is_numbered():
    Snippet.write(by=None, name="Donate", body="One.").remove(by=None)
    Snippet.write(by=None, name="Donate", body="Two.")
    assert newest().restore(by=None).name == "Donate (2)"


def test_what_two_people_remove_or_restore_at_once_happens_once():
    tag = Tag.named("Tide", by=None)
    tag.remove(by=None)
    with pytest.raises(Refused, match="removed it already"):
        Trashed.put(tag, by=None)
    trashed = newest()
    trashed.restore(by=None)
    with pytest.raises(Refused, match="brought it back already"):
        trashed.restore(by=None)


def test_both_ways_are_recorded_with_who_and_what():
    eve = make_user("eve")
    tag = Tag.named("Tide", by=None)
    tag.remove(by=eve)
    newest().restore(by=eve)
    away, back = session.scalars(select(Event).where(Event.name.like("thing.%")).order_by(Event.id))
    assert (away.actor, away.subject_type, away.changes["name"]) == (eve, "tag", ["Tide", None])
    assert (back.actor, back.subject_id, back.changes["name"]) == (eve, str(tag.id), [None, "Tide"])


def test_after_thirty_days_it_is_gone_for_good():
    for name in ("Old", "New"):
        Tag.named(name, by=None).remove(by=None)
    newest_id = newest().id
    session.scalars(select(Trashed).where(Trashed.name == "Old")).one().at = soon() - KEPT_FOR
    session.flush()
    forget_old()
    assert session.scalars(select(Trashed.id)).all() == [newest_id]


def test_who_leaves_leaves_no_byline_in_the_trash():
    bob = make_user("bob")
    author = Author.named("Bob Smith", by=None)
    author.save(by=None, user=bob)
    author.remove(by=None)
    Author.named("Ann", by=None).remove(by=None)
    bob.leave(by=bob)
    assert session.scalars(select(Trashed.name)).all() == ["Ann"]


def test_a_byline_comes_back_without_an_account_that_is_gone():
    bob = make_user("bob")
    author = Author.named("Bob Smith", by=None)
    author.save(by=None, user=bob)
    author.remove(by=None)
    session.delete(bob)
    session.flush()
    assert newest().restore(by=None).user_id is None


def test_everything_that_goes_into_the_trash_holds_what_json_can_hold():
    types = {column.type.python_type for model in trashable().values() for column in model.__table__.columns}
    assert types <= {int, str, bool}


def test_a_full_menu_takes_nothing_back():
    for number in range(30):
        MenuItem.add(by=None, menu="footer", label=f"Item {number}", url=f"/{number}/")
    item = session.scalars(select(MenuItem)).first()
    item.remove(by=None)
    MenuItem.add(by=None, menu="footer", label="Another", url="/another/")
    with pytest.raises(Refused, match="30 items"):
        newest().restore(by=None)


def test_posts_of_a_removed_tag_stay(app):
    make_post(tags=["Tide"])
    Tag.named("Tide", by=None).remove(by=None)
    assert session.scalar(select(func.count()).select_from(Post)) == 1
