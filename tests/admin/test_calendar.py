"""The editorial calendar: what it shows to whom, and moving by its form."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.admin.agenda import SHOWN
from cms.admin.clock import day_of, local, time_of
from cms.db import session
from cms.models import Post, Setting
from tests.admin.test_pages import number_of_queries
from tests.factories import make_page, make_post, make_user, sign_in_at, soon, token_of

CALENDAR = "/admin/calendar/"


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def page_of(client, at: datetime) -> str:
    return client.get(f"{CALENDAR}?day={day_of(at)}").text


def day_in(page: str, at: datetime) -> str:
    """The part of the page that shows the day of ``at``."""
    return page.split(f'id="day-{day_of(at)}"')[1].split("</td>")[0]


def move(
    client, post: Post, at: datetime, *, shown: datetime | None = None, token_at: str = CALENDAR, **typed
):
    """Send the form of the post as it was when its moment was ``shown``, seen in the week of ``at``."""
    before = (shown or post.published_at).isoformat()
    fields = {"day": day_of(at), "time": time_of(at), "before": before, **typed}
    fields["csrf_token"] = token_of(client, token_at)
    return client.post(f"{CALENDAR}{post.id}/move/?day={day_of(at)}", data=fields)


def test_a_text_stands_on_its_day(client, eve):
    at = datetime(2030, 5, 5, 9, 30, tzinfo=UTC)
    make_post(title="The lamps", at=at, authors=["Ann"])
    make_page(title="A page long ago")
    day = day_in(page_of(client, at), at)
    assert all(words in day for words in ("The lamps", "09:30", "scheduled", "Ann", "Move"))
    assert "A page long ago" in client.get(f"{CALENDAR}?month=2025-01").text


def test_the_day_is_that_of_the_site_and_not_of_the_world(client, eve):
    Setting.change("timezone", "Pacific/Auckland", by=None)
    at = datetime(2030, 5, 5, 20, 0, tzinfo=UTC)
    make_post(title="The lamps", at=at)
    assert "The lamps" in day_in(page_of(client, at), at)
    assert day_of(at) == "2030-05-06"


def test_a_wished_day_is_marked_and_can_not_be_moved(client, eve):
    at = soon(days=3)
    make_post(title="The wish", published=False).submit(by=None, at=at)
    day = day_in(page_of(client, at), at)
    assert "The wish" in day
    assert "in review" in day
    assert "Move" not in day


def test_drafts_and_the_trash_are_not_shown(client, eve):
    at = soon(days=3)
    make_post(title="Thrown away", at=at).remove(by=None)
    make_post(title="Taken back", at=at).withdraw(by=None)
    page = page_of(client, at)
    assert "Thrown away" not in page
    assert "Taken back" not in page


def test_a_writer_who_may_not_edit_all_sees_their_own(client):
    carol = make_user("carol", "contributor")
    sign_in_at(client, "carol")
    at = soon(days=3)
    Post.write(by=carol, title="Hers", body="x").publish(by=None, at=at)
    make_post(title="Somebody else’s", at=at)
    page = page_of(client, at)
    assert "Hers" in page
    assert "Somebody else’s" not in page
    assert "Move" not in day_in(page, at)


def test_a_crowded_day_shows_twenty_and_says_how_many_more(client, eve):
    at = datetime(2030, 5, 5, 9, 30, tzinfo=UTC)
    for number in range(SHOWN + 5):
        make_post(title=f"Crowd {number:02d}", at=at + timedelta(minutes=number))
    day = day_in(page_of(client, at), at)
    assert day.count("text-title") == SHOWN
    assert "and 5 more" in day


def test_a_text_is_moved_and_the_way_back_offered(client, eve):
    post, at = make_post(title="The lamps", at=soon(days=2)), soon(days=4)
    before = post.published_at
    answer = move(client, post, at)
    assert answer.status_code == 303
    assert answer.location.endswith(f"#text-{post.id}")
    page = client.get(answer.location).text
    assert time_of(post.published_at) == time_of(at)
    assert day_of(post.published_at) == day_of(at)
    assert "“The lamps” will appear on" in page
    assert f'value="{day_of(before)}"' in page.split('role="status"')[1].split("</form>")[0]
    assert "will appear on" not in client.get(answer.location).text


def test_the_calendar_follows_what_leaves_the_shown_month(client, eve):
    post = make_post(at=soon(days=2))
    token, address = token_of(client, CALENDAR), f"{CALENDAR}{post.id}/move/?month=2026-11"
    answer = client.post(address, data={"csrf_token": token, "day": "2031-02-03", "time": "09:00"})
    assert answer.location == f"{CALENDAR}?month=2031-02#text-{post.id}"


def test_a_refused_move_comes_back_as_it_was_typed(client, eve):
    post = make_post(at=soon(days=2))
    before, past = post.published_at, local(soon(days=-400))
    answer = move(client, post, before, day=day_of(past), time="07:13")
    assert answer.status_code == 422
    assert "This moment has passed" in answer.text
    assert f'value="{day_of(past)}"' in answer.text
    assert 'value="07:13"' in answer.text
    session.refresh(post)
    assert post.published_at == before


def test_of_two_who_move_one_text_the_second_is_told(client, eve):
    shown, theirs = soon(days=2), soon(days=3)
    post = make_post(at=shown)
    post.reschedule(theirs, by=None)
    answer = move(client, post, soon(days=4), shown=shown)
    assert answer.status_code == 409
    assert "Somebody else moved it meanwhile" in answer.text
    session.refresh(post)
    assert post.published_at == theirs


@pytest.mark.parametrize(("name", "status"), [("carol", 403), ("dan", 404), ("mo", 403)])
def test_only_who_may_publish_moves(client, name, status):
    writer = make_user("carol", "contributor")
    make_user("dan", "contributor")
    make_user("mo")
    sign_in_at(client, name)
    post = Post.write(by=writer, title="Hers", body="x")
    post.publish(by=None, at=soon(days=2))
    answer = move(client, post, soon(days=3), token_at="/account/")
    assert answer.status_code == status


def test_a_day_to_come_offers_a_new_post(client, eve):
    at = soon(days=3)
    page = page_of(client, at)
    assert f"/admin/posts/new/?at={day_of(at)}" in page
    assert "/admin/posts/new/?at=" not in client.get(f"{CALENDAR}?month=2025-01").text


def test_the_calendar_asks_as_often_for_many_texts_as_for_few(client, eve, queries):
    at = datetime(2030, 5, 5, 9, 30, tzinfo=UTC)
    make_post(at=at, authors=["Ann"])
    few = number_of_queries(client, queries, f"{CALENDAR}?month=2030-05")
    for number in range(30):
        make_post(at=at + timedelta(hours=5 * number), authors=[f"Author {number}"])
        make_page(title=f"Page of {number}").publish(by=None, at=at + timedelta(hours=number))
    assert number_of_queries(client, queries, f"{CALENDAR}?month=2030-05") == few < 12


def test_titles_are_no_markup(client, eve):
    make_post(title="<script>alert(1)</script>", at=soon(days=2))
    page = page_of(client, soon(days=2))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
