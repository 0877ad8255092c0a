"""The first page: what waits for whom, and the figures of the week."""

import re

import pytest
from sqlalchemy import text

from cms.admin.figures import DAYS, KINDS, MOST_A_DAY, Figure, bounds, statement
from cms.admin.mine import SHOWN
from cms.db import session
from cms.models import Event, Post, Unsaved, User
from cms.models.base import now
from tests.admin.test_pages import number_of_queries
from tests.factories import make_page, make_post, make_user, sign_in_at, soon

HOME = "/admin/"


@pytest.fixture
def eve(sign_in) -> User:
    return sign_in("eve")


def draft_of(user: User, title: str = "A draft") -> Post:
    return Post.write(by=user, title=title, body="x")


def tiles(client) -> dict[str, str]:
    """``{what it counts: the number}`` of the first page."""
    found = re.findall(r"<b>([^<]+)</b> <span>([^<]+)</span>", client.get(HOME).text)
    return {what: number for number, what in found}


def pile(client, name: str) -> str:
    """The part of the page that lists the texts of one reason; empty where there is none."""
    page = client.get(HOME).text
    return page.split(f'<h2 id="{name}">')[1].split("</section>")[0] if f'id="{name}"' in page else ""


def test_my_drafts_wait_for_me_and_those_of_others_do_not(client, eve):
    draft_of(eve, "My tide")
    draft_of(make_user("alice"), "Her tide")
    assert "My tide" in pile(client, "drafts")
    assert "Her tide" not in pile(client, "drafts")
    assert tiles(client)["draft of yours"] == "1"


def test_a_review_waits_for_others_and_not_for_who_sent_it(client, eve):
    draft_of(eve, "My tide").submit(by=eve)
    her = make_user("alice")
    draft_of(her, "Her tide").submit(by=her)
    assert "Her tide" in pile(client, "review")
    assert "My tide" not in pile(client, "review")


def test_what_was_returned_is_no_mere_draft_until_its_remarks_are_settled(client, eve):
    post = draft_of(eve, "The heron")
    post.submit(by=eve)
    post.send_back("Which pile?", by=None)
    assert "The heron" in pile(client, "returned")
    assert "The heron" not in pile(client, "drafts")
    post.notes[0].settle(by=eve)
    assert pile(client, "returned") == ""
    assert "The heron" in pile(client, "drafts")


def test_what_somebody_sent_for_another_is_returned_to_both(client, other_client, eve):
    post = draft_of(make_user("alice"), "The heron")
    post.submit(by=eve)
    post.send_back("Which pile?", by=None)
    assert "The heron" in pile(client, "returned")
    sign_in_at(other_client, "alice")
    assert "The heron" in pile(other_client, "returned")


def test_what_appears_within_a_week_is_listed_by_its_moment(client, eve):
    make_post(title="Later", at=soon(days=6))
    make_page(title="Sooner").publish(by=None, at=soon(days=2))
    make_post(title="Too late", at=soon(days=8))
    make_post(title="Out already")
    lines = pile(client, "scheduled")
    assert lines.index("Sooner") < lines.index("Later")
    assert "Too late" not in lines
    assert "Out already" not in lines


def test_unsaved_texts_lead_back_to_where_they_were_typed(client, eve):
    post = draft_of(eve)
    Unsaved.keep(eve, f"post-{post.id}", {"title": "Half a sentence"})
    Unsaved.keep(eve, "page-new-0123456789", {"title": ""})
    Unsaved.keep(make_user("alice"), "post-new-x", {"title": "Not mine"})
    lines = pile(client, "unsaved")
    assert f"/admin/posts/{post.id}/edit/" in lines
    assert "/admin/pages/new/?key=page-new-0123456789" in lines
    assert "Half a sentence" in lines
    assert "(no title yet)" in lines
    assert "Not mine" not in lines


def test_a_pile_shows_the_first_few_and_leads_to_all(client, eve):
    for number in range(SHOWN + 2):
        draft_of(eve, f"Part {number}")
    lines = pile(client, "drafts")
    assert lines.count("Part ") == SHOWN
    assert "7 in all" in lines
    assert "/admin/posts/?state=draft&amp;whose=1" in lines


def test_moderators_are_told_of_no_texts(client, sign_in):
    draft_of(make_user("eve")).submit(by=None)
    sign_in("mo")
    page = client.get(HOME).text
    assert "Nothing. All is well." in page
    assert "Write a post" not in page
    assert "The last 7 days" not in page


def test_an_empty_site_says_where_to_begin(client, eve):
    page = client.get(HOME).text
    assert "Nothing. All is well." in page
    assert "Begin with a post" in page


def test_figures_compare_this_week_with_the_one_before(client, eve):
    for hours in (12, 36, 8 * 24):
        make_post(at=soon(hours=-hours))
    assert "1 more than in the 7 days before" in figure(client, "Texts published")
    assert "Day by day, the oldest first: 0, 0, 0, 0, 0, 1, 1" in figure(client, "Texts published")


def figure(client, name: str) -> str:
    return client.get(HOME).text.split(f"<dt>{name}</dt>")[1].split("</div>")[0]


def test_figures_count_what_was_saved(client, eve):
    session.add_all(
        Event(name="entry.revised", subject_type="post", subject_id="1", at=now()) for _ in range(3)
    )
    assert "<b>3</b>" in figure(client, "Times a text was saved")


def test_nobody_is_told_figures_of_what_they_may_not_see(client, eve):
    page = client.get(HOME).text
    assert "Mails sent" not in page
    assert "New accounts" not in page


def test_a_figure_that_was_not_counted_to_its_end_is_compared_with_nothing():
    assert Figure("Posts", [MOST_A_DAY] * DAYS, 3).change is None
    assert Figure("Posts", [1] * DAYS, 3).change == 4


def test_home_asks_as_often_for_many_texts_as_for_some(client, eve, queries):
    def write(number: int) -> None:
        for index in range(number):
            draft_of(eve)
            draft_of(eve).submit(by=None)
            make_post(at=soon(days=1, minutes=index))
            Unsaved.keep(eve, f"post-new-{index}", {"title": "x"})

    write(SHOWN)
    some = number_of_queries(client, queries, HOME)
    write(SHOWN * 3)
    assert number_of_queries(client, queries, HOME) == some < 25


def test_no_figure_reads_a_whole_table(app):
    """Asked of SQLite, which does so where an index doesn't serve."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole")
    asked = statement(tuple(range(len(KINDS)))).params(bounds())
    asked = asked.compile(session.connection(), compile_kwargs={"literal_binds": True})
    plan = session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    assert [step for *_numbers, step in plan if re.match(r"SCAN (?!anon|CONSTANT)", step)] == []
