"""A database in which somebody else writes for too long."""

import sqlite3

import pytest

from cms.cli.setup import prepare
from cms.db import unit_of_work
from tests.apps import another_app
from tests.factories import make_post, make_user, sign_in_at, token_of


@pytest.fixture
def app(tmp_path, monkeypatch):
    """An app on a file of its own, which waits a moment only for whoever writes."""
    monkeypatch.setattr("cms.db.BUSY_MILLISECONDS", 50)
    with another_app(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'busy.sqlite'}") as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with app.app_context():
            prepare()
            with unit_of_work():
                make_user("eve"), make_post()
        yield app


def test_a_note_that_can_not_be_kept_now_comes_back_with_a_503(app, tmp_path):
    client = app.test_client()
    sign_in_at(client, "eve")
    form = {"csrf_token": token_of(client, "/admin/posts/1/edit/"), "note": "Ask the harbour master."}
    writer = sqlite3.connect(tmp_path / "busy.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    answer = client.post("/admin/posts/1/notes/", data=form)
    writer.close()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Ask the harbour master." in answer.text
    assert client.post("/admin/posts/1/notes/", data=form).status_code == 303
