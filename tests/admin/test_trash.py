"""What the daily jobs take away, and what they leave."""

from datetime import timedelta

import pytest

from cms.admin import jobs
from cms.db import session
from cms.models import Entry, Revision, Unsaved
from cms.models.base import now
from tests.factories import make_post, make_user, soon

pytestmark = pytest.mark.usefixtures("app")


def trashed(days: float, **fields) -> Entry:
    """A post that has been in the trash for so many days."""
    post = make_post(**fields)
    post.remove(by=None)
    post.trashed_at = now() - timedelta(days=days)
    session.commit()
    return post


def test_a_text_stays_in_the_trash_for_thirty_days():
    old, young = trashed(30.1).id, trashed(29.9).id
    jobs.empty_trash()
    assert session.get(Entry, old) is None
    assert session.get(Entry, young)


def test_a_full_trash_is_emptied_in_steps(monkeypatch):
    monkeypatch.setattr(jobs, "STEP", 2)
    for _number in range(5):
        trashed(31)
    jobs.empty_trash()
    assert session.query(Entry).count() == 0


def test_a_restored_text_is_not_deleted():
    post = trashed(31)
    post.restore(by=None)
    session.commit()
    jobs.empty_trash()
    assert session.get(Entry, post.id).state == "draft"


def test_folded_revisions_are_forgotten_after_a_week():
    eve, post = make_user("eve"), make_post(published=False)
    for body in ("one", "two", "three"):
        post.revise(by=eve, body=body)
    Revision.numbered(post, 2).folded_at = soon(days=-8)
    jobs.forget_old()
    assert [number for (number,) in session.query(Revision.number).order_by(Revision.number)] == [1, 3, 4]


def test_unsaved_texts_are_forgotten_after_a_month():
    eve = make_user("eve")
    Unsaved.keep(eve, "post-1", {"title": "Old"}).at = soon(days=-31)
    Unsaved.keep(eve, "post-2", {"title": "New"})
    jobs.forget_old()
    assert [unsaved.title for unsaved in session.query(Unsaved)] == ["New"]
