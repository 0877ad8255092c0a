"""Notes of the editors beside a text."""

import pytest

from cms.db import session
from cms.models import Event, Note
from tests.factories import hidden_field, make_post, make_user, send_form, token_of


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def page_of(post) -> str:
    return f"/admin/posts/{post.id}/edit/"


def write(client, post, text: str):
    return send_form(client, page_of(post), post_to=f"/admin/posts/{post.id}/notes/", note=text)


def test_a_note_stands_beside_the_text(client, eve):
    post = make_post()
    answer = write(client, post, "Ask the harbour master.")
    assert answer.location == f"{page_of(post)}#notes"
    assert "Ask the harbour master." in client.get(page_of(post)).text
    assert "Ask the harbour master." not in client.get(post.url).text
    assert session.query(Event).filter_by(name="note.put", actor_id=eve.id).count() == 1


def test_two_presses_make_one_note(client, eve):
    post = make_post()
    page = client.get(page_of(post)).text
    form = {name: hidden_field(page, name) for name in ("csrf_token", "form_key")} | {"note": "Once."}
    answers = [client.post(f"/admin/posts/{post.id}/notes/", data=form) for _press in range(2)]
    assert answers[0].location == answers[1].location
    assert session.query(Note).count() == 1


def press(client, note: Note, act: str) -> None:
    address = f"/admin/posts/{note.entry_id}/notes/{note.id}/{act}/"
    assert send_form(client, f"/admin/posts/{note.entry_id}/edit/", post_to=address).status_code == 303
    session.refresh(note)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 5001])
def test_a_note_that_can_not_be_kept_is_shown_again(client, eve, text):
    post = make_post()
    answer = write(client, post, text)
    assert answer.status_code == 422
    assert text.strip() in answer.text
    assert session.query(Note).count() == 0


def test_what_is_typed_is_text_and_addresses_are_links(client, eve):
    post = make_post()
    write(client, post, "<script>alert(1)</script> https://example.org/a?b=1&c=2 javascript:alert(1)")
    page = client.get(page_of(post)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">' in page
    assert 'href="javascript:' not in page


def test_a_settled_note_is_folded_and_can_be_opened_again(client, eve):
    post = make_post()
    note = Note.put(post, "Ask the harbour master.", by=eve)
    press(client, note, "settle")
    assert note.settled_at
    assert "1 settled note" in client.get(page_of(post)).text
    press(client, note, "reopen")
    assert note.settled_at is None


def test_what_two_settle_or_reopen_stays_settled_or_open(client, eve):
    note = Note.put(make_post(), "Ask the harbour master.", by=eve)
    for act, is_settled in (("settle", True), ("settle", True), ("reopen", False), ("reopen", False)):
        press(client, note, act)
        assert (note.settled_at is not None) == is_settled
    told = [event.name for event in session.query(Event).filter(Event.name.startswith("note."))]
    assert told == ["note.put", "note.settled", "note.reopened"]


@pytest.mark.parametrize("number", [2**31, 2**63, 10**20])
def test_no_number_of_a_note_or_a_text_breaks_the_page(client, eve, number):
    post = make_post()
    form = {"csrf_token": token_of(client, page_of(post))}
    for act in ("settle", "reopen"):
        assert client.post(f"/admin/posts/{post.id}/notes/{number}/{act}/", data=form).status_code == 404
    assert client.post(f"/admin/posts/{number}/notes/", data=form).status_code == 404


def test_a_note_beside_another_text_is_not_found(client, eve):
    post, other = make_post(), make_post()
    note = Note.put(other, "Ask the harbour master.", by=eve)
    form = {"csrf_token": token_of(client, page_of(post))}
    assert client.post(f"/admin/posts/{post.id}/notes/{note.id}/settle/", data=form).status_code == 404


def test_many_notes_cost_no_more_queries_than_few(client, eve, queries):
    post = make_post()
    counts = []
    for number in (1, 10):
        for _note in range(number):
            Note.put(post, "Again.", by=make_user(f"editor-{session.query(Note).count()}", "editor"))
        client.get(page_of(post))
        queries.clear()
        client.get(page_of(post))
        counts.append(len(queries))
    assert counts[0] == counts[1]
