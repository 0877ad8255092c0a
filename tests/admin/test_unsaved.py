"""What was typed and not saved: kept by the site, offered to whoever typed it, and to nobody else."""

from datetime import timedelta

import pytest

from cms.db import session
from cms.models import Post, Unsaved
from cms.models.entry import LONGEST_BODY
from tests.admin.desk import NEW, address_of, opened, write
from tests.factories import hidden_field, make_post, make_user, sign_in_at

KEEP, DROP = "/admin/posts/unsaved/", "/admin/posts/unsaved/drop/"


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def keep(client, address: str, **fields) -> dict[str, str]:
    """Type ``fields`` into the form at ``address`` as the script keeps them; the form."""
    form = opened(client, address) | fields
    assert client.post(KEEP, data=form).status_code == 204
    return form


def test_a_new_text_is_kept_while_it_is_typed_and_found_again(client, eve):
    key = keep(client, NEW, title="Low water", body="Not saved.", tags="Tide")["key"]
    assert session.query(Post).count() == 0
    page = client.get(NEW).text
    assert "“Low water”" in page
    assert f"{NEW}?key={key}" in page
    back = opened(client, f"{NEW}?key={key}")
    assert (back["title"], back["body"], back["tags"], back["key"]) == (
        "Low water",
        "Not saved.",
        "Tide",
        key,
    )


def test_it_is_kept_again_and_again_and_then_saved(client, eve):
    form = keep(client, NEW, title="Low water", body="One")
    for body in ("One two", "One two three"):
        assert client.post(KEEP, data=form | {"body": body}).status_code == 204
        preview = client.post("/admin/posts/preview/", data=form | {"body": body})
        assert body in preview.text
    assert session.query(Unsaved).one().fields["body"] == "One two three"
    assert client.post(NEW, data=form | {"body": "One two three"}).status_code == 303
    assert session.query(Post).one().body == "One two three"


def test_a_change_is_kept_beside_the_saved_text(client, eve):
    post = make_post(body="Saved.")
    keep(client, address_of(post), body="Typed.")
    page = client.get(address_of(post)).text
    assert "recover=post-" in page
    assert opened(client, address_of(post))["body"] == "Saved."
    assert opened(client, f"{address_of(post)}?recover=post-{post.id}")["body"] == "Typed."


def test_what_is_saved_is_not_offered_any_more(client, eve):
    form = keep(client, NEW, title="Low water")
    client.post(NEW, data=form)
    assert session.query(Unsaved).count() == 0
    post = session.query(Post).one()
    typed = keep(client, address_of(post), body="Typed.")
    client.post(address_of(post), data=typed)
    assert session.query(Unsaved).count() == 0


def test_what_arrives_late_and_says_what_was_saved_is_not_offered(client, eve):
    post = make_post()
    form = opened(client, address_of(post)) | {"body": "Typed."}
    client.post(address_of(post), data=form)
    client.post(KEEP, data=form)  # it was on its way when the form was sent
    assert "recover=post-" not in client.get(address_of(post)).text


def test_a_refused_form_leaves_what_was_kept(client, eve):
    form = keep(client, NEW, title="Low water", body="Typed.")
    assert client.post(NEW, data=form | {"title": ""}).status_code == 422
    assert session.query(Unsaved).one().fields["body"] == "Typed."


def test_it_is_thrown_away_when_asked(client, eve):
    key = keep(client, NEW, title="Low water")["key"]
    post = make_post()
    keep(client, address_of(post), body="Typed.")
    token = opened(client, NEW)["csrf_token"]
    assert client.post(DROP, data={"csrf_token": token, "key": key}).location == NEW
    answer = client.post(DROP, data={"csrf_token": token, "key": f"post-{post.id}"})
    assert answer.location == address_of(post)
    assert session.query(Unsaved).count() == 0


@pytest.mark.parametrize("key", ["", "post-", "post-x", "post-" + "9" * 5000, "page-1", "post-١", "post--1"])
def test_no_key_breaks_throwing_away(client, eve, key):
    token = opened(client, NEW)["csrf_token"]
    assert client.post(DROP, data={"csrf_token": token, "key": key}).status_code == 303


def test_nobody_sees_or_drops_what_somebody_else_typed(client, other_client, eve):
    key = keep(client, NEW, title="A secret", body="Of eve's.")["key"]
    make_user("alice")
    sign_in_at(other_client, "alice")
    assert "A secret" not in other_client.get(NEW).text
    assert "A secret" not in other_client.get(f"{NEW}?key={key}").text
    token = opened(other_client, NEW)["csrf_token"]
    other_client.post(DROP, data={"csrf_token": token, "key": key})
    assert session.query(Unsaved).one().title == "A secret"


def test_two_who_type_into_one_text_keep_one_each(client, other_client, eve):
    post = make_post()
    make_user("alice")
    sign_in_at(other_client, "alice")
    keep(client, address_of(post), body="Eve's.")
    keep(other_client, address_of(post), body="Alice's.")
    assert opened(client, f"{address_of(post)}?recover=post-{post.id}")["body"] == "Eve's."
    assert "Alice" not in client.get(address_of(post)).text.partition("<form")[2]


def test_a_text_that_one_may_not_edit_keeps_nothing(client, sign_in):
    make_user("cara", "contributor")
    cara = sign_in("cara")
    form = opened(client, NEW) | {"title": "Typed"}
    others, own = make_post(published=False), Post.write(by=cara, title="Tide", body="")
    own.publish(by=None)
    for key, status in ((f"post-{others.id}", 404), (f"post-{own.id}", 403), ("post-999999", 404)):
        assert client.post(KEEP, data=form | {"key": key}).status_code == status
    assert session.query(Unsaved).count() == 0


@pytest.mark.parametrize(
    "key", ["", "page-new-0123456789", "post-new-short", "post-new-" + "x" * 41, "post-1 ", "post-new-é" * 10]
)
def test_a_key_that_is_none_keeps_nothing(client, eve, key):
    form = opened(client, NEW) | {"title": "Typed", "key": key}
    assert client.post(KEEP, data=form).status_code == 404


def test_an_endless_text_is_not_kept(client, eve):
    half = "x" * (LONGEST_BODY // 2 + 20_000)
    form = opened(client, NEW) | {"body": half, "summary": half}
    assert client.post(KEEP, data=form).status_code == 413


def test_what_can_not_be_saved_is_kept_all_the_same(client, eve):
    key = keep(client, NEW, title="", body="Typed.", expires_at="tomorrow", series_position="three")["key"]
    back = opened(client, f"{NEW}?key={key}")
    assert (back["body"], back["expires_at"], back["series_position"]) == ("Typed.", "tomorrow", "three")


def test_keeping_leaves_no_history_and_no_event(client, eve):
    post = make_post()
    before = session.query(Post.version).scalar()
    form = opened(client, address_of(post))
    for number in range(30):
        client.post(KEEP, data=form | {"body": f"Take {number}"})
    assert session.query(Post.version).scalar() == before
    assert session.query(Unsaved).count() == 1


def test_recovered_after_somebody_saved_it_is_merged(client, eve):
    post = make_post(body="One.\n\nTwo.\n\nThree.")
    keep(client, address_of(post), body="One!\n\nTwo.\n\nThree.")
    post.revise(by=make_user("alice"), body="One.\n\nTwo.\n\nThree!")
    answer = write(client, f"{address_of(post)}?recover=post-{post.id}")
    assert answer.status_code == 409
    assert "One!\n\nTwo.\n\nThree!" in answer.text


def test_thirty_days_later_it_is_gone(client, eve):
    key = keep(client, NEW, title="Low water")["key"]
    session.query(Unsaved).one().at -= timedelta(days=31)
    Unsaved.forget_old()
    assert opened(client, f"{NEW}?key={key}")["title"] == ""


def test_what_is_offered_and_not_answered_outlives_what_is_typed_next(client, eve):
    post = make_post(published=False)
    key = f"post-{post.id}"
    offered = Unsaved.keep(eve, key, {"title": post.title, "body": "The long tail."})
    number = offered.id
    keep(client, address_of(post), key=key, offered=number, body="A small fix.")
    write(client, address_of(post), offered=number, body="A small fix.")
    page = client.get(address_of(post)).text
    assert f"recover={key}-{number}" in page
    assert opened(client, f"{address_of(post)}?recover={key}-{number}")["body"] == "The long tail."


def test_who_else_is_typing_is_told(client, eve):
    post = make_post(published=False)
    Unsaved.keep(make_user("alice"), f"post-{post.id}", {"body": "Alice's."})
    assert "alice has been typing here" in client.get(address_of(post)).text


def test_a_form_sent_after_the_session_ended_is_sent_again_once_signed_in(client, eve):
    form = opened(client, NEW) | {"title": "Low water", "body": "A whole evening.", "then": ""}
    client.delete_cookie("session", domain="broadside.test")
    lost = client.post(NEW, data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert lost.status_code == 400
    assert "Then send it again" in lost.text
    again = {name: text for name, text in form.items() if name != "csrf_token"}
    again["csrf_token"] = hidden_field(lost.text, "csrf_token")
    sign_in_at(client, "eve")
    renewed = client.post(NEW, data=again, headers={"Sec-Fetch-Site": "same-origin"})
    again["csrf_token"] = hidden_field(renewed.text, "csrf_token")  # signing in ended the tokens from before
    assert client.post(NEW, data=again).status_code == 303
    assert session.query(Post).one().body == "A whole evening."


def test_a_form_of_another_site_is_not_offered_to_be_sent_again(client, eve):
    form = opened(client, NEW) | {"title": "Low water", "csrf_token": "none"}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
        assert "Then send it again" not in client.post(NEW, data=form, headers=headers).text
