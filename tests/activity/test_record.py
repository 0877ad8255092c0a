import pytest
from sqlalchemy import select

from cms.db import session
from cms.models import Event, Setting, Tag
from tests.factories import make_post, make_user

pytestmark = pytest.mark.usefixtures("app")


def events(name: str) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.name == name).order_by(Event.id)))


def test_a_verb_leaves_a_row_with_actor_subject_and_change():
    eve, post = make_user("eve"), make_post(title="Low water")
    post.revise(by=eve, title="High water")
    (event,) = events("entry.revised")
    assert (event.actor, event.subject_type, event.subject_id) == (eve, "post", str(post.id))
    assert event.changes == {"title": ["Low water", "High water"]}


def test_a_verb_that_changes_nothing_leaves_no_row():
    post = make_post(title="Low water")
    post.revise(by=None, title="Low water")
    assert events("entry.revised") == []


def test_the_row_goes_with_the_change_when_it_is_rolled_back():
    post = make_post()
    session.commit()
    post.archive(by=None)
    session.rollback()
    assert events("entry.archived") == []


def test_tags_are_recorded_by_name():
    post = make_post(tags=["Tide"])
    post.revise(by=None, tags=[Tag.named("Boats", by=None)])
    assert events("entry.revised")[0].changes == {"tags": [["Tide"], ["Boats"]]}


def test_of_a_long_text_only_the_measure_is_kept():
    post = make_post()
    post.revise(by=None, body="word " * 1000)
    assert events("entry.revised")[0].changes["body"][1]["characters"] == 5000


def test_a_password_is_never_recorded():
    make_user("eve")
    assert "password" not in events("user.created")[0].changes


def test_a_setting_is_recorded_with_both_values():
    Setting.change("tagline", "one", by=None)
    Setting.change("tagline", "two", by=None)
    event = events("setting.changed")[1]
    assert (event.subject_id, event.changes) == ("tagline", {"value": ["one", "two"]})
