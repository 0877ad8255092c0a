"""Who may do what with a text: one table for everybody, kind and stage."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.models import Entry, Page, Permission, Post, Role
from cms.models.rights import (
    may_edit,
    may_publish,
    may_remove,
    may_review,
    may_see,
    reviewable_by,
    seen_by,
)
from tests.factories import make_page, make_post, make_user, soon

pytestmark = pytest.mark.usefixtures("app")
ACTS = {"see": may_see, "edit": may_edit, "publish": may_publish, "review": may_review, "remove": may_remove}
ALL = "see edit publish remove"
# What each of the cast may do with a post of cara's, who sent it for review herself, by its stage.
TABLE = {
    ("alice", "draft"): ALL,
    ("alice", "review"): f"{ALL} review",
    ("alice", "published"): ALL,
    ("alice", "trashed"): "see remove",
    ("eve", "draft"): ALL,
    ("eve", "review"): f"{ALL} review",
    ("eve", "published"): ALL,
    ("eve", "trashed"): "see remove",
    ("cara", "draft"): "see edit remove",
    ("cara", "review"): "see edit remove",
    ("cara", "published"): "see",
    ("cara", "trashed"): "see remove",
    ("mo", "draft"): "",
    ("mo", "published"): "",
    ("bob", "draft"): "",
    ("bob", "published"): "",
    ("carol", "draft"): "",
    ("carol", "review"): "",
    ("carol", "published"): "",
}
ROLES = {"cara": "contributor", "carol": "contributor"}


@pytest.fixture
def cara():
    return make_user("cara", "contributor")


def somebody(name: str):
    return make_user(name, ROLES.get(name))


def post_in(stage: str, writer) -> Post:
    post = Post.write(by=writer, title="Tide", body="Low water.")
    if stage in ("review", "published"):
        post.submit(by=writer)
    if stage == "published":
        post.publish(by=None)
    if stage == "trashed":
        post.remove(by=writer)
    return post


def allowed(user, entry) -> set[str]:
    return {name for name, may in ACTS.items() if may(user, entry)}


@pytest.mark.parametrize(("name", "stage"), TABLE)
def test_the_table_is_kept(cara, name, stage):
    user = cara if name == "cara" else somebody(name)
    assert allowed(user, post_in(stage, cara)) == set(TABLE[name, stage].split())


def test_a_reader_without_an_account_may_nothing(cara):
    for stage in ("draft", "review", "published", "trashed"):
        assert allowed(None, post_in(stage, cara)) == set()
    assert [ids(seen_by(None, kind), kind) for kind in (Post, Entry)] == [set(), set()]


def test_a_contributor_has_no_pages(cara):
    assert allowed(cara, make_page(published=False)) == set()


def test_what_was_public_is_taken_from_the_trash_by_those_who_publish(cara):
    post = post_in("published", cara)
    post.remove(by=None)
    assert allowed(cara, post) == {"see"}
    assert may_remove(make_user("eve"), post)


def test_a_draft_that_was_public_is_removed_by_those_who_publish(cara):
    post = post_in("published", cara)
    post.withdraw(by=None)
    assert allowed(cara, post) == {"see", "edit"}
    assert may_remove(make_user("eve"), post)


def test_what_was_scheduled_when_it_was_removed_counts_as_unseen_for_ever(cara):
    post = post_in("review", cara)
    post.publish(by=None, at=soon(days=1))
    post.remove(by=None)
    assert post.published_at is None
    assert may_remove(cara, post)


def test_nobody_reviews_what_they_sent_themselves():
    eve = make_user("eve")
    post = post_in("review", eve)
    assert not may_review(eve, post)
    assert may_publish(eve, post)  # without a review, as editors may
    Permission.set(Role.named("editor"), "publish texts", False, by=None)
    assert not may_publish(eve, post)


def test_a_reviewer_publishes_the_texts_of_others_and_changes_nothing_that_is_public(cara):
    Permission.set(Role.named("editor"), "publish texts", False, by=None)
    eve = make_user("eve")
    post = post_in("review", cara)
    assert may_publish(eve, post)
    post.publish(by=eve)
    assert allowed(eve, post) == {"see"}


def test_permission_is_needed_for_the_kind_even_where_all_texts_are_open(cara):
    Permission.set(Role.named("editor"), "write pages", False, by=None)
    assert allowed(make_user("eve"), make_page(published=False)) == set()


def ids(condition, kind=Post) -> set[int]:
    return set(session.scalars(kind.__table__.select().with_only_columns(Entry.id).where(condition)))


def test_statements_find_what_the_table_shows(cara):
    mine, others = post_in("draft", cara), make_post(at=soon(hours=-1))
    eve = make_user("eve")
    assert ids(seen_by(cara, Post)) == {mine.id}
    assert ids(seen_by(eve, Post)) == {mine.id, others.id}


def test_statements_find_what_waits_for_a_reviewer(cara):
    eve, alice = make_user("eve"), make_user("alice")
    of_cara, of_eve = post_in("review", cara), post_in("review", eve)
    post_in("draft", cara)
    assert ids(reviewable_by(eve)) == {of_cara.id}
    assert ids(reviewable_by(alice)) == {of_cara.id, of_eve.id}


@pytest.mark.parametrize("name", ["alice", "eve", "cara", "carol", "mo", "bob"])
@pytest.mark.parametrize("forbidden", ["", "write pages", "review texts", "edit all texts"])
def test_statements_and_the_table_agree(cara, name, forbidden):
    user = cara if name == "cara" else somebody(name)
    if forbidden:
        Permission.set(Role.named("editor"), forbidden, False, by=None)
    texts = [post_in("draft", cara), post_in("review", cara), post_in("review", user)]
    texts += [make_page(), make_page(published=False)]
    texts[-1].submit(by=cara)
    for kind in (Post, Page, Entry):
        seen = {text.id for text in texts if isinstance(text, kind) and may_see(user, text)}
        assert set(session.scalars(select(kind.id).where(seen_by(user, kind)))) == seen
    assert ids(reviewable_by(user), Entry) == {text.id for text in texts if may_review(user, text)}
