"""Five people and a reader without an account against every route: who is let in, who is refused."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.factories import CAST, make_user, sign_in_at, token_of

EVERYBODY, MEMBERS = "everybody", "members"
# Who may use the routes of a blueprint, or of one endpoint where it differs: everybody, members, or those
# whom the permission table allows an act.
WHO = {
    "": EVERYBODY,  # files
    "blog": EVERYBODY,
    "feed": EVERYBODY,
    "health": EVERYBODY,
    "media": EVERYBODY,
    "search": EVERYBODY,
    "security": EVERYBODY,
    "security.change_email": MEMBERS,
    "security.change_password": MEMBERS,
    "security.mf_recovery_codes": MEMBERS,
    "security.two_factor_setup_validate": MEMBERS,
    "security.verify": MEMBERS,
    "security.wan_delete": MEMBERS,
    "security.wan_register": MEMBERS,
    "security.wan_register_response": MEMBERS,
    "security.wan_verify": MEMBERS,
    "security.wan_verify_response": MEMBERS,
    "account": MEMBERS,
    "account.ask_sign_in_link": EVERYBODY,
    "account.farewell": EVERYBODY,
    "account.link_sent": EVERYBODY,
    "account.registered": EVERYBODY,
    "admin": "enter back office",
    "admin_activity": "see activity",
    "admin_authors": "manage subjects",
    "admin_categories": "manage subjects",
    "admin_menus": "manage menus",
    "admin_redirects": "manage redirects",
    "admin_series": "manage subjects",
    "admin_snippets": "manage snippets",
    "admin_tags": "manage subjects",
    "admin_trash": "manage subjects",  # or any other act that removes something
    "admin_calendar": "write posts",
    "admin_help": "enter back office",
    "admin_jobs": "manage jobs",
    "admin_outbox": "see mail",
    "admin_pages": "write pages",
    "admin_posts": "write posts",
    "admin_pictures": "manage pictures",
    "admin_roles": "manage roles",
    "admin_settings": "manage settings",
    "admin_setup": "see set-up",
    "admin_themes": "manage settings",
    "admin_users": "manage users",
}
OF_EDITORS = (
    *("write posts", "write pages", "manage pictures"),
    *("manage subjects", "manage menus", "manage redirects", "manage snippets"),
)
# Every other act is the administrator's alone.
ALLOWED = {"enter back office": {"alice", "eve", "mo"}} | dict.fromkeys(OF_EDITORS, {"alice", "eve"})
SIGNING_OUT = ("security.logout", "account.end_all_sessions", "account.end_session")


def who_may(endpoint: str) -> str:
    return WHO.get(endpoint) or WHO[endpoint.rpartition(".")[0]]


def is_allowed(name: str | None, endpoint: str) -> bool:
    match who_may(endpoint):
        case "everybody":
            return True
        case "members":
            return name is not None
        case act:
            return name in ALLOWED.get(act, {"alice"})


def address_of(rule: Rule) -> str:
    """An address that the rule answers, of a thing that is not there."""

    def sample(argument: re.Match) -> str:
        kind, first_choice = re.match(r"(\w+)(?:\('?([\w.]+))?", argument[1]).groups()
        return {"int": "999999", "any": first_choice}.get(kind, "nothing")

    return re.sub(r"<([^<>]+)>", sample, rule.rule)


def is_refused(name: str | None, answer) -> bool:
    """Whether somebody was turned away: because they may not, or, as a stranger, to show who they are."""
    asked = ("/login?",) if name else ("/login?", "/verify?")
    return answer.status_code in (401, 403) or answer.headers.get("Location", "").startswith(asked)


@pytest.mark.parametrize("name", [None, *CAST])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_gets_where_they_may_and_nowhere_else(app: Flask, client, name, method):
    make_user("zoe", "admin")
    if name:
        make_user(name)
        sign_in_at(client, name)
    form = {"csrf_token": token_of(client, "/account/" if name else "/login")}
    rules = [rule for rule in app.url_map.iter_rules() if method in rule.methods]
    for rule in sorted(rules, key=lambda rule: rule.endpoint in SIGNING_OUT):
        answer = client.open(address_of(rule), method=method, data=form if method == "POST" else None)
        assert answer.status_code < 500, rule
        assert is_refused(name, answer) != is_allowed(name, rule.endpoint), (rule, answer.status_code)


def test_every_back_office_route_asks_the_table(app: Flask):
    back_office = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin")}
    assert back_office
    assert all(who_may(endpoint) not in (EVERYBODY, MEMBERS) for endpoint in back_office)
