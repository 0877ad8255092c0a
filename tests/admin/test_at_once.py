"""Two forms sent at the same moment: one is saved, the other is asked, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import sleep

import pytest

from cms.cli.setup import prepare
from cms.db import session, unit_of_work
from cms.models import Post, Revision, SavedSearch, Snippet, Tag, Unsaved, User
from cms.models.saved_search import MOST_OF_ONE
from tests.admin.desk import NEW, form_on, opened
from tests.apps import another_app
from tests.databases import new_database
from tests.factories import make_post, make_user, send_form, sign_in_at, token_of

EDIT = "/admin/posts/1/edit/"
LONG_ENOUGH = 0.5  # seconds for a request to reach what it has to wait for


@pytest.fixture
def app(tmp_path):
    """An app whose requests have transactions of their own, with a post and two editors."""
    with new_database(tmp_path) as url, another_app(tmp_path, DATABASE_URL=url) as app:
        with app.app_context():
            prepare()
            with unit_of_work():
                make_user("eve"), make_user("alice"), make_post(title="Tide", body="One.")
        yield app


@pytest.fixture
def both(app):
    clients = [app.test_client(), app.test_client()]
    for client, name in zip(clients, ("eve", "alice"), strict=True):
        sign_in_at(client, name)
    return clients


def all_at_once(clients, address: str, forms: list[dict]) -> list:
    with ThreadPoolExecutor(len(forms)) as pool:
        sent = zip(clients, forms, strict=True)
        return list(pool.map(lambda each: each[0].post(address, data=each[1]), sent))


def test_of_two_saves_one_wins_and_the_other_is_a_clash(app, both):
    for round in range(5):
        forms = [
            opened(client, EDIT) | {"body": f"{who} {round}."} for who, client in zip("EA", both, strict=True)
        ]
        answers = all_at_once(both, EDIT, forms)
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        [lost] = [number for number, answer in enumerate(answers) if answer.status_code == 409]
        merged = form_on(answers[lost].text)["body"]
        assert all(f"{who} {round}." in merged for who in "EA")
    with app.app_context():
        assert session.get(Post, 1).version == 6
        numbers = session.query(Revision.number).order_by(Revision.number)
        assert [number for (number,) in numbers] == [1, 2, 3, 4, 5, 6]


def test_two_saves_that_make_one_tag_make_it_once(app, both):
    for round in range(4):
        forms = [opened(client, EDIT) | {"tags": f"Tag {round}"} for client in both]
        answers = all_at_once(both, EDIT, forms)
        assert sorted(answer.status_code for answer in answers) == [303, 409]
    with app.app_context():
        assert session.query(Tag).count() == 4


@pytest.mark.parametrize("fields", [{"title": "High water"}, {"title": "Low", "tags": "Eels"}])
def test_two_new_texts_alike_are_two(app, both, fields):
    forms = [opened(client, NEW) | fields | {"body": who} for who, client in zip("EA", both, strict=True)]
    answers = all_at_once(both, NEW, forms)
    for client, answer, form in zip(both, answers, forms, strict=True):
        if answer.status_code != 303:
            assert answer.status_code in (409, 422)
            assert form_on(answer.text)["body"] == form["body"]
            assert client.post(NEW, data=form_on(answer.text)).status_code == 303
    with app.app_context():
        assert {body for (body,) in session.query(Post.body)} == {"One.", "E", "A"}
        assert session.query(Post.path).distinct().count() == 3


def test_two_presses_at_once_make_one_text(app, both):
    client, other = both[0], app.test_client()
    form = opened(client, NEW) | {"title": "High water"}
    for name in ("session", "remember_token"):
        if cookie := client.get_cookie(name):
            other.set_cookie(name, cookie.value)
    answers = all_at_once([client, other], NEW, [form, form])
    assert {answer.status_code for answer in answers} == {303}
    with app.app_context():
        assert session.query(Post).count() == 2


def test_one_form_kept_twice_at_once_is_kept_once(app, both):
    client, other = both[0], app.test_client()
    form = opened(client, NEW) | {"body": "Typed."}
    other.set_cookie("session", client.get_cookie("session").value)
    answers = all_at_once([client, other], "/admin/posts/unsaved/", [form, form])
    assert {answer.status_code for answer in answers} == {204}
    with app.app_context():
        assert session.query(Unsaved).count() == 1


def test_two_who_add_a_tag_to_one_text_both_add_it(app, both):
    for round in range(4):
        forms = [
            {"action": "add-tag", "tag": f"{who} {round}", "chosen": "1", "csrf_token": token_of(client, NEW)}
            for who, client in zip("EA", both, strict=True)
        ]
        answers = all_at_once(both, "/admin/posts/bulk/", forms)
        assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert len(session.get(Post, 1).tags) == 8


def begun_meanwhile(app, first, second):
    """What ``second`` comes to, which is begun while what ``first`` did is not committed yet."""
    with ThreadPoolExecutor(1) as pool, app.app_context():
        with unit_of_work():
            first()
            later = pool.submit(second)
            sleep(LONG_ENOUGH)
        return later.result(timeout=20)


def test_a_tag_that_two_need_at_once_is_made_once(app, both):
    form = opened(both[0], EDIT) | {"tags": "Night fishing"}
    made = partial(Tag.named, "Night fishing", by=None)
    assert begun_meanwhile(app, made, lambda: both[0].post(EDIT, data=form)).status_code == 303
    with app.app_context():
        [tag] = session.query(Tag)
        assert session.get(Post, 1).tags == [tag]


def make_things(app) -> None:
    with app.app_context(), unit_of_work():
        for name in ("Tide", "Storm"):
            Tag.named(name, by=None)
            Snippet.write(by=None, name=name, body="Old.")


@pytest.mark.parametrize(
    ("folder", "take"),
    [
        ("tags", lambda: session.get(Tag, 1).save(by=None, slug="eels")),
        ("snippets", lambda: session.get(Snippet, 1).revise(by=None, name="Eels", body="Old.")),
    ],
)
def test_a_name_that_another_takes_meanwhile_is_refused_with_every_word(app, both, folder, take):
    make_things(app)
    address = f"/admin/{folder}/2/edit/"
    fields = {"name": "Eels", "slug": "eels", "description": "Long typed.", "body": "Long typed."}
    answer = begun_meanwhile(app, take, lambda: send_form(both[0], address, **fields))
    assert answer.status_code == 422
    assert "Long typed." in answer.text


@pytest.mark.parametrize(("folder", "kind"), [("tags", Tag), ("snippets", Snippet)])
@pytest.mark.parametrize("act", ["delete", "edit"])
def test_what_another_removes_meanwhile_is_not_found(app, both, folder, kind, act):
    make_things(app)
    address = f"/admin/{folder}/1/{act}/"
    form = {"csrf_token": token_of(both[0], address), "name": "Eels", "body": "Typed."}

    def remove() -> None:
        session.get(kind, 1).remove(by=None)

    assert begun_meanwhile(app, remove, lambda: both[0].post(address, data=form)).status_code == 404


def keep_search(name: str, query: str = "state=draft") -> SavedSearch:
    return SavedSearch.keep("posts", name, query, by=User.named("eve"))


def save_search(client, name: str, token: str):
    form = {"csrf_token": token, "desk": "posts", "query": "state=review", "name": name}
    return client.post("/admin/searches/", data=form)


def test_one_name_for_two_searches_at_once_keeps_the_last(app, both):
    token = token_of(both[0], "/account/")
    answer = begun_meanwhile(app, partial(keep_search, "Mine"), lambda: save_search(both[0], "Mine", token))
    assert answer.status_code == 303
    with app.app_context():
        assert [kept.query for kept in session.query(SavedSearch)] == ["state=review"]


def test_two_searches_at_once_do_not_pass_the_limit(app, both):
    token = token_of(both[0], "/account/")
    with app.app_context(), unit_of_work():
        for number in range(MOST_OF_ONE - 1):
            keep_search(f"Search {number}")
    answer = begun_meanwhile(app, partial(keep_search, "Last"), lambda: save_search(both[0], "Mine", token))
    assert answer.status_code == 422
