"""One code sent from two browsers at the same moment lets in one of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cms.cli.setup import prepare
from cms.db import unit_of_work
from tests.accounts.authenticators import set_up_phone, sign_out
from tests.apps import another_app
from tests.databases import new_database
from tests.factories import make_user, send_form, sign_in_at, token_of


@pytest.fixture
def app(tmp_path):
    """An app whose requests have transactions of their own, and Bob's account."""
    with new_database(tmp_path) as url, another_app(tmp_path, DATABASE_URL=url) as app:
        with app.app_context():
            prepare()
            with unit_of_work():
                make_user("bob")
        yield app


def half_signed_in(app: Flask, number: int) -> list[FlaskClient]:
    clients = [app.test_client() for _browser in range(number)]
    for client in clients:
        sign_in_at(client, "bob")
    return clients


def all_at_once(clients: list[FlaskClient], address: str, code: str) -> list[int]:
    forms = [(client, {"csrf_token": token_of(client, address), "code": code}) for client in clients]
    with ThreadPoolExecutor(len(forms)) as pool:
        return sorted(pool.map(lambda form: form[0].post(address, data=form[1]).status_code, forms))


def test_a_code_from_an_app(app):
    client = app.test_client()
    sign_in_at(client, "bob")
    phone, _codes = set_up_phone(client)
    assert all_at_once(half_signed_in(app, 4), "/tf-validate", phone.code(1)) == [302, 422, 422, 422]


def test_a_recovery_code(app):
    client = app.test_client()
    sign_in_at(client, "bob")
    _phone, codes = set_up_phone(client)
    assert all_at_once(half_signed_in(app, 4), "/mf-recovery", codes[0]) == [302, 422, 422, 422]
    sign_out(client)
    sign_in_at(client, "bob")
    assert send_form(client, "/mf-recovery", code=codes[1]).status_code == 302
