"""Moving what is scheduled to another moment."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.errors import Refused
from cms.models import Event, Tagging
from cms.models.life import Moved
from tests.factories import make_post, make_user, soon


@pytest.fixture
def eve(app):
    return make_user("eve")


def test_a_scheduled_text_appears_at_the_other_moment(eve):
    post, at = make_post(at=soon(days=1), tags=["Tide"]), soon(days=3)
    post.reschedule(at, by=eve)
    assert (post.state, post.published_at) == ("scheduled", at)
    assert session.scalar(select(Tagging.listed_at)) == at


def test_the_record_tells_both_moments(eve):
    before, at = soon(days=1), soon(days=3)
    make_post(at=before).reschedule(at, by=eve)
    event = session.scalars(select(Event).where(Event.name == "entry.rescheduled")).one()
    assert event.actor is eve
    assert event.changes == {"published_at": [before.isoformat(), at.isoformat()]}


@pytest.mark.parametrize("published", [True, False])
def test_what_is_not_scheduled_stays(eve, published):
    post = make_post(published=published)
    before = post.published_at
    with pytest.raises(Refused, match="Only what is scheduled"):
        post.reschedule(soon(days=1), by=eve)
    assert post.published_at == before


def test_a_moment_that_has_passed_is_refused(eve):
    post = make_post(at=soon(days=1))
    with pytest.raises(Refused, match="has passed"):
        post.reschedule(soon(minutes=-1), by=eve)


def test_nothing_is_moved_beyond_the_moment_at_which_it_expires(eve):
    post = make_post(at=soon(days=1), expires_at=soon(days=2))
    with pytest.raises(Refused, match="expire before"):
        post.reschedule(soon(days=3), by=eve)


def test_what_somebody_else_moved_meanwhile_is_not_moved_again(eve):
    shown, theirs = soon(days=1), soon(days=2)
    post = make_post(at=shown)
    post.reschedule(theirs, by=None, instead_of=shown)
    with pytest.raises(Moved):
        post.reschedule(soon(days=3), by=eve, instead_of=shown)
    assert post.published_at == theirs
