"""Two people save one text: the second sees both, and nothing is overwritten."""

from html import unescape

import pytest

from cms.db import session
from cms.models import Revision
from tests.admin.desk import address_of, form_on, opened, write
from tests.factories import make_page, make_post, make_user

BASE = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


@pytest.fixture
def post():
    return make_post(title="Tide", body=BASE, tags=["Tide"])


def both_write(client, post, mine: dict, theirs: dict):
    """Type ``mine`` while alice saves ``theirs``; the answer to saving it."""
    form = opened(client, address_of(post)) | mine
    post.revise(by=make_user("alice"), **theirs)
    return client.post(address_of(post), data=form)


def test_the_second_gets_both_texts_and_saves_the_merged_one(client, eve, post):
    answer = both_write(client, post, {"body": "One!\n\nTwo.\n\nThree."}, {"body": "One.\n\nTwo.\n\nThree!"})
    assert answer.status_code == 409
    assert "alice saved this text while you were writing" in answer.text
    session.refresh(post)
    assert post.body == "One.\n\nTwo.\n\nThree!"
    form = form_on(answer.text)
    assert form["body"] == "One!\n\nTwo.\n\nThree!"
    assert client.post(address_of(post), data=form).status_code == 303
    session.refresh(post)
    assert post.body == "One!\n\nTwo.\n\nThree!"


def test_a_passage_of_both_stands_twice(client, eve, post):
    answer = both_write(client, post, {"body": "Mine."}, {"body": "Hers."})
    merged = form_on(answer.text)["body"]
    assert merged == "⟪ alice\nHers.\n⟪ Yours\nMine.\n⟫"
    assert "1 passage was changed by both" in answer.text


def test_a_field_of_both_is_hers_to_read_and_mine_in_the_form(client, eve, post):
    answer = both_write(client, post, {"title": "Mine", "summary": "S"}, {"title": "Hers"})
    assert form_on(answer.text)["title"] == "Mine"
    assert "<q>Hers</q>" in answer.text
    assert form_on(answer.text)["summary"] == "S"


def test_a_field_that_only_the_other_changed_is_taken_over(client, eve, post):
    answer = both_write(client, post, {"body": BASE + "\n\nFour."}, {"title": "Hers", "slug": "hers"})
    form = form_on(answer.text)
    assert (form["title"], form["slug"], form["tags"]) == ("Hers", "hers", "Tide")


def test_a_third_save_meanwhile_is_seen_too(client, eve, post):
    answer = both_write(client, post, {"body": "One!\n\nTwo.\n\nThree."}, {"body": "One.\n\nTwo.\n\nThree!"})
    post.revise(by=None, body="One.\n\nTwo!\n\nThree!")
    again = client.post(address_of(post), data=form_on(answer.text))
    assert again.status_code == 409
    assert form_on(again.text)["body"] == "One!\n\nTwo!\n\nThree!"


def test_a_version_that_is_forgotten_loses_nothing(client, eve, post):
    post.revise(by=eve, body="One.\n\nTwo.\n\nThree.\n\nFour.")
    form = opened(client, address_of(post)) | {"body": "One.\n\nTwo.\n\nThree.\n\nFour, mine."}
    post.revise(by=make_user("alice"), body="One, hers.\n\nTwo.\n\nThree.\n\nFour.")
    session.delete(Revision.numbered(post, 2))
    answer = client.post(address_of(post), data=form)
    assert answer.status_code == 409
    merged = form_on(answer.text)["body"]
    assert "One, hers." in merged
    assert "Four, mine." in merged


def test_tags_that_are_new_are_not_made_by_a_clash(client, eve, post):
    answer = both_write(client, post, {"tags": "Tide, Eels"}, {"title": "Hers"})
    assert form_on(answer.text)["tags"] == "Tide, Eels"
    assert "Eels" not in client.get("/tags/").text


def test_the_same_person_in_two_windows_is_asked_as_well(client, eve, post):
    form = opened(client, address_of(post)) | {"body": "First window."}
    write(client, address_of(post), body="Second window.")
    answer = client.post(address_of(post), data=form)
    assert answer.status_code == 409
    assert "First window." in answer.text
    assert "Second window." in answer.text


def test_payloads_of_either_come_back_as_text(client, eve, post):
    evil = "<script>alert(1)</script>"
    answer = both_write(
        client, post, {"body": f"Mine {evil}", "title": evil}, {"body": evil, "title": f"H {evil}"}
    )
    assert answer.status_code == 409
    assert "<script>alert" not in answer.text
    assert evil in unescape(answer.text)


def test_ten_thousand_words_are_merged(client, eve):
    paragraphs = [f"Paragraph {number} " + "of eighteen words " * 6 for number in range(500)]
    post = make_post(body="\n\n".join(paragraphs))
    mine, hers = ([*paragraphs] for _side in range(2))
    mine[7], hers[400] = "Mine.", "Hers."
    answer = both_write(client, post, {"body": "\n\n".join(mine)}, {"body": "\n\n".join(hers)})
    mine[400] = "Hers."
    assert form_on(answer.text)["body"] == "\n\n".join(mine)


def test_a_page_is_merged_too(client, eve):
    page = make_page(title="Help", body=BASE)
    make_page(title="Above")
    answer = both_write(client, page, {"parent": "/above/"}, {"body": "Hers.", "position": 2})
    form = form_on(answer.text)
    assert (form["parent"], form["position"], form["body"]) == ("/above/", "2", "Hers.")
