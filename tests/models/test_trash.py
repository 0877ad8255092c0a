"""The end of a text in the trash: nothing of it is left but that its address is gone."""

import pytest

from cms.db import session
from cms.errors import Refused
from cms.models import Entry, Event, Note, Redirect, Revision
from tests.factories import make_page, make_post, make_user

pytestmark = pytest.mark.usefixtures("app")


def test_what_is_not_in_the_trash_is_never_deleted():
    post = make_post()
    with pytest.raises(Refused):
        post.delete_for_good(by=None)
    assert session.get(Entry, post.id)


def test_every_address_that_was_public_stays_gone():
    post = make_post(slug="low-water")
    post.revise(by=None, slug="high-water")
    post.remove(by=None)
    post.delete_for_good(by=None)
    session.expire_all()
    assert Redirect.answer_for("/blog/low-water/") == Redirect.answer_for("/blog/high-water/") == 410


def test_the_address_of_a_draft_is_forgotten():
    post = make_post(published=False, slug="low-water")
    post.remove(by=None)
    post.delete_for_good(by=None)
    assert Redirect.answer_for("/blog/low-water/") is None


def test_history_and_notes_go_with_the_text():
    post = make_post(tags=["Tide"], authors=["Ann"], series="Lamps")
    post.revise(by=None, body="High water.")
    Note.put(post, "Ask the harbour master.", by=None)
    post.remove(by=None)
    post.delete_for_good(by=None)
    assert [session.query(model).count() for model in (Entry, Revision, Note)] == [0, 0, 0]


def test_a_page_leaves_those_below_it_in_the_trash():
    page = make_page(slug="help")
    below = make_page(slug="faq", parent=page)
    below.remove(by=None)
    page.remove(by=None)
    page.delete_for_good(by=None)
    session.expire_all()
    assert below.parent is None


def test_no_page_comes_back_below_one_in_the_trash():
    page = make_page(slug="help")
    below = make_page(slug="faq", parent=page)
    below.remove(by=None)
    page.remove(by=None)
    with pytest.raises(Refused, match="in the trash"):
        below.restore(by=None)
    page.restore(by=None)
    below.restore(by=None)
    assert below.path == "help/faq/"


def test_the_record_tells_who_deleted_what():
    alice, post = make_user("alice"), make_post(title="Low water")
    post.remove(by=alice)
    number = post.id
    post.delete_for_good(by=alice)
    event = session.query(Event).filter_by(name="entry.deleted").one()
    assert (event.actor_id, event.subject_id) == (alice.id, str(number))
    assert event.changes["title"] == ["Low water", None]
