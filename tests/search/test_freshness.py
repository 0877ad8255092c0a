"""The index says at once what the posts say."""

import pytest
from sqlalchemy import func, select

from cms.db import session, unit_of_work
from cms.errors import Refused
from cms.search.document import SearchDocument
from cms.search.finding import find
from tests.factories import make_post, soon

pytestmark = pytest.mark.usefixtures("app")


def number_found(query: str) -> int:
    return len(find(query).results)


def test_a_draft_is_not_found():
    make_post(published=False, body="heron")
    assert number_found("heron") == 0


def test_a_revised_text_is_found_and_the_old_one_is_not():
    post = make_post(title="Title", body="heron")
    post.revise(by=None, body="egret")
    assert (number_found("egret"), number_found("heron")) == (1, 0)


@pytest.mark.parametrize("act", ["withdraw", "archive", "remove"])
def test_what_leaves_the_lists_leaves_the_index(act):
    post = make_post(body="heron")
    getattr(post, act)(by=None)
    assert number_found("heron") == 0
    assert session.scalar(select(func.count()).select_from(SearchDocument)) == 0


def test_what_is_published_again_is_found_again():
    post = make_post(body="heron")
    post.withdraw(by=None)
    post.publish(by=None)
    assert number_found("heron") == 1


def test_a_scheduled_post_is_found_from_its_minute_on():
    post = make_post(body="heron", at=soon(hours=1))
    assert number_found("heron") == 0
    post.publish(by=None, at=soon(seconds=-1))
    assert number_found("heron") == 1


def test_an_expired_post_is_not_found():
    post = make_post(body="heron")
    post.revise(by=None, expires_at=soon(hours=1))
    assert number_found("heron") == 1
    post.revise(by=None, expires_at=soon(seconds=-1))
    assert number_found("heron") == 0


def test_expired_posts_take_no_place_on_a_page():
    for _number in range(10):
        make_post(body="heron")
    for _number in range(5):
        make_post(body="heron").revise(by=None, expires_at=soon(seconds=-1))
    assert number_found("heron") == 10
    assert not find("heron").has_more


def publish_and_fail() -> None:
    with unit_of_work():
        make_post(body="heron")
        assert number_found("heron") == 1
        raise Refused("No.")


def test_a_change_that_is_rolled_back_leaves_no_trace():
    with pytest.raises(Refused):
        publish_and_fail()
    assert number_found("heron") == 0


def test_a_deleted_entry_takes_its_document_along():
    post = make_post(body="heron")
    session.flush()
    session.delete(post)
    session.flush()
    assert session.scalar(select(func.count()).select_from(SearchDocument)) == 0
