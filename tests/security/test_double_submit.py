"""A creating form that is sent twice creates one thing, one after the other or both at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from cms.cli.setup import prepare
from cms.db import session
from cms.models import Job, User
from tests.apps import another_app
from tests.databases import new_database
from tests.factories import PASSWORD, hidden_field

ADA = {"username": "ada", "email": "ada@example.org", "password": PASSWORD}


def filled(client, address: str, **fields) -> dict[str, str]:
    page = client.get(address).text
    return {name: hidden_field(page, name) for name in ("csrf_token", "form_key")} | fields


def links_asked_for() -> int:
    return session.scalar(select(func.count()).where(Job.kind == "account.mail_link"))


def test_a_second_submission_is_answered_like_the_first_and_does_nothing(client):
    form = filled(client, "/register", **ADA)
    answers = [client.post("/register", data=form) for _time in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {"/register/sent"}
    assert links_asked_for() == 1


def test_a_refused_form_may_come_again(client):
    form = filled(client, "/register", **ADA)
    assert client.post("/register", data=form | {"password": "short"}).status_code == 422
    assert client.post("/register", data=form).status_code == 303
    assert User.named("ada")


def test_a_key_serves_nobody_else(client, other_client):
    key = filled(client, "/register", **ADA)
    client.post("/register", data=key)
    other = filled(other_client, "/register", username="rob", email="rob@example.org", password=PASSWORD)
    other_client.post("/register", data=other | {"form_key": key["form_key"]})
    assert User.named("rob")


def test_an_endless_key_is_refused(client):
    assert client.post("/register", data=filled(client, "/register", form_key="x" * 101)).status_code == 400


@pytest.fixture
def real_app(tmp_path):
    """An app whose requests have transactions of their own."""
    with new_database(tmp_path) as url, another_app(tmp_path, DATABASE_URL=url) as app:
        with app.app_context():
            prepare()
        yield app


def all_at_once(app, forms: list[tuple]) -> list[int]:
    with ThreadPoolExecutor(len(forms)) as pool:
        answers = pool.map(lambda form: form[0].post("/register", data=form[1]).status_code, forms)
        return list(answers)


def test_one_form_sent_by_four_presses_at_once_makes_one_account(real_app):
    client = real_app.test_client()
    form = filled(client, "/register", **ADA)
    cookie = client.get_cookie("session").value
    clients = [real_app.test_client() for _press in range(4)]
    for other in clients:
        other.set_cookie("session", cookie)
    assert all_at_once(real_app, [(other, form) for other in clients]) == [303] * 4
    with real_app.app_context():
        assert session.scalar(select(func.count()).select_from(User)) == 1
        assert links_asked_for() == 1


def test_two_people_who_register_one_address_at_once_make_one_account(real_app):
    real_app.config["RATE_LINK_ADDRESS"] = "9/hour"
    clients = [real_app.test_client() for _person in range(4)]
    forms = [
        (client, filled(client, "/register", **ADA | {"username": f"ada{number}"}))
        for number, client in enumerate(clients)
    ]
    assert all_at_once(real_app, forms) == [303] * 4
    with real_app.app_context():
        assert session.scalar(select(func.count()).select_from(User)) == 1
