"""The history of a text in the back office: what changed, names, and the way back."""

from datetime import timedelta

import pytest

from cms.admin.views.history import MOST_REVISIONS
from cms.db import session
from cms.models import Event, Post, Revision
from tests.admin.desk import NEW, address_of
from tests.factories import hidden_field, make_page, make_post, make_user, send_form, token_of


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


@pytest.fixture
def post(eve):
    post = make_post(published=False, title="Tide", body="The boat leaves at six.")
    post.revise(by=make_user("alice"), body="The boat leaves at seven.", tags=[])
    post.revise(by=eve, title="Tides")
    return post


def revision_address(entry, number: int, act: str = "") -> str:
    return f"{address_of(entry, 'history')}{number}/{act}"


def test_a_text_that_nobody_changed_says_what_will_be_there(client, eve):
    assert "There is one version so far." in client.get(address_of(make_post(), "history")).text


def test_the_revisions_are_listed_with_those_who_saved_them(client, post):
    page = client.get(address_of(post, "history")).text
    rows = page.partition("<ol")[2].split("<li>")[1:]
    assert ["Revision 3" in rows[0], "Revision 2" in rows[1], "Revision 1" in rows[2]] == [True] * 3
    assert "by eve" in rows[0]
    assert "as it is now" in rows[0]
    assert "by alice" in rows[1]


def test_a_long_history_has_pages_and_few_queries(client, eve, queries):
    post = make_post()
    for number in range(MOST_REVISIONS + 5):
        post.revise(by=None, body=f"Take {number}")
    address = address_of(post, "history")
    queries.clear()
    first = client.get(address).text
    assert len(queries) < 20
    assert first.count("<li><span") == MOST_REVISIONS
    assert client.get(f"{address}?before=7").text.count("<li><span") == 6
    assert f"{address}?before=7" in first


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "-" + "9" * 30, "9" * 5000])
def test_no_place_in_the_history_breaks_it(client, post, before):
    assert client.get(f"{address_of(post, 'history')}?before={before}").status_code == 200


def test_a_revision_shows_what_it_changed_word_by_word(client, post):
    page = client.get(revision_address(post, 2)).text
    assert "<del> six</del><ins> seven</ins>" in page
    assert "<del>Tide" not in page


def test_a_revision_shows_what_has_changed_since(client, post):
    page = client.get(revision_address(post, 1) + "?compare=present").text
    assert "<del> six</del><ins> seven</ins>" in page
    assert "<del>Tide</del><ins>Tides</ins>" in page


def test_the_first_revision_shows_all_as_new(client, post):
    page = client.get(revision_address(post, 1)).text
    assert "<ins>The boat leaves at six.\n</ins>" in page
    assert "<del>" not in page


def test_payloads_in_old_texts_are_shown_as_text(client, eve):
    post = make_post(body="Harmless.", title="<script>alert(1)</script>")
    post.revise(by=eve, body="</div><script>alert(2)</script>")
    for address in (revision_address(post, 2), revision_address(post, 1), address_of(post, "history")):
        assert "<script>alert" not in client.get(address).text


def test_an_old_text_is_taken_back_and_the_present_one_kept(client, post):
    page = revision_address(post, 1)
    answer = send_form(client, page, post_to=f"{page}restore/")
    assert (answer.status_code, answer.location) == (303, address_of(post))
    session.refresh(post)
    assert (post.title, post.body, post.version) == ("Tide", "The boat leaves at six.", 4)
    assert Revision.numbered(post, 3).fields["title"] == "Tides"
    assert session.query(Event).filter_by(name="entry.revised").count() == 3


def test_what_is_taken_back_is_taken_back_in_turn(client, post):
    for number in (1, 3):
        page = revision_address(post, number)
        send_form(client, page, post_to=f"{page}restore/")
    session.refresh(post)
    assert (post.title, post.body) == ("Tides", "The boat leaves at seven.")


def test_a_revision_gets_a_name(client, post):
    page = revision_address(post, 2)
    answer = send_form(client, page, post_to=f"{page}name/", name="As “printed” <b>")
    assert answer.location == page
    assert "“As “printed” &lt;b&gt;”" in client.get(address_of(post, "history")).text


def test_a_name_that_is_too_long_comes_back_as_typed(client, post):
    page = revision_address(post, 2)
    answer = send_form(client, page, post_to=f"{page}name/", name="x" * 121)
    assert answer.status_code == 422
    assert f'value="{"x" * 121}"' in answer.text
    session.expire_all()
    assert Revision.numbered(post, 2).name == ""


@pytest.mark.parametrize("number", ["0", "99", str(2**31), str(2**63), "9" * 5000])
def test_what_is_no_revision_is_404(client, post, number):
    token = {"csrf_token": "x"}
    assert client.get(revision_address(post, number)).status_code == 404
    for act in ("name/", "restore/"):
        assert client.post(revision_address(post, number, act), data=token).status_code in (400, 404)


def test_the_revisions_of_one_text_do_not_open_under_another(client, post):
    assert client.get(revision_address(make_post(), 2)).status_code == 404
    page = revision_address(post, 2)
    answer = send_form(client, page, post_to=revision_address(make_post(), 2, "restore/"))
    assert answer.status_code == 404


def test_whoever_may_only_read_takes_nothing_back(client, sign_in):
    make_user("cara", "contributor")
    cara = sign_in("cara")
    post = Post.write(by=cara, title="Tide", body="One.")
    post.revise(by=cara, body="Two.")
    page = revision_address(post, 1)
    assert "Take this text back" in client.get(page).text
    post.publish(by=None)
    assert "Take this text back" not in client.get(page).text
    form = {"csrf_token": token_of(client, NEW), "name": "Mine"}
    for act in ("restore/", "name/"):
        assert client.post(f"{page}{act}", data=form).status_code == 403
    session.refresh(post)
    assert post.body == "Two."


def test_a_page_that_moved_says_from_where(client, eve):
    above = make_page(title="Help")
    page = make_page(title="Answers")
    page.revise(by=eve, parent=above, position=2)
    shown = client.get(revision_address(page, 2)).text
    assert "<ins>/help/\n</ins>" in shown


def test_old_folded_revisions_are_still_there_for_open_forms(client, eve):
    post = make_post(body="One.")
    for body in ("Two.", "Three."):
        post.revise(by=eve, body=body)
    folded = Revision.numbered(post, 2)
    assert folded.folded_at - folded.saved_at < timedelta(minutes=1)
    assert client.get(revision_address(post, 2)).status_code == 200
    assert "Revision 2" not in client.get(address_of(post, "history")).text


def test_nothing_is_taken_back_over_what_somebody_saved_meanwhile(client, eve):
    post = make_post(body="One.")
    post.revise(by=eve, body="Two.")
    page = f"{address_of(post, 'history')}1/"
    names = ("csrf_token", "shown_version", "shown_stage")
    text = client.get(page).text
    form = {name: hidden_field(text, name) for name in names}
    post.revise(by=make_user("alice"), body="Hers.")
    answer = client.post(f"{page}restore/", data=form)
    assert answer.status_code == 409
    assert "The text was changed meanwhile." in answer.text
    assert f"{address_of(post, 'history')}2/?compare=present" in answer.text
    session.refresh(post)
    assert post.body == "Hers."
