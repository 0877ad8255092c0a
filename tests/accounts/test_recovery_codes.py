"""Recovery codes: shown after setting up, kept encrypted, each good for one sign-in."""

import pytest
from sqlalchemy import select

from cms.db import session
from cms.models import Event
from tests.accounts.authenticators import (
    grow_stale,
    is_signed_in,
    recovery_codes_in,
    set_up_phone,
    sign_out,
)
from tests.factories import send_form, sign_in_at, token_of

PAGE = "/mf-recovery-codes"


@pytest.fixture
def bob(client, sign_in):
    return sign_in("bob")


@pytest.fixture
def codes(client, bob) -> list[str]:
    return set_up_phone(client)[1]


def test_setting_up_ends_with_ten_codes_to_keep(client, bob, codes):
    assert len(set(codes)) == 10
    assert "10 left" in client.get("/account/").text


def test_the_database_holds_none_that_could_be_read(bob, codes):
    kept = " ".join(bob.mf_recovery_codes)
    assert not [code for code in codes if code in kept]


@pytest.mark.parametrize("typed", [str, str.upper, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_stands_in_for_the_phone(client, bob, codes, typed):
    sign_out(client)
    sign_in_at(client, "bob")
    assert send_form(client, "/mf-recovery", code=typed(codes[3])).status_code == 302
    assert is_signed_in(client, bob)
    assert bob.sign_ins[0].how == "password, recovery code"


def test_a_code_works_once(client, other_client, bob, codes):
    for browser, status in ((client, 302), (other_client, 422)):
        if browser is client:
            sign_out(client)
        sign_in_at(browser, "bob")
        assert send_form(browser, "/mf-recovery", code=codes[0]).status_code == status
    assert "9 left" in client.get("/account/").text


@pytest.mark.parametrize("code", ["", "abcd", "é" * 30, "0000-0000-0000", "x" * 5000])
def test_a_wrong_code_is_refused(client, bob, codes, code):
    sign_out(client)
    sign_in_at(client, "bob")
    assert send_form(client, "/mf-recovery", code=code).status_code == 422
    assert not is_signed_in(client, bob)


def test_they_are_shown_again_to_a_fresh_sign_in_only(client, codes):
    assert not recovery_codes_in(client.get(PAGE).text)
    assert recovery_codes_in(client.get(f"{PAGE}?show_codes=1").text) == codes
    grow_stale(client)
    assert client.get(f"{PAGE}?show_codes=1").location.startswith("/verify?next=")


def test_new_ones_make_the_old_ones_void(client, bob, codes):
    answer = send_form(client, PAGE, generate_new_codes="1")
    new = recovery_codes_in(client.get(answer.location).text)
    assert len(new) == 10
    assert not set(new) & set(codes)
    made = session.scalars(select(Event).where(Event.name == "user.recovery_codes_made")).all()
    assert [event.actor_id for event in made] == [bob.id, bob.id]


def test_looking_makes_no_new_ones(client, codes):
    for _time in range(2):
        assert recovery_codes_in(client.get(f"{PAGE}?show_codes=1&generate_new_codes=1").text) == codes


def test_who_has_no_second_factor_gets_none(client, bob):
    token = token_of(client, "/account/")
    answer = client.post(PAGE, data={"csrf_token": token, "generate_new_codes": "1"})
    assert answer.status_code == 422
    assert not bob.mf_recovery_codes


def test_the_page_of_lost_phones_leads_to_the_codes(client, codes):
    sign_out(client)
    sign_in_at(client, "bob")
    token = token_of(client, "/tf-validate")
    answer = client.post("/tf-rescue", data={"csrf_token": token, "help_setup": "help"})
    assert answer.location == "/mf-recovery"
