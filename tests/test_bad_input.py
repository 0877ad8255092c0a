"""Whatever is thrown at an address, the answer is 400 or 404 in the theme, never a fault."""

import pytest
from sqlalchemy.exc import OperationalError

from tests.factories import make_post, token_of

LISTS = ["/", "/blog/", "/tag/tide/", "/author/ann-example/", "/category/news/"]
QUERIES = [
    "page=-1",
    "page=1e99",
    "page=abc",
    f"page={2**63}",
    "page=%00",
    "x=%00",
    "x=%ff%fe",
    "x=%ed%a0%80",
    "x=" + "a" * 10_000,
]
KEYS = ["before=abc", "after=-1", f"before=2026-01-01T00:00:00Z~{2**63}", "before=%F0%9F%90%9F"]
PATHS = [
    "/blog/%00/",
    "/blog/%ff/",
    "/blog/%ed%a0%80/",
    "/tag/%00/",
    "/blog/2026/13/",
    "/blog/99999999999999999999/1/",
    f"/blog/{2**63}/{2**63}/",
    "/media/../../etc/passwd",
    "/media/0123456789abcdef/x.png",
    "/media/%00/x.png",
    "/static/../../instance/secret-key",
    "/static/default/../../secret-key",
    "/" + "a" * 3000 + "/",
    "/theme/000000000000.css",
    "/trash/1/",
]


@pytest.fixture(autouse=True)
def some_posts(app):
    make_post(tags=["Tide"], authors=["Ann Example"], category="News")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("key", KEYS)
def test_what_is_no_place_in_a_list_is_not_found(client, address, key):
    assert client.get(f"{address}?{key}").status_code == 404


@pytest.mark.parametrize("address", [*LISTS, "/search/"])
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:30])
def test_a_bad_query_is_refused_in_the_theme(client, address, query):
    answer = client.get(f"{address}?{query}")
    assert answer.status_code in (400, 404)
    assert '<main id="' in answer.text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_a_bad_path_is_refused_in_the_theme(client, path):
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert '<main id="' in answer.text


def test_a_query_of_ten_megabytes_is_refused(client):
    assert client.get("/?q=" + "a" * 10 * 2**20).status_code == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "broadside.test.evil.example", "broadside.test@evil", "[", ""]
)
def test_a_host_that_is_not_ours_is_refused(client, host):
    assert client.get("/", headers={"Host": host}, base_url=None).status_code == 400


def test_a_missing_slash_never_leads_to_another_host(client):
    answer = client.get(
        "/blog", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    )
    assert answer.status_code == 308
    assert answer.headers["Location"] in ("/blog/", "http://broadside.test/blog/")


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "\t/"]
)
def test_the_choice_of_a_scheme_leads_back_to_this_site_only(client, target):
    answer = client.post("/appearance", data={"scheme": "dark", "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_a_form_with_a_nul_byte_is_refused(client):
    assert client.post("/appearance", data={"scheme": "dark\x00"}).status_code == 400


def test_another_sites_form_is_refused(client):
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/appearance", data={"scheme": "dark"}, headers=headers).status_code == 400


def test_a_fault_of_ours_is_told_in_the_theme_even_without_a_database(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("cms.models.setting.Site.values", lambda: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "site." in answer.text
    assert "</html>" in answer.text


@pytest.mark.parametrize("body", ['{"email": 5}', '{"email": "\\ud800"}', "[" * 10_000, '"x"'])
def test_json_is_not_taken_for_a_form(client, body):
    headers = {"X-CSRFToken": token_of(client, "/login")}
    assert (
        client.post("/login", data=body, content_type="application/json", headers=headers).status_code == 415
    )


def test_every_value_of_a_field_is_looked_at(client):
    assert client.post("/appearance", data={"scheme": ["dark", "\x00"]}).status_code == 400


def test_a_locked_database_is_told_as_such(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def locked(*_args):
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setattr("cms.models.setting.stored_settings", locked)
    app.extensions["remembered"].clear()
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
