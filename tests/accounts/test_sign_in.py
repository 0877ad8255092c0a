import pytest

from tests.factories import PASSWORD, make_post, make_user, token_of


@pytest.mark.parametrize("identity", ["eve", "eve@example.org", " EVE@example.org "])
def test_user_name_and_address_both_sign_in(client, identity):
    make_user("eve")
    form = {"email": identity, "password": PASSWORD, "csrf_token": token_of(client, "/login")}
    assert client.post("/login", data=form).headers["Location"] == "/account/"
    assert "eve" in client.get("/account/").text


def test_a_wrong_password_says_no_more_than_an_unknown_name(client):
    make_user("eve")
    answers = []
    for identity in ("eve", "nobody"):
        form = {"email": identity, "password": "wrong " + PASSWORD, "csrf_token": token_of(client, "/login")}
        answer = client.post("/login", data=form)
        answers.append((answer.status_code, answer.text.replace(identity, "").count("<li>")))
        assert f'value="{identity}"' in answer.text
    assert answers[0] == answers[1]


def test_signing_in_without_the_form_token_is_refused(client):
    make_user("eve")
    assert client.post("/login", data={"email": "eve", "password": PASSWORD}).status_code == 400


def test_signing_out_is_a_form_and_ends_the_session(client, sign_in):
    sign_in("eve")
    assert client.get("/logout").status_code in (404, 405)
    client.post("/logout", data={"csrf_token": token_of(client, "/account/")})
    assert client.get("/account/").status_code == 302


def test_the_account_page_asks_readers_to_sign_in(client):
    assert client.get("/account/").headers["Location"].startswith("/login")


def test_signing_in_never_leads_to_another_site(client):
    make_user("eve")
    form = {"email": "eve", "password": PASSWORD, "csrf_token": token_of(client, "/login")}
    answer = client.post("/login?next=//evil.example", data={**form, "next": "https://evil.example"})
    assert "evil" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(("name", "status"), [("alice", 200), ("eve", 200), ("mo", 404), ("bob", 404)])
def test_only_those_who_may_see_drafts(client, sign_in, name, status):
    post = make_post(published=False)
    sign_in(name)
    assert client.get(post.url).status_code == status


def test_readers_of_public_pages_get_no_cookie(client):
    make_post(tags=["Tide"])
    for address in ("/", "/blog/", "/tag/tide/", "/feed.xml", "/search/?q=tide", "/nope/"):
        assert "Set-Cookie" not in client.get(address).headers, address
