"""Links by mail: for whom they are, how long they live, and that looking at them does nothing."""

import pytest

from cms.models import Passkey, User
from tests.factories import PASSWORD, link_in, mails_to, make_user, send_form

NEW = "nine herons on a mudbank"


def ask(client, at: str, email: str):
    return send_form(client, at, email=email)


def sign_in_with(client, password: str):
    return send_form(client, "/login", email="bob", password=password).status_code


@pytest.mark.parametrize("at", ["/reset", "/confirm", "/login/link"])
def test_asking_says_the_same_whoever_asks(client, at):
    make_user("bob")
    answers = [ask(client, at, email) for email in ("bob@example.org", "nobody@example.org")]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert mails_to("nobody@example.org") == []


def test_a_forgotten_password_is_replaced(client):
    make_user("bob")
    ask(client, "/reset", "bob@example.org")
    link = link_in(mails_to("bob@example.org")[0])
    assert send_form(client, link, password=NEW, password_confirm=NEW).status_code == 302
    assert sign_in_with(client, PASSWORD) == 422
    assert sign_in_with(client, NEW) == 302
    assert "changed" in mails_to("bob@example.org")[0].subject


def test_a_link_dies_when_it_was_used(client):
    make_user("bob")
    ask(client, "/reset", "bob@example.org")
    link = link_in(mails_to("bob@example.org")[0])
    send_form(client, link, password=NEW, password_confirm=NEW)
    assert client.get(link).headers["Location"] == "/reset"


@pytest.mark.parametrize("at", ["/reset", "/login/link"])
def test_a_link_dies_when_the_password_changes(client, at):
    bob = make_user("bob")
    ask(client, at, "bob@example.org")
    link = link_in(mails_to("bob@example.org")[0])
    bob.set_password("another hash", by=None)
    assert client.get(link).status_code in (302, 303)
    assert client.post(link, data={"csrf_token": "x"}).status_code == 400


@pytest.mark.parametrize("at", ["/reset", "/login/link"])
def test_an_altered_link_is_refused(client, at):
    make_user("bob")
    ask(client, at, "bob@example.org")
    link = link_in(mails_to("bob@example.org")[0])
    middle = len(link) - 10
    other = "A" if link[middle] != "A" else "B"
    for altered in (link[:middle] + other + link[middle + 1 :], link + "x", link.replace(".", "..")):
        assert client.get(altered).status_code in (302, 303, 404), altered


def test_a_link_for_one_purpose_serves_no_other(client):
    make_user("bob")
    ask(client, "/login/link", "bob@example.org")
    token = link_in(mails_to("bob@example.org")[0]).rpartition("/")[2]
    for page in ("/reset", "/confirm", "/change-email"):
        assert client.get(f"{page}/{token}").status_code in (302, 303)


def test_a_link_signs_in_once(client, other_client):
    make_user("bob")
    ask(client, "/login/link", "bob@example.org")
    link = link_in(mails_to("bob@example.org")[0])
    assert client.get(link).status_code == 200
    assert client.get("/account/").status_code == 302
    assert send_form(client, link).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert other_client.get(link).status_code == 200
    assert send_form(other_client, link).headers["Location"] == "/login/link"
    assert other_client.get("/account/").status_code == 302


def test_links_lead_to_this_site_whatever_host_was_asked(client):
    make_user("bob")
    page = client.get("/reset", base_url="http://127.0.0.1:8000").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    form = {"csrf_token": token, "email": "bob@example.org"}
    client.post(
        "/reset", data=form, base_url="http://127.0.0.1:8000", headers={"X-Forwarded-Host": "evil.example"}
    )
    assert link_in(mails_to("bob@example.org")[0])


def test_one_address_is_not_flooded(client, settings):
    settings(RATE_LINK_ADDRESS="1/hour")
    answers = [ask(client, "/reset", "bob@example.org").status_code for _n in range(2)]
    assert answers == [303, 429]
    assert ask(client, "/reset", "eve@example.org").status_code == 303


def test_an_address_changes_once_its_link_is_followed(client, sign_in):
    sign_in("bob")
    assert send_form(client, "/change-email", email="rob@example.org").status_code == 303
    link = link_in(mails_to("rob@example.org")[0])
    assert client.get(link).status_code == 200
    assert User.named("bob").email == "bob@example.org"
    send_form(client, link)
    assert User.named("bob").email == "rob@example.org"
    assert "changed" in mails_to("bob@example.org")[0].subject


def test_an_address_of_somebody_else_is_not_given_away(client, sign_in):
    make_user("eve")
    sign_in("bob")
    taken, free = (send_form(client, "/change-email", email=f"{name}@example.org") for name in ("eve", "rob"))
    assert taken.status_code == free.status_code == 303
    assert taken.headers["Location"] == free.headers["Location"]
    assert mails_to("eve@example.org") == []


def test_links_of_before_die_when_the_address_changes(client, other_client, sign_in):
    sign_in("bob")
    for at in ("/reset", "/login/link"):
        ask(other_client, at, "bob@example.org")
    old = [link_in(mail) for mail in mails_to("bob@example.org")]
    send_form(client, "/change-email", email="rob@example.org")
    send_form(client, link_in(mails_to("rob@example.org")[0]))
    assert client.get("/account/").status_code == 200
    assert [other_client.get(link).status_code for link in old] == [303, 302]


@pytest.mark.parametrize("spelling", ["{}=", "{}%3D"])
def test_a_link_spelled_otherwise_signs_in_no_second_time(client, other_client, spelling):
    make_user("bob")
    ask(client, "/login/link", "bob@example.org")
    link = link_in(mails_to("bob@example.org")[0])
    send_form(client, link)
    page = other_client.get(spelling.format(link))
    if page.status_code == 200:
        send_form(other_client, spelling.format(link))
    assert other_client.get("/account/").status_code == 302


def test_a_manager_who_changes_an_address_is_told_of_to_the_old_one(app):
    alice, bob = make_user("alice"), make_user("bob")
    bob.revise(by=alice, email="rob@example.org")
    assert "changed" in mails_to("bob@example.org")[0].subject


def test_the_former_address_can_take_a_change_back(client, sign_in):
    sign_in("bob")
    send_form(client, "/change-email", email="thief@example.org")
    send_form(client, link_in(mails_to("thief@example.org")[0]))
    send_form(client, link_in(mails_to("bob@example.org")[0]))
    assert User.named("bob").email == "bob@example.org"


def test_a_new_password_by_mail_takes_passkeys_away_that_stand_in_for_one(client):
    bob = make_user("bob")
    for usage in ("first", "secondary"):
        fields = {"name": usage, "credential_id": usage.encode(), "public_key": b"x", "usage": usage}
        bob.webauthn.append(Passkey(**fields, backup_state=False, device_type="single_device"))
    ask(client, "/reset", "bob@example.org")
    send_form(client, link_in(mails_to("bob@example.org")[0]), password=NEW, password_confirm=NEW)
    assert [key.usage for key in User.named("bob").webauthn] == ["secondary"]
