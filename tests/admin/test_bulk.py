"""Acting on many texts at once: each by its verb, each for itself."""

import pytest

from cms.admin.bulk import Action, carry_out
from cms.db import session
from cms.errors import Refused
from cms.models import Category, Event, Permission, Post, Role, Tag
from tests.factories import make_page, make_post, make_user, token_of

LIST = "/admin/posts/"


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def act(client, action: str, *posts, at: str = LIST, query: str = "", **fields):
    """Tick ``posts`` on the list, choose ``action`` and send the form."""
    token = token_of(client, "/account/")
    form = {"csrf_token": token, "action": action, "chosen": [post.id for post in posts], **fields}
    return client.post(f"{at}bulk/{query}", data=form)


@pytest.mark.parametrize(
    ("action", "state", "event"),
    [
        ("withdraw", "draft", "entry.withdrawn"),
        ("archive", "archived", "entry.archived"),
        ("trash", "trashed", "entry.removed"),
    ],
)
def test_all_that_are_ticked_are_done_by_the_verb(client, eve, action, state, event):
    first, second, other = make_post(), make_post(), make_post()
    answer = act(client, action, first, second)
    assert (answer.status_code, answer.location) == (303, LIST)
    session.expire_all()
    assert [post.state for post in (first, second, other)] == [state, state, "published"]
    events = Event.query.filter_by(name=event).all()
    assert {(each.subject_id, each.actor_id) for each in events} == {
        (str(p.id), eve.id) for p in (first, second)
    }


def test_drafts_are_published_and_taken_from_the_trash(client, eve):
    draft, gone = make_post(published=False), make_post(published=False)
    gone.remove(by=None)
    assert act(client, "publish", draft).status_code == 303
    assert act(client, "restore", gone, query="?state=trashed").location == f"{LIST}?state=trashed"
    session.expire_all()
    assert (draft.state, gone.state) == ("published", "draft")


def test_what_is_refused_for_one_is_told_by_title_and_leaves_the_others(client, eve):
    good, draft = make_post(title="Good"), make_post(title="Half <b>done", published=False)
    answer = act(client, "archive", good, draft)
    assert answer.status_code == 200
    assert "1 text is archived." in answer.text
    assert "<b>Half &lt;b&gt;done</b> <span>Only what is published can be archived." in answer.text
    session.expire_all()
    assert (good.state, draft.state) == ("archived", "draft")


def test_what_was_begun_before_it_was_refused_is_undone(eve):
    post = make_post(title="As it was")

    def half_way(entry, by, _thing):
        entry.revise(by=by, title="Half way")
        raise Refused("No further.")

    outcome = carry_out(Action("", half_way, str), [post], None, by=eve)
    assert (outcome.done, outcome.refused) == (0, [(post, "No further.")])
    assert post.title == "As it was"


def test_nothing_is_done_where_all_is_refused(client, eve):
    draft = make_post(published=False)
    answer = act(client, "archive", draft)
    assert answer.status_code == 422
    assert f'name="chosen" value="{draft.id}" checked' in answer.text
    assert '<option value="archive" selected>' in answer.text


@pytest.mark.parametrize(
    ("action", "chosen", "fields"),
    [
        ("", True, {}),
        ("explode", True, {}),
        ("trash", False, {}),
        ("add-tag", True, {"tag": " "}),
        ("remove-tag", True, {"tag": "Unknown"}),
        ("set-category", True, {}),
        ("set-category", True, {"category": "9" * 40}),
        ("set-category", True, {"category": "²"}),
    ],
)
def test_a_form_that_says_too_little_comes_back_as_it_was(client, eve, action, chosen, fields):
    post = make_post()
    answer = act(client, action, *([post] if chosen else []), query="?sort=title", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert all(f'value="{text}"' in answer.text for name, text in fields.items() if name == "tag")
    session.expire_all()
    assert post.state == "published"


def test_tags_are_added_and_taken_away(client, eve):
    plain, tagged = make_post(), make_post(tags=["Tide", "Sea"])
    assert act(client, "add-tag", plain, tagged, tag="New tag").status_code == 303
    session.expire_all()
    assert [tag.name for tag in tagged.tags] == ["Tide", "Sea", "New tag"]
    assert [tag.name for tag in plain.tags] == ["New tag"]
    assert act(client, "remove-tag", plain, tagged, tag="tide").status_code == 303
    session.expire_all()
    assert [tag.name for tag in tagged.tags] == ["Sea", "New tag"]


def test_a_tag_that_was_made_for_nothing_is_not_kept(client, eve):
    gone = make_post()
    gone.remove(by=None)
    assert act(client, "add-tag", gone, tag="Brand new").status_code == 422
    assert Tag.known("Brand new") is None


def test_nothing_is_made_or_said_to_be_done_for_texts_that_are_not_there(client, eve):
    answer = act(client, "add-tag", chosen=[999999], tag="Brand new")
    assert answer.status_code == 422
    assert "None of what you ticked is there any more." in answer.text
    assert Tag.known("Brand new") is None


def test_the_texts_of_others_are_left_alone_and_their_titles_untold(client, sign_in):
    ann = make_user("ann", "contributor")
    sign_in("ann")
    own = Post.write(by=ann, title="My own", body="x")
    other = make_post(title="A secret plan", published=False)
    answer = act(client, "publish", own, other)
    assert (answer.status_code, "A secret plan" in answer.text) == (422, False)
    assert "<b>My own</b>" in answer.text
    assert act(client, "trash", other).status_code == 422
    session.expire_all()
    assert other.state == "draft"


def test_the_category_is_set_and_taken_away(client, eve):
    news, post = Category.named("News", by=None), make_post()
    act(client, "set-category", post, category=str(news.id))
    session.expire_all()
    assert post.category == news
    act(client, "set-category", post, category="none")
    session.expire_all()
    assert post.category is None


def test_all_on_this_page_are_those_that_it_showed(client, eve):
    shown, other = make_post(), make_post()
    act(client, "trash", all="1", shown=[shown.id])
    session.expire_all()
    assert (shown.state, other.state) == ("trashed", "published")


def test_no_more_than_a_page_is_acted_on(client, eve):
    posts = [make_post(published=False) for _number in range(26)]
    act(client, "trash", *posts)
    session.expire_all()
    assert sorted(post.state for post in posts).count("trashed") == 25


def test_a_page_is_no_post(client, eve):
    page = make_page()
    assert act(client, "trash", page).status_code == 422
    session.expire_all()
    assert page.state == "published"
    assert act(client, "trash", page, at="/admin/pages/").status_code == 303
    assert act(client, "add-tag", page, at="/admin/pages/", tag="Tide").status_code == 422


def test_who_may_not_publish_may_still_do_the_rest(client, eve):
    Permission.set(Role.named("editor"), "publish texts", False, by=None)
    draft = make_post(title="Waiting", published=False)
    answer = act(client, "publish", draft)
    assert answer.status_code == 422
    assert "<b>Waiting</b> <span>You may not do this." in answer.text
    assert act(client, "trash", draft).status_code == 303


def test_what_is_done_can_be_undone_and_the_page_says_how_long(client, eve):
    act(client, "trash", make_post())
    assert "It can be restored for 30 days." in client.get(LIST).text
