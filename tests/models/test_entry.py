import pytest

from cms.db import session
from cms.errors import Refused
from cms.models import Post, Redirect
from tests.factories import make_page, make_post, soon

pytestmark = pytest.mark.usefixtures("app")


def test_a_draft_is_not_public():
    post = make_post(published=False)
    assert post.state == "draft"
    assert post not in session.scalars(Post.visible_to(None)).all()


def test_publishing_for_a_future_moment_schedules():
    post = make_post(at=soon(hours=1))
    assert post.state == "scheduled"
    assert session.scalars(Post.visible_to(None)).all() == []


def test_a_scheduled_post_is_listed_from_its_minute_on():
    post = make_post(at=soon(hours=1))
    post.publish(by=None, at=soon(seconds=-1))
    assert post.state == "published"
    assert session.scalars(Post.listed()).all() == [post]


def test_an_expired_post_leaves_the_lists_and_keeps_its_address():
    post = make_post(at=soon(hours=-2))
    post.revise(by=None, expires_at=soon(hours=-1))
    assert post.state == "archived"
    assert session.scalars(Post.listed()).all() == []
    assert session.scalars(Post.visible_to(None)).all() == [post]


def test_a_post_that_would_expire_before_it_appears_is_refused():
    post = make_post(published=False, expires_at=soon(hours=1))
    with pytest.raises(Refused):
        post.publish(by=None, at=soon(hours=2))
    assert post.state == "draft"


def test_a_new_slug_leaves_a_redirect_at_the_old_address():
    post = make_post(slug="low-water")
    post.revise(by=None, slug="high-water")
    assert post.url == "/blog/high-water/"
    assert Redirect.answer_for("/blog/low-water/") == "/blog/high-water/"


def test_two_changes_of_slug_send_the_first_address_straight_to_the_last():
    post = make_post(slug="one")
    post.revise(by=None, slug="two")
    post.revise(by=None, slug="three")
    assert Redirect.answer_for("/blog/one/") == "/blog/three/"


def test_the_slug_of_a_draft_changes_without_a_trace():
    post = make_post(published=False, slug="one")
    post.revise(by=None, slug="two")
    assert Redirect.answer_for("/blog/one/") is None


def test_a_taken_slug_gets_a_number():
    assert make_post(title="Tide").slug == "tide"
    assert make_post(title="Tide").slug == "tide-2"
    assert make_post(title="Tide").slug == "tide-3"


def test_a_removed_post_is_gone_and_its_address_can_be_used_again():
    post = make_post(slug="tide")
    post.remove(by=None)
    assert Redirect.answer_for("/blog/tide/") == 410
    assert make_post(title="Tide").url == "/blog/tide/"


def test_a_restored_post_is_a_draft_at_its_old_address():
    post = make_post(slug="tide")
    post.remove(by=None)
    post.restore(by=None)
    assert (post.state, post.url) == ("draft", "/blog/tide/")
    assert Redirect.answer_for("/blog/tide/") is None


def test_what_is_in_the_trash_cannot_be_changed():
    post = make_post()
    post.remove(by=None)
    for act in (post.publish, post.withdraw, post.remove, lambda by: post.revise(by=by, title="x")):
        with pytest.raises(Refused):
            act(by=None)


@pytest.mark.parametrize("title", ["", "   ", "x" * 301])
def test_a_title_is_needed_and_has_a_limit(title):
    with pytest.raises(Refused):
        make_post(title=title)


def test_a_page_moves_with_its_parent_and_leaves_redirects():
    help_page = make_page(title="Help")
    answers = make_page(title="Answers", parent=help_page)
    help_page.revise(by=None, slug="support")
    assert answers.url == "/support/answers/"
    assert Redirect.answer_for("/help/answers/") == "/support/answers/"


def test_a_page_cannot_be_below_itself():
    above = make_page()
    below = make_page(parent=above)
    with pytest.raises(Refused):
        above.revise(by=None, parent=below)


def test_a_page_cannot_take_an_address_of_the_site():
    with pytest.raises(Refused):
        make_page(title="Blog")


def test_a_line_of_a_list_has_a_date_only_while_the_post_is_published():
    post = make_post(tags=["Tide"], authors=["Ann Example"])
    assert {line.listed_at for line in (*post.taggings, *post.bylines)} == {post.published_at}
    post.withdraw(by=None)
    assert {line.listed_at for line in (*post.taggings, *post.bylines)} == {None}


def test_tags_keep_their_order_when_they_change():
    post = make_post(tags=["C", "A", "B"])
    wanted = [post.tags[2], post.tags[0]]
    post.revise(by=None, tags=wanted)
    session.expire(post)
    assert [tag.name for tag in post.tags] == ["B", "C"]


def test_a_post_withdrawn_before_its_moment_leaves_no_trace_after_it():
    post = make_post(at=soon(hours=1), slug="tide")
    post.withdraw(by=None)
    assert post.published_at is None
    post.remove(by=None)
    assert Redirect.answer_for("/blog/tide/") is None


def test_an_old_address_does_not_lead_to_a_draft():
    post = make_post(published=False)
    Redirect.put("old", by=None, entry=post)
    assert Redirect.answer_for("/old/") is None
    post.publish(by=None)
    assert Redirect.answer_for("/old/") == post.url


def test_an_address_cannot_lead_to_itself():
    with pytest.raises(Refused):
        Redirect.put("/loop/", by=None, target="/loop")


def test_a_page_with_others_below_it_stays():
    above = make_page()
    below = make_page(parent=above)
    with pytest.raises(Refused):
        above.remove(by=None)
    below.remove(by=None)
    above.remove(by=None)
    assert above.state == "trashed"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "no address", "https://" + "a" * 600]
)
def test_a_canonical_address_must_be_one(address):
    with pytest.raises(Refused):
        make_post(canonical_url=address)


def test_what_no_database_keeps_is_left_out():
    post = make_post(title="Low\x00 \ud800water", body="a\x00b")
    assert (post.title, post.body) == ("Low water", "ab")


def test_a_tag_given_twice_is_kept_once():
    assert [tag.name for tag in make_post(tags=["Tide", "tide"]).tags] == ["Tide"]


def test_the_one_who_moved_it_stands_in_the_record_of_the_redirect():
    from cms.models import Event
    from tests.factories import make_user

    eve, post = make_user("eve"), make_post(slug="one")
    post.revise(by=eve, slug="two")
    event = session.query(Event).filter_by(name="redirect.set").one()
    assert event.actor == eve
