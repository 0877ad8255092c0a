"""What somebody typed and did not save."""

from datetime import timedelta

import pytest

from cms.db import session
from cms.models import Unsaved
from cms.models.unsaved import KEPT_FOR, MOST_UNSAVED
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def eve():
    return make_user("eve")


def test_one_text_is_kept_for_each_key(eve):
    Unsaved.keep(eve, "post-1", {"title": "Tide"})
    Unsaved.keep(eve, "post-1", {"title": "High tide"})
    assert session.query(Unsaved).count() == 1
    assert Unsaved.of(eve, "post-1").title == "High tide"


def test_everybody_has_texts_of_their_own(eve):
    alice = make_user("alice")
    Unsaved.keep(eve, "post-1", {"title": "Hers"})
    Unsaved.keep(alice, "post-1", {"title": "Mine"})
    assert Unsaved.of(eve, "post-1").title == "Hers"
    assert [each.title for each in Unsaved.beginning(alice, "post-")] == ["Mine"]
    Unsaved.forget(alice, "post-1")
    assert Unsaved.of(eve, "post-1")


def test_of_many_texts_the_newest_are_kept(eve):
    other = Unsaved.keep(make_user("alice"), "post-1", {})
    for number in range(MOST_UNSAVED + 2):
        Unsaved.keep(eve, f"post-{number}", {})
    kept = {each.key for each in Unsaved.beginning(eve, "post-")}
    assert kept == {f"post-{number}" for number in range(2, MOST_UNSAVED + 2)}
    assert session.get(Unsaved, other.id)


def test_what_was_just_kept_is_never_the_one_to_go(eve):
    for number in range(MOST_UNSAVED + 1):
        Unsaved.keep(eve, f"post-{number}", {})
    Unsaved.keep(eve, "post-3", {"title": "Again"})
    session.expire_all()
    assert Unsaved.of(eve, "post-3").title == "Again"


def test_the_newest_is_offered_first_and_by_its_kind(eve):
    Unsaved.keep(eve, "post-new-aaaaaaaaaaaa", {"title": "Old"}).at -= timedelta(hours=1)
    Unsaved.keep(eve, "post-new-bbbbbbbbbbbb", {"title": "New"})
    Unsaved.keep(eve, "page-new-cccccccccccc", {"title": "Page"})
    assert [each.title for each in Unsaved.beginning(eve, "post-new-")] == ["New", "Old"]


@pytest.mark.parametrize("prefix", ["%", "post_new", "_ost"])
def test_a_prefix_is_taken_by_the_letter(eve, prefix):
    Unsaved.keep(eve, "post-new-aaaaaaaaaaaa", {})
    assert Unsaved.beginning(eve, prefix) == []


def test_after_thirty_days_a_text_is_forgotten(eve):
    Unsaved.keep(eve, "post-1", {}).at -= KEPT_FOR + timedelta(minutes=1)
    Unsaved.keep(eve, "post-2", {}).at -= KEPT_FOR - timedelta(minutes=1)
    session.flush()
    Unsaved.forget_old()
    assert Unsaved.of(eve, "post-1") is None
    assert Unsaved.of(eve, "post-2")
