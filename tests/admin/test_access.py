"""Who may open what: every route of the back office, for everybody."""

import re

import pytest
from flask import url_for

from cms.models import Permission, Role
from tests.factories import PASSWORD, make_user, send_form, token_of
from tests.test_access import is_allowed

HOME = "/admin/"


def rules_of(app):
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin")]


def with_numbers(rule, number: str) -> str:
    return re.sub(r"<int:\w+>", number, rule.rule)


def ask(client, rule, token: str) -> int:
    """Ask for the route in every way that it takes; the one status with which all were answered."""
    address = with_numbers(rule, "1")
    given = {"data": {"csrf_token": token, "id": "1"}}
    asked = {method: client.open(address, method=method, **given) for method in rule.methods - {"OPTIONS"}}
    [status] = {answer.status_code for answer in asked.values()}
    return status


@pytest.mark.parametrize("name", ["bob", "charlie"])
def test_members_are_refused_at_every_route(app, client, sign_in, name):
    sign_in(name)
    token = token_of(client, "/account/")
    assert {ask(client, rule, token) for rule in rules_of(app)} == {403}


@pytest.mark.parametrize("name", ["eve", "mo"])
def test_editors_and_moderators_see_the_home_page_and_what_the_table_allows_them(app, client, sign_in, name):
    sign_in(name)
    token = token_of(client, "/account/")
    assert client.get(HOME).status_code == 200
    for rule in rules_of(app):
        if not is_allowed(name, rule.endpoint):
            assert ask(client, rule, token) == 403, rule.rule


def test_strangers_are_asked_to_sign_in_at_every_route(app, client):
    token = token_of(client, "/login")
    assert {ask(client, rule, token) for rule in rules_of(app)} == {303}
    answer = client.get("/admin/users/?search=ada")
    assert answer.location == "/login?next=/admin/users/?search%3Dada"


def test_signing_in_leads_on_to_the_page_that_was_wanted(client):
    make_user("alice")
    answer = send_form(client, "/login?next=/admin/users/", email="alice", password=PASSWORD)
    assert answer.location.endswith("/admin/users/")


def test_an_administrator_opens_every_page(client, alice, pages):
    answers = {address: client.get(address) for address in pages.values()}
    led_on = {answer.location for answer in answers.values() if answer.status_code == 303}
    assert {answer.status_code for answer in answers.values()} == {200, 303}
    assert led_on <= set(pages.values())  # whoever may change a text is led to its form


@pytest.mark.parametrize(
    ("act", "address"),
    [
        ("write posts", "/admin/posts/"),
        ("write pages", "/admin/pages/"),
        ("manage users", "/admin/users/"),
        ("manage roles", "/admin/roles/"),
        ("see mail", "/admin/outbox/"),
        ("manage jobs", "/admin/jobs/"),
        ("see activity", "/admin/activity/"),
        ("see set-up", "/admin/set-up/"),
        ("manage settings", "/admin/settings/"),
        ("manage settings", "/admin/themes/"),
    ],
)
def test_each_room_opens_and_closes_with_its_permission(client, sign_in, act, address):
    sign_in("mo")
    assert address not in client.get(HOME).text
    Permission.set(Role.named("moderator"), act, True, by=None)
    assert client.get(address).status_code == 200
    assert f'href="{address}"' in client.get(HOME).text
    Permission.set(Role.named("moderator"), "enter back office", False, by=None)
    assert client.get(address).status_code == 403


def test_who_is_suspended_is_out_at_once(client, alice):
    make_user("zoe", "admin")
    assert client.get(HOME).status_code == 200
    alice.suspend(by=None)
    assert client.get(HOME).status_code == 303


def test_flask_admin_brings_no_route_of_its_own(app):
    views = {rule.endpoint.partition(".")[2] for rule in rules_of(app)}
    assert views.isdisjoint({"export", "ajax_lookup", "ajax_update", "action_view", "static"})
    with app.test_request_context():
        assert url_for("admin.index") == HOME


@pytest.mark.parametrize("address", ["/admin/users/1/suspend/", "/admin/jobs/1/retry/", "/admin/roles/"])
def test_nothing_is_written_without_a_token(client, alice, address):
    assert client.post(address).status_code == 400


@pytest.mark.parametrize("number", ["0", "999999999", str(2**31), str(2**63), "9" * 5000])
def test_what_is_not_there_is_404(app, client, alice, number):
    form = {"csrf_token": token_of(client, "/admin/roles/")}
    numbered = [rule for rule in rules_of(app) if "<int:id>" in rule.rule]
    assert len(numbered) > 15
    for rule in numbered:
        for method in rule.methods - {"OPTIONS"}:
            address = with_numbers(rule, number)
            assert client.open(address, method=method, data=form).status_code == 404, (method, rule.rule)


def test_delicate_pages_ask_for_the_password_again(client, alice, pages):
    let_time_pass(client)
    answers = {address: client.get(address) for address in pages.values()}
    asked = {address for address, answer in answers.items() if (answer.location or "").startswith("/verify")}
    assert asked == {pages[name] for name in pages if is_delicate(name)}


def let_time_pass(client) -> None:
    """Make the client's sign-in an old one."""
    with client.session_transaction(base_url="http://broadside.test") as cookie:
        cookie["fs_paa"] = 1_000_000_000
        cookie.pop("fs_gexp", None)


def is_delicate(endpoint: str) -> bool:
    noun, _dot, view = endpoint.partition(".")
    plain = {"index_view"} if noun == "admin_outbox" else {"index_view", "details_view"}
    return noun in ("admin_users", "admin_roles", "admin_outbox") and view not in plain


def test_a_stolen_session_can_give_nobody_a_role(client, alice):
    bob = make_user("bob")
    token = token_of(client, f"/admin/users/{bob.id}/edit/")
    let_time_pass(client)
    form = {"csrf_token": token, "email": bob.email, "username": "bob", "roles": ["admin"]}
    answer = client.post(f"/admin/users/{bob.id}/edit/", data=form)
    assert answer.location == "/verify?next=/admin/users/"
    assert [role.name for role in bob.roles] == ["member"]


def test_the_password_given_again_leads_on(client, alice):
    let_time_pass(client)
    asked = client.get("/admin/users/new/")
    answer = send_form(client, asked.location, password=PASSWORD)
    assert answer.location.endswith("/admin/users/new/")
    assert client.get("/admin/users/new/").status_code == 200
