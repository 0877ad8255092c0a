"""Guessing passwords gets slow: from one place, on one account, and with one password on many accounts."""

import pytest

from tests.factories import PASSWORD, make_user, send_form

WRONG = "not the right password"


def guess(client, name: str, password: str = WRONG, address: str = "192.0.2.1"):
    client.environ_base["REMOTE_ADDR"] = address
    return send_form(client, "/login", email=name, password=password)


def test_many_passwords_on_one_account_are_slowed_down_wherever_they_come_from(client, settings):
    settings(RATE_SIGN_IN_ACCOUNT="3/hour")
    make_user("bob")
    answers = [guess(client, "bob", f"guess number {n}", f"192.0.2.{n}").status_code for n in range(4)]
    assert answers == [422, 422, 422, 429]


def test_the_other_name_of_an_account_helps_nobody_and_tells_nothing(client, settings):
    settings(RATE_SIGN_IN_ACCOUNT="3/hour")
    make_user("bob")
    for n in range(3):
        guess(client, "bob", f"guess number {n}", f"192.0.2.{n}")
    known = guess(client, "bob@example.org", PASSWORD, "192.0.2.77")
    unknown = guess(client, "nobody@example.org", PASSWORD, "192.0.2.78")
    assert known.status_code == unknown.status_code == 422
    assert client.get("/account/").status_code == 302


def test_one_address_spelled_in_two_ways_is_one(client, settings):
    settings(RATE_SIGN_IN_ACCOUNT="2/hour")
    for n in range(2):
        guess(client, "nobody@ｅxample.org", f"guess number {n}", f"192.0.2.{n}")
    assert guess(client, "Nobody@example.org", "guess 9", "192.0.2.9").status_code == 429


def test_one_password_in_wide_letters_is_the_same(client, settings):
    settings(RATE_SIGN_IN_PASSWORD="2/hour")
    for n, word in enumerate(("one password", "ｏne password")):
        guess(client, f"nobody{n}", word, f"192.0.2.{n}")
    assert guess(client, "nobody9", "oｎe password", "192.0.2.9").status_code == 429


@pytest.mark.parametrize("address", ["/change", "/verify"])
def test_guessing_from_inside_counts_too(client, settings, sign_in, address):
    settings(RATE_SIGN_IN_ACCOUNT="2/hour")
    sign_in("bob")
    new = {"new_password": "nine herons on a mudbank", "new_password_confirm": "nine herons on a mudbank"}
    answers = [send_form(client, address, password=f"guess {n}", **new).status_code for n in range(3)]
    assert answers == [422, 422, 429]


def test_one_password_on_many_accounts_is_slowed_down(client, settings):
    settings(RATE_SIGN_IN_PASSWORD="3/hour")
    answers = [guess(client, f"nobody{n}", WRONG, f"192.0.2.{n}").status_code for n in range(4)]
    assert answers == [422, 422, 422, 429]
    assert guess(client, "nobody9", "another password", "192.0.2.9").status_code == 422


def test_one_network_is_slowed_down(client, settings):
    settings(RATE_SIGN_IN="2/hour")
    addresses = [f"2001:db8:1:2::{n}" for n in range(3)]
    answers = [guess(client, f"nobody{n}", f"guess {n}", at).status_code for n, at in enumerate(addresses)]
    assert answers == [422, 422, 429]
    assert guess(client, "nobody9", "guess 9", "2001:db8:1:3::1").status_code == 422


def test_the_limit_says_how_long_and_keeps_the_name(client, settings):
    settings(RATE_SIGN_IN="1/hour")
    make_user("bob")
    guess(client, "bob")
    answer = guess(client, "bob")
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3601
    assert 'value="bob"' in answer.text
    assert "60" in answer.text


def test_signing_in_rightly_uses_up_nothing(client, settings):
    settings(RATE_SIGN_IN="1/hour")
    make_user("bob")
    for _time in range(3):
        assert guess(client, "bob", PASSWORD).status_code == 302
        client.delete_cookie("session", domain="broadside.test")


@pytest.mark.parametrize("forged", ["203.0.113.9", "203.0.113.9, 198.51.100.4"])
def test_a_forged_address_counts_as_the_real_one(client, settings, forged):
    settings(RATE_SIGN_IN="2/hour")
    for n in range(2):
        send_form(client, "/login", email=f"nobody{n}", password=f"guess {n}")
    page = client.get("/login").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    form = {"email": "nobody9", "password": "guess 9", "csrf_token": token}
    assert client.post("/login", data=form, headers={"X-Forwarded-For": forged}).status_code == 429
