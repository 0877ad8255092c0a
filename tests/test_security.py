"""What protects every answer."""

import os
import stat

import pytest
from flask import Flask, request

from cms.config import kept_secret
from tests.apps import another_app
from tests.factories import make_page, make_post

ANSWERS = {
    "a page": ("/", {}, 200),
    "a part of a page": ("/blog/", {"HX-Request": "true"}, 200),
    "a form": ("/login", {}, 200),
    "a feed": ("/feed.xml", {}, 200),
    "a style": ("/feed.css", {}, 200),
    "data": ("/healthz", {}, 200),
    "a compressed page": ("/", {"Accept-Encoding": "br"}, 200),
    "an old address": ("/formerly/", {}, 301),
    "a way to sign in": ("/account/", {}, 302),
    "nothing": ("/missing/", {}, 404),
    "a refused query": ("/search/?q=%00", {}, 400),
    "a removed post": ("/blog/hello/", {}, 410),
    "a foreign host": ("/", {"Host": "evil.example"}, 400),
}
HTTPS = "https://broadside.test"
FORWARDED = {
    "X-Forwarded-For": "203.0.113.6, 203.0.113.7",
    "X-Forwarded-Proto": "https, https",
    "X-Forwarded-Host": "evil.example",
}


def policy_of(answer) -> dict[str, str]:
    """The content security policy: what may be loaded, by kind."""
    parts = answer.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts)


def assert_protected(answer) -> None:
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    policy = policy_of(answer)
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["media-src"] == "'self'"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_is_protected(client, kind):
    make_post(title="Hello").remove(by=None)
    make_page(title="Formerly").revise(by=None, slug="about")
    address, headers, status = ANSWERS[kind]
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    assert_protected(answer)


def test_a_page_from_the_cache_and_an_unchanged_one_are_protected(client):
    etag = client.get("/").headers["ETag"]
    assert_protected(client.get("/"))
    unchanged = client.get("/", headers={"If-None-Match": etag})
    assert unchanged.status_code == 304
    assert_protected(unchanged)


def test_a_fault_is_protected(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "health.healthz", lambda: 1 / 0)
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert_protected(answer)


@pytest.mark.parametrize(("site", "secure"), [(HTTPS, True), ("http://broadside.test", False)])
def test_only_a_site_with_https_insists_on_it(tmp_path, database_url, site, secure):
    with another_app(tmp_path, SITE_URL=site, DATABASE_URL=database_url) as app:
        answer = app.test_client().get("/login", base_url=HTTPS)
    assert ("Strict-Transport-Security" in answer.headers) is secure
    cookies = answer.headers.getlist("Set-Cookie")
    assert [("Secure" in cookie, "HttpOnly" in cookie) for cookie in cookies] == [(secure, True)]


def seen_by(app: Flask) -> dict[str, str]:
    """What the app takes the sender of a forwarded request for."""
    app.add_url_rule("/seen", view_func=lambda: [request.remote_addr, request.scheme, request.host])
    return app.test_client().get("/seen", base_url="http://broadside.test", headers=FORWARDED).json


@pytest.mark.parametrize(
    ("hops", "sender", "scheme"),
    [(0, "127.0.0.1", "http"), (1, "203.0.113.7", "https"), (2, "203.0.113.6", "https")],
)
def test_only_the_proxies_in_front_are_believed(tmp_path, database_url, hops, sender, scheme):
    settings = {"SITE_URL": HTTPS, "DATABASE_URL": database_url, "PROXY_HOPS": hops}
    with another_app(tmp_path, **settings) as app:
        assert seen_by(app) == [sender, scheme, "broadside.test"]


def test_kept_secrets_are_for_their_owner_alone(tmp_path, database_url):
    before = os.umask(0)
    try:
        with another_app(tmp_path, DATABASE_URL=database_url, SECRET_KEY="") as app:
            key = app.config["SECRET_KEY"]
    finally:
        os.umask(before)
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("secret-key", "password-salt")}
    assert modes == {"secret-key": 0o600, "password-salt": 0o600}
    assert kept_secret(tmp_path, "secret-key") == key
