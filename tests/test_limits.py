"""How often: counted where a request comes from, in Redis, and without it where it does not answer."""

from collections.abc import Iterator

import pytest
from flask import Flask
from limits import parse
from limits.strategies import RateLimiter

from cms.cli.setup import prepare
from cms.db import unit_of_work
from cms.limits import RECOVERY, UNREADABLE, network
from tests.apps import another_app
from tests.databases import new_database
from tests.factories import PASSWORD, make_user, send_form
from tests.mail.server import free_port

SITE = "http://broadside.test"


@pytest.fixture
def deserted(tmp_path) -> Iterator[Flask]:
    """A site whose Redis is not there."""
    away = {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0", "RATE_SIGN_IN": "2/hour", "PAGE_CACHE": False}
    with new_database(tmp_path) as url, another_app(tmp_path, DATABASE_URL=url, SITE_URL=SITE, **away) as app:
        with app.app_context():
            prepare()
            with unit_of_work():
                make_user("bob")
        yield app


def sign_in(app: Flask, password: str) -> int:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    return send_form(client, SITE + "/login", email="bob", password=password).status_code


def test_without_its_redis_people_sign_in_and_guesses_are_counted(deserted, caplog):
    assert [sign_in(deserted, PASSWORD), sign_in(deserted, "a"), sign_in(deserted, "b")] == [302, 422, 422]
    assert sign_in(deserted, PASSWORD) == 429
    assert caplog.text.count("Redis does not answer") == 1


def test_a_redis_that_did_not_answer_is_asked_again_after_a_while(deserted, monkeypatch):
    moments, asked = [0.0], []
    monkeypatch.setattr("cms.limits.monotonic", lambda: moments[-1])
    with deserted.app_context():
        counters = deserted.extensions["counters"]

        def question(which: RateLimiter) -> None:
            asked.append("own" if which is counters.own else "shared")
            which.test(parse("1/hour"), "x")

        for moment in (0.0, RECOVERY - 1, RECOVERY + 1):
            moments.append(moment)
            counters.ask(question)
    assert asked == ["shared", "own", "own", "shared", "own"]


FORWARDED = {
    "198.51.100.7": "198.51.100.7",
    "198.51.100.7:5678": "198.51.100.7",
    "::ffff:198.51.100.7": "198.51.100.7",
    "[2001:db8::1]:99": "2001:db8::/64",
    "[2001:db8::2]": "2001:db8::/64",
    "2001:db8::3": "2001:db8::/64",
    "fe80::1%eth0": "fe80::/64",
    "[::1%lo]:80": "::/64",
    **dict.fromkeys(
        ("unknown", "_hidden", "unix:", "1.2.3:4", "[]", "[::1", "999.1.1.1:80", "é"), UNREADABLE
    ),
}


def test_what_a_proxy_forwards_is_read_or_counts_as_one_place(tmp_path, database_url):
    with another_app(tmp_path, SITE_URL=SITE, DATABASE_URL=database_url, PROXY_HOPS=1) as app:
        app.add_url_rule("/where", view_func=network)
        client = app.test_client()
        for sent, place in FORWARDED.items():
            answer = client.get("/where", base_url=SITE, headers={"X-Forwarded-For": f"203.0.113.9, {sent}"})
            assert (sent, answer.text) == (sent, place)
