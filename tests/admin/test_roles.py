"""The table of permissions, and the roles of a site's own."""

import re

from cms.db import session
from cms.models import Permission, Role
from cms.models.role import can
from tests.factories import hidden_field, make_user, send_form

TABLE = "/admin/roles/"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="allow" value="([^"]+)" checked', page)


def send_table(client, page: str, allow: list[str]):
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    form = {"csrf_token": hidden_field(page, "csrf_token"), "allow": allow, "shown": shown}
    return client.post(TABLE, data=form)


def cell(role: str, act: str) -> str:
    return f"{Role.named(role).id}:{act}"


def test_a_ticked_cell_allows_and_an_empty_one_does_not(client, alice):
    mo, eve = make_user("mo"), make_user("eve")
    page = client.get(TABLE).text
    allow = [*ticked(page), cell("moderator", "see activity")]
    allow.remove(cell("editor", "see unpublished"))
    assert send_table(client, page, allow).status_code == 303
    assert mo.can("see activity")
    assert not eve.can("see unpublished")
    assert sorted(ticked(client.get(TABLE).text)) == sorted(allow)


def test_readers_have_a_column_and_administrators_none(client, alice):
    page = client.get(TABLE).text
    assert cell("reader", "see unpublished") in page
    assert f'value="{Role.named("admin").id}:' not in page
    send_table(client, page, [*ticked(page), cell("reader", "see unpublished")])
    assert can(None, "see unpublished")


def test_a_page_opened_long_ago_undoes_nothing(client, alice):
    page = client.get(TABLE).text
    Permission.set(Role.named("moderator"), "see mail", True, by=None)
    send_table(client, page, [*ticked(page), cell("editor", "see mail")])
    assert make_user("mo").can("see mail")
    assert make_user("eve").can("see mail")


def test_a_refused_table_is_shown_as_it_was_sent(client, sign_in):
    Permission.set(Role.named("moderator"), "manage roles", True, by=None)
    sign_in("mo")
    page = client.get(TABLE).text
    allow = [*ticked(page), cell("member", "enter back office"), cell("member", "manage users")]
    answer = send_table(client, page, allow)
    assert answer.status_code == 422
    assert "You can’t decide about" in answer.text
    assert sorted(ticked(answer.text)) == sorted(allow)
    assert not make_user("bob").can("enter back office")


def test_what_no_table_holds_is_refused(client, alice):
    page = client.get(TABLE).text
    cells = [cell("member", "fly"), cell("admin", "see mail")]
    for nonsense in ("1", "x:y", "0:see mail", f"{2**40}:see mail", *cells):
        assert send_table(client, page, [*ticked(page), nonsense]).status_code == 422, nonsense


def test_a_role_of_ones_own_is_made_described_and_removed(client, alice):
    answer = send_form(client, "/admin/roles/new/", name="Night crew", description="Answers the telephone.")
    assert answer.location == TABLE
    role, number = Role.named("Night crew"), Role.named("Night crew").id
    bob = make_user("bob", "Night crew")
    send_form(client, f"/admin/roles/{role.id}/edit/", description="Counts the boats.", name="Other")
    session.refresh(role)
    assert (role.name, role.description) == ("Night crew", "Counts the boats.")
    assert "1 person" in client.get(TABLE).text
    send_form(client, f"/admin/roles/{role.id}/delete/")
    session.expire_all()
    assert session.get(Role, number) is None
    assert bob.roles == []


def test_the_same_form_sent_twice_makes_one_role(client, alice):
    page = client.get("/admin/roles/new/").text
    form = {name: hidden_field(page, name) for name in ("csrf_token", "form_key")} | {"name": "Night crew"}
    answers = [client.post("/admin/roles/new/", data=form) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, TABLE)] * 2


def test_a_taken_name_is_refused_and_stays_in_the_form(client, alice):
    answer = send_form(client, "/admin/roles/new/", name="Editor", description="Typed already.")
    assert answer.status_code == 422
    assert "There is a role “Editor” already." in answer.text
    assert "Typed already." in answer.text


def test_the_roles_of_every_site_can_not_be_removed(client, alice):
    member = Role.named("member")
    assert send_form(client, f"/admin/roles/{member.id}/delete/").status_code == 422
    assert Role.named("member")
