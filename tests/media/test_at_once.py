"""The same picture sent several times at once is kept once; nobody waits while a picture is read."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.admin import uploads
from cms.cli.setup import prepare
from cms.db import session, unit_of_work
from cms.models import Media, Post, Redirect
from tests.admin.desk import form_on
from tests.apps import another_app
from tests.databases import new_database
from tests.factories import hidden_field, make_user, sign_in_at, token_of
from tests.media.pictures import picture

NEW, NEW_POST = "/admin/pictures/new/", "/admin/posts/new/"


@pytest.fixture
def own_app(tmp_path):
    """An app whose requests have transactions of their own, and Eve's account."""
    with new_database(tmp_path) as url, another_app(tmp_path, DATABASE_URL=url) as app:
        with app.app_context():
            prepare()
            with unit_of_work():
                make_user("eve")
        yield app


def test_the_same_picture_from_four_windows(own_app):
    client = own_app.test_client()
    sign_in_at(client, "eve")
    token = token_of(client, NEW)

    def send(_number: int) -> int:
        window = own_app.test_client()
        window._cookies = client._cookies
        data = {"csrf_token": token, "files": [(io.BytesIO(picture("PNG", 900, 700)), "quay.png")]}
        return window.post(NEW, data=data).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [303] * 4
    with own_app.app_context():
        assert session.query(Media).count() == 1


@pytest.mark.parametrize(
    ("address", "field", "then", "status"),
    [
        (NEW, "files", "", 303),
        (NEW_POST, "cover_file", "", 303),
        (NEW_POST, "pictures", "insert", 200),
    ],
)
def test_others_write_while_a_picture_is_read(own_app, monkeypatch, address, field, then, status):
    client = own_app.test_client()
    sign_in_at(client, "eve")
    page = client.get(address).text
    read, waited = uploads.read_picture, []

    def read_slowly(data: bytes):
        with ThreadPoolExecutor(1) as other:
            waited.append(other.submit(write_elsewhere).result(timeout=20))
        return read(data)

    def write_elsewhere() -> None:
        with own_app.app_context(), unit_of_work():
            Redirect.put("meanwhile/", status=410, by=None)

    monkeypatch.setattr(uploads, "read_picture", read_slowly)
    form = form_on(page) if address == NEW_POST else {"csrf_token": hidden_field(page, "csrf_token")}
    data = form | {"title": "At low water", "then": then, field: [(io.BytesIO(picture()), "quay.jpg")]}
    assert client.post(address, data=data).status_code == status
    assert waited == [None]


def test_two_presses_with_a_picture_make_one_post(own_app):
    client = own_app.test_client()
    sign_in_at(client, "eve")
    form = form_on(client.get(NEW_POST).text) | {"title": "At low water"}

    def press(_number: int):
        window = own_app.test_client()
        window._cookies = client._cookies
        return window.post(NEW_POST, data=form | {"cover_file": (io.BytesIO(picture()), "quay.jpg")})

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, range(2)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    with own_app.app_context():
        assert session.query(Post).count() == 1
