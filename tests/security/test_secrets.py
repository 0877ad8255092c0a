"""Secrets: which are accepted, and how they change without anybody being signed out."""

import pytest

from cms.config import read_settings
from cms.db import session
from tests.apps import another_app
from tests.databases import new_database
from tests.factories import link_in, mails_to, make_user, send_form, sign_in_at

OLD, NEW = "the former secret, drawn from 0123456789", "the new one, drawn from 9876543210 and more"


@pytest.mark.parametrize("name", ["SECRET_KEY", "PASSWORD_SALT", "SECOND_FACTOR_KEY"])
@pytest.mark.parametrize("value", ["secret", "x" * 64, "change-me-change-me-change-me-change-me"])
def test_a_secret_that_can_be_guessed_stops_the_start(tmp_path, name, value):
    with pytest.raises(SystemExit, match=name):
        read_settings(INSTANCE=tmp_path, **{name: value})


def test_a_secret_that_is_left_out_is_made_at_random_and_kept(tmp_path):
    with another_app(tmp_path) as app, another_app(tmp_path) as again:
        assert len(app.config["SECRET_KEY"]) >= 48
        assert again.config["SECRET_KEY"] == app.config["SECRET_KEY"]
        assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_new_secret_signs_nobody_out_and_keeps_links_alive(tmp_path):
    with new_database(tmp_path) as url:
        known = {"DATABASE_URL": url, "SITE_URL": "http://broadside.test"}
        with another_app(tmp_path, SECRET_KEY=OLD, **known) as app:
            cookie, link = signed_in_and_asked_for_link(app)
        with another_app(tmp_path, SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD], **known) as app:
            client = app.test_client()
            client.set_cookie("session", cookie, domain="localhost")
            assert client.get("/account/").status_code == 200
            assert app.test_client().get(link).status_code == 200
        with another_app(tmp_path, SECRET_KEY=NEW, **known) as app:
            client = app.test_client()
            client.set_cookie("session", cookie, domain="localhost")
            assert client.get("/account/").status_code == 302
            assert app.test_client().get(link).status_code == 302


def signed_in_and_asked_for_link(app) -> tuple[str, str]:
    from cms.cli.setup import prepare

    with app.app_context():
        prepare()
        make_user("bob")
        session.commit()
    client = app.test_client()
    sign_in_at(client, "bob")
    send_form(client, "/reset", email="bob@example.org")
    with app.app_context():
        return client.get_cookie("session").value, link_in(mails_to("bob@example.org")[0])


def test_what_is_signed_anew_is_signed_with_the_new_secret(tmp_path):
    with another_app(tmp_path, SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]) as app:
        signer = app.extensions["security"].reset_serializer
        token = signer.dumps("x")
    with another_app(tmp_path, SECRET_KEY=NEW) as app:
        assert app.extensions["security"].reset_serializer.loads(token) == "x"
