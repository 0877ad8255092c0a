"""What whoever watches over the process is told."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from cms.db import session
from tests.apps import another_app

NOWHERE = ["sqlite:////nowhere/at/all.sqlite", "postgresql://nobody@127.0.0.1:1/nothing"]


def test_a_site_with_its_database_is_ready(client, app):
    answer = client.get("/readyz")
    newest = ScriptDirectory(app.extensions["migrate"].directory).get_current_head()
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "migration": newest})


def test_a_database_of_another_version_is_not_ready(client):
    session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json["status"], answer.json["migration"]) == ("unavailable", "older")
    assert client.get("/healthz").json == {"status": "ok"}


@pytest.mark.parametrize("address", NOWHERE)
def test_without_a_database_the_process_lives_and_is_not_ready(tmp_path, address):
    with another_app(tmp_path, DATABASE_URL=address) as lost:
        client = lost.test_client()
        assert client.get("/healthz").json == {"status": "ok"}
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, "does not answer")


def test_nobody_keeps_what_was_true_a_moment_ago(client):
    for address in ("/healthz", "/readyz"):
        assert "max-age" not in client.get(address).headers.get("Cache-Control", "")
