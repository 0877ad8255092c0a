"""The permission table: one change of it decides at once what every part of the site does."""

import pytest

from cms.errors import Refused
from cms.models import Permission, Role
from cms.models.role import ACTS, can
from tests.factories import make_post, make_user

pytestmark = pytest.mark.usefixtures("app")


def test_a_role_that_is_allowed_something_may_do_it_at_once(client, sign_in):
    draft = make_post(published=False)
    sign_in("mo")
    assert client.get(draft.url).status_code == 404
    Permission.set(Role.named("moderator"), "see unpublished", True, by=None)
    assert client.get(draft.url).status_code == 200
    Permission.set(Role.named("moderator"), "see unpublished", False, by=None)
    assert client.get(draft.url).status_code == 404


def test_readers_without_an_account_have_a_row_of_their_own(client):
    draft = make_post(published=False)
    assert client.get(draft.url).status_code == 404
    Permission.set(Role.named("reader"), "see unpublished", True, by=None)
    assert can(None, "see unpublished")
    assert client.get(draft.url).status_code == 200


def test_administrators_may_everything_always():
    assert make_user("alice").acts == set(ACTS)
    with pytest.raises(Refused):
        Permission.set(Role.named("admin"), "manage users", False, by=None)


def test_nobody_decides_about_what_they_may_not_do():
    eve = make_user("eve")
    with pytest.raises(Refused):
        Permission.set(Role.named("editor"), "manage roles", True, by=eve)


def test_a_role_of_the_sites_own_may_nothing_until_it_is_allowed():
    alice = make_user("alice")
    treasurer = Role.make("Treasurer", "Counts the money.", by=alice)
    zoe = make_user("zoe", "Treasurer")
    assert zoe.acts == frozenset()
    Permission.set(treasurer, "see mail", True, by=alice)
    assert zoe.acts == {"see mail"}


@pytest.mark.parametrize("name", ["", "x", "member", "Editor", "a" * 41, "<b>bold</b>", "line\nbreak<"])
def test_names_that_no_role_may_have(name):
    with pytest.raises(Refused):
        Role.make(name, by=None)


def test_the_roles_of_every_site_stay():
    with pytest.raises(Refused):
        Role.named("member").remove(by=None)


def test_what_nobody_has_named_is_a_fault_and_no_refusal():
    with pytest.raises(KeyError):
        can(None, "see unpublishd")


def test_an_act_of_a_newer_version_gets_its_default(monkeypatch):
    monkeypatch.setitem(ACTS, "see maps", type(ACTS["see mail"])("See maps", frozenset({"editor"})))
    Role.ensure_all()
    assert make_user("eve").can("see maps")
    assert not make_user("mo").can("see maps")
