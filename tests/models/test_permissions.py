"""The permission table: one change of it decides at once what every part of the site does."""

import pytest
from sqlalchemy import event, insert, select

from cms.db import session
from cms.errors import Refused
from cms.models import Event, Permission, Role
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


@pytest.mark.parametrize("name", ["", "x", "a" * 41, "<b>bold</b>", "line\nbreak<"])
def test_names_that_no_role_may_have(name):
    with pytest.raises(Refused, match="has 2 to 40 letters"):
        Role.make(name, by=None)


@pytest.mark.parametrize("name", ["member", "Editor", "MODERATOR", "administrator", "Ａdmin", "night CREW"])
def test_names_that_are_taken_in_any_letters(name):
    Role.make("Night crew", by=None)
    with pytest.raises(Refused, match="already"):
        Role.make(name, by=None)


@pytest.mark.parametrize("name", ["\N{CYRILLIC CAPITAL LETTER A}dmin", "Edit\N{GREEK SMALL LETTER OMICRON}r"])
def test_a_name_mixes_no_alphabets(name):
    with pytest.raises(Refused, match="one alphabet"):
        Role.make(name, by=None)


@pytest.mark.parametrize("name", ["Zoës Mannschaft", "Редакция 2", "編集者"])
def test_a_name_may_be_of_any_alphabet(name):
    assert Role.make(name, by=None).name == name


def test_of_two_who_make_one_role_at_once_one_is_refused():
    """Before the second is written, and after it has looked whether the name is free, the first arrives."""
    alice = make_user("alice")

    @event.listens_for(session, "before_flush", once=True)
    def be_faster(*_arguments) -> None:
        session.execute(insert(Role).values(name="Treasurer", description=""))

    with pytest.raises(Refused, match="There is a role “Treasurer” already"):
        Role.make("Treasurer", by=alice)
    assert session.scalars(select(Event).where(Event.name == "role.made")).first() is None


def test_nobody_removes_a_role_that_may_do_more_than_they():
    Permission.set(Role.named("moderator"), "manage roles", True, by=None)
    mo, treasurer = make_user("mo"), Role.make("Treasurer", by=None)
    Permission.set(treasurer, "see mail", True, by=None)
    with pytest.raises(Refused, match="may do more than you"):
        treasurer.remove(by=mo)
    Permission.set(treasurer, "see mail", False, by=None)
    treasurer.remove(by=mo)
    assert "Treasurer" not in session.scalars(select(Role.name)).all()


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
